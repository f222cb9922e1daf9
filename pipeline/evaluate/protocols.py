"""What is fitted on gold, fitted on some countries or editions and measured on the one left out.

The models never saw gold, so nothing is trained anew. What people do fit on gold is the threshold
below which they drop mentions and the correction of confidences: fitted and measured on the same
mentions, both look better than they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, pstdev
from typing import Any

from sklearn.isotonic import IsotonicRegression

from pipeline.evaluate.calibration import Calibration, Judged, calibration, judged_mentions
from pipeline.evaluate.groups import FEW, NONE, parted, value
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.scores import Counts

PROTOCOLS = {"held-out-country": "country", "held-out-edition": "edition"}
GRID = tuple(k / 20 for k in range(20))  # thresholds on the confidence; 0 keeps everything


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A country or edition left out.

    Attributes:
        threshold: That does best on all others.
        chosen: Exact counts of the part with that threshold, years apart.
        fixed: … with the threshold that the program comes with.
    """

    value: str
    threshold: float
    chosen: Counts
    fixed: Counts

    @property
    def few(self) -> bool:
        """Whether there are too few gold mentions to tell."""
        return self.fixed.gold < FEW

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "value": self.value,
            "few": self.few,
            "threshold": self.threshold,
            "chosen": self.chosen.as_dict(),
            "fixed": self.fixed.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """F1 of the parts that have gold: mean, standard deviation, and of all mentions in one."""

    parts: int
    mean: float
    deviation: float
    pooled: float


@dataclass(frozen=True, slots=True)
class Protocol:
    """Figures over all parts, each left out once.

    Attributes:
        dimension: `country` or `edition`.
        confidence: Reliability of the confidences as they are.
        refitted: … after isotonic regression on the other parts.
    """

    name: str
    dimension: str
    parts: tuple[HeldOut, ...]
    confidence: Calibration
    refitted: Calibration

    @property
    def chosen(self) -> Spread:
        """F1 with the thresholds fitted on the others."""
        return _spread([(part.chosen, part.fixed.gold) for part in self.parts])

    @property
    def fixed(self) -> Spread:
        """F1 with the program's threshold."""
        return _spread([(part.fixed, part.fixed.gold) for part in self.parts])

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "name": self.name,
            "parts": [part.as_dict() for part in self.parts],
            "f1_chosen": _rounded(self.chosen),
            "f1_fixed": _rounded(self.fixed),
            "confidence": self.confidence.as_dict(),
            "confidence_refitted": self.refitted.as_dict(),
        }


def _rounded(spread: Spread) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in asdict(spread).items()}


def _spread(parts: Sequence[tuple[Counts, int]]) -> Spread:
    f1 = [counts.f1 for counts, gold in parts if gold]
    pooled = sum((counts for counts, _ in parts), Counts())
    return Spread(len(f1), fmean(f1) if f1 else 0.0, pstdev(f1) if f1 else 0.0, pooled.f1)


def held_out(outcomes: Iterable[Outcome], name: str) -> Protocol:
    """Leave out each country or edition in turn.

    Args:
        name: One of `PROTOCOLS`.

    Raises:
        ValueError: If there is no such protocol, or gold has fewer than two parts.
    """
    if name not in PROTOCOLS:
        raise ValueError(f"there is no protocol {name!r}; there are {', '.join(PROTOCOLS)}")
    dimension = PROTOCOLS[name]
    names = [o for o in outcomes if o.label != "YEAR"]
    parts = parted(names, lambda o: value(o, dimension))
    if len(parts) < 2:
        there = ", ".join(part for part in parts if part != NONE) or "none"
        raise ValueError(
            f"{name} needs gold mentions of more than one {dimension}; here there is {there}"
        )
    judged = {part: list(judged_mentions(some)) for part, some in parts.items()}
    return Protocol(
        name=name,
        dimension=dimension,
        parts=tuple(_held_out(parts)),
        confidence=calibration(case for cases in judged.values() for case in cases),
        refitted=calibration(_refitted(judged)),
    )


def _held_out(parts: Mapping[str, Sequence[Outcome]]) -> Iterator[HeldOut]:
    tables = {part: [above(some, least) for least in GRID] for part, some in parts.items()}
    whole = [sum(column, Counts()) for column in zip(*tables.values(), strict=True)]
    for part in sorted(tables):
        own = tables[part]
        others = [_minus(a, b).f1 for a, b in zip(whole, own, strict=True)]
        best = others.index(max(others))  # the lowest of equals, which drops least
        yield HeldOut(part, GRID[best], own[best], own[0])


def above(outcomes: Iterable[Outcome], least: float) -> Counts:
    """Exact counts if mentions less sure than that are dropped."""
    found = right = gold = 0
    for o in outcomes:
        kept = o.confidence is not None and o.confidence >= least
        found += kept
        right += kept and o.right
        gold += o.gold
    return Counts(right, right, found, gold)


def _minus(a: Counts, b: Counts) -> Counts:
    hits = a.hits_found - b.hits_found
    return Counts(hits, hits, a.found - b.found, a.gold - b.gold)


def _refitted(judged: Mapping[str, Sequence[Judged]]) -> Iterator[Judged]:
    """Confidences corrected by what confidences meant in the other parts."""
    for part, own in judged.items():
        others = [case for name, cases in judged.items() if name != part for case in cases]
        if not own or not others:
            continue
        model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
        model.fit([sure for sure, _ in others], [float(right) for _, right in others])
        fitted = model.predict([sure for sure, _ in own])
        for sure, (_, right) in zip(fitted, own, strict=True):
            yield min(1.0, max(0.0, float(sure))), right
