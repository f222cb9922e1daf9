import pytest

from pipeline.layout import headed
from pipeline.layout.lines import split_lines

QUESTION = "How well do ministries share their data with one another?"
STATEMENT = "Ministries share {} their data."
PROSE = "Ministries in {} exchange files every week, and the registers have grown."
REFERENCE = "Ministry of Finance (2019): Budget, accessed 3 May 2020."

PAGE = f"""Data Sharing
{QUESTION}
{STATEMENT.format("all")}
10
Estonia
{PROSE.format("Estonia")}
9
Finland
South Korea
{PROSE.format("Korea")}
{STATEMENT.format("most of")}
8
---
7
Latvia
{PROSE.format("Latvia")}
"""


def roles(text: str) -> list[str]:
    return [b.role for b in headed.outline(split_lines(text)).blocks]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param(PAGE, True, id="headed page"),
        pytest.param(PAGE.replace(QUESTION, "On data."), False, id="no question"),
        pytest.param(f"{QUESTION}\nEstonia\nFinland\n{PROSE}", False, id="no score"),
        pytest.param(f"{QUESTION}\n10\nEstonia\n{PROSE}", True, id="one country"),
        pytest.param(f"{QUESTION}\n10\n{PROSE}\n9\n{PROSE}", False, id="no country"),
        pytest.param("", False, id="empty"),
    ],
)
def test_fits(text, fits):
    assert headed.fits(split_lines(text)) is fits


def test_outline():
    assert roles(PAGE) == [
        "title",
        "question",
        "tier_statement",
        "score",
        "country_heading",
        "prose",
        "score",
        "country_heading",
        "country_heading",
        "prose",
        "tier_statement",
        "score",
        "boilerplate",
        "score",
        "country_heading",
        "prose",
    ]


def test_head():
    outline = headed.outline(split_lines(PAGE))
    assert outline.layout == "indicator"
    assert outline.title == "Data Sharing"
    assert outline.question == outline.indicator == QUESTION


def section(*lines: str) -> list[str]:
    """The roles of the lines of a country's section."""
    return roles("\n".join([QUESTION, "10", "Estonia", *lines]))[3:]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([PROSE, REFERENCE], ["prose", "citation"], id="reference by its form"),
        pytest.param(
            ["Citations:", "A bare title"], ["citation", "citation"], id="all below a marker"
        ),
        pytest.param(
            ["Citations:", "A bare title", "9", "Finland", "A bare title"],
            ["citation", "citation", "score", "country_heading", "prose"],
            id="the marker ends with the section",
        ),
        pytest.param([PROSE, PROSE], ["prose", "boilerplate"], id="a paragraph printed twice"),
        pytest.param(
            ["It is so.", "It is so."], ["prose", "prose"], id="short repeats may be text"
        ),
        pytest.param(
            [PROSE, "9", "Finland", PROSE],
            ["prose", "score", "country_heading", "prose"],
            id="the same paragraph in two sections",
        ),
        pytest.param([PROSE, "Back to Top"], ["prose", "boilerplate"], id="page furniture"),
        pytest.param(["5", PROSE], ["prose", "prose"], id="a number before prose is no score"),
        pytest.param(["9", "---"], ["score", "boilerplate"], id="a score nobody has"),
        pytest.param(
            ["Far too few share", "8", PROSE],
            ["prose", "prose", "prose"],
            id="no statement without a country or rule below the score",
        ),
        pytest.param(
            [PROSE, "Far too few share", "7", "Latvia"],
            ["prose", "tier_statement", "score", "country_heading"],
            id="the first score of another band, nobody has an 8",
        ),
        pytest.param(
            ["Far too few share", "9", "Latvia"],
            ["prose", "score", "country_heading"],
            id="9 stays in the band of 10",
        ),
        pytest.param(
            ["Few share. Fewer still ask.", "7", "Latvia"],
            ["prose", "score", "country_heading"],
            id="two sentences of a section",
        ),
        pytest.param(
            [PROSE, f"{STATEMENT.format('few of')} Requests are rarely answered.", "7", "Latvia"],
            ["prose", "tier_statement", "score", "country_heading"],
            id="a statement of two sentences",
        ),
        pytest.param(
            ["It is so in all of its towns.", "7", "Latvia"],
            ["prose", "score", "country_heading"],
            id="a section's only sentence is no statement",
        ),
        pytest.param(["Latvja", PROSE], ["country_heading", "prose"], id="a misspelt country"),
        pytest.param(["Latvja", "Fine."], ["prose", "prose"], id="… needs a paragraph below"),
        pytest.param(["Overview", PROSE], ["heading", "prose"], id="a heading of no country"),
        pytest.param(
            ["9", "Overview", PROSE],
            ["score", "country_heading", "prose"],
            id="a heading of no country right below a score",
        ),
        pytest.param(
            ["In short", "8", "Latvia"],
            ["prose", "score", "country_heading"],
            id="too short for a statement",
        ),
        pytest.param(
            [PROSE, "Ministries share nothing at all.", "2", "1", "Latvia"],
            ["prose", "tier_statement", "score", "score", "country_heading"],
            id="lowest band, nobody has a 2",
        ),
    ],
)
def test_section(lines, expected):
    assert section(*lines) == expected
