"""Checked tables -> files under OUT, all or none (see `pipeline.commit`)."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.codebook import datapackage
from pipeline.columns import Column, Table
from pipeline.commit import commit, recover, stage
from pipeline.schema import TABLE, TABLES

_SQL = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}


def write(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str], out: Path) -> None:
    """Replace the dataset under `out`.

    Args:
        frames: Every table, by name.
        texts: Canonical texts, by document_id.
    """
    recover(out)
    staging = stage(out, (f"{document_id}.txt" for document_id in texts))
    for document_id, text in texts.items():
        (staging / "text" / f"{document_id}.txt").write_bytes(text.encode("utf-8"))
    for table in TABLES:
        _csv(frames[table.name], staging / f"{table.name}.csv")
        frames[table.name].to_parquet(staging / f"{table.name}.parquet", index=False)
    _sqlite(frames, staging / "dataset.sqlite")
    package = json.dumps(datapackage(frames), ensure_ascii=False, indent=2)
    (staging / "datapackage.json").write_text(package + "\n", encoding="utf-8")
    commit(out)


def _csv(data: pd.DataFrame, path: Path) -> None:
    """RFC 4180 but for the line end, which is LF; null is an empty cell."""
    data.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def ddl(table: Table) -> str:
    """The SQL that makes a table, with its keys and checks."""
    lines = [_column_sql(column, key=column.name == table.key) for column in table.columns]
    lines += [
        f'FOREIGN KEY ("{c.name}") REFERENCES "{c.references}" ("{TABLE[c.references].key}")'
        for c in table.columns
        if c.references
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column_sql(column: Column, *, key: bool) -> str:
    parts = [f'"{column.name}"', _SQL[column.type]]
    parts += ["PRIMARY KEY"] if key else []
    parts += [] if column.null else ["NOT NULL"]
    if column.values:
        listed = ", ".join(f"'{value}'" for value in column.values)
        parts.append(f'CHECK ("{column.name}" IN ({listed}))')
    return " ".join(parts)


def _sqlite(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    base = sqlite3.connect(path)
    try:
        base.execute("PRAGMA foreign_keys = OFF")
        for table in TABLES:
            base.execute(ddl(table))
            marks = ", ".join("?" * len(table.columns))
            rows = plain_rows(frames[table.name])
            base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
            for column in table.columns:
                if column.references:
                    index = f"{table.name}_{column.name}"
                    base.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{column.name}")')
        base.commit()
    finally:
        base.close()


def plain_rows(data: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as tuples of plain values, None for null."""
    rows = data.astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))
