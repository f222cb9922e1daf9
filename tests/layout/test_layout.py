from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.layout import check_tiling, head, outline, split_lines, with_statements
from pipeline.read.text import decode
from pipeline.records import LAYOUTS, ROLES, Block, Outline, TierStatement
from tests.layout.test_chapter import scale
from tests.layout.test_headed import PAGE, QUESTION

RAW = Path(__file__).parents[2] / "raw"

# Every report in raw/, with what `outline` makes of it before statements are known.
EXPECTED = {
    "agency-canada.txt": "webpage",
    "chapter-norway.txt": "chapter",
    "chapter-portugal.txt": "chapter",
    "deck-slovenia.txt": "deck",
    "impact-assessment.txt": "indicator",
    "ministry-estonia.txt": "webpage",
    "open-data-saved.txt": "indicator",
    "open-data.txt": "indicator",
    "strategy-ireland.txt": "strategy",
}


@cache
def raw(name: str) -> str:
    return decode((RAW / name).read_bytes())


@pytest.mark.parametrize(("name", "layout"), EXPECTED.items(), ids=str)
def test_layout_of_the_samples(name, layout):
    assert outline(raw(name), name).layout == layout


def test_every_sample_has_an_expected_layout():
    assert {path.name for path in RAW.glob("*.txt")} <= set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_samples_are_tiled(name):
    check_ledger(raw(name), outline(raw(name), name))


def check_ledger(text: str, found: Outline) -> None:
    """Check without the code's own check that nothing is lost, moved or doubled."""
    starts = [at for block in found.blocks for at in (block.start, block.end)]
    assert starts == sorted(starts)
    assert found.layout in LAYOUTS
    assert {block.role for block in found.blocks} <= set(ROLES)
    kept = "".join(block.of(text) for block in found.blocks)
    assert "".join(kept.split()) == "".join(text.split())
    for block in found.blocks:
        assert block.of(text) == block.of(text).strip()


# Lines that the layouts look out for, and lines nobody expects.
TYPICAL = [
    "", " ", "---", "10", " 9", "8", "7", "5", "2", "1", "#3", "#17Key Findings", "Key Findings",
    "Estonia", "South Korea", "UK", QUESTION, "Citations:", "EUOECD", "Page 3", "• one", "1.2 Aims",
    "Ministries share all their data.", "Ministry of Finance (2019): Budget, accessed 3 May 2020.",
    "Source: own count", "A Digital Strategy", "The registers have grown,", "and will grow more.",
    "Ministries exchange files every week, and " + "the registers grow steadily larger " * 5,
]  # fmt: skip
ODD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=30)
LINES = st.one_of(st.sampled_from(TYPICAL), ODD)
SHORT_PAGES = st.lists(LINES, max_size=40)
CHAPTERS = st.builds(
    lambda before, after: [*before, QUESTION, *scale(), *after], SHORT_PAGES, SHORT_PAGES
)
PAGES = st.builds(lambda parts: PAGE.split("\n") + parts, SHORT_PAGES)
TEXTS = st.one_of(SHORT_PAGES, CHAPTERS, PAGES).map("\n".join)


@given(TEXTS)
@hypothesis_settings(max_examples=300)
def test_blocks_tile_any_text(text):
    check_ledger(text, outline(text, "report.txt"))


@given(st.text())
def test_blocks_tile_any_characters(text):
    check_ledger(text, outline(text, "report.txt"))


@given(st.data(), st.sampled_from(sorted(EXPECTED)))
@hypothesis_settings(max_examples=40)
def test_blocks_tile_damaged_samples(data, name):
    lines = raw(name).split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    kept = lines[start : data.draw(st.integers(start, len(lines)))]
    step = data.draw(st.integers(1, 4))
    text = "\n".join(kept[::step])
    check_ledger(text, outline(text, name))


@given(TEXTS)
def test_a_text_is_outlined_the_same_twice(text):
    assert outline(text, "report.txt") == outline(text, "report.txt")


def statements(text: str, starts: list[int], found: Outline) -> list[TierStatement]:
    return [
        TierStatement(
            start=block.start,
            end=block.end,
            text=block.of(text),
            tier=1,
            score_min=9,
            score_max=10,
            confidence=1.0,
            runner_up_tier=None,
        )
        for block in found.blocks
        if block.start in starts
    ]


@given(TEXTS, st.data())
def test_statements_change_no_offsets_of_an_indicator_page(text, data):
    found = outline(text, "report.txt")
    positions = [b.start for b in found.blocks if b.role == "prose"]
    chosen = data.draw(st.lists(st.sampled_from(positions), unique=True)) if positions else []
    again = with_statements(found, text, statements(text, chosen, found))
    check_ledger(text, again)
    if found.layout == "indicator" and len(chosen) >= 2:
        assert [b.start for b in again.blocks] == [b.start for b in found.blocks]


PROSE = "Ministries exchange files every week, " + "and the registers grow steadily larger " * 4
SAVED = f"Data\n{QUESTION}\nAll is shared.\n{PROSE}\n{PROSE}\nMost is shared.\n{PROSE}\n{PROSE}\n"


def with_named_statements(*texts: str) -> Outline:
    found = outline(SAVED, "report.txt")
    return with_statements(found, SAVED, statements(SAVED, [SAVED.index(t) for t in texts], found))


def test_statements_get_their_role():
    found = with_named_statements("All is shared.", "Most is shared.")
    assert found.layout == "indicator"
    roles = [b.role for b in found.blocks if b.role == "tier_statement"]
    assert len(roles) == 2


@pytest.mark.parametrize("texts", [(), ("All is shared.",)], ids=["none", "one"])
def test_a_page_with_fewer_than_two_statements_is_a_web_page(texts):
    found = with_named_statements(*texts)
    assert found.layout == "webpage"
    assert found.question is None
    assert "tier_statement" not in {b.role for b in found.blocks}


def test_edition_and_publisher_survive_the_second_reading():
    text = SAVED.replace("Data\n", "Data, SGI 2018\n", 1)
    found = with_statements(outline(text, "report.txt"), text, [])
    assert (found.edition, found.publisher) == (2018, "Bertelsmann Stiftung")


def test_other_layouts_keep_their_blocks():
    text = "\n".join([QUESTION, *scale(), "Data", "8", PROSE])
    found = outline(text, "report.txt")
    assert with_statements(found, text, []) == found


def block(start: int, end: int) -> Block:
    return Block(start=start, end=end, role="prose")


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((block(0, 3), block(4, 7)), id="a blank between"),
        pytest.param((block(0, 7),), id="one block"),
        pytest.param((block(0, 3), block(3, 7)), id="side by side"),
    ],
)
def test_check_tiling_accepts(blocks):
    check_tiling("one two", blocks)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((), id="no block"),
        pytest.param((block(0, 3),), id="end lost"),
        pytest.param((block(4, 7),), id="start lost"),
        pytest.param((block(0, 2), block(4, 7)), id="a letter lost between"),
        pytest.param((block(0, 4), block(3, 7)), id="overlap"),
        pytest.param((block(4, 7), block(0, 3)), id="out of order"),
    ],
)
def test_check_tiling_refuses(blocks):
    with pytest.raises(AssertionError):
        check_tiling("one two", blocks)


@pytest.mark.parametrize(
    ("words", "source", "edition"),
    [
        pytest.param("SGI 2020", "a.txt", 2020, id="programme and year"),
        pytest.param("Sustainable Governance Indicators, 2018", "a.txt", 2018, id="comma"),
        pytest.param("The 2019 edition", "a.txt", 2019, id="year first"),
        pytest.param("Report 2019", "2018.txt", 2019, id="the head before the path"),
        pytest.param("", "sgi-2019/report.txt", 2019, id="path"),
        pytest.param("", "2019/report-2019.txt", 2019, id="the same year twice"),
        pytest.param("", "2019/2020.txt", None, id="two years in the path"),
        pytest.param("In 2019 we met", "a.txt", None, id="a year in passing"),
        pytest.param("Edition 20199", "a.txt", None, id="a longer number"),
        pytest.param("", "report20191.txt", None, id="a longer number in the path"),
        pytest.param("", "a.txt", None, id="nothing"),
    ],
)
def test_edition(words, source, edition):
    assert head.edition(words, source) == edition


@pytest.mark.parametrize(
    ("words", "text", "publisher"),
    [
        pytest.param("SGI 2020", "", "Bertelsmann Stiftung", id="programme"),
        pytest.param("", "x" * 900 + " office@oecd.org", "OECD", id="address at the foot"),
        pytest.param("", "office@oecd.org " + "x" * 900, None, id="address in the middle"),
        pytest.param("OECD countries", "", None, id="a name in passing"),
        pytest.param("ESGI 2020", "", None, id="part of a word"),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_publisher(words, text, publisher):
    assert head.publisher(words, text) == publisher


def test_the_path_gives_the_edition_when_the_head_does_not():
    assert outline("A page.", "sgi/2019/page.txt").edition == 2019


def test_lines_are_those_of_the_outline():
    found = outline(PAGE, "report.txt")
    assert [b.of(PAGE) for b in found.blocks] == [x.text for x in split_lines(PAGE)]
