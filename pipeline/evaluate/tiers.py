"""Whether sections got the right tier, and whether the right score lies in their interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.evaluate.intervals import Interval, Numbers, Share, percentiles, resampled
from pipeline.evaluate.sections import Section
from pipeline.records import BANDS

TIERS = tuple(BANDS)
_N = len(TIERS)
# Distance between two tiers.
_STEPS = np.abs(np.subtract.outer(np.arange(_N), np.arange(_N))).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its interval, by drawing sections anew."""

    value: float | None
    interval: Interval | None

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "value": None if self.value is None else round(self.value, 4),
            "interval": self.interval.as_list() if self.interval else None,
        }


@dataclass(frozen=True, slots=True)
class TierScores:
    """Figures over the gold sections with a tier.

    The tier found is that of the section that shares most characters with the gold section.

    Attributes:
        confusion: Sections by tier in gold (a row each, best first) and tier found; the last
            column counts those without one.
        right: … of all sections.
        answered: Sections that got any tier; the others are abstentions.
        macro_f1: Mean F1 of the tiers in gold; no answer is a miss.
        kappa: Cohen's kappa with quadratic weights, of answered sections.
        error: Mean distance between the tier found and the right one, of answered sections.
        within_one: … at most one, of answered sections.
    """

    confusion: tuple[tuple[int, ...], ...]
    right: Share
    answered: Share
    macro_f1: Measure
    kappa: Measure
    error: Measure
    within_one: Share

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "sections": self.right.n,
            "confusion": [list(row) for row in self.confusion],
            "right": self.right.as_dict(),
            "answered": self.answered.as_dict(),
            "macro_f1": self.macro_f1.as_dict(),
            "quadratic_weighted_kappa": self.kappa.as_dict(),
            "mean_absolute_error": self.error.as_dict(),
            "within_one": self.within_one.as_dict(),
        }


def tier_scores(sections: Sequence[Section], resamples: int) -> TierScores | None:
    """Figures over all sections; None where gold has no tiers."""
    graded = [s for s in sections if s.tier is not None]
    if not graded:
        return None
    pairs = [(s.tier, s.found.tier if s.found else None) for s in graded]
    table = np.zeros((len(pairs), _N, _N + 1))
    for row, (wanted, found) in zip(table, pairs, strict=True):
        row[TIERS.index(wanted or 0), _N if found is None else TIERS.index(found)] = 1
    whole, drawn = table.sum(0), resampled(table, resamples)
    answered = int(whole[:, :_N].sum())
    near = int(whole[:, :_N][_STEPS <= 1].sum())
    return TierScores(
        confusion=tuple(tuple(int(n) for n in row) for row in whole),
        right=Share(int(np.trace(whole[:, :_N])), len(pairs)),
        answered=Share(answered, len(pairs)),
        macro_f1=_measure(macro_f1(whole[None]), macro_f1(drawn)),
        kappa=_measure(weighted_kappa(whole[None]), weighted_kappa(drawn)),
        error=_measure(mean_error(whole[None]), mean_error(drawn)),
        within_one=Share(near, answered),
    )


def _measure(whole: Numbers, drawn: Numbers) -> Measure:
    value = float(whole[0])
    return Measure(None if np.isnan(value) else value, percentiles(drawn))


# The figures of many confusion matrices at once, (n, tiers, tiers and none): a library would
# take them one by one, which is slow for a thousand draws. Tested against scikit-learn.


def macro_f1(confusion: Numbers) -> Numbers:
    """Mean F1 of the tiers that each matrix's rows have."""
    hits = np.diagonal(confusion, axis1=1, axis2=2)
    wanted, found = confusion.sum(2), confusion[:, :, :_N].sum(1)
    with np.errstate(invalid="ignore"):
        f1 = 2 * hits / (wanted + found)
        mean: Numbers = np.where(wanted > 0, f1, 0).sum(1) / (wanted > 0).sum(1)
    return mean


def weighted_kappa(confusion: Numbers) -> Numbers:
    """Cohen's kappa with quadratic weights; NaN where all have the same tier."""
    square = confusion[:, :, :_N]
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = square.sum(2)[:, :, None] * square.sum(1)[:, None, :]
        chance = chance / square.sum((1, 2))[:, None, None]
        off = (square * _STEPS**2).sum((1, 2)) / (chance * _STEPS**2).sum((1, 2))
    kappa: Numbers = 1 - off
    return kappa


def mean_error(confusion: Numbers) -> Numbers:
    """Mean distance in tiers."""
    square = confusion[:, :, :_N]
    with np.errstate(invalid="ignore"):
        mean: Numbers = (square * _STEPS).sum((1, 2)) / square.sum((1, 2))
    return mean


@dataclass(frozen=True, slots=True)
class ScoreScores:
    """Figures over the gold sections with a score.

    Attributes:
        answered: Sections that got an interval of scores.
        held: Sections whose interval holds the score in gold.
        exact: Sections whose interval is just what gold says.
        width: Mean width of the intervals found, in points of the scale; 0 is a single score.
    """

    answered: Share
    held: Share
    exact: Share
    width: float | None

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "answered": self.answered.as_dict(),
            "held": self.held.as_dict(),
            "exact": self.exact.as_dict(),
            "mean_width": None if self.width is None else round(self.width, 4),
        }


def score_scores(sections: Sequence[Section]) -> ScoreScores | None:
    """Figures over all sections; None where gold has no scores."""
    pairs = [(s.score, _interval(s)) for s in sections if s.score is not None]
    if not pairs:
        return None
    widths = [found[1] - found[0] for _, found in pairs if found]
    held = sum(found is not None and found[0] <= w[0] and w[1] <= found[1] for w, found in pairs)
    return ScoreScores(
        answered=Share(len(widths), len(pairs)),
        held=Share(held, len(pairs)),
        exact=Share(sum(found == wanted for wanted, found in pairs), len(pairs)),
        width=sum(widths) / len(widths) if widths else None,
    )


def _interval(section: Section) -> tuple[int, int] | None:
    found = section.found
    if found is None or found.score_min is None or found.score_max is None:
        return None
    return found.score_min, found.score_max
