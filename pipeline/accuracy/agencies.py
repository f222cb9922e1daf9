"""How many agencies a section names, given how many were found there.

Of n found, a beta-binomial number is right: sections differ. Of those missed there is a negative
binomial number whose mean grows with what is right: a + b · right. Both are fitted to the sections
of gold with weak priors; the interval draws the parameters from a normal distribution around the
mode, so it grows where gold is scarce.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, gammaln
from scipy.stats import betabinom

from pipeline.accuracy.counts import Counts
from pipeline.settings import DEFAULT

Numbers = NDArray[np.float64]
Range = tuple[int, int]
LABEL = "AGENCY"
MOST = 60  # found in a section; beyond, the range grows in proportion
_DRAWS = 4_000
LEVEL = 0.95
_ROUNDING = 1e-9
# Where the parameters are looked for, and how loosely: log-odds of being right, log of how alike
# sections are in that, logs of a, b and of how alike sections are in what is missed.
_PRIOR = np.array([2.0, 2.5, -2.0, -2.0, 0.5])
_SPREAD = np.array([1.5, 1.0, 1.5, 1.0, 1.0])
_OPTIONS = {"xatol": 1e-5, "fatol": 1e-8, "maxiter": 5_000, "maxfev": 5_000}
_STEP = 1e-3  # of numerical second derivatives
_LIMIT = 8.0  # of logs, so that no draw overflows


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of the agencies of one section."""

    country: str | None
    found: int
    right: int
    missed: int

    @property
    def there(self) -> int:
        """How many a careful reader counts."""
        return self.right + self.missed


def seen(counts: Counts) -> list[Seen]:
    """The sections of annotated reports, those without any agency included, samples left out."""
    found, right, missed = Counter[int](), Counter[int](), Counter[int]()
    for t in counts.mentions:
        if t.cell.label == LABEL and t.cell.part != "boilerplate":
            found[t.unit] += t.found
            right[t.unit] += t.right
            missed[t.unit] += t.missed
    return [
        Seen(section.country, found[unit], right[unit], missed[unit])
        for unit, section in enumerate(counts.sections)
        if section.ordinal
        and counts.documents[section.document].mentions
        and not counts.documents[section.document].sample
    ]


def ranges(sections: Sequence[Seen], most: int = MOST) -> tuple[Range, ...]:
    """The 95 % range of the right number for each number found, from 0 to `most`.

    Both ends grow with the number found.

    Raises:
        ValueError: If there are no sections to learn from.
    """
    if not sections:
        raise ValueError("there is no gold to learn counts of agencies from")
    mode, covariance = _fitted(sections)
    random = np.random.default_rng(DEFAULT.seed)
    drawn = random.multivariate_normal(mode, covariance, size=_DRAWS)
    drawn = np.clip(drawn, -_LIMIT, _LIMIT)
    low, high = np.array([_shortest(_there(n, drawn, random)) for n in range(most + 1)]).T
    low[0] = 0
    # Chance in the draws must not make a section with more found look smaller.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    return tuple(zip(low.tolist(), high.tolist(), strict=True))


def _there(n: int, drawn: Numbers, random: np.random.Generator) -> NDArray[np.int64]:
    """Possible right numbers for `n` found, (draws)."""
    share, alike = expit(drawn[:, 0]), np.exp(drawn[:, 1])
    right = random.binomial(n, random.beta(share * alike, (1 - share) * alike))
    mean = np.exp(drawn[:, 2]) + np.exp(drawn[:, 3]) * right
    shape = np.exp(drawn[:, 4])
    missed = random.poisson(random.gamma(shape, mean / shape))
    found: NDArray[np.int64] = right + missed
    return found


def _shortest(drawn: NDArray[np.int64]) -> Range:
    """The shortest range that holds 95 % of the draws, of equals the one that holds most."""
    below = np.cumsum(np.bincount(drawn)) / len(drawn)
    before = np.concatenate([[0.0], below[:-1]])
    highs = np.searchsorted(below, before + LEVEL - _ROUNDING)
    ends = [(low, int(high)) for low, high in enumerate(highs) if high < len(below)]
    return min(ends, key=lambda e: (e[1] - e[0], before[e[0]] - below[e[1]]))


def _fitted(sections: Sequence[Seen]) -> tuple[Numbers, Numbers]:
    """Mode and covariance of the five parameters."""
    columns = [(s.found, s.right, s.missed) for s in sections]
    found, right, missed = np.array(columns, dtype=np.float64).T

    def loss(at: Numbers) -> float:
        return _loss(np.asarray(at), found, right, missed)

    mode: Numbers = minimize(loss, _PRIOR, method="Nelder-Mead", options=_OPTIONS).x
    return mode, np.linalg.inv(_curvature(loss, mode)).astype(np.float64)


def _loss(at: Numbers, found: Numbers, right: Numbers, missed: Numbers) -> float:
    """Negative log of the posterior."""
    at = np.clip(at, -_LIMIT, _LIMIT)
    share, alike = expit(at[0]), np.exp(at[1])
    rights = betabinom.logpmf(right, found, share * alike, (1 - share) * alike).sum()
    mean, shape = np.exp(at[2]) + np.exp(at[3]) * right, np.exp(at[4])
    misses = (
        gammaln(missed + shape)
        - gammaln(shape)
        - gammaln(missed + 1)
        + shape * np.log(shape / (shape + mean))
        + missed * np.log(mean / (shape + mean))
    ).sum()
    prior = (((at - _PRIOR) / _SPREAD) ** 2).sum() / 2
    return float(prior - rights - misses)


def _curvature(loss: Callable[[Numbers], float], mode: Numbers) -> Numbers:
    """Second derivatives at the mode, by central differences."""
    n = len(mode)
    steps = np.eye(n) * _STEP
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            a, b = steps[i], steps[j]
            both = loss(mode + a + b) - loss(mode + a - b) - loss(mode - a + b)
            found[i, j] = found[j, i] = (both + loss(mode - a - b)) / (4 * _STEP**2)
    return found
