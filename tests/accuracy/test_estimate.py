"""Expected precision and recall: near the truth where there is gold, unsure where there is none."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.accuracy.counts import Cell
from pipeline.accuracy.estimate import FEW, estimated
from pipeline.accuracy.held_out import subsets
from pipeline.accuracy.pooling import Cases, Scales, fit
from tests.accuracy.world import PRECISION, RECALL, joined, tally, world

SCALES = {name: {"kinds": 0.35, "sections": 0.1} for name in ("precision", "recall", "segments")}
WORLD = replace(world(), scales=SCALES)
LAW, AGENCY = (Cell(label, "body", "indicator", "AUT", 4) for label in ("LAW", "AGENCY"))
LAW_BARE = Cell("LAW", "body", "indicator", "AUT")


def told(counts, rows, **more):
    cells = Counter(rows)
    sections = more.pop("sections", [1] * cells.total())
    return estimated(counts, "mentions", cells, sections=sections, **more)


def held(rate, truth):
    return rate.low <= truth <= rate.high


@pytest.mark.parametrize("label", PRECISION)
def test_with_gold_the_truth_is_near(label):
    bin_ = next(t.cell.bin for t in WORLD.mentions if t.found and t.cell.label == label)
    found = told(WORLD, {Cell(label, "body", "indicator", "AUT", bin_): 50})
    assert held(found.precision, PRECISION[label]) and held(found.recall, RECALL[label])
    assert found.enough


def test_a_mixture_lies_between_its_parts():
    one, two, both = (
        told(WORLD, rows) for rows in ({LAW: 30}, {AGENCY: 30}, {LAW: 30, AGENCY: 30})
    )
    assert one.recall.value < both.recall.value < two.recall.value


def test_rows_the_program_is_surer_of_are_right_more_often():
    rates = [told(WORLD, {replace(AGENCY, bin=b): 30}).precision.value for b in (1, 5, 9)]
    assert rates == sorted(rates) and rates[2] - rates[0] > 0.1


def test_the_right_number_is_what_was_found_and_right_over_recall():
    found = told(WORLD, {LAW: 200})
    assert found.count.value == pytest.approx(
        200 * found.precision.value / found.recall.value, rel=0.03
    )


def test_rows_left_out_for_their_confidence_are_lost_to_recall():
    sure, less = replace(AGENCY, bin=9), replace(AGENCY, bin=8)
    every = told(WORLD, {sure: 30, less: 30})
    half = told(WORLD, {sure: 30}, whole=Counter({sure: 30, less: 30}))
    assert half.recall.value == pytest.approx(every.recall.value / 2, rel=0.05)


def test_less_gold_is_a_wider_interval():
    little = replace(world(sections=1, size=2), scales=SCALES)
    narrow, wide = (told(counts, {LAW: 50}).recall for counts in (WORLD, little))
    assert wide.high - wide.low > 1.3 * (narrow.high - narrow.low)


def test_a_kind_without_gold_is_wider_and_told():
    strange = told(WORLD, {replace(LAW, layout="chapter"): 50})
    known = told(WORLD, {LAW: 50})
    assert strange.recall.high - strange.recall.low > known.recall.high - known.recall.low
    (lacking,) = strange.lacking
    assert (lacking.kind.layout, lacking.gold, lacking.rows) == ("chapter", 0, 50)
    assert not strange.enough and known.enough


def test_rows_of_one_section_share_their_errors():
    counts = replace(WORLD, scales={n: {"kinds": 0.2, "sections": 1.0} for n in SCALES})
    apart = told(counts, {LAW: 40}).precision
    together = told(counts, {LAW: 40}, sections=[40]).precision
    assert together.high - together.low > 1.2 * (apart.high - apart.low)


def test_few_cases_of_a_kind_are_drawn_to_the_others():
    # Four of four missed are no proof that citations are never found.
    odd = joined(WORLD, replace(world(), mentions=(tally(missed=4, part="citation", bin=None),)))
    few = told(replace(odd, scales=SCALES), {replace(AGENCY, part="citation"): 20})
    assert 0.4 < few.recall.value < told(WORLD, {AGENCY: 20}).recall.value


def test_samples_say_nothing_of_how_good_the_program_is():
    perfect = world(seed=2, sections=10, sample=True)
    right = tuple(
        replace(t, right=t.found) for t in perfect.mentions if t.found
    )  # nothing wrong, nothing missed
    both = replace(joined(WORLD, replace(perfect, mentions=right)), scales=SCALES)
    assert told(both, {LAW: 50}).recall.value < RECALL["LAW"] + 0.12
    pooled = replace(both, documents=tuple(replace(d, sample=False) for d in both.documents))
    assert told(pooled, {LAW: 50}).recall.value > RECALL["LAW"] + 0.2


def test_the_basis_is_the_most_specific_kind_with_enough_gold():
    country = sum(t.right + t.missed for t in WORLD.mentions if t.cell.country == "AUT"
                  and t.cell.label == "LAW")  # fmt: skip
    (own,) = told(WORLD, {LAW: 10}).basis
    assert own.gold == country >= FEW and own.kind == LAW_BARE
    (wider,) = told(WORLD, {replace(LAW, country="USA"): 10}).basis
    assert wider.kind == replace(LAW_BARE, country=None)
    (widest,) = told(WORLD, {replace(LAW, country="USA", part="citation"): 10}).basis
    assert widest.kind == Cell("LAW", "", "", None)


def test_rows_rest_on_gold_once():
    found = told(WORLD, {LAW: 10, AGENCY: 7, replace(LAW, country="USA"): 3})
    assert sum(b.rows for b in found.basis) == 20
    outside = replace(WORLD, mentions=(tally(found=30, right=30, country=None),))
    (basis,) = told(outside, {replace(AGENCY, country=None): 5}).basis
    assert basis.gold == 30


def test_sections_have_a_precision_and_no_recall():
    right = tally(label="COUNTRY", part="", found=50, right=45, bin=6)
    counts = replace(WORLD, segments=(right,))
    found = estimated(counts, "segments", Counter({right.cell: 9}), sections=[1] * 9)
    assert held(found.precision, 0.9) and found.recall is None and found.count is None


def test_the_answer_is_the_same_again():
    assert told(WORLD, {LAW: 5, AGENCY: 9}) == told(WORLD, {AGENCY: 9, LAW: 5})


def test_nothing_cannot_be_judged():
    with pytest.raises(ValueError, match="no row"):
        told(WORLD, {})
    with pytest.raises(ValueError, match="no gold"):
        told(replace(WORLD, mentions=()), {LAW: 1})


def test_more_likely_scales_have_more_evidence():
    """Cells that differ much are likelier under wide scales than under narrow ones."""
    cases = [
        Cases(Cell("LAW", "body", layout, "AUT"), i, False, 100, hits)
        for i, (layout, hits) in enumerate([("chapter", 95), ("deck", 30), ("report", 60)])
    ]
    assert fit(cases, Scales(1.0, 0.1)).evidence > fit(cases, Scales(0.1, 0.1)).evidence + 2


def test_intervals_hold_on_countries_left_out():
    counts = replace(world(seed=5, calibrated=False), scales=SCALES)
    for found in subsets(counts).values():
        assert found["subsets"] == 20 and found["held"] >= 0.85
