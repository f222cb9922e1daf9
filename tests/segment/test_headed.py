"""Pages with printed headings and scores."""

from pipeline.segment import segments as any_segments
from pipeline.segment.headed import headed_segments
from tests.segment.page_by_hand import outline

PAGE = (
    ("question", "How well are archives kept?"),
    ("boilerplate", "EUOECD"),
    ("tier_statement", "Archives are kept well."),
    ("score", "10"),
    ("boilerplate", "---"),
    ("score", "9"),
    ("country_heading", "Denmark"),
    ("prose", "Files are free."),
    ("citation", "Rigsarkivet (2018): Beretning."),
    ("country_heading", "The Netherlands"),
    ("prose", "Files are nearly free."),
    ("tier_statement", "Archives are kept in part."),
    ("score", "8"),
    ("country_heading", "Estonia"),
    ("prose", "Files are dear."),
    ("score", "6"),
    ("country_heading", "South Korea"),
    ("prose", "Files are very dear."),
)


def test_each_heading_is_a_section_with_its_score():
    found, text = outline(*PAGE)
    segments = headed_segments(found, text)
    assert [(s.country, s.tier, s.score_min, s.score_max) for s in segments] == [
        ("DNK", 1, 9, 9),
        ("NLD", 1, 9, 9),
        ("EST", 2, 8, 8),
        ("KOR", 2, 6, 6),
    ]
    assert {s.country_method for s in segments} == {"heading"}
    assert {s.tier_status for s in segments} == {"stated"}
    assert {s.indicator for s in segments} == {"How well are archives kept?"}


def test_a_section_runs_from_its_heading_to_its_last_line():
    found, text = outline(*PAGE)
    first, second, *_ = headed_segments(found, text)
    assert first.of(text) == "Denmark\nFiles are free.\nRigsarkivet (2018): Beretning."
    assert second.of(text) == "The Netherlands\nFiles are nearly free."


def test_a_score_without_countries_is_skipped():
    # '10', a rule, '9': nobody has 10.
    found, text = outline(*PAGE)
    assert all(s.score_min != 10 for s in headed_segments(found, text))


def test_a_heading_without_any_score_has_none():
    found, text = outline(("country_heading", "Denmark"), ("prose", "Files are free."))
    (segment,) = headed_segments(found, text)
    assert (segment.tier, segment.score_min, segment.tier_status) == (None, None, "absent")


def test_a_heading_without_text_is_a_section_of_its_own():
    found, text = outline(
        ("score", "7"),
        ("country_heading", "Denmark"),
        ("country_heading", "Estonia"),
        ("prose", "Files are dear."),
    )
    segments = headed_segments(found, text)
    assert [s.of(text) for s in segments] == ["Denmark", "Estonia\nFiles are dear."]


def test_a_page_with_scores_is_read_by_its_headings():
    found, text = outline(*PAGE)
    assert any_segments(found, text, [], "page.txt") == headed_segments(found, text)
