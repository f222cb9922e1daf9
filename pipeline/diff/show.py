"""A comparison on the terminal."""

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.diff.difference import Difference, Part, TableDifference

_SHOWN = 5
_LONGEST = 60  # characters of a cell
_ABOVE = "provenance"  # its rows are what is told before the counts
_SIGNS = {
    "added": "[green]+[/green]",
    "removed": "[red]-[/red]",
    "changed": "[yellow]~[/yellow]",
    "moved": "[dim]>[/dim]",
}


def show(difference: Difference, *, limit: int, moved: bool, console: Console) -> None:
    """Print what differs: what was compared, counts a table, then rows by report.

    Args:
        limit: So many rows of each table are printed.
        moved: Whether moved rows are printed, too.
    """
    for note in difference.notes:
        console.print(f"[dim]note:[/dim] {escape(note)}", highlight=False)
    if difference.equal:
        console.print("no difference" if not difference.notes else "no other difference")
        return
    for line in _between(difference):
        console.print(line, highlight=False)
    console.print(_counts(difference))
    _rows(difference, limit, moved, console)


def _between(difference: Difference) -> list[str]:
    """What happened to reports, corrections and the rest."""
    lines = [
        f"{len(names)} report{'s' if len(names) > 1 else ''} {fate}: {escape(_some(names))}"
        for fate, names in difference.reports.items()
        if names
    ]
    if names := difference.corrections:
        lines.append(f"{len(names)} correction{'s' if len(names) > 1 else ''} in one only:")
        lines[-1] += f" {_some(names)}"
    parts: dict[tuple[str, str], list[Part]] = {}
    for part in difference.parts:
        parts.setdefault((part.kind, part.name), []).append(part)
    for kind in dict.fromkeys(kind for kind, _ in parts):
        named = [same for (other, _), same in parts.items() if other == kind]
        lines += [_spelled(same) for same in named[:_SHOWN]]
        if len(named) > _SHOWN:
            lines.append(f"{kind}: {len(named) - _SHOWN} more")
    return lines


def _spelled(same: list[Part]) -> str:
    """A part, with the stages that depend on it."""
    part = same[0]
    stages = ", ".join(p.stage for p in same if p.stage)
    where = f" (stage{'s' if len(same) > 1 else ''} {stages})" if stages else ""
    return escape(f"{part.kind} {part.name}{where}: {part.old or 'none'} → {part.new or 'none'}")


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _counts(difference: Difference) -> Table:
    table = Table("table", "rows", "added", "removed", "changed", "moved", "causes", box=None)
    for name in ("rows", "added", "removed", "changed", "moved"):
        next(c for c in table.columns if c.header == name).justify = "right"
    for name, found in difference.tables.items():
        if found.rows.empty:
            continue
        rows = f"{found.n_old:,}"
        if found.n_new != found.n_old:
            rows += f" → {found.n_new:,}"
        numbers = [f"{n:,}" if n else "" for n in found.counts.values()]
        counts = {} if name == _ABOVE else found.cause_counts()
        causes = "\n".join(f"{cause}: {n:,}" for cause, n in counts.items())
        table.add_row(name, rows, *numbers, escape(causes))
    return table


def _rows(difference: Difference, limit: int, moved: bool, console: Console) -> None:
    """The rows of each report, those of no report last."""
    listed: dict[str, list[tuple[str, list[str]]]] = {}
    cut = []
    for name, table in difference.tables.items():
        if name == _ABOVE:
            continue
        shown = table.rows if moved else table.rows[table.rows["kind"] != "moved"]
        for document, rows in shown.head(limit).groupby("document", dropna=False, sort=False):
            source = "" if pd.isna(document) else str(document)
            listed.setdefault(source, []).append((name, _lines(table, rows)))
        if len(shown) > limit:
            cut.append(f"{name}: … and {len(shown) - limit:,} more")
    for source in sorted(listed, key=lambda source: (not source, source)):
        console.print(f"\n[bold]{escape(source) or 'all reports together'}[/bold]", highlight=False)
        for name, lines in listed[source]:
            console.print(f"  {name}", highlight=False)
            for line in lines:
                console.print(f"    {line}", highlight=False)
    for line in cut:
        console.print(line, style="dim", highlight=False)


def _lines(table: TableDifference, rows: pd.DataFrame) -> list[str]:
    cells = table.cells[table.cells["row"].isin(rows.index)]
    changes: dict[int, list[str]] = {}
    for row, column, old, new in cells.itertuples(index=False):
        changes.setdefault(int(row), []).append(f"{column} {_cell(old)} → {_cell(new)}")
    lines = []
    for at, row in rows.iterrows():
        causes = "; ".join(map(str, table.causes[int(row["cause"])]))
        change = "; ".join(changes.get(int(str(at)), ()))
        what = escape(str(row["what"]) + (f": {change}" if change else ""))
        lines.append(f"{_SIGNS[row['kind']]} {what} [dim]({escape(causes)})[/dim]")
    return lines


def _cell(value: object) -> str:
    text = "none" if pd.isna(value) else str(value)  # type: ignore[call-overload]
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
