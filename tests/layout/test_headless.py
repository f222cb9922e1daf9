import pytest

from pipeline.layout import headless
from pipeline.layout.lines import split_lines

QUESTION = "How well do ministries share their data with one another?"
PROSE = "Ministries exchange files every week, " + "and the registers grow steadily larger " * 4
PAGE = f"Data Sharing\n{QUESTION}\n" + f"{PROSE}\n" * 4


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param(PAGE, True, id="question and prose"),
        pytest.param(f"{QUESTION}\n" + f"{PROSE}\n" * 4, True, id="no title"),
        pytest.param("\n\n" + PAGE, True, id="empty lines above"),
        pytest.param(
            f"Data Sharing\n{QUESTION}\n{PROSE}\n{PROSE}\nShort.\nShort.", False, id="two"
        ),
        pytest.param(f"{QUESTION}\n" + "Short.\n" * 9, False, id="no long paragraph"),
        pytest.param(f"{PROSE}\n" * 4, False, id="no question"),
        pytest.param("A line\n" * 8 + PAGE, False, id="the question stands too low"),
        pytest.param("", False, id="empty"),
    ],
)
def test_fits(text, fits):
    assert headless.fits(split_lines(text)) is fits


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param(PAGE, 1, id="below the title"),
        pytest.param(f"{QUESTION}\n{QUESTION}", 0, id="the first of two"),
        pytest.param("Data Sharing\nNot so?", None, id="none"),
        pytest.param("a\n" * 7 + QUESTION, 7, id="last place that counts"),
        pytest.param("a\n" * 8 + QUESTION, None, id="too low"),
    ],
)
def test_question(text, at):
    assert headless.question(split_lines(text)) == at


def test_outline():
    text = f"Data Sharing\nGoverning well\n{QUESTION}\nEUOECD\n{PROSE}\nSouth Korea\n---\n{PROSE}"
    outline = headless.outline(split_lines(text))
    assert [b.role for b in outline.blocks] == [
        "title",
        "heading",
        "question",
        "boilerplate",
        "prose",
        "country_heading",
        "boilerplate",
        "prose",
    ]
    assert outline.layout == "indicator"
    assert outline.title == "Data Sharing"
    assert outline.question == outline.indicator == QUESTION


def test_a_page_that_starts_with_the_question_has_no_title():
    assert headless.outline(split_lines(f"{QUESTION}\n{PROSE}")).title is None


def test_a_country_within_a_sentence_is_no_heading():
    outline = headless.outline(split_lines(f"{QUESTION}\nEstonia leads.\nEstonia"))
    assert [b.role for b in outline.blocks] == ["question", "prose", "country_heading"]
