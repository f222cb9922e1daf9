"""Corrections into the file that a researcher keeps, without touching what is there."""

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pipeline.corrections import COLUMNS, load
from pipeline.records import Correction

_Key = tuple[str, ...]


def keep(rows: Sequence[Correction], path: Path, *, append: bool = False) -> None:
    """Write corrections; appended, they come after those that are there.

    A row that says the same as a new one gives way to it, so that the last word is the newest;
    further columns stay as they are.

    Raises:
        ValueError: If there is such a file and nothing is to be appended, or it is damaged.
        OSError: If it cannot be read or written.
    """
    if path.exists() and not append:
        raise ValueError(f"{path} exists; add --append, or name another file with --to")
    load(path)  # what is damaged there is told before anything is written
    names, kept = _rows(path)
    new = [{name: str(getattr(row, name) or "") for name in COLUMNS} for row in rows]
    said = {_key(row) for row in new}
    _write(path, names, [*(row for row in kept if _key(row) not in said), *new])


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of the file; the usual columns if there is none."""
    if not path.exists():
        return list(COLUMNS), []
    text = path.read_bytes().decode("utf-8-sig")
    table = csv.DictReader(io.StringIO(text, newline=""), restval="")
    rows = []
    for row in table:
        if None in row:
            raise ValueError(f"{path} line {table.line_num} has more cells than there are columns")
        rows.append(row)
    names = list(table.fieldnames or ())
    return [*names, *(name for name in COLUMNS if name not in names)], rows


def _key(row: dict[str, str]) -> _Key:
    return tuple((row.get(name) or "").strip() for name in COLUMNS if name != "note")


def _write(path: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    lines = io.StringIO()
    table = csv.DictWriter(lines, names, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    marked = path.exists() and path.read_bytes().startswith(codecs.BOM_UTF8)  # for spreadsheets
    draft.write_text(lines.getvalue(), encoding="utf-8-sig" if marked else "utf-8", newline="\n")
    draft.replace(path)
