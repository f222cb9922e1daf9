"""Calibrated confidence: a probability, in the order of the posterior, from a fitted curve."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment import confidence
from pipeline.segment.confidence import calibrated, logit

PROBABILITIES = st.floats(0, 1)


@given(PROBABILITIES)
def test_it_is_a_probability_short_of_certainty(posterior):
    assert 0 <= calibrated(posterior) < 1


@given(PROBABILITIES, PROBABILITIES)
def test_a_greater_posterior_is_never_less_sure(one, other):
    low, high = sorted((one, other))
    assert calibrated(low) <= calibrated(high)


@given(PROBABILITIES)
def test_log_odds_are_finite_and_turn_over_with_the_probability(p):
    assert abs(logit(p)) < 10
    assert logit(p) == pytest.approx(-logit(1 - p))


def test_even_chances_have_no_log_odds():
    assert logit(0.5) == 0


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder of models without a curve."""
    monkeypatch.setattr(confidence, "MODELS", tmp_path)
    confidence._curve.cache_clear()
    yield tmp_path
    confidence._curve.cache_clear()


def test_without_a_curve_it_says_what_makes_one(elsewhere):
    with pytest.raises(FileNotFoundError, match="govtable train"):
        calibrated(0.5)


def test_a_saved_curve_counts_at_once(elsewhere):
    confidence.save(1.0, 0.0)
    assert calibrated(0.3) == pytest.approx(0.3)
    confidence.save(1.0, 1.0)
    assert calibrated(0.3) > 0.5


def test_a_curve_is_saved_as_data(elsewhere):
    path = confidence.save(1.23456, -0.5)
    assert path.parent == elsewhere
    assert json.loads(path.read_text(encoding="utf-8")) == {"slope": 1.2346, "intercept": -0.5}
    assert path.read_text(encoding="utf-8").endswith("}\n")
