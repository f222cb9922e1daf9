"""How sure a figure is: 95 % intervals by drawing sections anew, or Wilson's for a plain share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from pipeline.settings import DEFAULT

Numbers = NDArray[np.float64]
LEVEL = 0.95
RESAMPLES = 1_000
_LEAST_UNITS = 2  # fewer say nothing of how sections differ


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure lies with 95 % confidence."""

    low: float
    high: float

    def as_list(self) -> list[float]:
        """Both ends, for JSON."""
        return [round(self.low, 4), round(self.high, 4)]


def resampled(table: Numbers, resamples: int) -> Numbers:
    """Sums over units drawn anew with replacement.

    Mentions of a section share its writer, its subject and its errors, so sections are drawn
    whole. Drawing n of n units is a multinomial weight for each.

    Args:
        table: What to sum, (units, …).
        resamples: How often to draw; 0 for no intervals.

    Returns:
        (resamples, …); no rows where fewer than two units can be drawn.
    """
    units = len(table)
    if units < _LEAST_UNITS:
        return np.zeros((0, *table.shape[1:]))
    random = np.random.default_rng(DEFAULT.seed)
    weights = random.multinomial(units, np.full(units, 1 / units), size=resamples)
    return np.tensordot(weights.astype(np.float64), table, axes=1)


def percentiles(values: Numbers) -> Interval | None:
    """The middle 95 % of what the draws came to; those without a value (NaN) are left out."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    low, high = np.quantile(known, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Interval(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Share:
    """Some of a number of cases."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval, which has a width even where all cases are right."""
        if not self.n:
            return None
        found = binomtest(self.hits, self.n).proportion_ci(LEVEL, method="wilson")
        return Interval(float(found.low), float(found.high))

    def as_dict(self) -> dict[str, object]:
        """Figures for JSON."""
        interval = self.interval
        return {
            "hits": self.hits,
            "n": self.n,
            "share": None if self.value is None else round(self.value, 4),
            "interval": interval.as_list() if interval else None,
        }
