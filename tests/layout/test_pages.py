import pytest

from pipeline.layout import pages
from pipeline.layout.lines import split_lines

PROSE = "The ministry has opened its registers, and towns have begun to follow its example."
SLIDE = "Why this matters\n• Shared parts\n• Few skills\n> Agree on goals\nA council | {}\n\n"


def outline(text: str):
    return pages.outline(split_lines(text))


def roles(text: str) -> list[str]:
    return [b.role for b in outline(text).blocks]


def texts(text: str) -> list[str]:
    return [b.of(text) for b in outline(text).blocks]


DECK = "Open data\n\n" + "".join(SLIDE.format(n) for n in range(1, 5))
STRATEGY = (
    f"A Digital Strategy\n\n1. Aims\n\n{PROSE}\n\n2. Means\n\n{PROSE}\n\n3.1 Money\n\n{PROSE}\n"
)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        pytest.param(f"Digital State\n\n{PROSE}\n", "webpage", id="web page"),
        pytest.param(DECK, "deck", id="short lines without an end"),
        pytest.param("Open data\n" * 11, "webpage", id="too few lines for a deck"),
        pytest.param(f"{PROSE}\n" * 20, "webpage", id="sentences are no deck"),
        pytest.param(STRATEGY, "strategy", id="named so, numbered headings"),
        pytest.param(STRATEGY.replace("Strategy", "State"), "webpage", id="not named so"),
        pytest.param(f"A Digital Strategy\n\n{PROSE}\n", "webpage", id="without headings"),
        pytest.param(f"Title\n\n{PROSE}\n" * 1000, "report", id="long"),
        pytest.param("", "webpage", id="empty"),
    ],
)
def test_layout(text, layout):
    assert outline(text).layout == layout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"Digital State\n\n{PROSE}", ["title", "prose"], id="title and prose"),
        pytest.param(PROSE, ["prose"], id="a sentence is no title"),
        pytest.param(f"{PROSE}\n\nThe Way Ahead\n\n{PROSE}", ["prose", "heading", "prose"], id="h"),
        pytest.param(f"{PROSE}\n\n1.2 Purpose", ["prose", "heading"], id="numbered heading"),
        pytest.param(f"{PROSE}\n\n• one\n• two", ["prose", "list_item", "list_item"], id="list"),
        pytest.param(f"{PROSE}\n\nPage 3", ["prose", "boilerplate"], id="page number"),
        pytest.param(f"{PROSE}\n\nSource: own count", ["prose", "citation"], id="source line"),
        pytest.param(
            f"{PROSE}\n\nMinistry of Finance (2019): Budget, accessed 3 May 2020.",
            ["prose", "citation"],
            id="reference",
        ),
        pytest.param("", [], id="empty"),
        pytest.param("\n \n", [], id="only blanks"),
    ],
)
def test_roles(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("Title\n\nThe plan was\nmade later.", ["Title", "The plan was\nmade later."],
                     id="wrapped: goes on in lower case"),
        pytest.param("The plan, said\nmany,\nWas made.", ["The plan, said\nmany,\nWas made."],
                     id="wrapped: comma"),
        pytest.param("The plan was made.\nthen it was lost.",
                     ["The plan was made.", "then it was lost."], id="a sentence has ended"),
        pytest.param("The aims are:\nmore data", ["The aims are:", "more data"], id="colon"),
        pytest.param("The plan was\n\nmade later.", ["The plan was", "made later."], id="gap"),
        pytest.param("The plan was\n• made later", ["The plan was", "• made later"], id="bullet"),
        pytest.param("The plan was\nPage 3\nmade later", ["The plan was", "Page 3", "made later"],
                     id="a page number stands alone"),
    ],
)  # fmt: skip
def test_paragraphs(text, blocks):
    assert texts(text) == blocks


def test_running_footers_are_boilerplate():
    found = zip(texts(DECK), roles(DECK), strict=True)
    footers = {role for text, role in found if text.startswith("A council")}
    assert footers == {"boilerplate"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We met in 2019\n\n" + PROSE, id="once"),
        pytest.param("Goal 1\n\nGoal 2\n\n" + PROSE, id="twice"),
        pytest.param("Goal\n\nGoal\n\nGoal\n\n" + PROSE, id="no number in it"),
        pytest.param("Goal 1\n\nGoal 1\n\nGoal 1\n\n" + PROSE, id="always the same number"),
    ],
)
def test_other_lines_are_no_footers(text):
    assert "boilerplate" not in roles(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Digital\nstate\n\nMore", "Digital state", id="two lines"),
        pytest.param("", None, id="empty"),
        pytest.param("word " * 50, None, id="too long"),
    ],
)
def test_title(text, title):
    assert outline(text).title == title
