"""Pages of the corpus written out whole, masked and spoilt: how many sections are found again."""

from functools import cache
from random import Random

import pytest

from pipeline import generator, layout, segment, tiers
from pipeline.generator import PERTURBATIONS, ComparativePage

PAGES = {page.title: page for page in generator.corpus()}
SPOILT = "Audit Office"
EXACT = 0.95
# Three sections of one tier name nothing at all, so that the alphabet alone speaks: 38 of 41.
SILENT = {"Government Office Expertise": 0.89}
MASKED = 0.80
# 0.03 below what was measured on `SPOILT`.
FLOORS = {
    "fewer": 0.94,
    "masked": 0.97,
    "disordered": 0.97,
    "merged": 0.97,
    "unspaced": 0.97,
    "without_references": 0.97,
}


def found(page: ComparativePage, *, headings: bool = False):
    """Sections and gold of a page that went through the journey up to the segments."""
    text, gold = page.written(headings=headings)
    outline = layout.outline(text, "")
    stated = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, stated)
    return segment.segments(outline, text, stated, ""), gold["segments"]


@cache
def whole(title: str):
    return found(PAGES[title])


def exact(segments, gold) -> float:
    """Share of the gold sections found with their bounds and country."""
    have = {(s.start, s.end, s.country) for s in segments}
    return sum((g["start"], g["end"], g["country"]) in have for g in gold) / len(gold)


@pytest.mark.parametrize("title", PAGES)
def test_sections_are_found_without_headings(title):
    assert exact(*whole(title)) >= SILENT.get(title, EXACT)


@pytest.mark.parametrize("title", PAGES)
def test_what_is_wrong_is_not_sure(title):
    segments, gold = whole(title)
    right = {(g["start"], g["country"]) for g in gold}
    assert all(s.country_confidence < 0.7 for s in segments if (s.start, s.country) not in right)


@pytest.mark.parametrize("title", PAGES)
def test_tiers_are_right_without_headings(title):
    segments, gold = whole(title)
    tier = {s.start: s.tier for s in segments}
    assert [tier.get(g["start"]) for g in gold] == [g["tier"] for g in gold]


@pytest.mark.parametrize("title", PAGES)
def test_right_countries_have_their_score_within_the_interval_of_a_tier_that_is_wholly_right(title):
    segments, gold = whole(title)
    for tier in {g["tier"] for g in gold}:
        own = [s for s in segments if s.tier == tier]
        true = [g for g in gold if g["tier"] == tier]
        if [s.country for s in own] == [g["country"] for g in true]:
            for s, g in zip(own, true, strict=True):
                assert s.score_min <= g["score_min"] <= s.score_max


@pytest.mark.parametrize("title", PAGES)
def test_no_country_stands_twice(title):
    segments, _ = whole(title)
    assert len({s.country for s in segments}) == len(segments)


@pytest.mark.parametrize("title", PAGES)
def test_with_headings_all_is_right(title):
    segments, gold = found(PAGES[title], headings=True)
    keys = ("start", "end", "country", "tier", "score_min", "score_max")
    assert [tuple(getattr(s, key) for key in keys) for s in segments] == [
        tuple(g[key] for key in keys) for g in gold
    ]
    assert {s.country_method for s in segments} == {"heading"}


@pytest.mark.parametrize("change", PERTURBATIONS, ids=[p.__name__ for p in PERTURBATIONS])
def test_a_spoilt_page_keeps_most_sections(change):
    page = change(PAGES[SPOILT], Random(0))
    assert exact(*found(page)) >= FLOORS[change.__name__]


def test_a_page_with_all_names_masked_keeps_most_sections():
    page = generator.masked(PAGES[SPOILT], Random(0), share=1.0)
    assert exact(*found(page)) >= MASKED


@pytest.mark.parametrize("seed", range(4))
def test_sections_of_a_spoilt_page_are_in_order_and_apart(seed):
    segments, _ = found(generator.perturbed(PAGES[SPOILT], Random(seed)))
    assert all(a.end <= b.start for a, b in zip(segments, segments[1:], strict=False))
    assert all(0 < s.country_confidence < 1 and s.runner_up != s.country for s in segments)
