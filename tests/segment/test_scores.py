"""Scores from the alphabet: what the order of a tier's countries says about their scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.scores import intervals

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
