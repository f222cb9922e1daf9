"""Whether the figures hold where nothing was learned: each country of gold left out in turn."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from pipeline.accuracy.agencies import ranges, seen
from pipeline.accuracy.counts import Cell, Counts, Tally
from pipeline.accuracy.estimate import estimate, learned
from pipeline.settings import DEFAULT

LEAST = 5  # rows of a label in a country, to be checked as a subset
_TAILS = (0.025, 0.975)
_EDGE = 1e-3
Check = dict[str, float]


def checks(counts: Counts) -> dict[str, Check]:
    """What came out on countries left out: of subsets (a label in a country), and of agencies."""
    return {**subsets(counts), "agencies": agencies(counts)}


def agencies(counts: Counts) -> Check:
    """How many sections have the right number within the range, and how wide ranges are.

    The baseline takes what was found for the truth.
    """
    sections = seen(counts)
    held, plain, widths = 0, 0, []
    for country in sorted({s.country or "" for s in sections}):
        own = [s for s in sections if (s.country or "") == country]
        others = [s for s in sections if (s.country or "") != country]
        listed = ranges(others, max(s.found for s in own))
        for s in own:
            low, high = listed[s.found]
            held += low <= s.there <= high
            plain += s.there == s.found
            widths.append(high - low)
    n = len(sections)
    return _rounded(
        sections=n, held=held / n, held_plain=plain / n, mean_width=float(np.mean(widths)),
        mean_there=float(np.mean([s.there for s in sections])),
    )  # fmt: skip


def subsets(counts: Counts) -> dict[str, Check]:
    """Precision and recall of each label in each country, foretold from the other countries.

    `held`: share of subsets whose own figure lies within the 95 % interval, once chance in so few
    rows is added. `loss`: mean log loss of the rows; beside it that of one figure a label.
    """
    random = np.random.default_rng(DEFAULT.seed)
    found: dict[str, list[tuple[int, int, np.ndarray, float]]] = {"precision": [], "recall": []}
    real = [t for t in counts.mentions if not counts.sample(t)]
    for country in sorted({t.cell.country for t in real if t.cell.country}):
        rest = counts.without(country)
        models = learned(rest, "mentions")
        plain = _plain([t for t in rest.mentions if not counts.sample(t)])
        for label, own in _labels([t for t in real if t.cell.country == country]):
            n, right = sum(t.found for t in own), sum(t.right for t in own)
            gold = right + sum(t.missed for t in own)
            if n < LEAST or gold < LEAST:
                continue
            cells: Counter[Cell] = Counter()
            sections: Counter[int] = Counter()
            for t in own:
                if t.found:
                    cells[t.cell] += t.found
                    sections[t.unit] += t.found
            draws = estimate(models, cells, sections=list(sections.values()))
            assert draws[1] is not None
            found["precision"].append((right, n, draws[0], plain[label][0]))
            found["recall"].append((right, gold, draws[1], plain[label][1]))
    return {name: _told(rows, random) for name, rows in found.items()}


def _labels(tallies: Sequence[Tally]) -> Iterator[tuple[str, list[Tally]]]:
    for label in sorted({t.cell.label for t in tallies} - {"YEAR"}):
        yield label, [t for t in tallies if t.cell.label == label]


def _plain(tallies: Sequence[Tally]) -> Mapping[str, tuple[float, float]]:
    """One precision and one recall a label."""
    found = {}
    for label, own in _labels(tallies):
        right, n = sum(t.right for t in own), sum(t.found for t in own)
        gold = right + sum(t.missed for t in own)
        found[label] = (right + 1) / (n + 2), (right + 1) / (gold + 2)
    return found


def _told(rows: Sequence[tuple[int, int, np.ndarray, float]], random: np.random.Generator) -> Check:
    held, loss, plain, n_rows = 0, 0.0, 0.0, 0
    for hits, n, draws, baseline in rows:
        low, high = np.quantile(random.binomial(n, draws) / n, _TAILS)
        held += int(low <= hits / n <= high)
        loss += _loss(hits, n, float(draws.mean()))
        plain += _loss(hits, n, baseline)
        n_rows += n
    if not rows:
        return {}
    return _rounded(
        subsets=len(rows), rows=n_rows, held=held / len(rows), loss=loss / n_rows,
        loss_plain=plain / n_rows,
    )  # fmt: skip


def _loss(hits: int, n: int, rate: float) -> float:
    p = min(max(rate, _EDGE), 1 - _EDGE)
    return float(-(hits * np.log(p) + (n - hits) * np.log(1 - p)))


def _rounded(**figures: float) -> Check:
    return {name: round(value, 4) for name, value in figures.items()}
