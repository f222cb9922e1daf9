"""Country chapters: an answer scale, then the indicator's name, the country's score, its text."""

import pytest

from pipeline.segment import segments as any_segments
from pipeline.segment.chapter import chapter_segments
from tests.segment.page_by_hand import outline


def scale(*statements):
    """A whole scale: the numbers from 10 down, a statement after the last of each band."""
    bands = (("10", "9"), ("8", "7", "6"), ("5", "4", "3"), ("2", "1"))
    for band, statement in zip(bands, statements, strict=True):
        yield from (("scale", number) for number in band)
        yield ("tier_statement", statement)


GRADES = ("Archives thrive.", "Archives do well.", "Archives struggle.", "Archives decay.")
CHAPTER = (
    ("title", "Denmark"),
    ("heading", "Good Governance"),
    ("boilerplate", "#3"),
    ("heading", "Key Findings"),
    ("prose", "All is well."),
    ("question", "How well are archives kept?"),
    *scale(*GRADES),
    ("heading", "Archives"),
    ("score", "9"),
    ("prose", "Files are free."),
    ("citation", "Rigsarkivet (2018): Beretning."),
    ("question", "How open are courts?"),
    *scale("Always open.", "Mostly open.", "Rarely open.", "Never open."),
    ("heading", "Courts"),
    ("score", "5"),
    ("prose", "Some trials are closed."),
    ("prose", "Others are not."),
)


@pytest.fixture
def chapter():
    found, text = outline(*CHAPTER, layout="chapter")
    return chapter_segments(found, text), text


def test_each_scale_opens_an_indicator(chapter):
    segments, _ = chapter
    assert [(s.indicator, s.question) for s in segments] == [
        ("Archives", "How well are archives kept?"),
        ("Courts", "How open are courts?"),
    ]


def test_the_score_is_the_number_after_the_name(chapter):
    # Not one of the numbers of the scale.
    segments, _ = chapter
    assert [(s.tier, s.score_min, s.score_max) for s in segments] == [(1, 9, 9), (3, 5, 5)]


def test_the_country_is_the_chapters(chapter):
    segments, _ = chapter
    assert {(s.country, s.country_method) for s in segments} == {("DNK", "heading")}


def test_a_section_ends_before_the_next_question(chapter):
    segments, text = chapter
    assert segments[0].of(text).endswith("Beretning.")
    assert segments[1].of(text) == "Courts\n5\nSome trials are closed.\nOthers are not."


def test_without_a_heading_the_country_is_unknown():
    found, text = outline(*CHAPTER[1:], layout="chapter")
    segments = chapter_segments(found, text)
    assert {(s.country, s.country_method, s.country_confidence) for s in segments} == {
        (None, "document", 0.0)
    }


def test_without_a_name_the_question_is_the_indicator():
    lines = [line for line in CHAPTER if line not in (("heading", "Archives"), ("score", "9"))]
    found, text = outline(*lines, layout="chapter")
    first, _ = chapter_segments(found, text)
    assert first.indicator == first.question == "How well are archives kept?"
    assert (first.tier, first.score_min, first.tier_status) == (None, None, "absent")


def test_a_scale_at_the_end_of_the_text_opens_nothing():
    found, text = outline(("question", "How?"), *scale(*GRADES), layout="chapter")
    assert chapter_segments(found, text) == []


def test_a_heading_below_the_text_ends_the_indicator():
    found, text = outline(*CHAPTER, ("heading", "Summary"), ("prose", "So much."), layout="chapter")
    assert chapter_segments(found, text)[-1].of(text).endswith("Others are not.")


def test_a_chapter_is_read_as_one():
    found, text = outline(*CHAPTER, layout="chapter")
    assert any_segments(found, text, [], "x.txt") == chapter_segments(found, text)


def test_without_scales_a_name_above_its_score_opens_an_indicator():
    found, text = outline(
        ("title", "Denmark"),
        ("heading", "Registers"),
        ("heading", "Archives"),
        ("score", "Score: 9"),
        ("prose", "Files are free."),
        ("heading", "Courts"),
        ("score", "Score: 5"),
        ("prose", "Some trials are closed."),
        layout="chapter",
    )
    segments = chapter_segments(found, text)
    assert [(s.indicator, s.score_min, s.tier) for s in segments] == [
        ("Archives", 9, 1),
        ("Courts", 5, 3),
    ]
    assert {s.country for s in segments} == {"DNK"}
