"""What Datasette is told of the dataset: descriptions from the schema, facets, order, queries."""

from collections.abc import Mapping
from typing import Any

from pipeline.columns import Column, Table
from pipeline.explorer.queries import QUERIES
from pipeline.nulls import NULLS
from pipeline.schema import TABLE, TABLES

# What a reader of a table groups its rows by, and what comes first; the rest is in key order.
_FACETS = {
    "documents": ("status", "layout", "edition", "country_iso3", "language"),
    "segments": ("country_iso3", "tier", "tier_status", "country_method"),
    "blocks": ("role",),
    "tier_statements": ("tier",),
    "entities": ("label", "country_iso3"),
    "mentions": ("label", "section", "country_iso3", "method"),
    "rankings": ("index_name", "country_iso3", "edition", "check"),
    "citations": ("year",),
    "year_roles": ("role", "year"),
    "coverage": ("status", "label", "country_iso3"),
    "corrections": ("action", "status"),
    "panel": ("country_iso3", "edition", "tier", "coverage"),
    "provenance": ("stage", "kind"),
}
_FIRST = {
    "countries": ("sort", "name"),
    "documents": ("sort", "source"),
    "segments": ("sort", "country_confidence"),
    "entities": ("sort_desc", "n_mentions"),
}
_LABELS = {"countries": "name", "documents": "source", "entities": "name"}


def metadata(package: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata, for a database that is called as its file is: `dataset`.

    Args:
        package: The data package of the dataset; a release names its title, licence and DOI there.
    """
    return {
        "title": package.get("title") or "Governance reports as a dataset",
        "description": "Agencies, strategies, laws, platforms and indices that governance reports "
        "name, with tiers, scores and placements. Offsets count code points of the canonical text.",
        **_origin(package),
        "databases": {
            "dataset": {
                "tables": {table.name: _table(table) for table in TABLES},
                "queries": {
                    query.name: {
                        "title": query.title,
                        "description": query.about,
                        "sql": query.sql.strip(),
                    }
                    for query in QUERIES
                },
            }
        },
    }


def _origin(package: Mapping[str, Any]) -> dict[str, str]:
    """Where it comes from and what may be done with it, for the foot of each page."""
    found = {"source": "the reports listed here", "source_url": "/dataset/documents"}
    if identity := package.get("id"):
        found |= {"about": f"version {package.get('version')}", "about_url": str(identity)}
    for licence in package.get("licenses", [])[:1]:
        found |= {"license": str(licence.get("title") or licence.get("name"))}
        found |= {"license_url": str(licence["path"])} if "path" in licence else {}
    return found


def _table(table: Table) -> dict[str, Any]:
    facets = [name for name in _FACETS.get(table.name, ()) if name in table.names]
    about: dict[str, Any] = {
        "title": table.name.replace("_", " ").capitalize(),
        "description": f"{table.about} Made by: {table.stage}.",
        "columns": {column.name: _column(table, column) for column in table.columns},
    }
    if facets:
        about["facets"] = facets
    if table.name in _FIRST:
        way, column = _FIRST[table.name]
        about[way] = column
    if table.name in _LABELS:
        about["label_column"] = _LABELS[table.name]
    return about


def _column(table: Table, column: Column) -> str:
    """Meaning, unit, values and what an empty cell means, in one line."""
    parts = [column.about]
    if column.unit:
        parts.append(f"in {column.unit}" if column.unit != "count" else "a count")
    if column.values:
        parts.append(f"one of {', '.join(column.values)}")
    if column.references:
        parts.append(f"refers to {column.references}.{TABLE[column.references].key}")
    if column.null:
        parts.append(f"empty: {NULLS.get(table.name, {}).get(column.name, 'not known')}")
    return "; ".join(parts)
