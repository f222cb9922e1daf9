"""Partial pooling: what a cell's rate is, from its own cases and, the fewer these are, its kin's.

A logistic regression with an effect for each label, part, layout, country and section, and for
labels within parts and layouts. Effects are drawn from normal distributions around none (Gelman &
Hill 2007, "Data Analysis Using Regression and Multilevel/Hierarchical Models", chapters 12 to 14),
so a cell without cases has the rate of what it is part of, and a wider interval. Samples have an
effect of their own, which estimates leave out: they say how cells differ, not how good they are.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

from pipeline.accuracy.counts import MIDDLES, Cell

Numbers = NDArray[np.float64]
Key = tuple[str, str]
_SECTION = "section"  # each section's own effect
_SAMPLE = "sample"  # what samples have in common
_START, _SLOPE = ("start", ""), ("slope", "")
_FACTORS: dict[str, Callable[[Cell], object]] = {
    "label": lambda c: c.label,
    "part": lambda c: c.part,
    "layout": lambda c: c.layout,
    "label and part": lambda c: (c.label, c.part),
    "label and layout": lambda c: (c.label, c.layout),
    "country": lambda c: c.country,
}
_LOGITS = tuple(math.log(p / (1 - p)) for p in MIDDLES)
_WIDE = 2.0  # standard deviation of the common rate's log-odds, which are hardly known before
_LOOSE = 0.5  # … of slopes around 1, where confidence is the truth, and of the samples' effect
_LABELS = 1.0  # … of what labels differ by: years are found far better than laws
_KINDS = (0.2, 0.35, 0.5, 0.75, 1.0)  # scales that are tried
_SECTIONS = (0.1, 0.3, 0.5, 0.75, 1.0)
_STEPS = 50
_CLOSE = 1e-6
_HALVINGS = 30


@dataclass(frozen=True, slots=True)
class Cases:
    """Alike cases of one section: how many there are, and how many turned out well."""

    cell: Cell
    unit: int
    sample: bool
    n: int
    hits: int


@dataclass(frozen=True, slots=True)
class Scales:
    """Standard deviations of effects in log-odds: between kinds of cells, between sections."""

    kinds: float
    sections: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """The fitted effects.

    Attributes:
        places: Column of each effect.
        mean: Most likely effects, (columns).
        root: Its square is their covariance, (columns, columns).
    """

    scales: Scales
    places: dict[Key, int]
    mean: Numbers
    root: Numbers
    evidence: float

    def drawn(self, cells: Sequence[Cell], draws: int, random: np.random.Generator) -> "Drawn":
        """Possible effects, those of kinds without cases included, for rates of the cells."""
        new = sorted({key for c in cells for key in _terms(c)} - self.places.keys())
        places = self.places | {key: len(self.mean) + i for i, key in enumerate(new)}
        known = self.mean + random.standard_normal((draws, len(self.mean))) @ self.root.T
        spread = [_spread(key, self.scales) for key in new]
        unknown = random.standard_normal((draws, len(new))) * np.array(spread)
        return Drawn(self.scales, places, np.hstack([known, unknown]))


@dataclass(frozen=True, slots=True)
class Drawn:
    """Possible effects, (draws, columns)."""

    scales: Scales
    places: dict[Key, int]
    effects: Numbers

    def rates(self, cells: Sequence[Cell]) -> Numbers:
        """The rate of each cell over sections like those of gold, (draws, cells)."""
        odds = self.effects @ _design([_terms(c) for c in cells], self.places).T
        # Mean of a logistic over normal section effects (Zeger, Liang & Albert 1988).
        found: Numbers = expit(odds / math.sqrt(1 + 0.346 * self.scales.sections**2))
        return found


def fitted(cases: Sequence[Cases]) -> Pooled:
    """The regression whose scales make the cases most likely (empirical Bayes).

    Raises:
        ValueError: If there are no cases.
    """
    tried = (fit(cases, Scales(*pair)) for pair in product(_KINDS, _SECTIONS))
    return max(tried, key=lambda pooled: pooled.evidence)


def fit(cases: Sequence[Cases], scales: Scales) -> Pooled:
    """The regression at given scales, by Newton's method around the mode.

    Raises:
        ValueError: If there are no cases.
    """
    if not cases:
        raise ValueError("there is no gold to learn an error rate from")
    terms = [_own_terms(c) for c in cases]
    places = {key: i for i, key in enumerate(sorted({key for t in terms for key in t}))}
    posterior = _Posterior(
        design=_design(terms, places),
        n=np.array([c.n for c in cases], dtype=np.float64),
        hits=np.array([c.hits for c in cases], dtype=np.float64),
        before=np.array([1.0 if key == _SLOPE else 0.0 for key in places]),
        precision=np.array([_spread(key, scales) ** -2.0 for key in places]),
    )
    with threadpool_limits(1):  # the matrices are small: more threads only wait for each other
        mean = posterior.mode()
        curvature = posterior.curvature(mean)
        volume = (np.log(posterior.precision).sum() - np.linalg.slogdet(curvature)[1]) / 2
        root = np.linalg.inv(np.linalg.cholesky(curvature)).T
    return Pooled(scales, places, mean, root, float(posterior.height(mean) + volume))


@dataclass(frozen=True, slots=True)
class _Posterior:
    """Log of the posterior of the effects.

    Attributes:
        design: How much each effect counts, (cases, effects).
        n: Cases, and `hits` those that turned out well.
        before: What effects are most likely before any case is seen, and how surely.
    """

    design: Numbers
    n: Numbers
    hits: Numbers
    before: Numbers
    precision: Numbers

    def height(self, at: Numbers) -> float:
        odds = self.design @ at
        likelihood = self.hits @ odds - self.n @ np.logaddexp(0, odds)
        return float(likelihood - self.precision @ (at - self.before) ** 2 / 2)

    def slope(self, at: Numbers) -> Numbers:
        wrong = self.hits - self.n * expit(self.design @ at)
        found: Numbers = self.design.T @ wrong - self.precision * (at - self.before)
        return found

    def curvature(self, at: Numbers) -> Numbers:
        rate = expit(self.design @ at)
        weights = self.n * rate * (1 - rate)
        found: Numbers = (self.design.T * weights) @ self.design + np.diag(self.precision)
        return found

    def mode(self) -> Numbers:
        """The most likely effects."""
        mean = self.before
        for _ in range(_STEPS):
            step = np.linalg.solve(self.curvature(mean), self.slope(mean)).astype(np.float64)
            mean, earlier = self._uphill(mean, step), mean
            if np.abs(mean - earlier).max() < _CLOSE:
                break
        return mean

    def _uphill(self, at: Numbers, step: Numbers) -> Numbers:
        """A step of Newton's, shortened until it leads uphill: far from the top it goes too far."""
        here = self.height(at)
        for _ in range(_HALVINGS):
            if self.height(at + step) >= here:
                return at + step
            step = step / 2
        return at


def _terms(cell: Cell) -> dict[Key, float]:
    """The effects on a cell, and how much each counts."""
    found: dict[Key, float] = {_START: 1.0}
    found |= {(name, str(of(cell))): 1.0 for name, of in _FACTORS.items()}
    if cell.bin is not None:
        found |= {_SLOPE: _LOGITS[cell.bin], ("slope of", cell.label): _LOGITS[cell.bin]}
    return found


def _own_terms(cases: Cases) -> dict[Key, float]:
    """… on cases of gold, those of the section and of samples included."""
    own = _terms(cases.cell) | {(_SECTION, str(cases.unit)): 1.0}
    return own | ({(_SAMPLE, ""): 1.0} if cases.sample else {})


def _spread(key: Key, scales: Scales) -> float:
    """Standard deviation of an effect, before any case is seen."""
    if key == _START:
        return _WIDE
    if key == _SLOPE or key[0] == _SAMPLE:
        return _LOOSE
    if key[0] == "slope of":
        return _LOOSE / 2
    if key[0] == "label":
        return _LABELS
    return scales.sections if key[0] == _SECTION else scales.kinds


def _design(terms: Iterable[dict[Key, float]], places: dict[Key, int]) -> Numbers:
    rows = list(terms)
    found = np.zeros((len(rows), len(places)))
    for i, row in enumerate(rows):
        for key, weight in row.items():
            found[i, places[key]] = weight
    return found
