"""Corrections, applied to what the stages found: only what is meant changes, and all is told."""

import pytest

from pipeline.correcting import Correcting, places
from pipeline.corrections import correction
from pipeline.records import Correction, Mention, Ranking, Segment
from tests.corrected import SHA

TEXT = "The Data Act of 2019 and the Act. In the same index it ranks third.\n"


def right(*told: Correction) -> Correcting:
    return Correcting(TEXT, told)


def name(words: str, label: str, **more: object) -> Mention:
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "text": words, "canonical": words}
    return Mention(**span, label=label, section="body", confidence=0.9, method="model", **more)  # type: ignore[arg-type]


def test_a_year_becomes_a_name_and_back():
    year = name("2019", "YEAR", year_start=2019, year_end=2019)
    told = correction(SHA, "2019", "mention", "LAW", was="YEAR")
    found = right(told).mentions([year], [])
    assert [(m.text, m.label) for m in found] == [("2019", "LAW")]
    back = correction(SHA, "2019", "mention", "YEAR", was="LAW")
    assert right(back).mentions(found, [])[0].year_start == 2019


def test_rows_that_contradict_each_other_are_told():
    one = correction(SHA, "Data Act of 2019", "mention", "LAW")
    two = correction(SHA, "Data Act", "mention", "STRATEGY")
    work = right(one, two)
    assert [m.text for m in work.mentions([], [])] == ["Data Act"]
    assert [done.status for done in work.outcome()] == ["overridden", "applied"]


def test_an_index_is_known_under_its_one_name():
    told = correction(SHA, "ranks third", "index", "DESI")
    at = Ranking(start=34, end=67, country="LVA", index_name="Other Index", rank=3)
    (found,) = right(told).rankings([at])
    assert found.index_name == "Digital Economy and Society Index"


def test_quotes_are_found_as_they_are_seen_and_where_they_overlap():
    assert [(p.start, p.end) for p in places("a b a", "a b\na b a")] == [(0, 5), (4, 9)]
    assert [(p.start, p.end) for p in places("Ko\u00adper\u00ad", "a Koper")] == [(2, 7)]
    assert len(places("Cafe\u0301 (a+b)", "the Café (a+b)")) == 1
    assert places("  ", "a b") == []
    assert len(places('Minister\'s "e-Gov"', "Minister\u2019s \u201ce\u2011Gov\u201d")) == 1


@pytest.mark.parametrize("turn", [1, -1])
def test_what_is_one_with_another_has_its_last_name_whatever_the_order(turn):
    told = [
        correction("*", "the Act", "same_entity", "Data Act of 2019"),
        correction("*", "Data Act of 2019", "same_entity", "Information Act"),
    ]
    both = [name("Data Act of 2019", "LAW"), name("the Act", "LAW")]
    work = right(*told[::turn])
    assert {m.canonical for m in work.entities(both)} == {"Information Act"}
    assert {done.status for done in work.outcome()} == {"applied"}


def said(work: Correcting) -> list[str]:
    return [done.status for done in work.outcome()]


def test_the_last_label_counts_and_the_earlier_one_is_overridden():
    old = name("Data Act", "AGENCY")
    work = right(
        correction(SHA, "Data Act", "mention", "LAW", was="AGENCY"),
        correction(SHA, "Data Act", "mention", "STRATEGY", was="LAW"),
        correction(SHA, "the Act", "mention", "LAW"),
        correction(SHA, "the Act", "not_a_mention"),
    )
    assert [(m.text, m.label) for m in work.mentions([old], [])] == [("Data Act", "STRATEGY")]
    assert said(work) == ["overridden", "applied", "overridden", "applied"]


def test_of_places_that_overlap_the_first_is_a_name():
    work = Correcting("a b a b a", [correction(SHA, "a b a", "mention", "LAW")])
    assert [(m.start, m.end) for m in work.mentions([], [])] == [(0, 5)]
    assert said(work) == ["applied"]


def test_years_in_any_order_are_a_span():
    text = "between 2020 and 2014"
    work = Correcting(text, [correction(SHA, "2020 and 2014", "mention", "YEAR")])
    (year,) = work.mentions([], [])
    assert (year.year_start, year.year_end) == (2014, 2020)


def section(**more: object) -> Segment:
    usual = {"start": 0, "end": len(TEXT), "country": "EST", "country_method": "heading"}
    return Segment(**usual | {"country_confidence": 0.5} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_tier_and_a_score_fit_in_any_order(turn):
    told = [
        correction(SHA, "same index", "tier", "2", was="1"),
        correction(SHA, "same index", "score", "7", was="9"),
    ]
    work = right(*told[::turn])
    (found,) = work.segments([section(tier=1, score_min=9, score_max=9, tier_status="stated")])
    assert (found.tier, found.score_min, found.score_max) == (2, 7, 7)
    assert set(said(work)) <= {"applied", "no_change"}


def test_a_section_says_what_the_last_row_says():
    values = ("LVA", "LTU", "FIN")
    work = right(*(correction(SHA, "the Act", "country", value) for value in values))
    assert [s.country for s in work.segments([section()])] == ["FIN"]
    assert said(work) == ["overridden", "overridden", "applied"]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_known_name_and_another_owner_fit_in_any_order(turn):
    index = name("same index", "INDEX")
    told = [
        correction(SHA, "same index", "entity", "DESI"),
        correction(SHA, "same index", "belongs_to", "LVA"),
    ]
    work = right(*told[::turn])
    (found,) = work.entities([index])
    assert (found.canonical, found.country) == ("Digital Economy and Society Index", "LVA")
    assert said(work) == ["applied", "applied"]


def test_an_entity_is_what_the_last_row_says():
    told = [correction(SHA, "the Act", "entity", value) for value in ("One Act", "Two Act")]
    work = right(*told, correction(SHA, "the Act", "belongs_to", "LVA"))
    (found,) = work.entities([name("the Act", "LAW", country="EST")])
    assert (found.canonical, found.country) == ("Two Act", "LVA")
    assert said(work) == ["overridden", "applied", "applied"]


def named(canonical: str, country: str | None, at: int) -> Mention:
    """A ministry; where it stands does not matter."""
    return Mention(
        start=at,
        end=at + len(canonical),
        text=canonical,
        canonical=canonical,
        label="AGENCY",
        section="body",
        confidence=0.9,
        method="model",
        country=country,
    )


def merged(*mentions: Mention) -> tuple[list[tuple[str, str | None]], list[str]]:
    work = right(correction("*", "Old Office", "same_entity", "New Office"))
    found = [(m.canonical, m.country) for m in work.entities(mentions)]
    return found, said(work)


def test_the_namesakes_of_an_entity_in_other_countries_stay_what_they_are():
    old = [named("Old Office", country, i) for i, country in enumerate(("EST", "LVA", "FIN"))]
    new = named("New Office", "EST", 9)
    found, status = merged(*old, new)
    assert found == [
        ("New Office", "EST"),
        ("Old Office", "LVA"),
        ("Old Office", "FIN"),
        ("New Office", "EST"),
    ]
    assert status == ["applied"]
    assert merged(*old) == ([("Old Office", c) for c in ("EST", "LVA", "FIN")], ["ambiguous"])


def test_one_thing_of_another_country_or_of_another_report_is_meant():
    old = named("Old Office", "LVA", 0)
    both = [("New Office", "EST")] * 2
    assert merged(old, named("New Office", "EST", 9)) == (both, ["applied"])
    assert merged(old) == ([("New Office", "LVA")], ["applied"])


def test_an_entity_is_one_with_the_last_that_is_named():
    told = [correction("*", "the Act", "same_entity", value) for value in ("One Act", "Two Act")]
    work = right(*told)
    assert [m.canonical for m in work.entities([name("the Act", "LAW")])] == ["Two Act"]
    assert said(work) == ["overridden", "applied"]


RANKS = "In 2020 it was third and in 2021 fifth. In 2019 it was third.\n"


def placed(**more: object) -> Ranking:
    usual = {"start": 0, "end": 39, "country": "LVA", "index_name": "an index"}
    return Ranking(**usual | more)  # type: ignore[arg-type]


@pytest.mark.parametrize("turn", [1, -1])
def test_editions_that_were_exchanged_are_put_right(turn):
    told = [
        correction(SHA, "it was third and", "edition", "2020", was="2021"),
        correction(SHA, "it was third and", "edition", "2021", was="2020"),
    ]
    work = Correcting(RANKS, told[::turn])
    found = work.rankings([placed(rank=3, edition=2021), placed(rank=5, edition=2020)])
    assert [(r.rank, r.edition) for r in found] == [(3, 2020), (5, 2021)]
    assert said(work) == ["applied", "applied"]


def test_placements_of_several_sentences_are_not_changed_at_once():
    both = [placed(rank=3), placed(start=40, end=len(RANKS) - 1, rank=3)]
    work = Correcting(RANKS, [correction(SHA, "it was third", "rank", "12", was="3")])
    assert [r.rank for r in work.rankings(both)] == [3, 3]
    assert said(work) == ["ambiguous"]
    work = Correcting(RANKS, [correction(SHA, "it was third", "rank", "12", was="3", nth=2)])
    assert [r.rank for r in work.rankings(both)] == [3, 12]


def test_a_placement_says_what_the_last_row_says():
    work = Correcting(
        RANKS,
        [
            correction(SHA, "third and", "rank", "4"),
            correction(SHA, "third and", "rank", "5", was="4"),
            correction(SHA, "third and", "out_of", "9"),
            correction(SHA, "In 2019", "rank", "4"),
            correction(SHA, "In 2019", "not_a_ranking"),
        ],
    )
    found = work.rankings([placed(rank=3), placed(start=40, end=len(RANKS) - 1, rank=3)])
    assert [(r.rank, r.out_of) for r in found] == [(5, 9)]
    assert said(work) == ["overridden", "applied", "applied", "overridden", "applied"]


def test_a_chain_of_names_ends_where_nobody_can_tell_which_is_meant():
    told = [
        correction("*", "Old Office", "same_entity", "New Office"),
        correction("*", "New Office", "same_entity", "Last Office"),
    ]
    work = right(*told)
    old = [named("Old Office", country, i) for i, country in enumerate(("EST", "LVA"))]
    assert work.entities(old) == old
    assert said(work) == ["ambiguous"]
