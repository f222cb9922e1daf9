import pytest

from pipeline.layout import chapter
from pipeline.layout.lines import split_lines

QUESTION = "How well do ministries share their data?"
GRADES = ("Nearly all data are shared", "Most data are shared", "Few are shared", "None are shared")
PROSE = "The registers have grown, and ministries exchange files every week."
REFERENCE = "Ministry of Finance (2019): Budget, accessed 3 May 2020."


def scale(*, tops: tuple[int, ...] = (10, 8, 5, 2), last: int = 1) -> list[str]:
    """The lines of an answer scale whose bands start at `tops`."""
    ends = [*(top + 1 for top in tops[1:]), last]
    lines: list[str] = []
    for top, end, grade in zip(tops, ends, GRADES, strict=False):
        lines += [*(f" {n}" for n in range(top, end - 1, -1)), grade]
    return lines


def lines(*parts: str):
    return split_lines("\n".join(parts))


def nested(*again: tuple[int, ...]) -> list[str]:
    """A scale whose bands leave some of their numbers twice, as nested lists of web pages do."""
    bands = ((10, 9), (8, 7, 6), (5, 4, 3), (2, 1))
    return [
        str(part)
        for band, more, grade in zip(bands, again, GRADES, strict=True)
        for part in (*band, *more, grade)
    ]


def without(parts: list[str], drop: str) -> list[str]:
    return [part for part in parts if part.strip() != drop]


@pytest.mark.parametrize(
    ("parts", "end"),
    [
        pytest.param(scale(), 14, id="four bands"),
        pytest.param([*scale(), "Data", "8", PROSE], 14, id="more follows"),
        pytest.param(scale(tops=(10, 8, 5)), 13, id="three bands"),
        pytest.param(scale(tops=(10, 5)), None, id="two bands are no scale"),
        pytest.param(without(scale(), "7"), None, id="a number is missing"),
        pytest.param(without(scale(), GRADES[1]), 13, id="one statement is missing"),
        pytest.param(scale()[1:], None, id="does not start at 10"),
        pytest.param(scale()[:-1], None, id="the last statement is missing"),
        pytest.param(scale(last=2), None, id="does not reach 1"),
        pytest.param(list(map(str, range(1, 11))), None, id="upwards"),
        pytest.param(["10", "9", "Yes", *scale()[3:]], None, id="a statement of one word"),
        pytest.param(["10", "9", PROSE, PROSE, *scale()[3:]], None, id="two lines in a band"),
        pytest.param(nested((9,), (7, 6), (4, 3), (1,)), 20, id="nested lists"),
        pytest.param(nested((), (6,), (), ()), 15, id="one number twice"),
        pytest.param(nested((9,), (6, 7), (), ()), None, id="repeated upwards"),
        pytest.param(nested((10, 9), (), (), ()), None, id="a whole band twice"),
        pytest.param(nested((3,), (), (), ()), None, id="a number of another band"),
        pytest.param([], None, id="empty"),
    ],
)
def test_scale_end(parts, end):
    found = lines(*parts)
    assert (chapter.scale_end(found, 0) if found else None) == end


@pytest.mark.parametrize(
    ("parts", "fits"),
    [
        pytest.param(["Norway", PROSE, QUESTION, *scale(), "Data", "8"], True, id="chapter"),
        pytest.param([QUESTION, "10", "Estonia", PROSE, "9", "Finland"], False, id="page"),
        pytest.param(["Peru", *("Data", "Score: 8", PROSE) * 3], True, id="names with scores"),
        pytest.param([*("Peru", "Score: 8", PROSE) * 3], False, id="countries with scores"),
        pytest.param([*("Data", "8", PROSE) * 3], False, id="bare numbers"),
        pytest.param(["Data", "Score: 8", PROSE, "Laws", "Score: 3"], False, id="too few"),
        pytest.param([PROSE, PROSE], False, id="prose"),
        pytest.param([], False, id="empty"),
    ],
)
def test_fits(parts, fits):
    assert chapter.fits(lines(*parts)) is fits


CHAPTER = [
    ("Norway", "title"),
    ("Good Government", "heading"),
    ("#3", "boilerplate"),
    ("Key Findings", "heading"),
    (PROSE, "prose"),
    (QUESTION, "question"),
    *((part, "scale" if part.strip().isdigit() else "tier_statement") for part in scale()),
    ("Data Sharing", "heading"),
    ("8", "score"),
    (PROSE, "prose"),
    (REFERENCE, "citation"),
]


def test_outline():
    outline = chapter.outline(lines(*(text for text, _ in CHAPTER)))
    assert [b.role for b in outline.blocks] == [role for _, role in CHAPTER]
    assert outline.layout == "chapter"
    assert outline.title == "Norway: Good Government"


def roles(*body: str) -> list[str]:
    """The roles of what follows an indicator's scale and score."""
    parts = [QUESTION, *scale(), "Data Sharing", "8"]
    return [b.role for b in chapter.outline(lines(*parts, *body)).blocks][len(parts) :]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param([PROSE, PROSE], ["prose", "boilerplate"], id="printed twice"),
        pytest.param(["Citations:", "Bare title"], ["citation", "citation"], id="marker"),
        pytest.param(["#17Key Findings", PROSE], ["heading", "prose"], id="glued rank"),
        pytest.param(["Economy", "#19", PROSE], ["heading", "boilerplate", "prose"], id="area"),
        pytest.param(["Back to Top"], ["boilerplate"], id="furniture"),
        pytest.param(["---"], ["boilerplate"], id="rule"),
        pytest.param(
            ["Citations:", "Title", "Executive Summary", "Title"],
            ["citation", "citation", "heading", "prose"],
            id="a heading ends the references",
        ),
        pytest.param(
            [PROSE, QUESTION, *scale(), PROSE],
            ["prose", "question", *("scale", "scale", "tier_statement")]
            + ["scale"] * 3
            + ["tier_statement"]
            + ["scale"] * 3
            + ["tier_statement", "scale", "scale", "tier_statement", "prose"],
            id="the same words in the next indicator are no repeat",
        ),
    ],
)
def test_body(body, expected):
    assert roles(*body) == expected


def test_the_score_may_stand_before_the_name():
    parts = [QUESTION, *scale(), "8", "Data Sharing", PROSE]
    found = [b.role for b in chapter.outline(lines(*parts)).blocks]
    assert found[len(scale()) + 1] == "score"
    assert "score" not in found[len(scale()) + 2 :]


def test_title_without_a_short_line():
    assert chapter.outline(lines(PROSE, QUESTION, *scale())).title is not None


BARE = [
    ("Norway Report", "title"),
    ("Good Government", "heading"),
    ("Registers", "heading"),
    ("Data Sharing", "heading"),
    ("Score: 8", "score"),
    (PROSE, "prose"),
    ("Citations:", "citation"),
    (REFERENCE, "citation"),
    ("Open Formats", "heading"),
    ("Score: 5", "score"),
    (f"{PROSE} Towns follow.", "prose"),
    ("Archives", "heading"),
    ("Old Files", "heading"),
    ("Score: 3", "score"),
    ("Little is kept.", "prose"),
]


def test_a_chapter_without_scales():
    outline = chapter.outline(lines(*(text for text, _ in BARE)))
    assert [b.role for b in outline.blocks] == [role for _, role in BARE]


def test_running_heads_of_a_chapter_are_none_of_it():
    parts = [text for text, _ in BARE]
    for page, at in ((4, 14), (3, 11), (2, 8)):
        parts.insert(at, f"Norway 2018 | {page} Registers")
    outline = chapter.outline(lines(*parts))
    assert [b.role for b in outline.blocks].count("boilerplate") == 3


def test_wrapped_lines_of_a_chapter_without_scales_are_one():
    first, second = PROSE[:40].rsplit(" ", 1)[0], PROSE[len(PROSE[:40].rsplit(" ", 1)[0]) + 1 :]
    parts = [text for text, _ in BARE]
    parts[5:6] = [first, second]
    outline = chapter.outline(lines(*parts))
    assert [b.role for b in outline.blocks] == [role for _, role in BARE]
