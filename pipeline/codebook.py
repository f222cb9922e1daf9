"""What people and tools read about the tables: data package and codebook, from the schema."""

from collections.abc import Mapping
from typing import Any

from pipeline import __version__
from pipeline.columns import Column, Table
from pipeline.schema import CONTRACT_VERSION, TABLE, TABLES


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
        "resources": [_resource(table, n_rows[table.name]) for table in TABLES],
    }


def _resource(table: Table, n_rows: int) -> dict[str, Any]:
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
            "missingValues": [""],
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {
                        "resource": column.references,
                        "fields": [TABLE[column.references].key],
                    },
                }
                for column in table.columns
                if column.references
            ],
        },
    }


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
    return {
        "name": column.name,
        "type": column.type,
        "description": column.about,
        "constraints": limits,
    }


def _yes(on: bool) -> str:
    return "yes" if on else ""


def overview() -> str:
    """The tables as a Markdown table, for the README."""
    rows = [f"| `{t.name}` | {t.about} | {', '.join(f'`{n}`' for n in t.names)} |" for t in TABLES]
    return "\n".join(["| table | one row is | columns |", "|---|---|---|", *rows])


def markdown() -> str:
    """The codebook as Markdown, a section a table."""
    parts = []
    for table in TABLES:
        parts += [f"## {table.name}", "", f"{table.about} Stage: {table.stage}.", ""]
        parts += ["| column | type | null | values | meaning |", "|---|---|---|---|---|"]
        parts += [
            f"| {c.name} | {c.type} | {_yes(c.null)} | {', '.join(c.values)} | {c.about} |"
            for c in table.columns
        ]
        parts.append("")
    return "\n".join(parts)
