"""A comparison as a file."""

import csv
import json
from pathlib import Path

import pandas as pd

from pipeline.diff.difference import COLUMNS, Difference


def write_csv(difference: Difference, path: Path, *, moved: bool = False) -> None:
    """One row a row that was added or removed and a changed cell (RFC 4180, LF).

    Args:
        moved: Whether moved rows are written, too.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for found in difference.tables.values():
            table.writerows(_plain(found.changes(moved=moved)))


def write_json(difference: Difference, path: Path, *, moved: bool = False) -> None:
    """What differs between the datasets, counts a table, and the rows of `write_csv`.

    Args:
        moved: Whether moved rows are written, too.
    """
    changes = [
        dict(zip(COLUMNS, row, strict=True))
        for found in difference.tables.values()
        for row in _plain(found.changes(moved=moved))
    ]
    content = difference.summary() | {"changes": changes}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _plain(changes: pd.DataFrame) -> list[tuple[str | None, ...]]:
    cells = changes.astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))
