"""The precision and recall that a subset can be expected to have, and what that rests on."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from pipeline.accuracy.counts import COUNTRY, Cell, Counts, Tally
from pipeline.accuracy.pooling import Cases, Pooled, Scales, fit, fitted
from pipeline.settings import DEFAULT

Numbers = NDArray[np.float64]
DRAWS = 1_000
FEW = 20  # gold mentions of a cell; with fewer, its figure is its kin's
WIDE = 0.3  # an interval wider than this tells too little
_MIDDLE = (0.025, 0.5, 0.975)
_SMALL = 0.05  # kinds that make up less of a subset are not named
_BLOCK = 500  # cells at once, to bound memory
_EDGE = 1e-6
# From the most specific to the most general kind of a cell.
_KINDS: tuple[Callable[[Cell], Cell], ...] = (
    lambda c: Cell(c.label, c.part, c.layout, c.country),
    lambda c: Cell(c.label, c.part, c.layout, None),
    lambda c: Cell(c.label, c.part, "", None),
    lambda c: Cell(c.label, "", "", None),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share or a number, and where it lies with 95 % probability."""

    value: float
    low: float
    high: float

    @property
    def wide(self) -> bool:
        """Whether the interval of a share is too wide to tell."""
        return self.high - self.low > WIDE


@dataclass(frozen=True, slots=True)
class Basis:
    """The most specific kind with enough gold, for some of the rows.

    Attributes:
        kind: Its fields that are empty or None are left open.
        rows: Rows of the subset that rest on it.
        gold: Gold mentions of this kind in reports; for sections those judged.
        samples: … in samples.
    """

    kind: Cell
    rows: int
    gold: int
    samples: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a subset can be expected to be.

    Attributes:
        precision: Share of its rows that are right; None where there are none.
        recall: Share of what a careful reader would mark that is in it; None where gold has no
            such thing.
        count: How many rows it would have if it were right and complete.
        lacking: Kinds of rows with too little gold, and how much of it there is.
    """

    precision: Rate | None
    recall: Rate | None
    count: Rate | None
    basis: tuple[Basis, ...]
    lacking: tuple[Basis, ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough gold to tell."""
        rates = [r for r in (self.precision, self.recall) if r is not None]
        return not self.lacking and not any(rate.wide for rate in rates)


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned from counts; no recall of sections."""

    precision: Pooled
    recall: Pooled | None


def learned(counts: Counts, table: str) -> Models:
    """The regressions for a table, at the scales that are kept with the counts, if there are.

    Raises:
        ValueError: If there is no gold for it.
    """
    tallies = counts.mentions if table == "mentions" else counts.segments
    found = precision_cases(counts, tallies)
    if table != "mentions":
        return Models(_fitted(found, counts, table), None)
    return Models(
        _fitted(found, counts, "precision"), _fitted(recall_cases(counts), counts, "recall")
    )


def _fitted(cases: Sequence[Cases], counts: Counts, name: str) -> Pooled:
    scales = counts.scales.get(name)
    return fit(cases, Scales(**scales)) if scales else fitted(cases)


def precision_cases(counts: Counts, tallies: Iterable[Tally]) -> list[Cases]:
    """What was found, and whether it is right."""
    return [Cases(t.cell, t.unit, counts.sample(t), t.found, t.right) for t in tallies if t.found]


def recall_cases(counts: Counts) -> list[Cases]:
    """What gold has, and whether it was found, however sure the program was."""
    gold: Counter[tuple[int, bool, Cell]] = Counter()
    hits: Counter[tuple[int, bool, Cell]] = Counter()
    for t in counts.mentions:
        key = t.unit, counts.sample(t), _KINDS[0](t.cell)
        gold[key] += t.right + t.missed
        hits[key] += t.right
    return [
        Cases(cell, unit, sample, n, hits[unit, sample, cell])
        for (unit, sample, cell), n in gold.items()
        if n
    ]


def estimate(
    models: Models,
    cells: Counter[Cell],
    *,
    sections: Sequence[int],
    whole: Counter[Cell] | None = None,
) -> tuple[Numbers, Numbers | None, Numbers | None]:
    """Draws of precision, recall and the right number, (draws) each.

    Args:
        cells: How many rows of each cell; at least one row.
        sections: How many rows stand in each section: errors of a section go together.
        whole: The rows without what the condition asks of the confidence.
    """
    random = np.random.default_rng(DEFAULT.seed)
    every = cells | (whole or Counter())
    drawn = models.precision.drawn(list(every), DRAWS, random)
    right, n = np.zeros(DRAWS), sum(cells.values())
    for part in _blocks(list(cells)):
        right += drawn.rates(part) @ np.array([cells[c] for c in part], dtype=np.float64)
    together = sqrt(sum(size**2 for size in sections)) / n
    precision = _jittered(right / n, models.precision.scales.sections * together, random)
    if models.recall is None:
        return precision, None, None
    bare = {cell: _KINDS[0](cell) for cell in every}
    there = models.recall.drawn(list(set(bare.values())), DRAWS, random)
    kept, truth = np.zeros(DRAWS), np.zeros(DRAWS)
    for part in _blocks(list(every)):
        sizes = np.array([(whole or cells)[c] for c in part], dtype=np.float64)
        expected = drawn.rates(part) * sizes
        kept += expected.sum(1)
        truth += (expected / there.rates([bare[c] for c in part])).sum(1)
    found = _jittered(kept / truth, models.recall.scales.sections * together, random)
    recall = found * np.minimum(1, right / kept)
    return precision, recall, precision * n / recall


def _blocks(cells: list[Cell]) -> list[list[Cell]]:
    ordered = sorted(cells, key=str)
    return [ordered[i : i + _BLOCK] for i in range(0, len(ordered), _BLOCK)]


def _jittered(shares: Numbers, spread: float, random: np.random.Generator) -> Numbers:
    """Shares moved by what the sections of the subset have of their own."""
    odds = logit(np.clip(shares, _EDGE, 1 - _EDGE))
    found: Numbers = expit(odds + spread * random.standard_normal(len(shares)))
    return found


def rate(draws: Numbers) -> Rate:
    """Middle and 95 % interval."""
    low, middle, high = (float(x) for x in np.quantile(draws, _MIDDLE))
    return Rate(middle, low, high)


def estimated(
    counts: Counts,
    table: str,
    cells: Counter[Cell],
    *,
    sections: Sequence[int],
    whole: Counter[Cell] | None = None,
) -> Estimate:
    """What rows can be expected to be, and what that rests on.

    Raises:
        ValueError: If there are no rows, or no gold for the table.
    """
    if not cells:
        raise ValueError("no row fulfils the condition")
    draws = estimate(learned(counts, table), cells, sections=sections, whole=whole)
    precision, recall, count = (None if d is None else rate(d) for d in draws)
    tallies = counts.mentions if table == "mentions" else counts.segments
    return Estimate(
        precision, recall, count, _basis(counts, tallies, cells), _lacking(counts, tallies, cells)
    )


def unfound(counts: Counts, cells: Counter[Cell]) -> Estimate:
    """How much of what there is would have been found, where no mention was.

    Args:
        cells: The sections that could have such a mention; at least one.

    Raises:
        ValueError: If there are none, or no gold.
    """
    if not cells:
        raise ValueError("no section can have such a mention")
    random = np.random.default_rng(DEFAULT.seed)
    pooled = learned(counts, "mentions").recall
    assert pooled is not None
    bare: Counter[Cell] = Counter()
    for cell, n in cells.items():
        bare[_KINDS[0](cell)] += n
    drawn = pooled.drawn(list(bare), DRAWS, random)
    shares = np.zeros(DRAWS)
    for part in _blocks(list(bare)):
        shares += drawn.rates(part) @ np.array([bare[c] for c in part], dtype=np.float64)
    n = cells.total()
    recall = rate(_jittered(shares / n, pooled.scales.sections / sqrt(n), random))
    basis = _basis(counts, counts.mentions, cells)
    return Estimate(None, recall, None, basis, _lacking(counts, counts.mentions, cells))


def _gold(counts: Counts, tallies: Iterable[Tally], *, sample: bool) -> Counter[Cell]:
    """Gold of every kind, in samples or in reports."""
    found: Counter[Cell] = Counter()
    for t in tallies:
        if counts.sample(t) == sample:
            for kind in {kind(t.cell) for kind in _KINDS}:
                found[kind] += _cases(t)
    return found


def _cases(tally: Tally) -> int:
    """Gold mentions; of sections, where nothing can be missed, those judged."""
    return tally.found if tally.cell.label == COUNTRY else tally.right + tally.missed


def _basis(counts: Counts, tallies: Sequence[Tally], cells: Counter[Cell]) -> tuple[Basis, ...]:
    """For each part of the rows the most specific kind with enough gold, most rows first."""
    gold = _gold(counts, tallies, sample=False)
    samples = _gold(counts, tallies, sample=True)
    rows: Counter[Cell] = Counter()
    for cell, n in cells.items():
        kinds = [kind(cell) for kind in _KINDS]
        rows[next((k for k in kinds if gold[k] >= FEW), kinds[-1])] += n
    return tuple(
        Basis(kind, n, gold[kind], samples[kind])
        for kind, n in sorted(rows.items(), key=lambda item: (-item[1], str(item[0])))
    )


def _lacking(counts: Counts, tallies: Sequence[Tally], cells: Counter[Cell]) -> tuple[Basis, ...]:
    """Labels in layouts that have too little gold and make up a share of the rows."""
    gold: Counter[tuple[str, str]] = Counter()
    samples: Counter[tuple[str, str]] = Counter()
    for t in tallies:
        (samples if counts.sample(t) else gold)[t.cell.label, t.cell.layout] += _cases(t)
    rows: Counter[tuple[str, str]] = Counter()
    for cell, n in cells.items():
        rows[cell.label, cell.layout] += n
    return tuple(
        Basis(Cell(*key[:1], "", key[1], None), n, gold[key], samples[key])
        for key, n in sorted(rows.items(), key=lambda item: (-item[1], item[0]))
        if gold[key] < FEW and n >= _SMALL * cells.total()
    )
