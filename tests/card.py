"""The figures of `models/README.md`: `python -m tests.card REPORTS GOLD [GOLD …]`.

Exact mentions by label with 95 % intervals (bootstrap over sections), by layout and by group of
countries, and what a threshold on the confidence buys: the figures of `govtable evaluate`, over
several golds at once.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluate.figures import figures
from pipeline.evaluate.gold import checked, load
from pipeline.evaluate.outcomes import Outcome, outcomes
from pipeline.evaluate.protocols import above
from pipeline.evaluate.reports import results
from pipeline.extract.weights import NAMES

RESAMPLES = 2000
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
GROUPS = {
    "English-speaking": "AUS CAN GBR IRL NZL USA",
    "Nordic and Baltic": "DNK SWE NOR FIN ISL EST LVA LTU",
    "Western and Southern Europe": "AUT BEL CHE CYP DEU ESP FRA GRC ITA LUX MLT NLD PRT",
    "Central and Eastern Europe": "BGR CZE HRV HUN POL ROU SVK SVN",
    "Asia, Latin America, Turkey, Israel": "JPN KOR CHL COL CRI MEX TUR ISR",
}


def cases(raw: Path, folders: Sequence[Path]) -> list[Outcome]:
    """Every mention but years of every report with gold."""
    golds = [gold for folder in folders for gold in load(folder)]
    found = results(golds, raw)
    return [
        outcome
        for gold in golds
        for outcome in outcomes(
            checked(gold, found[gold.document].report.text), found[gold.document]
        )
        if outcome.label != "YEAR"
    ]


def line(name: str, some: Sequence[Outcome]) -> str:
    """A row: name, precision, recall, F1 with its interval, number of gold mentions."""
    exact = figures(some, RESAMPLES)["all"]["exact"]
    shares = " | ".join("–" if share is None else f"{share:.3f}" for share in exact.counts.known)
    interval = f"{exact.f1.low:.2f}–{exact.f1.high:.2f}" if exact.f1 else "–"
    return f"| {name} | {shares} | {interval} | {exact.counts.gold} |"


def main(raw: Path, folders: Sequence[Path]) -> None:
    """Print all tables."""
    everything = cases(raw, folders)
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
    for least in THRESHOLDS:
        kept = above(everything, least)
        print(f"| {least} | {kept.precision:.3f} | {kept.recall:.3f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
