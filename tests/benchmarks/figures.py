"""What follows from the measurements: medians, how the time grows, and the bars."""

import math
from dataclasses import dataclass
from statistics import linear_regression, median

from tests.benchmarks.results import Figures, Results

LARGE, MIDDLE, SMALL = 10_000, 1_000, 100
_KINDS = ("first", "nothing", "new", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that is asked for, and what was measured.

    Attributes:
        value: None where it was not measured.
        limit: Value and limit are compared as `at_most` says.
    """

    name: str
    value: float | None
    limit: float
    unit: str = ""
    at_most: bool = True

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where it was not measured."""
        if self.value is None:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Exponents:
    """Exponents of seconds against words: 1 is proportional growth.

    Attributes:
        fit: Of the least-squares fit over all sizes.
        ends: Between the smallest and the largest size.
    """

    fit: float
    ends: float


def middle(rounds: list[Figures], name: str = "seconds") -> float | None:
    """The median of a figure over the rounds, None where there are none."""
    return median(float(figures[name]) for figures in rounds) if rounds else None


def exponents(results: Results, sizes: tuple[int, ...], fixed: float = 0.0) -> Exponents | None:
    """How the seconds of first runs grow with their words.

    Args:
        fixed: Seconds of every run that are left out.
    """
    points = []
    for size in sizes:
        seconds, words = (middle(results.of("first", size), n) for n in ("seconds", "words"))
        if seconds and words and seconds > fixed:
            points.append((math.log(words), math.log(seconds - fixed)))
    if len(points) < 2:
        return None
    x, y = zip(*points, strict=True)
    ends = (y[-1] - y[0]) / (x[-1] - x[0])
    return Exponents(linear_regression(x, y).slope, ends)


def single(results: Results) -> float | None:
    """Seconds of a run over one short report."""
    return middle(results.of("single", 1))


def beside_own(results: Results, size: int) -> list[float]:
    """Seconds that the other reports cost when one is new, round by round."""
    pairs = zip(results.of("new", size), results.of("own", size), strict=False)
    return [float(new["seconds"]) - float(own["seconds"]) for new, own in pairs]


def most_memory(results: Results, size: int) -> float | None:
    """The most MB of any run over so many reports."""
    peaks = [float(f["peak_mb"]) for kind in _KINDS for f in results.of(kind, size)]
    return max(peaks, default=None)


@dataclass(frozen=True, slots=True)
class Orchestration:
    """What Prefect adds, in seconds, and as a share of the run with it.

    Attributes:
        start: Seconds that it adds to a run over one report.
        whole: Seconds that it adds to a run over all.
        run: Seconds of the whole run with it.
    """

    start: float
    whole: float
    run: float

    @property
    def share(self) -> float:
        """Of the run, its start included."""
        return self.whole / self.run

    @property
    def share_after_start(self) -> float:
        """Of the run, its start left out."""
        return (self.whole - self.start) / (self.run - self.start)


def orchestration(results: Results, size: int, name: str = "prefect") -> Orchestration | None:
    """What Prefect adds to a run over so many reports.

    Args:
        name: "prefect" with a server of its own, "served" with one that runs already.
    """
    found = [middle(results.of(kind, n)) for n in (1, size) for kind in ("direct", name)]
    if None in found:
        return None
    direct_1, prefect_1, direct, prefect = (float(seconds or 0) for seconds in found)
    return Orchestration(prefect_1 - direct_1, prefect - direct, prefect)


def ratio(above: float | None, below: float | None) -> float | None:
    """One figure over another, None where one is missing."""
    return above / below if above and below else None


def bars(results: Results, sizes: tuple[int, ...]) -> list[Bar]:
    """All that is asked for, with what was measured at the sizes that it is asked for."""
    large = most_memory(results, LARGE)
    own = beside_own(results, LARGE)
    grown = exponents(results, tuple(s for s in sizes if SMALL <= s <= LARGE))
    after = exponents(results, tuple(s for s in sizes if SMALL <= s <= LARGE), single(results) or 0)
    wide = SMALL in sizes and LARGE in sizes
    cost, served = (orchestration(results, MIDDLE, name) for name in ("prefect", "served"))
    one, two = (middle(results.of(f"workers-{n}", MIDDLE)) for n in (1, 2))
    return [
        Bar("nothing new among 10,000", middle(results.of("nothing", LARGE)), 5, " s"),
        Bar("one new among 10,000, beyond its own cost", median(own) if own else None, 5, " s"),
        Bar("memory at 10,000", large / 1000 if large else None, 1.5, " GB"),
        Bar(
            "memory at 10,000 over memory at 1,000", ratio(large, most_memory(results, MIDDLE)), 1.5
        ),
        Bar("exponent of time, 100 to 10,000", grown.ends if wide and grown else None, 1.05),
        Bar("… start of the command left out", after.ends if wide and after else None, 1.05),
        Bar("two processes over one at 1,000", ratio(one, two), 1.7, "", at_most=False),
        Bar("Prefect's share at 1,000", 100 * cost.share if cost else None, 3, " %"),
        Bar("… its start left out", 100 * cost.share_after_start if cost else None, 3, " %"),
        Bar("… with a server that runs already", 100 * served.share if served else None, 3, " %"),
    ]
