"""Counts, F1 and intervals on cases that can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.figures import counted, figures, macro, measures
from pipeline.evaluate.intervals import Interval, Share, percentiles, resampled
from pipeline.evaluate.scores import Counts, mention_scores
from tests.evaluate.cases import gold, outcome

CASES = [
    outcome("AGENCY", "right", "a#1"),
    outcome("AGENCY", "right", "a#2"),
    outcome("AGENCY", "wrong", "a#2"),
    outcome("LAW", "missed", "a#1"),
    outcome("LAW", "right", "b#1"),
    outcome("LAW", "moved", "b#1"),  # wrong bounds: not exact, but it touches a gold mention
    outcome("YEAR", "right", "b#1"),
]


def test_counts_by_hand():
    found = figures(CASES, 0)
    assert found["AGENCY"]["exact"].counts == Counts(2, 2, 3, 2)
    assert found["LAW"]["exact"].counts == Counts(1, 1, 2, 2)
    assert found["LAW"]["relaxed"].counts == Counts(2, 1, 2, 2)
    assert found["all but YEAR"]["exact"].counts == Counts(3, 3, 5, 4)
    assert found["all"]["exact"].counts == Counts(4, 4, 6, 5)
    assert found["INDEX"]["exact"].counts == Counts()


def test_macro_is_the_mean_of_the_labels_in_gold():
    found = macro(CASES, 0)
    # AGENCY 2·2/(3+2) = .8, LAW 2·1/(2+2) = .5, YEAR 1
    assert found["exact"].f1 == pytest.approx((0.8 + 0.5 + 1) / 3)
    assert found["exact"].labels == 3
    assert found["exact"].interval is None


def test_nothing_has_no_macro():
    assert macro([], 10) == {}
    assert macro([outcome(what="wrong")], 10) == {}


@pytest.mark.parametrize("draws", [0, 1, 500])
def test_one_section_has_no_interval(draws):
    row = figures([outcome(), outcome(what="missed")], draws)["AGENCY"]["exact"]
    assert (row.precision, row.recall, row.f1) == (None, None, None)


def test_no_draws_no_intervals():
    assert figures(CASES, 0)["all"]["exact"].f1 is None


def test_two_sections_drawn_by_hand():
    """One section all right, one all missed: recall of a draw is 0, ½ or 1, F1 0, ⅔ or 1."""
    row = figures([outcome(unit="a#1"), outcome(what="missed", unit="a#2")], 4000)["all"]["exact"]
    assert row.recall == Interval(0.0, 1.0)
    assert row.precision == Share(1, 1).interval  # one is all there is to judge it by
    assert row.counts.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize("what", ["right", "missed"])
def test_where_no_draw_differs_each_mention_counts_for_itself(what):
    """Twenty of twenty do not prove that all are right: Wilson's interval of 20 of 20."""
    cases = [outcome(what=what, unit=f"a#{i}") for i in range(20)]
    row = figures(cases, 200)["all"]["exact"]
    hits = 20 if what == "right" else 0
    recall = Share(hits, 20).interval
    assert row.recall == recall
    assert row.f1.high - row.f1.low > 0.05
    assert (row.f1.high if hits else row.f1.low) == hits / 20
    assert row.precision == (Share(20, 20).interval if hits else None)


def test_figures_of_nothing_are_not_known():
    row = figures([outcome(what="wrong"), outcome("LAW", "missed")], 0)
    assert row["AGENCY"]["exact"].counts.known == (0.0, None, 0.0)
    assert row["LAW"]["exact"].counts.known == (None, 0.0, 0.0)
    assert row["INDEX"]["exact"].counts.known == (None, None, None)
    assert row["INDEX"]["exact"].as_dict()["f1"] is None


def test_a_mistake_in_every_section_has_no_width():
    cases = [
        o for i in range(9) for o in (outcome(unit=f"a#{i}"), outcome("LAW", "wrong", f"a#{i}"))
    ]
    assert figures(cases, 200)["all"]["exact"].f1 == Interval(
        pytest.approx(2 / 3), pytest.approx(2 / 3)
    )


def test_the_interval_is_near_that_of_a_binomial():
    cases = [outcome(what="right" if i % 4 else "missed", unit=f"a#{i}") for i in range(400)]
    recall = figures(cases, 2000)["AGENCY"]["exact"].recall
    off = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert recall.low == pytest.approx(0.75 - off, abs=0.008)
    assert recall.high == pytest.approx(0.75 + off, abs=0.008)


def test_sections_are_drawn_whole():
    """The same mentions in fewer, larger sections are less sure."""

    def width(size):
        cases = [
            outcome(what="right" if i // size % 2 else "missed", unit=f"a#{i // size}")
            for i in range(240)
        ]
        recall = figures(cases, 1000)["AGENCY"]["exact"].recall
        return recall.high - recall.low

    assert width(12) > 2.5 * width(1)


def test_equal_cases_give_equal_intervals_in_any_order():
    assert figures(CASES, 300) == figures(CASES[::-1], 300)


def test_draws_have_as_many_units_as_there_are():
    drawn = resampled(np.ones((7, 1)), 50)
    assert drawn.shape == (50, 1)
    assert (drawn == 7).all()


def test_draws_differ():
    assert len(set(resampled(np.arange(7.0)[:, None], 50)[:, 0])) > 5


def test_percentiles_leave_out_what_has_no_value():
    assert percentiles(np.array([np.nan, 0.5, 0.5])) == Interval(0.5, 0.5)
    assert percentiles(np.array([np.nan])) is None
    assert percentiles(np.array([])) is None


MEASURES = [
    ((2, 2, 4, 2), (0.5, 1.0, 2 / 3)),
    ((0, 0, 4, 2), (0, 0, 0)),
    ((0, 0, 0, 2), (np.nan, 0, 0)),
    ((0, 0, 4, 0), (0, np.nan, 0)),
    ((0, 0, 0, 0), (np.nan, np.nan, np.nan)),
    ((3, 1, 3, 2), (1.0, 0.5, 2 / 3)),
]


@pytest.mark.parametrize(("counts", "wanted"), MEASURES)
def test_measures_by_hand(counts, wanted):
    found = [float(m) for m in measures(np.array(counts, dtype=float))]
    assert found == pytest.approx(wanted, nan_ok=True)


@given(st.tuples(*[st.integers(0, 5)] * 4))
def test_measures_are_those_of_counts(numbers):
    a, b, c, d = numbers
    counts = Counts(a, b, a + c, b + d)
    f1 = float(measures(np.array([a, b, a + c, b + d], dtype=float))[2])
    if counts.found + counts.gold:
        # Of nothing found `Counts` says precision 1, but with no hits F1 is 0 all the same.
        assert f1 == pytest.approx(counts.f1 if a and b else 0.0)


def test_counts_of_sections_add_up_to_those_of_documents():
    spans = {(0, 4, "LAW"), (5, 9, "LAW"), (10, 14, "AGENCY")}
    wanted = gold(mentions=[(0, 4, "LAW"), (6, 9, "LAW"), (20, 24, "AGENCY"), (30, 34, "YEAR")])
    cases = [
        outcome("LAW", "right", "a#1"),
        outcome("LAW", "moved", "a#1"),
        outcome("LAW", "missed", "a#1", touched=True),
        outcome("AGENCY", "wrong", "a#1"),
        outcome("AGENCY", "missed", "a#2"),
        outcome("YEAR", "missed", "a#2"),
    ]
    table = mention_scores([(wanted, spans)])
    for label, row in figures(cases, 0).items():
        assert {kind: figure.counts for kind, figure in row.items()} == table[label]


def test_a_section_is_a_row():
    assert counted(CASES).shape == (3, 6, 2, 4)
    assert counted([]).shape == (0, 6, 2, 4)


def test_figures_of_nothing():
    assert figures([], 10)["all"]["exact"].counts == Counts()


WILSON = [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634)]


@pytest.mark.parametrize(("hits", "n", "low", "high"), WILSON)
def test_wilson_as_in_the_tables(hits, n, low, high):
    share = Share(hits, n)
    assert share.value == hits / n
    assert (share.interval.low, share.interval.high) == pytest.approx((low, high), abs=1e-4)


def test_a_share_of_nothing():
    assert Share(0, 0).as_dict() == {"hits": 0, "n": 0, "share": None, "interval": None}
