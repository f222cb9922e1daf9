"""Whether the SQLite file of a release is whole and says the same as the Parquet files."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.write import DATABASE

_ROWS = 20_000  # at a time, so that memory stays bounded


def problems(folder: Path, resources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Damage, foreign keys that point nowhere, rows that are not those of the Parquet file."""
    try:
        uri = f"{(folder / DATABASE).resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as base:
            for (said,) in base.execute("PRAGMA integrity_check(3)"):
                if said != "ok":
                    yield f"{DATABASE}: {said}"
            for row in base.execute("PRAGMA foreign_key_check").fetchmany(3):
                yield f"{DATABASE}: a foreign key of {row[0]} points nowhere"
            for resource in resources:
                if not _same(base, folder, resource):
                    yield f"{DATABASE}: {resource['name']} differs from {resource['name']}.parquet"
    except (sqlite3.DatabaseError, OSError, pa.ArrowException) as error:
        yield f"{DATABASE}: {error}"


def _same(base: sqlite3.Connection, folder: Path, resource: Mapping[str, Any]) -> bool:
    """Whether a table has the rows of its Parquet file, both in the order of the key."""
    name, (key,) = resource["name"], resource["schema"]["primaryKey"]
    data = pq.read_table(folder / f"{name}.parquet").sort_by(key)
    columns = ", ".join(f'"{column}"' for column in data.column_names)
    found = base.execute(f'SELECT {columns} FROM "{name}" ORDER BY "{key}"')
    at = 0
    while rows := found.fetchmany(_ROWS):
        if not _equal(rows, data.slice(at, len(rows))):
            return False
        at += len(rows)
    return at == len(data)


def _equal(rows: Sequence[tuple[Any, ...]], data: pa.Table) -> bool:
    if len(rows) != len(data):
        return False
    try:
        return all(
            column.combine_chunks().equals(pa.array(cells, column.type))
            for cells, column in zip(zip(*rows, strict=True), data.columns, strict=True)
        )
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return False
