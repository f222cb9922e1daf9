"""An evaluation as one page to read in a browser: no network, no script, light and dark.

`report.html.jinja` is the page, a file a chapter beside it; `plots.html.jinja` draws with SVG
whose lengths are percentages, so that the plots fit any width while their lines and letters keep
their size. Every plot stands beside its figures.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import __version__
from pipeline.evaluate.errors import KINDS
from pipeline.evaluate.groups import FEW
from pipeline.evaluate.intervals import Interval
from pipeline.evaluate.report import Report
from pipeline.evaluate.tiers import TIERS
from pipeline.records import LABELS

_HERE = Path(__file__).parent
_MOST_SHADE = 40  # % of the accent colour behind a cell's number, which stays readable


def save(report: Report, path: Path) -> None:
    """Write the page."""
    path.write_text(page(report), encoding="utf-8", newline="\n")


def page(report: Report) -> str:
    """The page; equal figures give equal bytes."""
    pages = Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"figure": figure, "interval": interval, "percent": percent, "shade": shade}
    return pages.get_template("report.html.jinja").render(
        report=report,
        version=__version__,
        style=(_HERE / "style.css").read_text(encoding="utf-8"),
        labels=LABELS,
        tiers=TIERS,
        kinds=KINDS,
        few=FEW,
        errors=_by_label(report),
    )


def _by_label(report: Report) -> dict[str, list[Any]]:
    """The errors of each label that has any."""
    found: dict[str, list[Any]] = {}
    for error in report.errors:
        found.setdefault(error.label, []).append(error)
    return found


def figure(value: float | None) -> str:
    """Three decimals; a dash where there is nothing to measure."""
    return "–" if value is None else f"{value:.3f}"


def interval(value: Interval | None) -> str:
    """As in `0.81–0.93`; a dash where there is none."""
    return f"{value.low:.2f}–{value.high:.2f}" if value else "–"


def percent(share: float) -> str:
    """A length in a plot from 0 to 1."""
    return f"{100 * min(1.0, max(0.0, share)):.2f}%"


def shade(n: int, row: Mapping[str, int] | tuple[int, ...]) -> int:
    """How strongly a cell of a confusion matrix is coloured, from its share of the row."""
    total = sum(row.values() if isinstance(row, Mapping) else row)
    return round(_MOST_SHADE * n / total) if total else 0
