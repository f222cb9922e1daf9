"""The cells of a file of corrections, as people's spreadsheets write it.

Columns are told by their names in any order and case, the cells apart by comma, semicolon or tab.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.corrections.kinds import COLUMNS

_NEEDED = ("document", "quote", "action")
_DELIMITERS = ",;\t"
# What may stand before the table: a byte order mark, and how Excel is told what parts the cells.
_START = re.compile(r"\ufeff?(?:\"?sep=(.)\"?\r?\n)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of corrections.

    Attributes:
        columns: Their names; those that are ours as in `COLUMNS`.
        rows: The line in which each row ends, and its cells, one a column; empty rows left out.
        start: What stands before the table.
        delimiter: What parts the cells.
    """

    columns: tuple[str, ...] = COLUMNS
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    start: str = ""
    delimiter: str = ","

    def with_rows(self, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
        """The text of such a file with other columns and rows; lines end in LF."""
        lines = io.StringIO()
        table = csv.writer(lines, delimiter=self.delimiter, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
        return self.start.replace("\r", "") + lines.getvalue()


def sheet(data: bytes, name: str) -> Sheet:
    """The cells of a file.

    Args:
        name: What errors call it.

    Raises:
        ValueError: If it cannot be understood; the message names the line.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8, which"
            " spreadsheets call “CSV UTF-8” or ask for as the character set"
        ) from error
    start = _START.match(text)
    assert start is not None  # it may be empty
    table = text[start.end() :]
    delimiter = start[1] or max(_DELIMITERS, key=table.partition("\n")[0].count)
    above = start[0].count("\n")
    lines = csv.reader(io.StringIO(table, newline=""), strict=True, delimiter=delimiter)
    try:
        columns = tuple(_column(cell) for cell in next(lines, []))
        _check(columns, name)
        rows = []
        for cells in lines:
            line = lines.line_num + above
            if any(cell.strip() for cell in cells[len(columns) :]):
                raise ValueError(
                    f"{name} line {line}: more cells than columns; put quotes around a cell that"
                    f" holds {delimiter!r}"
                )
            if any(cell.strip() for cell in cells):
                rows.append((line, tuple(_filled(cells, len(columns)))))
    except csv.Error as error:
        raise ValueError(f"{name} line {lines.line_num + above}: {error}") from error
    return Sheet(columns, tuple(rows), start[0], delimiter)


def _column(cell: str) -> str:
    name = cell.strip()
    return name.lower() if name.lower() in COLUMNS else name


def _check(columns: tuple[str, ...], name: str) -> None:
    if twice := [column for column in COLUMNS if columns.count(column) > 1]:
        raise ValueError(f"{name} has the column {twice[0]!r} twice")
    if missing := [column for column in _NEEDED if column not in columns]:
        raise ValueError(f"{name} has no column {missing[0]!r}; it needs {', '.join(_NEEDED)}")


def _filled(cells: list[str], n: int) -> Iterator[str]:
    yield from cells[:n]
    yield from [""] * (n - len(cells))
