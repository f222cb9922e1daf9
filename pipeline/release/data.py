"""The tables and texts of a release: copied, or written again without stretches of the reports."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.arrow import parquet_schema
from pipeline.columns import Column, Table
from pipeline.parts import csv, head
from pipeline.schema import TABLES
from pipeline.sqlite import ddl
from pipeline.write import DATABASE

TEXTS = "text"
_ROWS = 1 << 17  # a row group


def tables(*, texts: bool) -> tuple[Table, ...]:
    """The tables of a release; without texts, what holds stretches of them is always empty."""
    return TABLES if texts else tuple(_without_texts(table) for table in TABLES)


def _without_texts(table: Table) -> Table:
    return replace(table, columns=tuple(_hidden(c) if c.quoted else c for c in table.columns))


def _hidden(column: Column) -> Column:
    about = f"{column.about} (left out of this release)"
    return replace(column, null=True, about=about)


def write(out: Path, folder: Path, *, texts: bool) -> None:
    """Write tables, database and texts of the dataset `out` into a release's folder."""
    for table in tables(texts=texts):
        if texts or not any(column.quoted for column in table.columns):
            for suffix in (".csv", ".parquet"):
                shutil.copyfile(out / (table.name + suffix), folder / (table.name + suffix))
        else:
            _rewrite(out, folder, table)
    if texts:
        shutil.copyfile(out / DATABASE, folder / DATABASE)
        _copy_texts(out, folder)
    else:
        _write_database(out / DATABASE, folder / DATABASE, tables(texts=False))


def _copy_texts(out: Path, folder: Path) -> None:
    """Copy the canonical texts of the documents that were read."""
    (folder / TEXTS).mkdir()
    documents = pq.read_table(out / "documents.parquet", columns=["document_id", "status"])
    read = documents.filter(pc.equal(documents["status"], "ok"))
    for document_id in read["document_id"].to_pylist():
        name = f"{document_id}.txt"
        shutil.copyfile(out / TEXTS / name, folder / TEXTS / name)


def _rewrite(out: Path, folder: Path, table: Table) -> None:
    """Write a table with its quoted columns empty."""
    data = pq.read_table(out / f"{table.name}.parquet")
    schema = parquet_schema(table)
    columns = [
        pa.nulls(len(data), schema.field(c.name).type) if c.quoted else data[c.name]
        for c in table.columns
    ]
    emptied = pa.Table.from_arrays(columns, schema=schema)
    pq.write_table(emptied, folder / f"{table.name}.parquet", row_group_size=_ROWS)
    with (folder / f"{table.name}.csv").open("wb") as file:
        file.write(head(table))
        for batch in emptied.to_batches(_ROWS):
            file.write(csv(pa.Table.from_batches([batch])))


def _write_database(source: Path, target: Path, kept: Sequence[Table]) -> None:
    """Fill a new database from an old one; of what is left out no byte comes along."""
    draft = target.with_suffix(".draft")
    with closing(sqlite3.connect(draft, uri=True)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("ATTACH ? AS dataset", (f"{source.resolve().as_uri()}?mode=ro",))
        for table in kept:
            base.execute(ddl(table))
            cells = ", ".join("NULL" if c.quoted else f'"{c.name}"' for c in table.columns)
            base.execute(
                f'INSERT INTO main."{table.name}" SELECT {cells} FROM dataset."{table.name}"'
            )
        indexes = "SELECT sql FROM dataset.sqlite_master WHERE type = 'index' ORDER BY name"
        for (statement,) in base.execute(indexes).fetchall():
            if statement:  # those of keys come with the table
                base.execute(statement)
        base.commit()
        base.execute("DETACH dataset")
        base.execute("VACUUM INTO ?", (str(target),))
    draft.unlink()
