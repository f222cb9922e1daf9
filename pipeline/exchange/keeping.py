"""Corrections into the file that a researcher keeps, without touching what is there."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.corrections import COLUMNS, load
from pipeline.corrections.sheet import Sheet, sheet
from pipeline.records import Correction

_Cells = tuple[str, ...]


def keep(rows: Sequence[Correction], path: Path, *, append: bool = False) -> None:
    """Write corrections; appended, they come after those that are there.

    A row that says the same as a new one moves to its place, so that the last word is the newest;
    notes and further columns stay, and so does what parts the cells.

    Raises:
        ValueError: If there is such a file and nothing is to be appended, or it is damaged.
        OSError: If it cannot be read or written.
    """
    if path.exists() and not append:
        raise ValueError(f"{path} exists; add --append, or name another file with --to")
    load(path)  # what is damaged there is told before anything is written
    there = sheet(path.read_bytes(), str(path)) if path.exists() else Sheet()
    columns = (*there.columns, *(name for name in COLUMNS if name not in there.columns))
    lacking = ("",) * (len(columns) - len(there.columns))
    kept = [(*cells, *lacking) for _, cells in there.rows]
    earlier = {_key(columns, cells): cells for cells in kept}
    new = {}
    for row in rows:
        said = {name: str(value) for name in COLUMNS if (value := getattr(row, name)) is not None}
        cells = tuple(said.get(name, "") for name in columns)
        old = earlier.get(_key(columns, cells), cells)
        new[_key(columns, cells)] = tuple(a or b for a, b in zip(cells, old, strict=True))
    left = [cells for cells in kept if _key(columns, cells) not in new]
    _write(path, there.with_rows(columns, [*left, *new.values()]))


def _key(columns: _Cells, cells: _Cells) -> _Cells:
    """What a row says, but for its note."""
    said = dict(zip(columns, cells, strict=True))
    return tuple(said[name].strip() for name in COLUMNS if name != "note")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
