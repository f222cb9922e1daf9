"""Indicator reports whose answer scale is a legend, as they come from PDF."""

import pytest

from pipeline.layout import legend
from pipeline.layout.lines import split_lines

BANDS = ("10-9", "8-6", "5-3", "2-1")
GRADES = (
    "Harbour offices always publish their tariffs.",
    "Harbour offices mostly publish their tariffs. Small ones need reminders.",
    "Harbour offices seldom publish their tariffs.",
    "Harbour offices never publish their tariffs.",
)
QUESTION = "How openly do harbour offices set their tariffs?"
INTRO = "41 countries are sorted according to their performance on a scale from 10 to 1."
PROSE = "The port authority in the capital puts its tariffs online every spring and explains them."
REFERENCE = "Port Authority (2019): Tariffs, accessed 3 May 2020."
SCALE = tuple(f"{band} = {grade}" for band, grade in zip(BANDS, GRADES, strict=True))
LEGEND = ("scale", "tier_statement") * 4


def outline(*parts: str):
    text = "\n".join(parts)
    found = legend.outline(split_lines(text))
    return found, [(b.role, " ".join(b.of(text).split())) for b in found.blocks]


def fits(*parts: str) -> bool:
    return legend.fits(split_lines("\n".join(parts)))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param((QUESTION, *SCALE), True, id="legend"),
        pytest.param((QUESTION, INTRO, *SCALE, "Chile", "Score 9", PROSE), True, id="report"),
        pytest.param((QUESTION, *(s.replace("-", " – ") for s in SCALE)), True, id="dashes"),
        pytest.param((QUESTION, *(s.replace(" =", ":") for s in SCALE)), True, id="colons"),
        pytest.param((QUESTION, *SCALE[:3]), False, id="a band is missing"),
        pytest.param((QUESTION, *SCALE[::-1]), False, id="upside down"),
        pytest.param(SCALE, False, id="no question"),
        pytest.param(("Is it so?", "10-9 = 1", "8-6 = 2", "5-3 = 2", "2-1 = 1"), False, id="sums"),
        pytest.param((QUESTION, PROSE), False, id="no legend"),
        pytest.param((), False, id="empty"),
    ],
)
def test_fits(parts, expected):
    assert fits(*parts) is expected


REPORT = (
    "Ports Report",
    "Indicator Tariffs",
    f"Question {QUESTION}",
    INTRO,
    *SCALE,
    "Chile",
    "Score 9",
    PROSE,
    "Citation:",
    REFERENCE,
    "Malta",
    "Score 2",
    "Little is published.",
)


def test_a_report_of_one_indicator():
    found, blocks = outline(*REPORT)
    assert blocks == [
        ("title", "Ports Report"),
        ("boilerplate", "Indicator"),
        ("title", "Tariffs"),
        ("boilerplate", "Question"),
        ("question", QUESTION),
        ("prose", INTRO),
        *(
            part
            for band, grade in zip(BANDS, GRADES, strict=True)
            for part in (("scale", f"{band} ="), ("tier_statement", grade))
        ),
        ("country_heading", "Chile"),
        ("score", "Score 9"),
        ("prose", PROSE),
        ("citation", "Citation:"),
        ("citation", REFERENCE),
        ("country_heading", "Malta"),
        ("score", "Score 2"),
        ("prose", "Little is published."),
    ]
    assert (found.layout, found.question, found.indicator) == ("indicator", QUESTION, "Tariffs")


def test_a_score_may_share_its_line_with_the_text():
    _, blocks = outline(QUESTION, *SCALE, "Chile", f"Score 9 {PROSE}", "Malta", f"Score 2 {PROSE}")
    assert [role for role, _ in blocks[9:]] == ["country_heading", "score", "prose"] * 2


def test_wrapped_lines_are_one():
    words = SCALE[1].split()
    wrapped = " ".join(words[:6]), " ".join(words[6:])
    assert wrapped[1][0].islower()
    _, blocks = outline(QUESTION, SCALE[0], *wrapped, *SCALE[2:], "Chile", "Score 9", PROSE)
    assert blocks[4] == ("tier_statement", GRADES[1])


def test_several_indicators():
    other = [s.replace("tariffs", "rules") for s in SCALE]
    found, blocks = outline(
        *REPORT,
        "Indicator Rules",
        "Question How clear are the rules of harbour offices?",
        *other,
        "Chile",
        "Score 6",
        PROSE.replace("tariffs", "rules"),
    )
    assert [words for role, words in blocks if role == "question"] == [
        QUESTION,
        "How clear are the rules of harbour offices?",
    ]
    assert [words for role, words in blocks if role == "score"] == ["Score 9", "Score 2", "Score 6"]
    assert found.question is None  # there is more than one


def test_running_heads_interrupt_nothing():
    parts = [*REPORT]
    for page, at in ((4, 15), (3, 11), (2, 8)):
        parts.insert(at, f"Ports 2020 | {page} Tariffs")
    _, blocks = outline(*parts)
    heads = [role for role, words in blocks if words.startswith("Ports 2020")]
    assert heads == ["boilerplate"] * 3
    assert [words for role, words in blocks if role == "tier_statement"] == list(GRADES)
