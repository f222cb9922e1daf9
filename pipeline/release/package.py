"""The release as a Frictionless data package, version 2."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.codebook import resources
from pipeline.columns import Table
from pipeline.release.about import About, Author
from pipeline.release.data import TEXTS
from pipeline.write import DATABASE

NAME = "datapackage.json"
DESCRIPTION = (
    "Facts from governance reports with their positions in the text: countries, tiers and scores, "
    "agencies, strategies, laws, platforms and indices, placements of countries, citations."
)
KEYWORDS = ("governance", "public administration", "text as data", "named entities")
# No name that a tool takes for a table it could read: they are the CSV files over again.
_PARQUET, _SQLITE = "apache-parquet", "sqlite-database"


def datapackage(
    about: About,
    folder: Path,
    tables: Sequence[Table],
    n_rows: Mapping[str, int],
    hashes: Mapping[str, str],
) -> dict[str, Any]:
    """The descriptor of a release.

    Args:
        folder: Where the release is written.
        tables: Its tables.
        n_rows: Number of rows of each.
        hashes: SHA-256 of each data file, by name.
    """
    tabular = resources(n_rows, tables)
    if not about.texts:
        for resource, table in zip(tabular, tables, strict=True):
            _mark(resource, table)
    others = [_parquet(table) for table in tables]
    all_tables = "All tables, with primary and foreign keys."
    sqlite = "application/vnd.sqlite3"
    others.append(_file("dataset-sqlite", DATABASE, all_tables, _SQLITE, sqlite))
    described = [r | _size(folder, r["path"], hashes) for r in (*tabular, *others)]
    return _head(about, n_rows) | {"resources": described}


def _mark(resource: dict[str, Any], table: Table) -> None:
    """Say which columns are empty because they would hold stretches of the reports."""
    quoted = {column.name for column in table.columns if column.quoted}
    for field in resource["schema"]["fields"]:
        if field["name"] in quoted:
            field["leftOut"] = True


def _parquet(table: Table) -> dict[str, Any]:
    about = f"{table.name}.csv as Parquet, typed."
    media = "application/vnd.apache.parquet"
    return _file(f"{table.name}-parquet", f"{table.name}.parquet", about, _PARQUET, media)


def _head(about: About, n_rows: Mapping[str, int]) -> dict[str, Any]:
    identity = {"id": f"https://doi.org/{about.doi}"} if about.doi else {}
    created = {"created": f"{about.released.isoformat()}T00:00:00Z"} if about.released else {}
    texts = {
        "path": f"{TEXTS}/{{document_id}}.txt",
        "description": "Canonical text of each document; offsets are code points in it.",
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "govtable-release",
        **identity,
        "title": about.title,
        "description": DESCRIPTION,
        "version": about.version,
        **created,
        "keywords": list(KEYWORDS),
        "licenses": [
            {"name": about.license.id, "path": about.license.url, "title": about.license.title}
        ],
        "contributors": [_contributor(author) for author in about.authors],
        "sources": [
            {"title": f"{n_rows['documents']} governance reports, listed in documents.csv"}
        ],
        "created_with": f"govtable {__version__}",
        "texts": texts if about.texts else None,
    }


def _contributor(author: Author) -> dict[str, Any]:
    names = {"givenName": author.given, "familyName": author.family} if author.given else {}
    return {"title": author.name, **names, "roles": ["creator"]}


def _file(name: str, path: str, about: str, kind: str, media: str) -> dict[str, Any]:
    return {"name": name, "path": path, "description": about, "format": kind, "mediatype": media}


def _size(folder: Path, name: str, hashes: Mapping[str, str]) -> dict[str, Any]:
    return {"bytes": (folder / name).stat().st_size, "hash": f"sha256:{hashes[name]}"}
