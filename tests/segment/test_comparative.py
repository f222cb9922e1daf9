"""Comparative pages: countries from headings, evidence and order; scores printed or inferred."""

import json
from pathlib import Path

import pytest

from pipeline import knowledge, layout
from pipeline.records import TierStatement
from pipeline.segment import segments as any_segments
from pipeline.segment.comparative import comparative_segments
from tests.pages import without_headings
from tests.segment.page_by_hand import outline, statements

ROOT = Path(__file__).parents[2]
QUESTION = ("question", "How well are archives kept?")
GOOD = ("tier_statement", "Archives are kept well.")
FAIR = ("tier_statement", "Archives are kept in part.")
POOR = ("tier_statement", "Archives are kept poorly.")
NEUTRAL = "Archives are a matter of pride there, and the staff is well paid."

PAGE = (
    QUESTION,
    ("boilerplate", "EUOECD"),
    GOOD,
    ("score", "10"),
    ("boilerplate", "---"),
    ("score", "9"),
    ("country_heading", "Denmark"),
    ("prose", "Files are free."),
    ("citation", "Rigsarkivet (2018): Beretning."),
    ("country_heading", "The Netherlands"),
    ("prose", "Files are nearly free."),
    FAIR,
    ("score", "8"),
    ("country_heading", "Estonia"),
    ("prose", "Files are dear."),
    ("score", "6"),
    ("country_heading", "South Korea"),
    ("prose", "Files are very dear."),
)


def read(*lines, tiers=()):
    """The sections of a page by hand and its text."""
    found, text = outline(*lines)
    return comparative_segments(found, text, statements(found, text, *tiers)), text


def prose(words):
    return ("prose", words)


def headed(country, words=NEUTRAL):
    return ("country_heading", country), prose(words)


def countries(segments):
    return [s.country for s in segments]


def scores(segments):
    return [(s.score_min, s.score_max) for s in segments]


def test_each_heading_is_a_section_with_its_score():
    segments, _ = read(*PAGE, tiers=(1, 2))
    assert [(s.country, s.tier, s.score_min, s.score_max) for s in segments] == [
        ("DNK", 1, 9, 9),
        ("NLD", 1, 9, 9),
        ("EST", 2, 8, 8),
        ("KOR", 2, 6, 6),
    ]
    assert {s.country_method for s in segments} == {"heading"}
    assert {s.tier_status for s in segments} == {"stated"}
    assert {s.indicator for s in segments} == {"How well are archives kept?"}


def test_printed_scores_need_no_statements():
    found, text = outline(*PAGE)
    with_none = comparative_segments(found, text, [])
    assert [(s.country, s.tier) for s in with_none] == [
        ("DNK", 1), ("NLD", 1), ("EST", 2), ("KOR", 2),
    ]  # fmt: skip


def test_a_section_runs_from_its_heading_to_its_last_line():
    (first, second, *_), text = read(*PAGE, tiers=(1, 2))
    assert first.of(text) == "Denmark\nFiles are free.\nRigsarkivet (2018): Beretning."
    assert second.of(text) == "The Netherlands\nFiles are nearly free."


def test_a_score_without_countries_is_skipped():
    segments, _ = read(*PAGE, tiers=(1, 2))
    assert all(s.score_min != 10 for s in segments)


def test_a_heading_without_any_score_has_none():
    (segment,), _ = read(*headed("Denmark", "Files are free."))
    assert segment.country == "DNK"
    assert (segment.tier, segment.score_min, segment.tier_status) == (None, None, "absent")


def test_a_heading_without_text_is_a_section_of_its_own():
    segments, text = read(
        ("score", "7"), ("country_heading", "Denmark"), *headed("Estonia", "Files are dear.")
    )
    assert [s.of(text) for s in segments] == ["Denmark", "Estonia\nFiles are dear."]


def test_an_indicator_page_is_read_as_comparative():
    found, text = outline(*PAGE)
    given = statements(found, text, 1, 2)
    assert any_segments(found, text, given, "page.txt") == comparative_segments(found, text, given)


WRITTEN = [
    ("Luxemburg", "LUX"),
    ("Latvja", "LVA"),
    ("Czech Republic", "CZE"),
    ("Republic of Korea", "KOR"),
    ("Türkiye", "TUR"),
    ("UK", "GBR"),
    ("Great Britain", "GBR"),
    ("ESTONIA", "EST"),
    ("Ukraine", "UKR"),
    ("Brazil", "BRA"),
]


@pytest.mark.parametrize(("heading", "iso3"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_a_heading_may_be_written_otherwise(heading, iso3):
    segments, _ = read(QUESTION, GOOD, ("score", "9"), *headed(heading), tiers=(1,))
    assert [(s.country, s.country_method, s.score_min) for s in segments] == [(iso3, "heading", 9)]


@pytest.mark.parametrize(("heading", "iso3"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_a_heading_outweighs_a_neighbour_in_the_text(heading, iso3):
    neighbour = "Swedish archives are larger, and Sweden pays more, as Swedes like to say."
    segments, _ = read(QUESTION, GOOD, ("score", "9"), *headed(heading, neighbour), tiers=(1,))
    assert countries(segments) == [iso3]


ALIKE = [
    ("Slovenian archives are free, and Ljubljana pays.", "SVN"),
    ("Slovak archives are free, and Bratislava pays.", "SVK"),
]


@pytest.mark.parametrize(("words", "iso3"), ALIKE, ids=[a[1] for a in ALIKE])
def test_a_heading_like_two_names_is_decided_by_the_body(words, iso3):
    segments, _ = read(QUESTION, GOOD, ("score", "9"), *headed("Slovania", words), tiers=(1,))
    assert countries(segments) == [iso3]


@pytest.mark.parametrize(("other", "iso3"), [("Slovakia", "SVN"), ("Slovenia", "SVK")])
def test_a_heading_like_two_names_is_not_the_one_that_stands_elsewhere(other, iso3):
    segments, _ = read(
        QUESTION, GOOD, ("score", "9"), *headed("Slovania"), FAIR, ("score", "8"), *headed(other),
        tiers=(1, 2),
    )  # fmt: skip
    assert segments[0].country == iso3


ESTONIAN = "Estonian archives are dear. In Estonia, Tallinn decides, and Estonians pay for them."


def test_of_a_heading_that_stands_twice_the_body_tells_the_wrong_one():
    segments, _ = read(
        QUESTION,
        GOOD,
        ("score", "9"),
        *headed("Denmark", "Danish archives are free, and Denmark is proud of them."),
        *headed("Finland", "Finnish archives are free."),
        FAIR,
        ("score", "8"),
        *headed("Denmark", f"{ESTONIAN} The Riigikogu agreed with the Estonian archivists."),
        *headed("Greece", "Greek archives are dear."),
        tiers=(1, 2),
    )
    assert countries(segments) == ["DNK", "FIN", "EST", "GRC"]


def test_of_a_heading_that_stands_twice_the_order_tells_the_wrong_one():
    both = (
        "Belgian archives are free. In Belgium, Brussels pays, and Belgians ask for Belgian files."
    )
    segments, _ = read(
        QUESTION,
        GOOD,
        ("score", "9"),
        *headed("Austria"),
        *headed("France", both),
        *headed("Denmark"),
        *headed("France", both),
        *headed("Greece"),
        tiers=(1,),
    )
    assert countries(segments) == ["AUT", "BEL", "DNK", "FRA", "GRC"]


def test_below_a_heading_of_no_country_the_text_speaks():
    segments, _ = read(
        QUESTION,
        GOOD,
        ("score", "9"),
        *headed("Denmark"),
        ("score", "8"),
        *headed("Overview", "Estonian archives are dear. In Estonia, Tallinn decides."),
        *headed("Finland"),
        tiers=(1,),
    )
    assert countries(segments) == ["DNK", "EST", "FIN"]


def page_of(*printed):
    """Countries in alphabetical order, each below a score of its own."""
    names = ("Austria", "Belgium", "Canada", "Denmark", "Estonia", "Finland")
    return [
        line
        for name, score in zip(names, printed, strict=False)
        for line in (("score", str(score)), *headed(name))
    ]


def test_a_score_that_breaks_the_order_becomes_an_interval():
    segments, _ = read(QUESTION, *page_of(9, 8, 1, 7, 6))
    assert scores(segments) == [(9, 9), (8, 8), (7, 8), (7, 7), (6, 6)]
    assert [s.tier for s in segments] == [1, 2, 2, 2, 2]


def test_an_interval_over_two_tiers_has_the_tier_of_its_statement():
    segments, _ = read(
        QUESTION, GOOD, *page_of(9, 9), FAIR, *page_of(9, 9, 10, 7)[6:], tiers=(1, 2)
    )
    assert (segments[2].score_min, segments[2].score_max, segments[2].tier) == (7, 9, 2)


def test_an_interval_over_two_tiers_without_statements_has_no_tier():
    segments, _ = read(QUESTION, *page_of(9, 9, 10, 7))
    assert [(s.tier, s.tier_status) for s in segments] == [
        (1, "stated"), (1, "stated"), (None, "absent"), (2, "stated"),
    ]  # fmt: skip


def test_each_paragraph_finds_its_country():
    segments, _ = read(
        QUESTION,
        GOOD,
        prose("Danish archives open their doors to anyone who asks."),
        prose("In Finland, files older than a generation are free."),
        POOR,
        prose("Hungarian files are kept in cellars, and the Hungarian state forgets them."),
        tiers=(1, 4),
    )
    assert countries(segments) == ["DNK", "FIN", "HUN"]
    assert [s.tier for s in segments] == [1, 1, 4]
    assert {s.country_method for s in segments} == {"evidence"}
    assert {s.question for s in segments} == {QUESTION[1]}


def test_paragraphs_of_one_country_are_one_section():
    segments, text = read(
        QUESTION,
        GOOD,
        prose("Danish archives open their doors to anyone who asks."),
        prose("However, the reading room is small."),
        ("citation", "Rigsarkivet (2018): Beretning. Copenhagen."),
        prose("In Finland, files older than a generation are free."),
        POOR,
        prose("Hungarian files are kept in cellars."),
        tiers=(1, 4),
    )
    assert countries(segments) == ["DNK", "FIN", "HUN"]
    assert segments[0].of(text).endswith("Copenhagen.")


def test_a_surviving_heading_gives_the_country():
    segments, text = read(
        QUESTION,
        GOOD,
        prose("Danish archives open their doors to anyone who asks."),
        *headed("New Zealand", "Files are free, and the staff helps."),
        POOR,
        prose("Hungarian files are kept in cellars."),
        tiers=(1, 4),
    )
    assert countries(segments) == ["DNK", "NZL", "HUN"]
    assert [s.country_method for s in segments] == ["evidence", "heading", "evidence"]
    assert segments[1].of(text).startswith("New Zealand\n")


ADJECTIVES = "Danish Estonian Finnish French German Greek Hungarian Icelandic Irish".split()


def test_the_order_speaks_where_the_text_does_not():
    lines = [prose(f"{adjective} archives are in {adjective} hands.") for adjective in ADJECTIVES]
    lines[4] = prose("Archives here are a matter of pride, and the staff is well paid.")
    segments, text = read(QUESTION, GOOD, *lines, POOR, prose("Swiss ones are shut."), tiers=(1, 4))
    silent = next(s for s in segments if "pride" in s.of(text))
    assert silent.country in ("DEU", "FRA")


def test_a_country_that_only_the_order_gives_is_marked_so():
    named = (*ADJECTIVES[:4], None, *ADJECTIVES[5:])
    lines = [
        line
        for name in named
        for line in (
            prose(f"{name} archives are in {name} hands." if name else NEUTRAL * 9),
            ("citation", "Archives (2019): Files in Brief, https://files.org, accessed 3 May."),
        )
    ]
    segments, text = read(QUESTION, GOOD, *lines, tiers=(1,))
    silent = next(s for s in segments if "pride" in s.of(text))
    assert (silent.country, silent.country_method) == ("DEU", "order")


def test_where_the_alphabet_starts_again_the_score_falls():
    segments, _ = read(
        QUESTION,
        GOOD,
        prose("In Finland, files older than a generation are free."),
        prose("Danish archives open their doors to anyone who asks."),
        POOR,
        prose("Hungarian files are kept in cellars."),
        tiers=(1, 4),
    )
    assert [(s.country, s.score_min, s.score_max) for s in segments] == [
        ("FIN", 10, 10),
        ("DNK", 9, 9),
        ("HUN", 1, 2),
    ]


def test_what_stands_above_the_first_statement_is_in_no_section():
    segments, text = read(
        ("title", "Archives"),
        QUESTION,
        prose("This page was last changed in May."),
        GOOD,
        prose("In Finland, files are free."),
        tiers=(1,),
    )
    assert countries(segments) == ["FIN"]
    assert segments[0].start == text.index("In Finland")


def test_a_page_without_paragraphs_has_no_sections():
    assert read(QUESTION, GOOD, tiers=(1,))[0] == []


OUTSIDE = [
    ("Ukraine", "Ukrainian archives were saved. In Ukraine, Kyiv pays for them.", "UKR"),
    ("Brazil", "Brazilian archives were saved. In Brazil, Brasília pays for them.", "BRA"),
]


@pytest.mark.parametrize(("name", "words", "iso3"), OUTSIDE, ids=[o[0] for o in OUTSIDE])
def test_a_country_outside_the_roster_is_found_by_its_text(name, words, iso3):
    segments, _ = read(QUESTION, GOOD, prose(words), POOR, prose("Swiss ones rot."), tiers=(1, 4))
    assert countries(segments) == [iso3, "CHE"]


def test_a_country_outside_the_roster_stands_in_the_alphabet():
    segments, _ = read(
        QUESTION,
        GOOD,
        *headed("Austria"),
        *headed("Brazil"),
        *headed("Ukraine"),
        *headed("Denmark"),
        tiers=(1,),
    )
    assert countries(segments) == ["AUT", "BRA", "UKR", "DNK"]
    assert scores(segments) == [(10, 10), (10, 10), (10, 10), (9, 9)]


def test_the_usual_countries_alone_come_from_the_order():
    usual = {c.country_iso3 for c in knowledge.countries() if c.sgi41}
    segments, _ = read(
        QUESTION, GOOD, *[prose(NEUTRAL * 9)] * 3, POOR, prose(NEUTRAL), tiers=(1, 4)
    )
    assert set(countries(segments)) <= usual
    assert {s.runner_up for s in segments} <= usual


@pytest.mark.parametrize(("year", "iso3"), [(2003, "DEU"), (2021, "FIN")])
def test_leaders_out_of_office_count_less(year, iso3):
    both = "Gerhard Schröder and Sanna Marin kept archives in a cellar"
    segments, _ = read(
        QUESTION, GOOD, prose(f"{both} in {year}, and from {year} on, as in {year}."), tiers=(1,)
    )
    assert countries(segments) == [iso3]


PAGES = {
    "headed": (PAGE, (1, 2)),
    "by text": (
        (QUESTION, GOOD, prose("Danish files."), prose("Finnish files."), POOR, prose(NEUTRAL)),
        (1, 4),
    ),
    "nothing said": ((QUESTION, GOOD, prose(NEUTRAL), POOR, prose(NEUTRAL)), (1, 4)),
    "twice": ((QUESTION, ("score", "9"), *headed("Denmark"), *headed("Denmark")), ()),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_runner_up_is_another_country(name):
    lines, tiers = PAGES[name]
    segments, _ = read(*lines, tiers=tiers)
    assert segments
    assert all(s.runner_up and s.runner_up != s.country for s in segments)


@pytest.mark.parametrize("name", PAGES)
def test_the_confidence_is_a_probability(name):
    lines, tiers = PAGES[name]
    assert all(0 < s.country_confidence < 1 for s in read(*lines, tiers=tiers)[0])


def test_what_says_nothing_is_less_sure_than_a_heading():
    sure, _ = read(*PAGES["headed"][0], tiers=(1, 2))
    unsure, _ = read(*PAGES["nothing said"][0], tiers=(1, 4))
    assert max(s.country_confidence for s in unsure) < min(s.country_confidence for s in sure)


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
    return text, sections, comparative_segments(found, text, graded)


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
