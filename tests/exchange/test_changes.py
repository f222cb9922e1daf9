"""What a person changed becomes corrections that bring a run to just that."""

import codecs

import pytest
from hypothesis import given

from pipeline.correcting import Correcting
from pipeline.corrections import COLUMNS, load
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.changes import corrections
from pipeline.exchange.keeping import keep
from pipeline.exchange.quotes import Shown
from pipeline.records import Correction, Mention, Ranking, Segment, Span
from tests.exchange.texts import SHA, pairs

TEXT = (
    "Estonia has EIS and EIS again. In 2019 the Ministry of  Justice ran it.\n"
    "Latvia was third of 28 in 2020, and fifth of 30 in 2021."
)


def seen(document: Annotated) -> set[tuple[int, int, str]]:
    """The names as they are seen in the text."""
    shown = Shown(document.text)
    found = set()
    for a in document.of_kind("mention"):
        place = shown.span(a)
        found.add((place.start, place.end, a.label))
    return found


def applied(before: Annotated, rows: list[Correction]) -> set[tuple[int, int, str]]:
    """The names after a run with the corrections, as they are seen."""
    text = Shown(before.text).text
    mentions = [
        Mention(
            start=start,
            end=end,
            text=text[start:end],
            label=label,
            section="body",
            confidence=0.9,
            method="model",
            canonical=text[start:end],
        )
        for start, end, label in sorted(seen(before))
    ]
    found = Correcting(text, rows).mentions(mentions, [])
    return {(m.start, m.end, m.label) for m in found}


@given(pairs())
def test_a_run_with_the_corrections_finds_what_the_person_left(pair):
    before, after = pair
    rows = corrections(before, after, SHA)
    assert applied(before, rows) == seen(after)
    assert (rows == []) == (seen(before) == seen(after))


@given(pairs())
def test_the_file_says_the_same_as_the_corrections(tmp_path_factory, pair):
    before, after = pair
    rows = corrections(before, after, SHA)
    path = tmp_path_factory.mktemp("kept") / "corrections.csv"
    keep(rows, path)
    assert list(load(path)) == rows


def name(words: str, label: str, nth: int = 1, **told: str) -> Annotation:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Annotation(kind="mention", start=start, end=start + len(words), label=label, told=told)


def section(start: int, end: int, country: str, tier: str) -> Annotation:
    told = {"country": country, "tier": tier}
    return Annotation(kind="segment", start=start, end=end, told=told)


def placement(ref: str, **told: str) -> Annotation:
    start = TEXT.index("Latvia")
    usual = dict.fromkeys(("edition", "dimension", "rank", "out_of", "value"), "none")
    said = usual | {"index": "an index", "country": "LVA"} | told
    return Annotation(kind="ranking", start=start, end=len(TEXT), told=said, ref=ref)


def document(*annotations: Annotation) -> Annotated:
    return Annotated(name="x.json, task 7", text=TEXT, annotations=annotations)


EIS, AGAIN = name("EIS", "PLATFORM"), name("EIS", "PLATFORM", 2)
FIRST, SECOND = section(0, 71, "EST", "1"), section(72, len(TEXT), "LVA", "none")
THIRD = placement("r1", rank="3", out_of="28", edition="2020")
FIFTH = placement("r2", rank="5", out_of="30", edition="2021")
MINISTRY = name("Ministry of  Justice", "AGENCY", entity="Ministry of Justice", country="EST")


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ([EIS, AGAIN], [EIS], [("EIS", 2, "not_a_mention", None, "PLATFORM")]),
        ([], [AGAIN], [("EIS", 2, "mention", "PLATFORM", None)]),
        ([EIS], [name("EIS", "LAW")], [("EIS", 1, "mention", "LAW", "PLATFORM")]),
        # a year may stand in a name of the same words, so it does not turn into it
        (
            [name("2019", "YEAR")],
            [name("2019", "LAW")],
            [("2019", None, "not_a_mention", None, "YEAR"), ("2019", None, "mention", "LAW", None)],
        ),
        # white space around is not meant, and within it is alike
        (
            [],
            [name(" Ministry of  Justice ", "AGENCY")],
            [("Ministry of Justice", None, "mention", "AGENCY", None)],
        ),
        (
            [MINISTRY],
            [name("Ministry of  Justice", "AGENCY", entity="Justice Ministry", country="none")],
            [
                ("Ministry of Justice", None, "entity", "Justice Ministry", None),
                ("Ministry of Justice", None, "belongs_to", "none", None),
            ],
        ),
        ([MINISTRY], [name("Ministry of  Justice", "AGENCY")], []),  # not told is not changed
        (
            [FIRST, SECOND],
            [section(0, 71, "FIN", "none"), SECOND],
            [
                (TEXT[:71].replace("  ", " "), None, "country", "FIN", "EST"),
                (TEXT[:71].replace("  ", " "), None, "tier", "none", "1"),
            ],
        ),
        ([THIRD, FIFTH], [THIRD], [(TEXT[72:], None, "not_a_ranking", None, "5")]),
        ([THIRD, FIFTH], [], [(TEXT[72:], None, "not_a_ranking", None, None)]),
        (
            [THIRD, FIFTH],
            [THIRD, placement("r2", rank="5", out_of="30", edition="none")],
            [(TEXT[72:], None, "edition", "none", "2021")],
        ),
    ],
)
def test_what_was_changed_is_said(before, after, rows):
    found = corrections(document(*before), document(*after), SHA)
    assert [(c.quote, c.nth, c.action, c.value, c.was) for c in found] == rows
    assert {c.document for c in found} <= {SHA}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ([], [name("2019", "LAW"), name("In 2019", "LAW")], "'In 2019' and '2019' overlap"),
        ([], [EIS, name("EIS", "LAW")], "'EIS' is LAW and PLATFORM"),
        ([], [name("EIS", "YEAR")], "'EIS' is no year"),
        ([], [name("EIS", "FIRM")], "no label 'FIRM'"),
        ([], [name("  ", "LAW")], "has no words"),
        ([FIRST], [], "was moved, added or deleted"),
        ([FIRST], [section(0, 70, "EST", "1")], "was moved, added or deleted"),
        ([FIRST], [section(0, 71, "Estonia", "1")], "'Estonia' is no country|needs a value"),
        ([FIRST], [section(0, 71, "EST", "7")], "1 to 4"),
        ([], [THIRD], "was added or moved"),
        ([THIRD], [placement("r1", index="none")], "needs an index"),
        (
            [THIRD, placement("r2", rank="3", edition="2021")],
            [THIRD],
            "two placements of one sentence have rank 3",
        ),
    ],
)
def test_what_no_correction_can_say_names_the_task(before, after, problem):
    with pytest.raises(ValueError, match=problem) as error:
        corrections(document(*before), document(*after), SHA)
    assert str(error.value).startswith("x.json, task 7: ")


def test_what_a_file_cannot_hold_is_not_taken_for_deleted():
    kinds = frozenset({"mention"})
    after = Annotated(name="x", text=TEXT, annotations=(EIS,), kinds=kinds)
    assert corrections(document(EIS, FIRST, THIRD), after, SHA) == []


def test_sections_and_placements_are_found_by_their_quotes():
    after = document(section(0, 71, "FIN", "2"), SECOND, THIRD)
    rows = corrections(document(FIRST, SECOND, THIRD, FIFTH), after, SHA)
    right = Correcting(TEXT, rows)
    segment = Segment(
        start=0, end=71, country="EST", country_method="heading", country_confidence=1, tier=1
    )
    (first,) = right.segments([segment])
    assert (first.country, first.tier) == ("FIN", 2)
    ranks = [
        Ranking(start=72, end=len(TEXT), country="LVA", index_name="an index", rank=rank)
        for rank in (3, 5)
    ]
    assert [r.rank for r in right.rankings(ranks)] == [3]


def test_the_opening_of_a_long_section_is_enough():
    text = ("word " * 60).strip() + " end"
    quote, nth = Shown(text).opening(Span(start=0, end=len(text)))
    assert len(quote) <= 80
    assert nth == 1
    assert text.startswith(quote)


def row(quote: str, action: str, value: str | None = None) -> Correction:
    from pipeline.corrections import correction

    return correction(SHA, quote, action, value)


def test_an_earlier_file_is_only_added_to_if_told(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("document,by,quote,action,value\n" + f"{SHA},me,EIS,not_a_mention,\n")
    before = path.read_bytes()
    with pytest.raises(ValueError, match="--append"):
        keep([row("x", "mention", "LAW")], path)
    assert path.read_bytes() == before
    keep([row("EIS", "mention", "LAW")], path, append=True)
    header, *lines = path.read_text().splitlines()
    assert header.split(",")[:5] == ["document", "by", "quote", "action", "value"]
    assert set(header.split(",")) == {*COLUMNS, "by"}
    assert lines[0].startswith(f"{SHA},me,EIS,not_a_mention")
    assert [(c.action, c.value) for c in load(path)] == [
        ("not_a_mention", None),
        ("mention", "LAW"),
    ]


def test_the_last_word_is_the_newest(tmp_path):
    path = tmp_path / "corrections.csv"
    gone, there = row("EIS", "not_a_mention"), row("EIS", "mention", "LAW")
    for rows in ([gone], [there], [gone]):
        keep(rows, path, append=True)
    assert load(path) == (there, gone)


def test_a_file_with_semicolons_and_capitals_is_kept(tmp_path):
    path = tmp_path / "corrections.csv"
    old = "sep=;\nDocument;By;Quote;Action;Note\n" + f"{SHA};me;EIS, old;not_a_mention;a; \n"
    path.write_text(old)
    keep([row("EIS", "mention", "LAW")], path, append=True)
    assert [(c.quote, c.action, c.note) for c in load(path)] == [
        ("EIS, old", "not_a_mention", "a"),
        ("EIS", "mention", None),
    ]
    assert path.read_text().startswith("sep=;\ndocument;By;quote;action;note;")
    assert ";me;" in path.read_text()


def test_a_row_that_is_said_again_keeps_its_note(tmp_path):
    path = tmp_path / "corrections.csv"
    gone, there = row("EIS", "not_a_mention"), row("EIS", "mention", "LAW")
    keep([gone, there], path)
    path.write_text(path.read_text().replace("not_a_mention,,,", "not_a_mention,,,a street"))
    keep([gone], path, append=True)
    assert [(c.action, c.note) for c in load(path)] == [
        ("mention", None),
        ("not_a_mention", "a street"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"), [("x,a,rank", "line 2"), (f"{SHA},a,not_a_mention,more", "more cells")]
)
def test_a_damaged_file_is_left_alone(tmp_path, line, problem):
    path = tmp_path / "corrections.csv"
    path.write_text(f"document,quote,action\n{line}\n")
    before = path.read_bytes()
    with pytest.raises(ValueError, match=problem):
        keep([row("EIS", "not_a_mention")], path, append=True)
    assert path.read_bytes() == before


def test_a_spreadsheets_mark_stays(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("document,quote,action,note\n", encoding="utf-8-sig")
    keep([row("Eelnõu", "not_a_mention")], path, append=True)
    assert path.read_bytes().startswith(codecs.BOM_UTF8)
    assert [c.quote for c in load(path)] == ["Eelnõu"]
