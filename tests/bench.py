"""Words a second of the journey and the share of each stage: `make bench`.

Each report is processed once to load models, then three times; the medians are summed.
"""

import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from pipeline import citations, extract, layout, link, rankings, read, segment, tiers
from pipeline.files import Source, discover
from pipeline.journey import whole_country
from pipeline.records import Unreadable
from pipeline.settings import DEFAULT

ROUNDS = 3


def stages(source: Source) -> tuple[int, dict[str, float]]:
    """Number of words of a report, and seconds spent in each stage."""
    seconds: dict[str, float] = {}
    at = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal at
        now = time.perf_counter()
        seconds[name] = now - at
        at = now

    report = read.read(source, DEFAULT)
    lap("read")
    text = report.text
    outline = layout.outline(text, report.source)
    lap("layout")
    statements = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, statements)
    lap("tiers")
    segments = segment.segments(outline, text, statements, report.source)
    lap("segment")
    mentions = extract.mentions(outline, text, segments)
    lap("extract")
    mentions = link.resolve(mentions, text, segments, whole_country(segments))
    lap("link")
    rankings.find(outline, text, segments, mentions)
    lap("rankings")
    citations.citations(outline, text)
    lap("citations")
    return len(text.split()), seconds


def main(raw: Path) -> None:
    """Print the figures for all reports under `raw`."""
    words, total = 0, defaultdict(float)
    for source in discover(raw):
        try:
            stages(source)
        except Unreadable as reason:
            print(f"{source.name}: {reason}")
            continue
        runs = [stages(source) for _ in range(ROUNDS)]
        words += runs[0][0]
        for name in runs[0][1]:
            total[name] += median(seconds[name] for _, seconds in runs)
    whole = sum(total.values())
    for name, seconds in total.items():
        print(f"{name:<10} {seconds:8.3f} s {seconds / whole:6.1%}")
    print(f"{'all':<10} {whole:8.3f} s        {words / whole:,.0f} words/s ({words:,} words)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "raw"))
