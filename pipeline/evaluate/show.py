"""An evaluation as text for the terminal and as JSON."""

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.evaluate import Report
from pipeline.evaluate.scores import Counts
from pipeline.evaluate.segments import SegmentScores

_SEGMENT_ROWS = (
    ("right bounds and country", "exact", "gold"),
    ("characters with right country", "characters_right", "characters"),
    ("tier", "tier", "graded"),
    ("score exact", "score", "graded"),
    ("score within interval", "score_held", "graded"),
)


def text(report: Report, *, errors: int = 0) -> str:
    """The figures beside the baseline's.

    Args:
        errors: Number of errors a label to list.
    """
    lines = [f"{len(report.documents)} reports with gold: {', '.join(report.documents)}", ""]
    lines += _mentions(report)
    if report.segments.gold:
        lines += ["", *_segments(report.segments, report.baseline_segments)]
        lines += ["", f"tier statements  {_prf(report.statements)}"]
    if any(c.gold for c in report.rankings.values()):
        lines += [f"rankings, {name:<21} {_prf(c)}" for name, c in report.rankings.items()]
    if errors:
        lines += ["", *_errors(report, errors)]
    return "\n".join(lines)


def save(report: Report, path: Path) -> None:
    """Write the figures as JSON."""
    path.write_text(json.dumps(report.as_dict(), indent=2) + "\n", encoding="utf-8")


def _prf(counts: Counts) -> str:
    return (
        f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}  ({counts.gold} gold)"
    )


def _mentions(report: Report) -> Iterable[str]:
    yield "mentions       exact                   relaxed                 baseline   gold"
    yield "                 P      R      F1       P      R      F1      exact F1"
    for label, row in report.mentions.items():
        exact, relaxed = row["exact"], row["relaxed"]
        base = report.baseline[label]["exact"]
        yield (
            f"{label:<13} {exact.precision:6.3f} {exact.recall:6.3f} {exact.f1:6.3f}  "
            f"{relaxed.precision:6.3f} {relaxed.recall:6.3f} {relaxed.f1:6.3f}   "
            f"{base.f1:8.3f} {exact.gold:7d}"
        )


def _segments(ours: SegmentScores, base: SegmentScores) -> Iterable[str]:
    yield "segments                              ours            baseline"
    for name, part, whole in _SEGMENT_ROWS:
        n = getattr(ours, whole)
        yield f"{name:<32} {getattr(ours, part):6d} of {n:<8d} {getattr(base, part):6d} of {n}"
    a, b = ours.shares()["boundary_f1"], base.shares()["boundary_f1"]
    yield f"{'boundaries, F1':<32} {a:9.3f} {b:18.3f}"


def _errors(report: Report, most: int) -> Iterable[str]:
    shown: dict[tuple[str, str], int] = {}
    for document, label, kind, words in report.errors:
        shown[label, kind] = shown.get((label, kind), 0) + 1
        if shown[label, kind] <= most:
            yield f"{label:<9} {kind:<7} {document}: {words!r}"
