"""Comparative pages written out and spoilt: gold that fits, and perturbations that keep to it."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import generator, knowledge
from pipeline.evidence import hits
from pipeline.generator import ComparativePage, Section
from pipeline.layout.citations import is_citation
from pipeline.records import BANDS, Span

STATEMENTS = {
    1: "Archives are open in full.",
    2: "Most archives are open.",
    3: "Some archives are open.",
    4: "Hardly any archives are open.",
}
SOURCE = """\
# title: Open Archives
# question: To what extent are archives open?
# edition: 2020
# tier 1 9-10: Archives are open in full.
# tier 2 6-8: Most archives are open.
# tier 4 1-2: Hardly any archives are open.

== SWE 7
Swedish archives are open.

Readers in Sweden pay nothing.
Citations:
Riksarkivet (2019): Annual report 2019. Stockholm.

== NZL 9
Archives opened early.
== EST 9
  Estonians read them at home.
== USA 2
The Americans wait for years.
"""
COUNTRIES = [c.country_iso3 for c in knowledge.countries() if c.sgi41]
SEEDS = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def pages():
    return list(generator.corpus())


@pytest.fixture(scope="module")
def page(pages):
    return pages[0]


@pytest.fixture
def small():
    return generator.parsed(SOURCE)


def page_of(*sections):
    return ComparativePage("Archives", "Are archives open?", STATEMENTS, sections)


def bodies(page):
    return [s.text for s in page.sections]


def changed_text_only(before, after):
    return replace(after, sections=before.sections) == before and [
        (s.country, s.score) for s in before.sections
    ] == [(s.country, s.score) for s in after.sections]


def names_in(page):
    return [
        hit.of(s.text)
        for s in page.sections
        for hit in hits(s.text)
        if hit.kind in ("name", "adjective", "demonym")
    ]


def test_a_page_is_parsed_and_put_in_order(small):
    assert (small.title, small.question) == (
        "Open Archives",
        "To what extent are archives open?",
    )
    assert small.statements == {k: STATEMENTS[k] for k in (1, 2, 4)}
    assert [(s.country, s.score, s.tier) for s in small.sections] == [
        ("EST", 9, 1),
        ("NZL", 9, 1),
        ("SWE", 7, 2),
        ("USA", 2, 4),
    ]
    assert small.sections[0].text == "Estonians read them at home."
    assert small.sections[2].text.count("\n") == 4


@pytest.mark.parametrize(
    "lost",
    ["# title: ", "# question: ", "# tier 1 ", "# tier 4 "],
    ids=["title", "question", "best statement", "worst statement"],
)
def test_a_page_that_lacks_a_part_is_refused(lost):
    source = "\n".join(line for line in SOURCE.split("\n") if not line.startswith(lost))
    with pytest.raises(ValueError, match="a page needs"):
        generator.parsed(source)


def test_the_statement_of_a_tier_without_sections_may_be_missing():
    source = "\n".join(line for line in SOURCE.split("\n") if not line.startswith("# tier 3"))
    assert 3 not in generator.parsed(source).statements


def test_an_empty_source_is_refused():
    with pytest.raises(ValueError, match="a page needs"):
        generator.parsed("")


@pytest.mark.parametrize(
    ("good", "bad"),
    [("== EST 9", "== XXX 9"), ("== EST 9", "== EST 11"), ("== NZL 9", "== EST 8")],
    ids=["unknown country", "no score", "country twice"],
)
def test_a_section_that_cannot_be_is_refused(good, bad):
    with pytest.raises(ValueError, match="country|section"):
        generator.parsed(SOURCE.replace(good, bad))


@pytest.mark.parametrize("headings", [False, True], ids=["saved", "with headings"])
def test_gold_spans_hold_the_sections(pages, headings):
    for page in pages:
        text, gold = page.written(headings=headings)
        for section, s in zip(page.sections, gold["segments"], strict=True):
            words = text[s["start"] : s["end"]]
            heading = words.removesuffix(section.text)
            assert words.endswith(section.text)
            assert heading.count("\n") == bool(heading)
            assert (s["country"], s["tier"]) == (section.country, section.tier)
            assert s["score_min"] == s["score_max"] == section.score


@pytest.mark.parametrize("headings", [False, True], ids=["saved", "with headings"])
def test_gold_statements_stand_once_a_tier_with_their_band(pages, headings):
    for page in pages:
        text, gold = page.written(headings=headings)
        found = gold["tier_statements"]
        assert [s["tier"] for s in found] == sorted({s.tier for s in page.sections})
        assert all(text[s["start"] : s["end"]] == page.statements[s["tier"]] for s in found)
        assert all((s["score_min"], s["score_max"]) == BANDS[s["tier"]] for s in found)


@pytest.mark.parametrize("headings", [False, True], ids=["saved", "with headings"])
def test_gold_spans_are_in_order_and_apart(pages, headings):
    for page in pages:
        text, gold = page.written(headings=headings)
        spans = sorted((s["start"], s["end"]) for s in gold["segments"] + gold["tier_statements"])
        assert all(end < start for (_, end), (start, _) in pairwise(spans))
        assert spans[-1][1] == len(text) - 1


def test_a_saved_page_keeps_only_headings_of_several_words(small):
    text, _ = small.written()
    lines = text.split("\n")
    assert "New Zealand" in lines
    assert not {"Estonia", "Sweden", "USA", "9", "7", "2"} & set(lines)


def test_a_page_with_headings_prints_each_score_once_and_each_country(small):
    lines = small.written(headings=True)[0].split("\n")
    assert [line for line in lines if line.isdigit()] == ["9", "7", "2"]
    assert [x for x in lines if x in ("Estonia", "New Zealand", "Sweden", "USA")] == [
        "Estonia",
        "New Zealand",
        "Sweden",
        "USA",
    ]
    assert lines.index(STATEMENTS[1]) < lines.index("9") < lines.index("Estonia")


def test_a_page_starts_with_title_and_question(small):
    assert small.written()[0].startswith(f"{small.title}\n\n{small.question}\n\n")


@pytest.mark.parametrize("headings", [False, True], ids=["saved", "with headings"])
def test_annotated_undoes_written(pages, headings):
    for page in pages:
        text, gold = page.written(headings=headings)
        parts = generator.annotated(text, gold, title=page.title, question=page.question)
        assert parts == page


def test_annotated_keeps_a_first_line_that_is_no_heading():
    text = "Sweden\nEstonia is open.\nAnd more."
    gold = {
        "segments": [{"country": "EST", "start": 0, "end": len(text), "score_min": 9}],
        "tier_statements": [],
    }
    parts = generator.annotated(text, gold, title="", question="")
    assert parts.sections == (Section("EST", 9, text),)


def test_gold_without_scores_is_refused():
    gold = {"segments": [{"country": "EST", "start": 0, "end": 4}], "tier_statements": []}
    with pytest.raises(ValueError, match="score"):
        generator.annotated("Open", gold, title="", question="")


def test_ordered_goes_by_score_then_by_the_alphabet():
    mixed = page_of(
        Section("SWE", 8, "a"),
        Section("AUT", 6, "b"),
        Section("EST", 8, "c"),
        Section("USA", 9, "d"),
    )
    assert bodies(generator.ordered(mixed)) == ["d", "c", "a", "b"]


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_any_order_is_put_right_again(random):
    page = generator.parsed(SOURCE)
    mixed = replace(page, sections=tuple(random.sample(page.sections, len(page.sections))))
    assert generator.ordered(mixed) == page
    assert generator.ordered(generator.ordered(mixed)) == page


def test_statements_are_quoted_from_the_page(page):
    text, gold = page.written()
    found = generator.statements(text, gold)
    assert [(s.text, s.tier) for s in found] == sorted(
        ((words, tier) for tier, words in page.statements.items()), key=lambda x: x[1]
    )
    assert all(s.of(text) == s.text for s in found)
    assert [(s.score_min, s.score_max) for s in found] == [BANDS[s.tier] for s in found]


OWNED = [
    ((0, 10), "EST"),
    ((2, 5), "EST"),
    ((12, 20), "FIN"),
    ((8, 20), "FIN"),
    ((4, 14), "EST"),
    ((9, 11), "EST"),
    ((10, 12), None),
    ((20, 30), None),
]


@pytest.mark.parametrize(("bounds", "country"), OWNED, ids=[str(bounds) for bounds, _ in OWNED])
def test_a_span_belongs_to_the_country_of_most_of_it(bounds, country):
    gold = {
        "segments": [
            {"country": "EST", "start": 0, "end": 10},
            {"country": "FIN", "start": 12, "end": 20},
        ]
    }
    assert generator.owner(gold, Span(start=bounds[0], end=bounds[1])) == country


def test_sections_of_one_country_count_together():
    gold = {
        "segments": [
            {"country": "EST", "start": 0, "end": 3},
            {"country": "FIN", "start": 3, "end": 7},
            {"country": "EST", "start": 7, "end": 10},
        ]
    }
    assert generator.owner(gold, Span(start=0, end=10)) == "EST"


def test_nobody_owns_a_span_of_a_page_without_gold():
    assert generator.owner({"segments": []}, Span(start=0, end=1)) is None


@given(SEEDS, st.integers(1, 41), st.sampled_from([0.1, 0.3, 0.9]))
def test_fewer_keeps_order_and_a_share(seed, n, least):
    whole = page_of(*(Section(c, 9, c) for c in COUNTRIES[:n]))
    left = generator.fewer(whole, Random(seed), least)
    kept = iter(whole.sections)
    assert all(section in kept for section in left.sections)
    assert len(left.sections) >= min(n, max(3, round(n * least)))
    assert replace(left, sections=whole.sections) == whole


def test_fewer_leaves_out_sections_of_a_long_page(page):
    sizes = {len(generator.fewer(page, Random(seed)).sections) for seed in range(20)}
    assert max(sizes) < len(page.sections)
    assert len(sizes) > 1


def test_masked_leaves_no_name_adjective_or_demonym(pages):
    for page in pages:
        hidden = generator.masked(page, Random(1), share=1.0)
        assert changed_text_only(page, hidden)
        assert names_in(page)
        assert names_in(hidden) == []


def test_masked_leaves_other_sections_alone(page):
    hidden = generator.masked(page, Random(1), share=0.5)
    changed = [a != b for a, b in zip(bodies(page), bodies(hidden), strict=True)]
    assert any(changed)
    assert not all(changed)
    assert generator.masked(page, Random(1), share=0.0) == page


MASKED = [
    ("Courts in Sweden agree.", "Courts in the country agree."),
    ("Most Swedish courts agree.", "Most national courts agree."),
    ("It rains. Swedish courts agree.", "It rains. National courts agree."),
    ("It rains.\nSweden waits.", "It rains.\nThe country waits."),
    ("Both Estonia and Latvia wait.", "Both the country and the country wait."),
    ("Nothing to hide.", "Nothing to hide."),
]


@pytest.mark.parametrize(("text", "hidden"), MASKED)
def test_a_masked_sentence(text, hidden):
    masked = generator.masked(page_of(Section("SWE", 9, text)), Random(1), share=1.0)
    assert bodies(masked) == [hidden]


UNMASKED = [
    ("Sweden waits.", "The country waits."),
    ("Courts in the Netherlands agree.", "Courts in the country agree."),
    ("It asked Statistics Finland.", "It asked Statistics the country."),
]


@pytest.mark.parametrize(("text", "hidden"), UNMASKED)
def test_a_sentence_should_be_masked_as(text, hidden):
    masked = generator.masked(page_of(Section("SWE", 9, text)), Random(1), share=1.0)
    assert bodies(masked) == [hidden]


@pytest.mark.parametrize("seed", range(30))
def test_disordered_keeps_sections_and_the_order_of_tiers(page, seed):
    mixed = generator.disordered(page, Random(seed))
    assert len(mixed.sections) == len(page.sections)
    assert set(mixed.sections) == set(page.sections)
    assert [s.tier for s in mixed.sections] == [s.tier for s in page.sections]
    assert generator.ordered(mixed) == page


def test_disordered_mostly_breaks_the_order(page):
    assert sum(generator.disordered(page, Random(seed)) != page for seed in range(20)) > 10


def test_one_section_has_no_other_order():
    page = page_of(Section("EST", 9, "Open."))
    assert generator.disordered(page, Random(1)) == page


@pytest.mark.parametrize("seed", range(3))
def test_merged_changes_only_layout(pages, seed):
    for page in pages:
        joined = generator.merged(page, Random(seed))
        assert changed_text_only(page, joined)
        assert [t.split() for t in bodies(joined)] == [t.split() for t in bodies(page)]


def test_merged_runs_paragraphs_together_but_not_references(small):
    seeds = (generator.merged(small, Random(seed)) for seed in range(20))
    joined = next(p for p in seeds if p.sections[2] != small.sections[2])
    assert joined.sections[2].text.split("\n") == [
        "Swedish archives are open. Readers in Sweden pay nothing.",
        "Citations:",
        "Riksarkivet (2019): Annual report 2019. Stockholm.",
    ]


def test_unspaced_only_loses_empty_lines(pages):
    for page in pages:
        dense = generator.unspaced(page, Random(1))
        assert changed_text_only(page, dense)
        for before, after in zip(bodies(page), bodies(dense), strict=True):
            assert after.split("\n") == [line for line in before.split("\n") if line.strip()]


def test_without_references_only_loses_references(pages):
    for page in pages:
        bare = generator.without_references(page, Random(1))
        assert changed_text_only(page, bare)
        for before, after in zip(bodies(page), bodies(bare), strict=True):
            rest = iter(before.split("\n"))
            assert all(line in rest for line in after.split("\n"))
            assert not any(is_citation(line) for line in after.split("\n"))


def test_a_section_of_references_alone_is_kept():
    line = "OECD (2018), Digital Government Review, accessed 3 May 2020."
    page = page_of(Section("EST", 9, line))
    assert generator.without_references(page, Random(1)) == page


def test_references_are_lost_and_prose_is_kept(small):
    bare = generator.without_references(small, Random(1))
    assert bare.sections[2].text == "Swedish archives are open.\n\nReaders in Sweden pay nothing."


@pytest.mark.parametrize("change", generator.PERTURBATIONS, ids=lambda change: change.__name__)
def test_a_perturbed_page_can_be_written(page, change):
    spoilt = change(page, Random(3))
    text, gold = spoilt.written()
    found = [text[s["start"] : s["end"]] for s in gold["segments"]]
    assert all(f.endswith(t) for f, t in zip(found, bodies(spoilt), strict=True))
    assert change(page, Random(3)) == spoilt


@pytest.mark.parametrize("seed", ["2026 0", "2026 1", 7])
def test_equal_seeds_give_equal_pages(page, seed):
    assert generator.perturbed(page, Random(seed)) == generator.perturbed(page, Random(seed))


def test_seeds_differ(page):
    found = [generator.perturbed(page, Random(seed)) for seed in range(10)]
    assert len({p.written()[0] for p in found}) > 7
    assert all({s.country for s in p.sections} <= set(COUNTRIES) for p in found)


def test_a_perturbed_page_leaves_the_page_itself(page):
    before = page.written()
    generator.perturbed(page, Random(1))
    assert page.written() == before


def test_the_corpus_holds_pages(pages):
    assert len(pages) >= 6
    assert len({p.title for p in pages}) == len(pages)


def test_pages_of_the_corpus_are_well_formed(pages):
    sets = {
        30: {c.country_iso3 for c in knowledge.countries() if c.sgi30},
        41: {c.country_iso3 for c in knowledge.countries() if c.sgi41},
    }
    for page in pages:
        countries = [s.country for s in page.sections]
        assert len(countries) in sets
        assert set(countries) == sets[len(countries)]
        assert set(page.statements) == set(BANDS)
        assert len({s.score for s in page.sections}) >= 7
        assert page.question.endswith("?")
        assert generator.ordered(page) == page
        assert all(s.text.strip() == s.text != "" for s in page.sections)
        assert not any("==" in s.text or "\n#" in s.text for s in page.sections)


def test_a_folder_without_pages_gives_none(tmp_path):
    assert list(generator.corpus(tmp_path)) == []


def test_pages_come_in_the_order_of_their_files(tmp_path):
    for name in ("b", "a"):
        source = SOURCE.replace("Open Archives", name)
        (tmp_path / f"{name}.txt").write_text(source, encoding="utf-8")
    (tmp_path / "c.md").write_text("no page", encoding="utf-8")
    assert [p.title for p in generator.corpus(tmp_path)] == ["a", "b"]
