"""Pages without headings: countries from evidence and order, scores from the alphabet."""

import json
from pathlib import Path

import pytest

from pipeline import layout
from pipeline.records import TierStatement
from pipeline.segment.headless import headless_segments
from tests.pages import without_headings
from tests.segment.page_by_hand import outline, statements

ROOT = Path(__file__).parents[2]
QUESTION = ("question", "How well are archives kept?")
GOOD = ("tier_statement", "Archives are kept well.")
POOR = ("tier_statement", "Archives are kept poorly.")


def prose(words):
    return ("prose", words)


def countries(segments):
    return [s.country for s in segments]


def test_each_paragraph_finds_its_country():
    found, text = outline(
        QUESTION,
        GOOD,
        prose("Danish archives open their doors to anyone who asks."),
        prose("In Finland, files older than a generation are free."),
        POOR,
        prose("Hungarian files are kept in cellars, and the Hungarian state forgets them."),
    )
    segments = headless_segments(found, text, statements(found, text, 1, 4))
    assert countries(segments) == ["DNK", "FIN", "HUN"]
    assert [s.tier for s in segments] == [1, 1, 4]
    assert {s.country_method for s in segments} == {"evidence"}
    assert {s.question for s in segments} == {QUESTION[1]}


def test_paragraphs_of_one_country_are_one_section():
    found, text = outline(
        QUESTION,
        GOOD,
        prose("Danish archives open their doors to anyone who asks."),
        prose("However, the reading room is small."),
        ("citation", "Rigsarkivet (2018): Beretning. Copenhagen."),
        prose("In Finland, files older than a generation are free."),
        POOR,
        prose("Hungarian files are kept in cellars."),
    )
    segments = headless_segments(found, text, statements(found, text, 1, 4))
    assert countries(segments) == ["DNK", "FIN", "HUN"]
    assert segments[0].of(text).endswith("Copenhagen.")


def test_a_surviving_heading_gives_the_country():
    found, text = outline(
        QUESTION,
        GOOD,
        ("country_heading", "New Zealand"),
        prose("Files are free, and the staff helps."),
        POOR,
        prose("Hungarian files are kept in cellars."),
    )
    segments = headless_segments(found, text, statements(found, text, 1, 4))
    assert countries(segments) == ["NZL", "HUN"]
    assert segments[0].country_method == "heading"


def test_the_order_speaks_where_the_text_does_not():
    named = "Danish Estonian Finnish French German Greek Hungarian Icelandic Irish".split()
    lines = [prose(f"{adjective} archives are in {adjective} hands.") for adjective in named]
    lines[4] = prose("Archives here are a matter of pride, and the staff is well paid.")
    found, text = outline(QUESTION, GOOD, *lines, POOR, prose("Swiss archives are shut."))
    segments = headless_segments(found, text, statements(found, text, 1, 4))
    silent = next((s for s in segments if "pride" in s.of(text)), None)
    assert silent is not None
    assert silent.country in ("DEU", "FRA")  # its own section between them, or still the one before


def test_where_the_alphabet_starts_again_the_score_falls():
    found, text = outline(
        QUESTION,
        GOOD,
        prose("In Finland, files older than a generation are free."),
        prose("Danish archives open their doors to anyone who asks."),
        POOR,
        prose("Hungarian files are kept in cellars."),
    )
    segments = headless_segments(found, text, statements(found, text, 1, 4))
    assert [(s.country, s.score_min, s.score_max) for s in segments] == [
        ("FIN", 10, 10),
        ("DNK", 9, 9),
        ("HUN", 1, 2),
    ]


def test_what_stands_above_the_first_statement_is_in_no_section():
    found, text = outline(
        ("title", "Archives"),
        QUESTION,
        prose("This page was last changed in May."),
        GOOD,
        prose("In Finland, files are free."),
    )
    segments = headless_segments(found, text, statements(found, text, 1))
    assert countries(segments) == ["FIN"]
    assert segments[0].start == text.index("In Finland")


def test_a_page_without_paragraphs_has_no_sections():
    found, text = outline(QUESTION, GOOD)
    assert headless_segments(found, text, statements(found, text, 1)) == []


@pytest.fixture(scope="module")
def saved():
    """A whole sample page as browsers save it: gold and found sections."""
    text = (ROOT / "raw/open-data.txt").read_text(encoding="utf-8")
    gold = json.loads((ROOT / "tests/gold/open-data.json").read_text(encoding="utf-8"))
    text, expected = without_headings(text, gold["segments"] + gold["tier_statements"])
    grades = [s for s in expected if "country" not in s]
    graded = [
        TierStatement(**grade, text=text[grade["start"] : grade["end"]], confidence=1.0,
                      runner_up_tier=None)
        for grade in grades
    ]  # fmt: skip
    found = layout.with_statements(layout.outline(text, "page.txt"), text, graded)
    sections = [s for s in expected if "country" in s]
    return text, sections, headless_segments(found, text, graded)


def test_a_saved_page_keeps_its_countries(saved):
    _, gold, segments = saved
    starts = {(s["start"], s["country"]) for s in gold}
    right = starts & {(s.start, s.country) for s in segments}
    assert len(segments) == len(gold) == 41
    assert len(right) >= 38


def test_no_country_stands_twice_on_a_saved_page(saved):
    _, _, segments = saved
    assert len(set(countries(segments))) == len(segments)


def test_the_scores_of_a_saved_page_contain_the_true_ones(saved):
    _, gold, segments = saved
    true = {s["country"]: s for s in gold}
    for s in segments:
        own = true[s.country]
        assert s.tier == own["tier"]
        assert s.score_min <= own["score_min"] <= own["score_max"] <= s.score_max


def test_the_sections_of_a_saved_page_are_in_order_and_apart(saved):
    text, _, segments = saved
    ends = [0, *(s.end for s in segments)]
    assert all(end <= s.start for end, s in zip(ends, segments, strict=False))
    assert all(s.of(text) == s.of(text).strip() for s in segments)
