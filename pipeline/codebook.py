"""What people and tools read about the tables: data package and codebook, from the schema."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline import __version__
from pipeline.columns import Column, Table
from pipeline.nulls import NULLS
from pipeline.schema import CONTRACT_VERSION, TABLE, TABLES

_HEAD = ("table", "column", "type", "unit", "values", "empty", "about", "references", "stage")


def datapackage(n_rows: Mapping[str, int]) -> dict[str, Any]:
    """The Frictionless data package (version 2) of a dataset; paths are relative to OUT.

    Args:
        n_rows: Number of rows of each table.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "govtable",
        "title": "Governance reports as a dataset",
        "version": str(CONTRACT_VERSION),
        "created_with": f"govtable {__version__}",
        "resources": resources(n_rows),
    }


def resources(n_rows: Mapping[str, int], tables: Sequence[Table] = TABLES) -> list[dict[str, Any]]:
    """The tables as resources of a data package, in order."""
    return [_resource(table, n_rows[table.name]) for table in tables]


def _resource(table: Table, n_rows: int) -> dict[str, Any]:
    links = [_link(column) for column in table.columns if column.references]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": n_rows,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": [table.key],
            **({"uniqueKeys": [list(table.unique)]} if table.unique else {}),
            "missingValues": [""],
            **({"foreignKeys": links} if links else {}),  # version 2 allows no empty list
        },
    }


def _link(column: Column) -> dict[str, Any]:
    assert column.references is not None
    reference = {"resource": column.references, "fields": [TABLE[column.references].key]}
    return {"fields": [column.name], "reference": reference}


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if not column.null else {}
    if column.values:
        limits["enum"] = list(column.values)
    if column.low is not None:
        limits["minimum"] = column.low
    if column.high is not None:
        limits["maximum"] = column.high
    if column.pattern:
        limits["pattern"] = column.pattern
    field = {"name": column.name, "type": column.type, "description": column.about}
    if column.unit:
        field["unit"] = column.unit
    return {**field, "constraints": limits}


def overview() -> str:
    """The tables as a Markdown table, for the README."""
    rows = [f"| `{t.name}` | {t.about} | {', '.join(f'`{n}`' for n in t.names)} |" for t in TABLES]
    return "\n".join(["| table | one row is | columns |", "|---|---|---|", *rows])


def rows(tables: Sequence[Table] = TABLES) -> list[dict[str, str]]:
    """A row a column: table, column, type, unit, values, empty, about, references and stage.

    `empty` says what an empty cell means; it is "never" where there is none.
    """
    return [
        {
            "table": table.name,
            "column": column.name,
            "type": column.type,
            "unit": column.unit,
            "values": _values(column),
            "empty": _empty(table, column),
            "about": column.about,
            "references": column.references or "",
            "stage": table.stage,
        }
        for table in tables
        for column in table.columns
    ]


def _values(column: Column) -> str:
    """The values that a column allows, in words."""
    if column.values:
        return ", ".join(column.values)
    if column.pattern:
        return column.pattern
    low, high = column.low, column.high
    if low is None and high is None:
        return ""
    if high is None:
        return f"from {low:g}"
    return f"{low:g} to {high:g}" if low is not None else f"up to {high:g}"


def _empty(table: Table, column: Column) -> str:
    if not column.null:
        return "never"
    known = NULLS.get(table.name, {}).get(column.name)
    left_out = "left out of this release" if column.quoted and not _kept(table, column) else None
    return left_out or known or "not known"


def _kept(table: Table, column: Column) -> bool:
    """Whether a column is as the schema declares it, not emptied for a release without texts."""
    return column in TABLE[table.name].columns


def lines(tables: Sequence[Table] = TABLES) -> str:
    """The codebook as CSV, a line a column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _HEAD, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(tables))
    return text.getvalue()


def markdown(tables: Sequence[Table] = TABLES) -> str:
    """The codebook as Markdown, a section a table."""
    parts = []
    for table in tables:
        parts += [f"## {table.name}", "", f"{table.about} Stage: {table.stage}.", ""]
        parts += [f"Primary key: `{table.key}`.{_unique(table)}", ""]
        parts += ["| column | type | unit | values | empty means | meaning |", "|" + "---|" * 6]
        parts += [_line(row) for row in rows([table])]
        parts.append("")
    return "\n".join(parts)


def _unique(table: Table) -> str:
    return f" Unique: {' × '.join(f'`{name}`' for name in table.unique)}." if table.unique else ""


def _line(row: Mapping[str, str]) -> str:
    meaning = row["about"]
    if row["references"]:
        meaning += f" (→ {row['references']})"
    cells = (row["column"], row["type"], row["unit"], row["values"], row["empty"], meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
