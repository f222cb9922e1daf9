"""The figures of `models/README.md`: `python -m tests.card REPORTS GOLD [GOLD …]`.

Exact mentions by label with 95 % intervals (bootstrap over sections), by layout and by group of
countries, and what a threshold on the confidence buys.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline import journey
from pipeline.evaluate.gold import load
from pipeline.extract.weights import NAMES
from pipeline.files import discover
from pipeline.records import Result
from pipeline.settings import DEFAULT

RESAMPLES = 2000
GROUPS = {
    "English-speaking": "AUS CAN GBR IRL NZL USA",
    "Nordic and Baltic": "DNK SWE NOR FIN ISL EST LVA LTU",
    "Western and Southern Europe": "AUT BEL CHE CYP DEU ESP FRA GRC ITA LUX MLT NLD PRT",
    "Central and Eastern Europe": "BGR CZE HRV HUN POL ROU SVK SVN",
    "Asia, Latin America, Turkey, Israel": "JPN KOR CHL COL CRI MEX TUR ISR",
}


@dataclass(frozen=True)
class Case:
    """A mention found or wanted: where, of which label, and what became of it."""

    unit: tuple[str, int]
    layout: str
    country: str | None
    label: str
    outcome: str  # 'hit', 'wrong', 'missed'
    confidence: float


def cases(raw: Path, folders: list[Path]) -> Iterator[Case]:
    """Every mention but years of every report with gold."""
    gold = {g.document: g for folder in folders for g in load(folder)}
    for source in discover(raw):
        if source.path.name not in gold:
            continue
        result = journey.travel(source)
        assert isinstance(result, Result)
        wanted = {s for s in gold[source.path.name].mentions if s[2] != "YEAR"}
        found = {(m.start, m.end, m.label): m.confidence for m in result.mentions}
        found = {span: p for span, p in found.items() if span[2] != "YEAR"}
        for span in sorted(wanted | found.keys()):
            host = next((s for s in result.segments if s.start <= span[0] < s.end), None)
            outcome = "missed" if span not in found else "hit" if span in wanted else "wrong"
            yield Case(
                (source.path.name, host.start if host else -1),
                result.outline.layout,
                host.country if host else None,
                span[2],
                outcome,
                found.get(span, 1.0),
            )


def line(name: str, some: list[Case]) -> str:
    """A row: name, precision, recall, F1 with its interval, number of gold mentions."""
    units = sorted({c.unit for c in some})
    places = {unit: i for i, unit in enumerate(units)}
    table = np.zeros((len(units), 3))
    for case in some:
        table[places[case.unit], ("hit", "wrong", "missed").index(case.outcome)] += 1
    hit, wrong, missed = table.sum(0)
    random = np.random.default_rng(DEFAULT.seed)
    drawn = table[random.integers(0, len(units), (RESAMPLES, len(units)))].sum(1)
    f1 = 2 * drawn[:, 0] / np.maximum(1, 2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2])
    low, high = np.quantile(f1, (0.025, 0.975))
    precision, recall = hit / max(1, hit + wrong), hit / max(1, hit + missed)
    whole = 2 * hit / max(1, 2 * hit + wrong + missed)
    return (
        f"| {name} | {precision:.3f} | {recall:.3f} | {whole:.3f} | {low:.2f}–{high:.2f} "
        f"| {hit + missed:.0f} |"
    )


def main(raw: Path, folders: list[Path]) -> None:
    """Print all tables."""
    everything = list(cases(raw, folders))
    print("| | precision | recall | F1 | 95 % interval | gold |\n|---|---|---|---|---|---|")
    for label in NAMES:
        print(line(label, [c for c in everything if c.label == label]))
    print(line("all", everything))
    for layout in sorted({c.layout for c in everything}):
        print(line(f"layout: {layout}", [c for c in everything if c.layout == layout]))
    for group, codes in GROUPS.items():
        inside = [c for c in everything if c.country in codes.split()]
        if inside:
            print(line(group, inside))
    print("\n| confidence at least | precision | recall |\n|---|---|---|")
    total = Counter(c.outcome for c in everything)
    for least in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = Counter(c.outcome for c in everything if c.confidence >= least)
        precision = kept["hit"] / max(1, kept["hit"] + kept["wrong"])
        recall = kept["hit"] / (total["hit"] + total["missed"])
        print(f"| {least} | {precision:.3f} | {recall:.3f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
