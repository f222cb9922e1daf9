"""Tiers and scores: figures by hand, and those of scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from pipeline.evaluate.intervals import Share
from pipeline.evaluate.tiers import macro_f1, score_scores, tier_scores, weighted_kappa
from tests.evaluate.cases import section

PAIRS = [(1, 1), (1, 2), (2, 2), (2, 2), (3, 3), (4, 2), (4, None), (3, None)]


@pytest.fixture(scope="module")
def found():
    return tier_scores([section(a, b) for a, b in PAIRS], 200)


def test_confusion_by_hand(found):
    assert found.confusion == ((1, 1, 0, 0, 0), (0, 2, 0, 0, 0), (0, 0, 1, 0, 1), (0, 1, 0, 0, 1))


def test_shares_by_hand(found):
    assert found.right == Share(4, 8)
    assert found.answered == Share(6, 8)
    assert found.within_one == Share(5, 6)


def test_figures_by_hand(found):
    # F1: 2·1/(2+1), 2·2/(2+4), 2·1/(2+1), 0
    assert found.macro_f1.value == pytest.approx((2 / 3 + 2 / 3 + 2 / 3 + 0) / 4)
    assert found.error.value == pytest.approx((0 + 1 + 0 + 0 + 0 + 2) / 6)
    # Squares 1 + 4 = 5. By chance, rows 2 2 1 1 and columns 1 4 1 0 of 6:
    # (2·(4+4) + 2·(1+1) + 1·(4+4) + 1·(9+16+1)) / 6 = 54 / 6.
    assert found.kappa.value == pytest.approx(1 - 5 / 9)


def test_intervals_hold_the_figure(found):
    for measure in (found.macro_f1, found.kappa, found.error):
        assert measure.interval.low <= measure.value <= measure.interval.high
        assert measure.interval.low < measure.interval.high


def test_ungraded_gold_does_not_count(found):
    more = [section(a, b) for a, b in PAIRS] + [section(None, 1)]
    assert tier_scores(more, 200) == found
    assert tier_scores([section(None, 2)], 10) is None


def test_a_section_that_was_not_found_has_no_tier():
    only = tier_scores([section(1, found=None)], 10)
    assert only.answered == Share(0, 1)
    assert only.kappa.value is only.error.value is None
    assert only.macro_f1.value == 0


def test_all_of_one_tier_have_no_kappa():
    assert tier_scores([section(2, 2)] * 5, 50).kappa.value is None


TIERS = st.sampled_from([1, 2, 3, 4])


@given(st.lists(st.tuples(TIERS, TIERS | st.none()), min_size=1, max_size=30))
def test_as_scikit_learn_has_it(pairs):
    found = tier_scores([section(a, b) for a, b in pairs], 0)
    gold = [a for a, _ in pairs]
    guess = [b or 0 for _, b in pairs]
    wanted = f1_score(gold, guess, average="macro", labels=sorted(set(gold)), zero_division=0)
    assert found.macro_f1.value == pytest.approx(wanted)
    answered = [(a, b) for a, b in pairs if b]
    if len({tier for pair in answered for tier in pair}) > 1:
        ours, theirs = zip(*answered, strict=True)
        # Without all labels it would count places in the list of labels, not tiers.
        kappa = cohen_kappa_score(ours, theirs, weights="quadratic", labels=[1, 2, 3, 4])
        assert found.kappa.value == pytest.approx(kappa)
    else:
        assert found.kappa.value is None


def test_many_matrices_at_once():
    some = np.random.default_rng(1).integers(0, 9, (20, 4, 5)).astype(float)
    for figure in (macro_f1, weighted_kappa):
        assert figure(some) == pytest.approx(np.concatenate([figure(one[None]) for one in some]))


def test_scores_by_hand():
    cases = [
        section(score=(9, 9), found_score=(9, 9)),
        section(score=(7, 7), found_score=(6, 8)),
        section(score=(5, 5), found_score=(6, 8)),
        section(score=(8, 8), found_score=(6, 7)),
        section(score=(5, 5)),
        section(score=(4, 4), found=None),
        section(),
    ]
    found = score_scores(cases)
    assert found.answered == Share(4, 6)
    assert found.held == Share(2, 6)
    assert found.exact == Share(1, 6)
    assert found.width == pytest.approx((0 + 2 + 2 + 1) / 4)


def test_no_scores_in_gold():
    assert score_scores([section(1, 1)]) is None


def test_no_score_found():
    found = score_scores([section(score=(4, 4), found=None)])
    assert found.width is None
    assert found.as_dict()["mean_width"] is None
