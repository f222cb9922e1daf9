"""Reports with legends: several indicators, each with its countries."""

from pipeline import layout, tiers
from pipeline.segment import segments
from tests.layout.test_legend import GRADES, PROSE, QUESTION, REPORT, SCALE

OTHER = "How clear are the rules of harbour offices?"
TEXT = "\n".join(
    (
        *REPORT,
        "Indicator Rules",
        f"Question {OTHER}",
        *(line.replace("tariffs", "rules") for line in SCALE),
        "Chile",
        "Score 6",
        PROSE.replace("tariffs", "rules"),
        "Malta",
        "Score 1",
        "There are none.",
    )
)


def found():
    outline = layout.outline(TEXT, "")
    statements = tiers.find(outline, TEXT)
    return statements, segments(outline, TEXT, statements, "")


def test_each_indicator_has_its_countries_and_scores():
    _, parts = found()
    assert [(s.country, s.score_min, s.tier, s.indicator, s.question) for s in parts] == [
        ("CHL", 9, 1, "Tariffs", QUESTION),
        ("MLT", 2, 4, "Tariffs", QUESTION),
        ("CHL", 6, 2, "Rules", OTHER),
        ("MLT", 1, 4, "Rules", OTHER),
    ]


def test_a_section_ends_where_the_next_indicator_begins():
    _, parts = found()
    assert TEXT[parts[1].start : parts[1].end].endswith("Little is published.")
    assert TEXT[parts[3].start : parts[3].end].endswith("There are none.")


def test_statements_have_the_tier_of_their_band():
    statements, _ = found()
    assert [s.tier for s in statements] == [1, 2, 3, 4] * 2
    assert tuple(s.text for s in statements[:4]) == GRADES
