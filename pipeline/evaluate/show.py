"""An evaluation as text for the terminal and as JSON."""

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.evaluate import Report
from pipeline.evaluate.robust import Robustness
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
    if report.linking:
        b = report.linking
        lines += [
            f"entities, B³   {b.precision:6.3f} {b.recall:6.3f} {b.f1:6.3f}"
            f"  ({b.mentions} mentions with right bounds)"
        ]
    if report.segments.gold:
        lines += ["", *_segments(report.segments, report.baseline_segments)]
        lines += ["", f"tier statements  {_prf(report.statements)}"]
    if any(c.gold for c in report.rankings.values()):
        lines += [f"rankings, {name:<21} {_prf(c)}" for name, c in report.rankings.items()]
    if report.robustness:
        lines += ["", *_robustness(report.robustness)]
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
    others = {"names only": report.baseline}
    if report.off_the_shelf:
        others["spaCy"] = report.off_the_shelf
    yield "mentions       exact                   relaxed                  gold   exact F1 of"
    heads = "".join(f"{name:>12}" for name in others)
    yield f"                 P      R      F1       P      R      F1             {heads}"
    for label, row in report.mentions.items():
        exact, relaxed = row["exact"], row["relaxed"]
        rest = "".join(f"{table[label]['exact'].f1:12.3f}" for table in others.values())
        yield (
            f"{label:<13} {exact.precision:6.3f} {exact.recall:6.3f} {exact.f1:6.3f}  "
            f"{relaxed.precision:6.3f} {relaxed.recall:6.3f} {relaxed.f1:6.3f} {exact.gold:7d}  "
            f"{rest}"
        )


def _segments(ours: SegmentScores, baselines: dict[str, SegmentScores]) -> Iterable[str]:
    table = {"govtable": ours, **baselines}
    yield f"{'country sections':<33}" + "".join(f"{name:>18}" for name in table)
    for name, part, whole in _SEGMENT_ROWS:
        cells = (f"{getattr(s, part)} of {getattr(s, whole)}" for s in table.values())
        yield f"{name:<33}" + "".join(f"{cell:>18}" for cell in cells)
    cells = (f"{s.shares()['boundary_f1']:.3f}" for s in table.values())
    yield f"{'boundaries, F1':<33}" + "".join(f"{cell:>18}" for cell in cells)
    if missing := {"TextTiling", "country-ner"} - baselines.keys():
        yield f"not installed: {', '.join(sorted(missing))} (pip install 'govtable[baselines]')"


def _robustness(found: Robustness) -> Iterable[str]:
    yield "pages without headings made from the gold"
    yield f"{'':<22}{'pages':>7}{'sections':>10}{'exact':>8}{'bounds':>8}{'chars':>8}{'tier':>8}"
    for kind, scores in found.scores.items():
        shares = scores.shares()
        yield (
            f"{kind:<22}{found.pages[kind]:>7}{scores.gold:>10}{shares['exact_share']:>8.3f}"
            f"{shares['boundary_f1']:>8.3f}{shares['character_accuracy']:>8.3f}"
            f"{scores.tier_anywhere / scores.graded if scores.graded else 1:>8.3f}"
        )
    yield ""
    yield f"confidence of their countries, expected calibration error {found.calibration_error:.3f}"
    for b in found.bins:
        yield (
            f"{b.low:.1f}-{b.high:.1f} {b.n:>7} sections  confidence {b.confidence:.3f}"
            f"  right {b.right:.3f}"
        )


def _errors(report: Report, most: int) -> Iterable[str]:
    shown: dict[tuple[str, str], int] = {}
    for document, label, kind, words in report.errors:
        shown[label, kind] = shown.get((label, kind), 0) + 1
        if shown[label, kind] <= most:
            yield f"{label:<9} {kind:<7} {document}: {words!r}"
