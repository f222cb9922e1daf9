"""The SQLite file of a dataset: made anew or brought up to date, with the same bytes either way.

Tables are WITHOUT ROWID and come out of `VACUUM INTO`, which lays out the same content in the same
way, whatever was written and deleted before.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.columns import Column, Table
from pipeline.rows import OWN
from pipeline.schema import TABLE, TABLES

_SQL = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
_COOKIE = slice(40, 44)  # of the file: how often the schema changed, which is history
_FAST = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536", "foreign_keys = OFF")


class Base:
    """A draft of the file, to be filled."""

    def __init__(self, path: Path, earlier: Path | None = None) -> None:
        """Begin at `path`, empty or with the content of an earlier file."""
        self._fresh = earlier is None
        if earlier is not None:
            shutil.copyfile(earlier, path)
        self._base = sqlite3.connect(path, check_same_thread=False)  # one at a time, though
        for pragma in _FAST:
            self._base.execute(f"PRAGMA {pragma}")
        if self._fresh:
            for table in TABLES:
                self._base.execute(ddl(table))

    def clear(self, table: Table, low: str, high: str) -> None:
        """Delete the rows whose key is at or above `low` and below `high`."""
        if not self._fresh:
            sql = f'DELETE FROM "{table.name}" WHERE "{table.key}" >= ? AND "{table.key}" < ?'
            self._base.execute(sql, (low, high))

    def replace(self, table: Table, rows: Sequence[tuple[Any, ...]], low: str = "") -> None:
        """Have `rows` in place of those whose key is at or above `low`; only differences cost."""
        if self._fresh:
            self.add(table, rows)
            return
        there = set(
            self._base.execute(f'SELECT * FROM "{table.name}" WHERE "{table.key}" >= ?', (low,))
        )
        wanted = set(rows)
        self._delete(table, [row[0] for row in there - wanted])
        self.add(table, wanted - there)

    def keys(self, table: Table, low: str, label: str) -> list[str]:
        """The keys at or above `low` of the rows that have a label."""
        sql = f'SELECT "{table.key}" FROM "{table.name}" WHERE "{table.key}" >= ? AND label = ?'
        return [key for (key,) in self._base.execute(sql, (low, label))]

    def _delete(self, table: Table, keys: Iterable[str]) -> None:
        sql = f'DELETE FROM "{table.name}" WHERE "{table.key}" = ?'
        self._base.executemany(sql, [(key,) for key in keys])

    def add(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows of plain values."""
        marks = ", ".join("?" * len(table.columns))
        self._base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)

    def save(self, path: Path) -> None:
        """Write what there is to `path`, laid out in the one way there is."""
        if self._fresh:
            for statement in _indexes():
                self._base.execute(statement)
        self._base.commit()
        self._base.execute("VACUUM INTO ?", (str(path),))
        with path.open("r+b") as file:
            file.seek(_COOKIE.start)
            file.write((1).to_bytes(_COOKIE.stop - _COOKIE.start, "big"))

    def close(self) -> None:
        """Close the draft."""
        self._base.close()


@contextmanager
def draft(path: Path, earlier: Path | None = None) -> Iterator[Base]:
    """A draft at `path`, which is gone afterwards."""
    base = Base(path, earlier)
    try:
        yield base
    finally:
        base.close()
        path.unlink(missing_ok=True)


def ddl(table: Table) -> str:
    """The SQL that makes a table, with its keys and checks."""
    lines = [_column_sql(column, key=column.name == table.key) for column in table.columns]
    lines += [
        f'FOREIGN KEY ("{c.name}") REFERENCES "{c.references}" ("{TABLE[c.references].key}")'
        for c in table.columns
        if c.references
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n) WITHOUT ROWID"


def _column_sql(column: Column, *, key: bool) -> str:
    parts = [f'"{column.name}"', _SQL[column.type]]
    parts += ["PRIMARY KEY"] if key else []
    parts += [] if column.null else ["NOT NULL"]
    if column.values:
        listed = ", ".join(f"'{value}'" for value in column.values)
        parts.append(f'CHECK ("{column.name}" IN ({listed}))')
    return " ".join(parts)


def _is_in_key(table: Table, column: Column) -> bool:
    """Whether the key of a table begins with the id in a column, so that its order is an index."""
    return column.references == "documents" and table.name in (*OWN, "rankings")


def _indexes() -> Iterator[str]:
    for table in TABLES:
        for column in table.columns:
            if column.references and not _is_in_key(table, column):
                index = f"{table.name}_{column.name}"
                yield f'CREATE INDEX "{index}" ON "{table.name}" ("{column.name}")'
