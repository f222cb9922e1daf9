"""Whether a confidence tells the truth: how many of the cases that sure are right."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pipeline import generator
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.intervals import Interval, Share
from pipeline.evaluate.outcomes import Outcome
from pipeline.records import Result, Segment

_BINS = 10
Judged = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of similar confidence: how many, how sure on average, and how many were right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval of the share that was right."""
        return Share(round(self.right * self.n), self.n).interval


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table."""

    bins: tuple[Bin, ...]

    @property
    def n(self) -> int:
        """All cases."""
        return sum(b.n for b in self.bins)

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of confidence from the share that is right."""
        off = sum(b.n * abs(b.confidence - b.right) for b in self.bins)
        return off / self.n if self.bins else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "n": self.n,
            "expected_calibration_error": round(self.error, 4),
            "bins": [asdict(b) for b in self.bins],
        }


def calibration(judged: Iterable[Judged]) -> Calibration:
    """The reliability table of cases: how sure, and whether right."""
    return Calibration(tuple(reliability(judged)))


def reliability(judged: Iterable[Judged]) -> Iterator[Bin]:
    """Bins of equal width over the confidence, empty ones left out."""
    cases = list(judged)
    for k in range(_BINS):
        low, high = k / _BINS, (k + 1) / _BINS
        inside = [c for c in cases if low <= c[0] < high or (k == _BINS - 1 and c[0] == 1.0)]
        if inside:
            n = len(inside)
            sure = sum(c for c, _ in inside) / n
            yield Bin(low, high, n, round(sure, 4), round(sum(r for _, r in inside) / n, 4))


def judged_mentions(outcomes: Iterable[Outcome]) -> Iterator[Judged]:
    """Confidence of each mention found but years, and whether it is right."""
    for o in outcomes:
        if o.confidence is not None and o.label != "YEAR":
            yield o.confidence, o.right


def judged_countries(pairs: Iterable[tuple[Gold, Result]]) -> Iterator[Judged]:
    """… of the country of each section found, over all documents whose gold has sections."""
    for gold, result in pairs:
        if gold.segments:
            yield from judged_sections(gold, result.segments)


def judged_sections(gold: Gold, found: Iterable[Segment]) -> Iterator[Judged]:
    """Confidence of each section, and whether most of its characters are its country's."""
    for s in found:
        owner = generator.owner({"segments": gold.segments}, s)
        yield s.country_confidence, owner is not None and owner == s.country
