"""Ranges of agencies: they hold what is there, and are no wider than they must."""

import numpy as np
import pandas as pd
import pytest

from pipeline import ranges as looked_up
from pipeline.accuracy.agencies import Seen, ranges, seen
from pipeline.accuracy.held_out import agencies
from pipeline.stages import STAGES
from tests.accuracy.world import joined, tally, world


def drawn(seed, n, precision=0.9, recall=0.85, size=5.0):
    """Sections of a world where each section has its own precision."""
    random = np.random.default_rng(seed)
    there = random.poisson(size, n)
    right = random.binomial(there, recall)
    wrong = random.poisson(right * (1 / precision - 1))
    rows = zip(right + wrong, right, there - right, strict=True)
    return [Seen("AUT", *(int(x) for x in row)) for row in rows]


def test_ranges_hold_what_is_there():
    listed = ranges(drawn(1, 80), 40)
    fresh = drawn(2, 400)
    held = [listed[s.found][0] <= s.there <= listed[s.found][1] for s in fresh]
    assert 0.92 <= np.mean(held) <= 0.995
    assert np.mean([s.found == s.there for s in fresh]) < 0.6  # what was found is seldom all
    widths = [listed[s.found][1] - listed[s.found][0] for s in fresh]
    assert np.mean(widths) < 5


def test_ranges_grow_with_what_was_found():
    lows, highs = zip(*ranges(drawn(1, 60), 40), strict=True)
    assert list(lows) == sorted(lows) and list(highs) == sorted(highs)
    assert lows[0] == 0 and all(low <= high for low, high in zip(lows, highs, strict=True))


def test_where_the_program_is_never_wrong_ranges_are_narrow():
    sure = ranges(drawn(1, 300, precision=0.999, recall=0.999), 10)
    unsure = ranges(drawn(1, 300, precision=0.7, recall=0.6), 10)
    assert sure[5][0] == 5 and sure[5][1] <= 6
    assert unsure[5][1] - unsure[5][0] >= 4


def test_little_gold_makes_ranges_wider():
    few, many = (ranges(drawn(1, n), 10)[10] for n in (6, 300))
    assert few[1] - few[0] > many[1] - many[0]


def test_the_same_gold_gives_the_same_ranges():
    assert ranges(drawn(3, 30), 5) == ranges(drawn(3, 30), 5)


def test_without_gold_there_are_no_ranges():
    with pytest.raises(ValueError, match="no gold"):
        ranges([])


def test_only_agencies_of_sections_of_reports_are_seen():
    there = world(sections=1)
    more = (
        tally(1, 5, 4, bin=3),
        tally(1, 9, 9, part="boilerplate"),  # is not counted in the panel either
        tally(1, 7, 7, label="LAW"),
        tally(0, 3, 3, country=None),  # outside all sections
    )
    (one, *others) = seen(joined(type(there)(there.documents, there.sections[:3], more, (), ()),
                                 world(sample=True)))  # fmt: skip
    assert (one.found, one.right, one.missed) == (5, 4, 0)
    assert [(s.found, s.there) for s in others] == [(0, 0)]


def test_countries_left_out_are_held():
    found = agencies(world(sections=3))
    assert found["sections"] == 30 and found["held"] >= 0.9 > found["held_plain"]


@pytest.mark.parametrize("n", [0, 1, 7, 60, 61, 600])
def test_looking_up(n):
    low, high = looked_up.plausible(n)
    assert 0 <= low <= n <= high
    assert low <= looked_up.plausible(n + 1)[0] and high <= looked_up.plausible(n + 1)[1]
    assert high - low <= 2 + n  # an interval as wide as that would tell nothing


def test_a_missing_file_says_what_makes_it(tmp_path, monkeypatch):
    monkeypatch.setattr(looked_up, "MODELS", tmp_path)
    looked_up._listed.cache_clear()
    with pytest.raises(FileNotFoundError, match="govtable accuracy"):
        looked_up.plausible(1)
    looked_up._listed.cache_clear()


def test_the_panel_has_the_ranges(dataset):
    panel = pd.read_parquet(dataset / "panel.parquet")
    wanted = [looked_up.plausible(n) for n in panel["n_agencies"]]
    assert wanted
    assert list(zip(panel["n_agencies_lo"], panel["n_agencies_hi"], strict=True)) == wanted


def test_the_tables_depend_on_the_figures():
    (tables,) = [stage for stage in STAGES if stage.name == "tables"]
    assert looked_up.FILE in tables.models
