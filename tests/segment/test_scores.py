"""Scores from the alphabet: what the order of a tier's countries says about their scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.scores import checked, intervals

NAMES = ["Austria", "Belgium", "Chile", "Denmark", "Estonia", "Finland", "The Netherlands", "UK"]

CASES = [
    # As many alphabets as scores: nothing can be hidden.
    (["Estonia", "Denmark"], 9, 10, [(10, 10), (9, 9)]),
    (["Chile", "UK", "Austria", "Belgium"], 9, 10, [(10, 10), (10, 10), (9, 9), (9, 9)]),
    (["Finland", "Estonia", "Denmark"], 6, 8, [(8, 8), (7, 7), (6, 6)]),
    # One alphabet in a band of two: all may share either score, or a descent is hidden.
    (["Austria", "Belgium"], 9, 10, [(9, 10), (9, 10)]),
    (["Finland"], 1, 2, [(1, 2)]),
    # Two alphabets in a band of three: the second is lower, by one or by two.
    (["Estonia", "Denmark"], 6, 8, [(7, 8), (6, 7)]),
    # A band of one score leaves no choice.
    (["Austria", "Belgium"], 8, 8, [(8, 8), (8, 8)]),
    # Case does not make a new alphabet.
    (["austria", "Belgium"], 1, 1, [(1, 1), (1, 1)]),
]


@pytest.mark.parametrize(("names", "low", "high", "expected"), CASES)
def test_the_alphabet_gives_the_scores(names, low, high, expected):
    assert intervals(names, low, high) == expected


def test_a_tier_without_countries_has_no_scores():
    assert intervals([], 9, 10) == []


def test_too_many_alphabets_stay_within_the_band():
    # One wrong country is enough for an alphabet too many.
    found = intervals(["Finland", "Estonia", "Denmark"], 9, 10)
    assert all(low >= 9 and high <= 10 for low, high in found)


def test_too_many_alphabets_give_no_reversed_interval():
    found = intervals(["Finland", "Estonia", "Denmark"], 9, 10)
    assert all(low <= high for low, high in found)


@given(
    band=st.sampled_from([(9, 10), (6, 8), (3, 5), (1, 2)]),
    scores=st.lists(st.integers(0, 2), min_size=len(NAMES), max_size=len(NAMES)),
    present=st.sets(st.sampled_from(NAMES), min_size=1),
)
def test_the_interval_always_contains_the_true_score(band, scores, present):
    low, high = band
    true = {
        name: max(low, high - drop)
        for name, drop in zip(NAMES, scores, strict=True)
        if name in present
    }
    page = sorted(true, key=lambda name: (-true[name], name.casefold()))
    for name, (least, most) in zip(page, intervals(page, low, high), strict=True):
        assert low <= least <= true[name] <= most <= high


@given(names=st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
def test_intervals_never_rise_down_the_page(names):
    found = intervals(names, 3, 5)
    assert found == sorted(found, reverse=True)


PRINTED = [
    ("none", [], []),
    ("in order", [10, 9, 9, 3], [(10, 10), (9, 9), (9, 9), (3, 3)]),
    ("one too low", [10, 1, 9, 8], [(10, 10), (9, 10), (9, 9), (8, 8)]),
    ("one too high", [8, 7, 10, 6], [(8, 8), (7, 7), (6, 7), (6, 6)]),
    ("the first", [1, 9, 8], [(9, 10), (9, 9), (8, 8)]),
    ("the last", [9, 8, 10], [(9, 9), (8, 8), (1, 8)]),
    ("two in a row", [9, 2, 3, 8, 7], [(9, 9), (8, 9), (8, 9), (8, 8), (7, 7)]),
    ("nothing printed", [None, None], [None, None]),
    ("some not printed", [None, 9, None, 8], [None, (9, 9), None, (8, 8)]),
    ("not printed beside a misprint", [9, None, 1, 8, 7], [(9, 9), None, (8, 9), (8, 8), (7, 7)]),
]


@pytest.mark.parametrize(
    ("printed", "expected"), [p[1:] for p in PRINTED], ids=[p[0] for p in PRINTED]
)
def test_printed_scores_are_checked(printed, expected):
    assert checked(printed) == expected


@given(st.lists(st.none() | st.integers(1, 10), max_size=30))
def test_checked_scores_never_rise_or_are_all_as_printed(printed):
    found = checked(printed)
    assert [span is None for span in found] == [score is None for score in printed]
    spans = [span for span in found if span is not None]
    assert all(1 <= low <= high <= 10 for low, high in spans)
    lows, highs = [low for low, _ in spans], [high for _, high in spans]
    as_printed = spans == [(s, s) for s in printed if s is not None]
    falls = lows == sorted(lows, reverse=True) and highs == sorted(highs, reverse=True)
    assert falls or as_printed


@given(st.lists(st.integers(1, 10), max_size=20))
def test_scores_in_order_are_all_trusted(scores):
    fallen = sorted(scores, reverse=True)
    assert checked(fallen) == [(s, s) for s in fallen]


@given(
    st.lists(st.integers(1, 10), min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 10)
)
def test_one_misprint_makes_no_other_score_wrong(scores, at, wrong):
    true = sorted(scores, reverse=True)
    at %= len(true)
    spans = checked([*true[:at], wrong, *true[at + 1 :]])
    others = [(s, span) for i, (s, span) in enumerate(zip(true, spans, strict=True)) if i != at]
    assert all(low <= s <= high for s, (low, high) in others)


@pytest.mark.parametrize("printed", [[1, 3, 4, 6, 9, 10], [8, 3, 10, 9, 4, 6]])
def test_a_page_in_another_order_keeps_its_scores(printed):
    assert checked(printed) == [(s, s) for s in printed]


@given(
    st.lists(st.integers(2, 9), min_size=3, max_size=20, unique=True),
    st.data(),
)
def test_one_misprint_costs_one_score_at_most(scores, data):
    fallen = sorted(scores, reverse=True)
    at = data.draw(st.integers(0, len(fallen) - 1))
    spoilt = [*fallen[:at], data.draw(st.integers(1, 10)), *fallen[at + 1 :]]
    found = checked(spoilt)
    assert sum(span == (s, s) for s, span in zip(fallen, found, strict=True)) >= len(fallen) - 2
