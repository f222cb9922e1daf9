"""Precision, recall and F1 of mentions with their intervals, by label, in sum and on average."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.evaluate.intervals import Interval, Numbers, Share, percentiles, resampled
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.scores import SUMS, Counts
from pipeline.records import LABELS

KINDS = ("exact", "relaxed")


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts and how sure the figures are; no interval where there is one section only."""

    counts: Counts
    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        found: dict[str, Any] = dict(self.counts.as_dict())
        for name in ("precision", "recall", "f1"):
            interval: Interval | None = getattr(self, name)
            found[f"{name}_interval"] = interval.as_list() if interval else None
        return found


@dataclass(frozen=True, slots=True)
class Macro:
    """The mean F1 of the labels that gold has."""

    f1: float
    labels: int
    interval: Interval | None

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        interval = self.interval.as_list() if self.interval else None
        return {"f1": round(self.f1, 4), "labels": self.labels, "f1_interval": interval}


Figures = dict[str, dict[str, Figure]]


def figures(outcomes: Sequence[Outcome], resamples: int) -> Figures:
    """Figures by label and in sum, exact and relaxed."""
    table = counted(outcomes)
    drawn = resampled(table, resamples)
    parts: dict[str, Sequence[str]] = {**{label: (label,) for label in LABELS}, **SUMS}
    return {name: _row(table, drawn, labels) for name, labels in parts.items()}


def _row(table: Numbers, drawn: Numbers, labels: Sequence[str]) -> dict[str, Figure]:
    places = [LABELS.index(label) for label in LABELS if label in labels]
    sums, draws = table[:, places].sum((0, 1)), drawn[:, places].sum(1)
    row = {}
    for i, kind in enumerate(KINDS):
        counts = Counts(*(int(n) for n in sums[i]))
        row[kind] = Figure(counts, *_sure(counts, draws[:, i])) if len(draws) else Figure(counts)
    return row


def _sure(counts: Counts, draws: Numbers) -> Iterator[Interval | None]:
    """Intervals of precision, recall and F1.

    Where all is right, or nothing, no draw differs from another, which would say that the figure is
    beyond doubt: each mention is taken for a draw of its own there.
    """
    alone = (
        Share(counts.hits_found, counts.found).interval,
        Share(counts.hits_gold, counts.gold).interval,
        of_mentions(counts),
    )
    for share, values, other in zip(counts.known, measures(draws), alone, strict=True):
        yield other if share in (0, 1) else percentiles(values)


def of_mentions(counts: Counts) -> Interval | None:
    """Interval of exact F1 as if mentions were independent of each other.

    Wilson's interval of right / (right + wrong + missed), which F1 follows from.
    """
    union = counts.found + counts.gold - counts.hits_found
    share = Share(counts.hits_found, union).interval
    if share is None:
        return None
    return Interval(*(2 * end / (1 + end) for end in (share.low, share.high)))


def macro(outcomes: Sequence[Outcome], resamples: int) -> dict[str, Macro]:
    """The mean of the labels' F1, exact and relaxed; empty without gold."""
    table = counted(outcomes)
    sums = table.sum(0)
    known = sums[:, 0, 3] > 0
    if not known.any():
        return {}
    drawn = resampled(table, resamples)[:, known]
    found = {}
    for i, kind in enumerate(KINDS):
        f1 = measures(sums[known, i])[2]
        # A label that a draw has none of takes no part in that draw's mean.
        draws = np.ma.masked_invalid(measures(drawn[:, :, i])[2]).mean(1)
        interval = percentiles(np.ma.filled(draws, np.nan)) if len(drawn) else None
        found[kind] = Macro(float(f1.mean()), int(known.sum()), interval)
    return found


def counted(outcomes: Sequence[Outcome]) -> Numbers:
    """The counts of each section: (sections, labels, exact and relaxed, the four of `Counts`)."""
    units = {unit: i for i, unit in enumerate(sorted({o.unit for o in outcomes}))}
    table = np.zeros((len(units), len(LABELS), len(KINDS), 4))
    for o in outcomes:
        cell = table[units[o.unit], LABELS.index(o.label)]
        cell[0] += (o.right, o.right, o.found, o.gold)
        cell[1] += (o.found and o.touched, o.gold and o.touched, o.found, o.gold)
    return table


def measures(counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Precision, recall and F1 of counts (…, 4); NaN where there is nothing to divide by."""
    hits_found, hits_gold, found, gold = np.moveaxis(counts, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = hits_found / found, hits_gold / gold
        p, r = np.nan_to_num(precision), np.nan_to_num(recall)
        f1 = np.where(p + r > 0, 2 * p * r / (p + r), 0.0)
    return precision, recall, np.where(found + gold > 0, f1, np.nan)
