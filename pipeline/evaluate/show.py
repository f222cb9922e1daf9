"""An evaluation as text for the terminal, at most 100 characters wide, and as JSON."""

import json
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.evaluate.agreement import Agreement
from pipeline.evaluate.listing import (
    calibrations,
    compared,
    figure,
    group_rows,
    interval,
    protocol_rows,
    sections_and_tiers,
)
from pipeline.evaluate.report import Report
from pipeline.evaluate.robust import Robustness
from pipeline.evaluate.scores import Counts
from pipeline.evaluate.segments import SegmentScores

_WIDTH = 100
_SEGMENT_ROWS = (
    ("right bounds and country", "exact", "gold"),
    ("characters of right country", "characters_right", "characters"),
    ("tier", "tier", "graded"),
    ("score exact", "score", "scored"),
    ("score within interval", "score_held", "scored"),
)


def text(report: Report, *, errors: int = 0, by: Sequence[str] = ()) -> str:
    """The figures beside the baseline's.

    Args:
        errors: Number of errors a label and kind to list.
        by: The dimensions whose groups to list, of `groups.DIMENSIONS`.
    """
    names = f"{len(report.documents)} reports with gold: {', '.join(report.documents)}"
    parts: list[Iterable[str]] = [_wrapped(names), _mentions(report)]
    if report.segments.gold:
        parts += [_segments(report.segments, report.baseline_segments), sections_and_tiers(report)]
    parts += [_rows(report)]
    parts += [group_rows(name, report.groups.get(name, ())) for name in by]
    if report.calibration:
        parts += [calibrations(report.calibration)]
    if report.protocol:
        parts += [protocol_rows(report.protocol)]
    if report.agreement:
        parts += [compared(report.agreement)]
    if report.robustness:
        parts += [_robustness(report.robustness)]
    if errors:
        parts += [_errors(report, errors)]
    return _joined(parts)


def agreed(found: Agreement, *, differences: int = 0) -> str:
    """The agreement of two golds.

    Args:
        differences: Number of differences to list.
    """
    return _joined([compared(found), _differences(found, differences)])


def save(report: Report | Agreement, path: Path) -> None:
    """Write the figures as JSON."""
    figures = json.dumps(report.as_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(figures + "\n", encoding="utf-8", newline="\n")


def _joined(parts: Iterable[Iterable[str]]) -> str:
    """Parts with a blank line between them, empty ones left out."""
    return "\n\n".join(filter(None, ("\n".join(lines) for lines in parts)))


def _rows(report: Report) -> Iterable[str]:
    """What is right or wrong as a whole row."""
    if report.segments.gold:
        yield f"{'tier statements':<31} {_prf(report.statements)}"
    if any(counts.gold for counts in report.rankings.values()):
        for name, counts in report.rankings.items():
            yield f"rankings, {name:<21} {_prf(counts)}"


def _prf(counts: Counts) -> str:
    precision, recall, f1 = (figure(value).strip() for value in counts.known)
    return f"P {precision}  R {recall}  F1 {f1}  ({counts.gold} gold)"


def _mentions(report: Report) -> Iterable[str]:
    others = {"names only": report.baseline}
    if report.off_the_shelf:
        others["spaCy"] = report.off_the_shelf
    heads = "".join(f"{name:>12}" for name in others)
    yield f"{'mentions':<13} {'exact':>6} {'':<23} {'relaxed':>7} {'':<23} {'exact F1 of':>12}"
    yield (
        f"{'':<13} {'P':>6} {'R':>6} {'F1':>6} {'95 %':<9} {'P':>7} {'R':>6} {'F1':>6}"
        f" {'gold':>6}   {heads}"
    )
    for label, row in report.mentions.items():
        exact, relaxed = row["exact"], row["relaxed"]
        rest = "".join(f"{figure(table[label]['exact'].known.f1):>12}" for table in others.values())
        figures = report.figures.get(label)
        sure = interval(figures["exact"].f1 if figures else None)
        yield (
            f"{label:<13} {' '.join(map(figure, exact.known))} {sure:<9}"
            f"  {' '.join(map(figure, relaxed.known))} {exact.gold:6d}   {rest}"
        )
    for kind, macro in report.macro.items():
        name = f"mean of {macro.labels} labels, {kind}"
        yield f"{name:<27} {macro.f1:6.3f} {interval(macro.interval)}".rstrip()
    if report.linking:
        b = report.linking
        yield (
            f"{'entities, B³':<13} {b.precision:6.3f} {b.recall:6.3f} {b.f1:6.3f}"
            f"  ({b.mentions} mentions with right bounds)"
        )
    if report.resamples:
        yield f"95 % intervals from {report.resamples} draws of sections"


def _segments(ours: SegmentScores, baselines: dict[str, SegmentScores]) -> Iterable[str]:
    table = {"govtable": ours, **baselines}
    yield f"{'country sections':<28}" + "".join(f"{name:>18}" for name in table)
    for name, part, whole in _SEGMENT_ROWS:
        cells = (f"{getattr(s, part)} of {getattr(s, whole)}" for s in table.values())
        yield f"{name:<28}" + "".join(f"{cell:>18}" for cell in cells)
    cells = (figure(s.shares()["boundary_f1"]).strip() for s in table.values())
    yield f"{'boundaries, F1':<28}" + "".join(f"{cell:>18}" for cell in cells)
    if missing := {"TextTiling", "country-ner"} - baselines.keys():
        yield f"not installed: {', '.join(sorted(missing))} (extra `baselines`)"


def _robustness(found: Robustness) -> Iterable[str]:
    yield "pages without headings made from the gold"
    yield f"{'':<22}{'pages':>7}{'sections':>10}{'exact':>8}{'bounds':>8}{'chars':>8}{'tier':>8}"
    for kind, scores in found.scores.items():
        shares = scores.shares()
        yield (
            f"{kind:<22}{found.pages[kind]:>7}{scores.gold:>10}{figure(shares['exact_share']):>8}"
            f"{figure(shares['boundary_f1']):>8}{figure(shares['character_accuracy']):>8}"
            f"{figure(scores.tier_anywhere / scores.graded if scores.graded else None):>8}"
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
    for e in report.errors:
        shown[e.label, e.kind] = shown.get((e.label, e.kind), 0) + 1
        if shown[e.label, e.kind] > most:
            continue
        instead = f"  found: {e.instead!r}" if e.instead else ""
        place = f"{e.document} {e.start}:{e.end}" + (f" {e.country}" if e.country else "")
        yield from _wrapped(f"{e.label:<9} {e.kind:<12} {place}{instead}")
        yield from _quoted(e.before, e.text, e.after)


def _differences(found: Agreement, most: int) -> Iterable[str]:
    for d in found.differences[:most]:
        labels = f"{d.first or '-'} | {d.second or '-'}"
        other = f"  second: {d.other!r}" if d.other else ""
        line = f"{d.kind:<12} {labels:<20} {d.document} {d.start}:{d.end}{other}"
        yield from _wrapped(line)
        yield from _quoted(d.before, d.text, d.after)
    if (rest := len(found.differences) - most) > 0:
        yield f"{rest} {'more ' if most else ''}differences; list them with --differences"


def _quoted(before: str, words: str, after: str) -> list[str]:
    """Words in double brackets with the text around them, wrapped and indented."""
    line = f"{before}[[{' '.join(words.split())}]]{after}".strip()
    return _wrapped(line, "    ")


def _wrapped(line: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        line,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent or "    ",
        break_on_hyphens=False,
    )
