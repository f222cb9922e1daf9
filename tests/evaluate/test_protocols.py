"""Reliability, groups, and what is fitted on some parts and measured on another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.calibration import (
    Bin,
    Calibration,
    calibration,
    judged_countries,
    judged_mentions,
)
from pipeline.evaluate.groups import DIMENSIONS, FEW, groups
from pipeline.evaluate.intervals import Share
from pipeline.evaluate.protocols import GRID, PROTOCOLS, above, held_out
from pipeline.evaluate.scores import Counts
from tests.evaluate.cases import document, gold, outcome, section


def sure(confidence, what="right", country="EST", **other):
    return outcome("LAW", what, f"a#{country}", country=country, confidence=confidence, **other)


def test_years_and_missed_mentions_have_no_confidence_to_judge():
    cases = [sure(0.4, "wrong"), sure(0.8), sure(None, "missed"), outcome("YEAR")]
    assert list(judged_mentions(cases)) == [(0.4, False), (0.8, True)]


def test_calibration_by_hand():
    found = calibration([(0.95, True), (0.95, False), (0.35, True)])
    assert found.n == 3
    assert found.error == pytest.approx((2 * 0.45 + 0.65) / 3)
    assert found.bins[1].interval == Share(1, 2).interval
    assert Calibration(()).error == 0


def test_a_bin_knows_how_many_were_right():
    assert Bin(0.6, 0.7, 3, 0.65, 0.6667).interval == Share(2, 3).interval


def test_countries_are_judged_where_gold_has_sections():
    result = document(0, 4)
    ours = gold(
        segments=[
            {"start": 0, "end": 39, "country": "EST"},
            {"start": 40, "end": 79, "country": "SWE"},
        ]
    )
    assert list(judged_countries([(ours, result), (gold(), result)])) == [(0.9, True), (0.9, False)]


CASES = [
    sure(0.9),
    sure(0.9),
    sure(None, "missed", country="FIN"),
    sure(0.5, "wrong", country="FIN", layout="chapter", edition=None),
    outcome("YEAR", unit="a#SWE", country="SWE"),
]


def test_groups_by_hand():
    found = groups(CASES, [section(), section(country="FIN", exact=False)], 0)
    assert tuple(found) == DIMENSIONS
    assert [g.value for g in found["country"]] == ["EST", "FIN", "SWE"]
    est, fin, swe = found["country"]
    assert est.exact.counts == Counts(2, 2, 2, 2)
    assert fin.exact.counts == Counts(0, 0, 1, 1)
    assert swe.exact.counts == Counts()  # years are apart …
    assert swe.figures["YEAR"]["exact"].counts == Counts(1, 1, 1, 1)
    assert (est.sections, fin.sections, swe.sections) == (Share(1, 1), Share(0, 1), None)
    assert [g.value for g in found["layout"]] == ["chapter", "indicator"]
    assert [g.value for g in found["edition"]] == ["2024", "none"]
    assert [g.value for g in found["section"]] == ["body"]
    assert found["section"][0].units == 3
    assert found["section"][0].sections is None  # sections are not cut by it


def test_sections_without_mentions_are_a_group():
    [only] = groups([], [section(country="NOR")], 10)["country"]
    assert (only.value, only.units, only.sections) == ("NOR", 0, Share(1, 1))


@pytest.mark.parametrize(("n", "few"), [(FEW - 1, True), (FEW, False)])
def test_a_small_group_is_marked(n, few):
    cases = [sure(0.9) for _ in range(n)] + [outcome("YEAR")] * 5
    [found] = groups(cases, [], 0)["country"]
    assert found.few is few
    assert found.as_dict()["few"] is few


def test_groups_add_up():
    for parts in groups(CASES, [], 0).values():
        total = sum((g.figures["all"]["relaxed"].counts for g in parts), Counts())
        assert (total.found, total.gold) == (4, 4)


def test_mentions_in_few_sections_count_for_themselves():
    """4 right of 5 in all: Wilson's interval of 4 of 5 is .376–.964; F1 is twice that by 1 more."""
    cases = [sure(0.9) for _ in range(4)] + [sure(None, "missed")]
    [found] = groups(cases, [], 50)["country"]
    assert not found.drawn
    assert found.exact.counts.f1 == pytest.approx(8 / 9)
    low, high = found.interval.low, found.interval.high
    assert (low, high) == pytest.approx((2 * 0.3755 / 1.3755, 2 * 0.9638 / 1.9638), abs=1e-3)


def test_sections_are_drawn_where_there_are_five():
    cases = [outcome(what=w, unit=f"a#{i}") for i in range(5) for w in ("right", "missed")]
    [found] = groups(cases, [], 50)["country"]
    assert found.drawn
    assert found.interval == found.exact.f1
    assert not groups(cases[:-2], [], 50)["country"][0].drawn


def test_a_group_of_years_has_no_interval():
    assert groups([outcome("YEAR")], [], 50)["country"][0].interval is None


ABOVE = [(0.0, Counts(2, 2, 3, 3)), (0.5, Counts(2, 2, 3, 3)), (0.55, Counts(1, 1, 1, 3))]


@pytest.mark.parametrize(("least", "counts"), ABOVE)
def test_counts_above_a_threshold(least, counts):
    cases = [sure(0.9), sure(0.5), sure(0.5, "wrong"), sure(None, "missed")]
    assert above(cases, least) == counts


def country(name, right, wrong):
    """Mentions of one country by their confidences."""
    return [sure(c, country=name) for c in right] + [sure(c, "wrong", name) for c in wrong]


def test_the_threshold_comes_from_the_others():
    # In EST and FIN all below 0.5 is wrong; in SWE, the largest, it is right. Each gets what does
    # best in the two others, not what would do best on itself or on all.
    cases = country("EST", [0.9] * 5, [0.4] * 4) + country("FIN", [0.9] * 5, [0.4] * 4)
    found = held_out(cases + country("SWE", [0.9] + [0.4] * 9, []), "held-out-country")
    assert [part.value for part in found.parts] == ["EST", "FIN", "SWE"]
    assert [part.threshold for part in found.parts] == [0, 0, pytest.approx(0.45)]
    est, _, swe = found.parts
    assert est.chosen == est.fixed == Counts(5, 5, 9, 5)
    assert swe.chosen == Counts(1, 1, 1, 10)
    assert swe.fixed == Counts(10, 10, 10, 10)
    assert found.fixed.mean == pytest.approx((10 / 14 + 10 / 14 + 1) / 3)
    assert found.chosen.mean == pytest.approx((10 / 14 + 10 / 14 + 2 / 11) / 3)
    assert found.chosen.deviation == pytest.approx((10 / 14 - 2 / 11) * 2**0.5 / 3)
    assert found.chosen.pooled == pytest.approx(2 * 11 / (19 + 20))


def test_a_threshold_that_others_agree_on():
    cases = [c for name in ("EST", "FIN") for c in country(name, [0.9] * 5, [0.4] * 4)]
    found = held_out(cases, "held-out-country")
    assert [part.chosen.f1 for part in found.parts] == [1, 1]
    assert found.fixed.mean == pytest.approx(10 / 14)
    assert found.fixed.deviation == 0


def test_years_are_apart():
    cases = country("EST", [0.9], []) + country("FIN", [0.9], [])
    years = [outcome("YEAR", "wrong", country=name) for name in ("EST", "FIN", "SWE")]
    assert held_out(cases + years, "held-out-country") == held_out(cases, "held-out-country")


def test_the_lowest_of_equal_thresholds():
    found = held_out(country("EST", [0.9], []) + country("FIN", [0.8], []), "held-out-country")
    assert [part.threshold for part in found.parts] == [0, 0]


def test_confidences_are_refitted_on_the_others():
    # Everyone says 0.9 and is right half of the time: the others tell.
    cases = [c for name in ("EST", "FIN", "SWE") for c in country(name, [0.9] * 4, [0.9] * 4)]
    found = held_out(cases, "held-out-country")
    assert found.confidence.error == pytest.approx(0.4)
    assert found.refitted.error == pytest.approx(0)
    assert found.confidence.n == found.refitted.n == 24


def test_a_part_is_not_refitted_on_itself():
    cases = country("EST", [0.9] * 4, []) + country("FIN", [], [0.9] * 4)
    assert held_out(cases, "held-out-country").refitted.error == pytest.approx(1)


def test_editions_are_parts_too():
    cases = [sure(0.9, edition=2020), sure(0.9, edition=2024), sure(0.9, edition=None)]
    found = held_out(cases, "held-out-edition")
    assert [part.value for part in found.parts] == ["2020", "2024", "none"]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_one_part_cannot_be_left_out(name):
    about = f"{name} needs gold mentions of more than one {PROTOCOLS[name]}"
    with pytest.raises(ValueError, match=about):
        held_out([sure(0.9)], name)


def test_an_unknown_protocol_is_named():
    with pytest.raises(ValueError, match="there is no protocol 'held-out-moon'"):
        held_out([], "held-out-moon")


CONFIDENCE = st.floats(0, 1)
PARTS = st.lists(
    st.tuples(st.sampled_from("ABC"), CONFIDENCE, st.sampled_from(["right", "wrong", "missed"])),
    min_size=1,
    max_size=30,
)


@given(PARTS)
def test_every_mention_is_measured_once(rows):
    cases = [sure(None if what == "missed" else c, what, name) for name, c, what in rows]
    if len({name for name, _, _ in rows}) < 2:
        return
    found = held_out(cases, "held-out-country")
    assert sum((part.fixed for part in found.parts), Counts()) == above(cases, 0)
    assert all(part.threshold in GRID for part in found.parts)
    assert found.confidence.n == sum(what != "missed" for _, _, what in rows)
    assert 0 <= found.refitted.error <= 1
