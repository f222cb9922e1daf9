"""Mentions of small documents, found with weights made by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import extract
from pipeline.extract import _pieces
from pipeline.extract.model import Names
from pipeline.records import LABELS, Block, Segment
from tests.segment.page_by_hand import outline

OFFICES = {
    "H1=AGENCY": {"AGENCY": 9.0},
    "n=2": {"AGENCY": 1.0},  # 'Audit Office' rather than 'Office'
    "rule=skills-strategy-2020": {"STRATEGY": 12.0},
}
OF_ITS_LONG_FORM = 20  # the column of what an acronym's long form says
LONG = 5_000  # characters that are read at a time


@pytest.fixture(scope="module", autouse=True)
def hand_made(weights):
    """Names that are found by the weights above, not by the trained ones."""
    found = Names(weights(OFFICES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "names", lambda: found)
        yield


def mentions(*lines, country=None):
    """The mentions of lines given as (role, words); all in one segment if a country is given."""
    page, text = outline(*lines)
    segments = [segment(0, len(text), country)] if country else []
    found = extract.mentions(page, text, segments)
    assert all(m.text == text[m.start : m.end] for m in found)
    return found


def segment(start: int, end: int, country: str) -> Segment:
    return Segment(
        start=start, end=end, country=country, country_method="heading", country_confidence=1.0
    )


def prose(text: str):
    return mentions(("prose", text))


def forms(found) -> list[str]:
    return [m.text for m in found]


def test_a_name():
    (found,) = prose("Here the Audit Office met.")
    assert (found.start, found.end, found.text) == (9, 21, "Audit Office")
    assert (found.label, found.section, found.method) == ("AGENCY", "body", "model")
    assert found.canonical == "Audit Office"
    assert found.confidence == round(found.confidence, 4) == pytest.approx(0.978, abs=0.01)
    assert (found.country, found.year_start) == (None, None)


@pytest.mark.parametrize("gap", ["\n", "  ", "\n   ", "\u00a0", "\t \n", "\u2028"])
@pytest.mark.parametrize(
    "before", ["", "  ", "It  rains.\n\n"], ids=["start", "blanks", "sentence"]
)
def test_squeezed_white_space_maps_back(gap, before):
    text = f"{before}The{gap}Audit{gap}Office met."
    (found,) = prose(text)
    assert found.text == f"Audit{gap}Office"
    assert found.start == text.index("Audit")
    assert found.canonical == "Audit Office"


WORDS = st.lists(
    st.sampled_from(["The", "Audit", "Office", "met", ".", "of", "Tax", "Board", "(AO)", "2019"]),
    min_size=1,
    max_size=12,
)
SPACE = st.text(" \n\t\u00a0", min_size=1, max_size=4)


@given(WORDS, SPACE)
@settings(max_examples=50)
def test_white_space_changes_no_names(words, space):
    plain, spaced = prose(" ".join(words)), prose(space.join(words))
    assert [(m.canonical, m.label) for m in spaced] == [(m.canonical, m.label) for m in plain]
    assert ["".join(m.text.split()) for m in spaced] == ["".join(m.text.split()) for m in plain]


def test_a_year_inside_a_name():
    name, year = prose("The Digital Skills Strategy 2020–2025 is new.")
    assert (name.text, name.label) == ("Digital Skills Strategy 2020–2025", "STRATEGY")
    assert (year.text, year.label, year.method) == ("2020–2025", "YEAR", "rule")
    assert (year.year_start, year.year_end, year.canonical) == (2020, 2025, "2020/2025")
    assert name.start < year.start < year.end == name.end


def test_a_year_alone():
    (year,) = prose("It rained in 2019.")
    assert (year.text, year.canonical) == ("2019", "2019")
    assert (year.year_start, year.year_end) == (2019, 2019)


@pytest.mark.parametrize(
    ("role", "section"),
    [
        ("prose", "body"), ("list_item", "body"), ("heading", "body"), ("title", "body"),
        ("citation", "citation"), ("boilerplate", "boilerplate"),
    ],
)  # fmt: skip
def test_sections(role, section):
    found = mentions((role, "The Audit Office met in 2019."))
    assert [(m.text, m.section) for m in found] == [("Audit Office", section), ("2019", section)]


@pytest.mark.parametrize(
    "role", ["score", "scale", "tier_statement", "question", "country_heading"]
)
def test_blocks_that_are_not_read(role):
    assert mentions((role, "The Audit Office met in 2019.")) == []


@pytest.mark.parametrize("lines", [(), (("prose", "nothing"),), (("prose", " \n "),)])
def test_nothing_to_find(lines):
    assert mentions(*lines) == []


def test_blocks_do_not_run_together():
    assert forms(mentions(("heading", "The Audit"), ("prose", "Office work."))) == ["Office"]


def test_mentions_are_in_order():
    found = mentions(
        ("prose", "The Tax Office and the Digital Skills Strategy 2020 of 2019."),
        ("list_item", "Audit Office"),
    )
    assert forms(found) == [
        "Tax Office", "Digital Skills Strategy 2020", "2020", "2019", "Audit Office",
    ]  # fmt: skip


def test_bounds_are_put_right():
    assert forms(prose("The Estonian Audit Office met.")) == ["Audit Office"]


@pytest.mark.parametrize(
    ("country", "own"), [("EST", True), ("FIN", False), (None, False)], ids=["own", "other", "none"]
)
def test_the_country_of_the_segment_counts(weights, monkeypatch, country, own):
    names = Names(weights({"known=AGENCY:own": {"AGENCY": 9.0}}))
    monkeypatch.setattr(extract, "names", lambda: names)
    found = mentions(("prose", "The Rahandusministeerium met."), country=country)
    assert forms(found) == ["Rahandusministeerium"] * own


@pytest.mark.parametrize(("cut", "linked"), [(False, True), (True, False)], ids=["one", "two"])
def test_a_segment_agrees_within_itself(weights, monkeypatch, cut, linked):
    # The acronym follows its long form; in another segment it may be another thing.
    names = Names(weights({"longform": {"AGENCY": 10.0}}, {0: 1.0, OF_ITS_LONG_FORM: 3.0}))
    monkeypatch.setattr(extract, "names", lambda: names)
    page, text = outline(("prose", "The Bla Xyzzy (BX) met."), ("prose", "Then BX closed."))
    middle = text.index("Then")
    bounds = [(0, middle), (middle, len(text))] if cut else [(0, len(text))]
    found = extract.mentions(page, text, [segment(*b, "EST") for b in bounds])
    assert forms(found) == ["Bla Xyzzy", "BX", *["BX"] * linked]


def test_a_very_long_block_is_read_whole():
    text = "The Audit Office met, and it rained. " * (2 * LONG // 30)
    found = prose(text)
    assert len(found) == text.count("Audit Office")
    assert set(forms(found)) == {"Audit Office"}


@pytest.mark.parametrize("filler", ["It rains. ", "rain\n", "rain ", "rain", "\n"])
def test_pieces_of_a_block_are_short_and_lose_no_letter(filler):
    text = "x " + filler * (3 * LONG // len(filler)) + "x"
    pieces = list(_pieces(Block(start=2, end=len(text), role="prose", page=7), text))
    assert all(p.end - p.start <= LONG and p.page == 7 for p in pieces)
    assert all(a.end <= b.start for a, b in zip(pieces, pieces[1:], strict=False))
    assert "".join("".join(p.of(text).split()) for p in pieces) == "".join(text[2:].split())


@pytest.mark.parametrize(
    "filler",
    [
        pytest.param("it rains. ", id="sentences"),
        pytest.param("it rains\n", id="lines"),
        pytest.param("it rains ", id="words"),
        pytest.param("\n", id="line breaks"),
        pytest.param("(it. ", id="an open bracket"),
    ],
)
def test_names_on_both_sides_of_much_text(filler):
    text = "The Audit Office. " + filler * (2 * LONG // len(filler)) + "The Tax Office."
    assert forms(prose(text)) == ["Audit Office", "Tax Office"]


def test_an_endless_run_of_letters_hides_no_name():
    assert forms(prose("The Audit Office " + "A-" * 5_000 + " the Tax Office.")) == [
        "Audit Office",
        "Tax Office",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["prose", "citation", "list_item", "score"]), st.text(max_size=30)
        ),
        max_size=4,
    )
)
def test_any_text_gives_sound_mentions(lines):
    found = mentions(*((role, words) for role, words in lines if words))
    assert found == sorted(found, key=lambda m: (m.start, -m.end))
    assert {m.label for m in found} <= set(LABELS)
    named = [m for m in found if m.method == "model"]
    assert all(a.end <= b.start for a, b in zip(named, named[1:], strict=False))
