"""The release in Croissant 1.0, which dataset search and machine learning tools read.

The record sets read the Parquet files: their types are those of the schema.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.columns import Column, Table
from pipeline.release.about import About, Author
from pipeline.release.data import TEXTS
from pipeline.release.package import DESCRIPTION, KEYWORDS
from pipeline.schema import TABLE
from pipeline.write import DATABASE

NAME = "croissant.json"
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float"}
_FORMATS = {
    ".csv": "text/csv",
    ".parquet": "application/x-parquet",
    ".sqlite": "application/vnd.sqlite3",
}
_TERMS = (
    "citeAs column conformsTo:dct equivalentProperty extract field fileProperty fileObject fileSet"
    " format includes isLiveDataset jsonPath key md5 parentField path recordSet references regex"
    " repeated replace samplingRate separator source subField transform"
)


def _context() -> dict[str, Any]:
    """The context that the specification prescribes."""
    context: dict[str, Any] = {"@language": "en", "@vocab": "https://schema.org/"}
    for term in _TERMS.split():
        name, _, space = term.partition(":")
        context[name] = f"{space or 'cr'}:{name}"
    return context | {
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
    }


def croissant(
    about: About, folder: Path, tables: Sequence[Table], hashes: Mapping[str, str]
) -> dict[str, Any]:
    """The description of a release.

    Args:
        folder: Where the release is written.
        tables: Its tables.
        hashes: SHA-256 of each data file, by name.
    """
    names = [table.name + suffix for table in tables for suffix in (".parquet", ".csv")]
    distribution = [_object(folder, name, hashes) for name in [*names, DATABASE]]
    if about.texts:
        distribution.append(_texts())
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "govtable-release",
        "alternateName": about.title,
        "description": DESCRIPTION,
        "version": about.version,
        "license": about.license.url,
        "url": _url(about),
        **({"datePublished": about.released.isoformat()} if about.released else {}),
        "creator": [_creator(author) for author in about.authors],
        "citeAs": about.reference,
        "keywords": list(KEYWORDS),
        "isLiveDataset": False,
        "distribution": distribution,
        "recordSet": [_records(table) for table in tables],
    }


def _url(about: About) -> str:
    """Where the release is to be found; without a DOI its own description."""
    return f"https://doi.org/{about.doi}" if about.doi else NAME


def _creator(author: Author) -> dict[str, str]:
    if not author.given:
        return {"@type": "sc:Organization", "name": author.name}
    names = {"givenName": author.given, "familyName": author.family}
    return {"@type": "sc:Person", "name": author.name, **names}


def _object(folder: Path, name: str, hashes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{(folder / name).stat().st_size} B",
        "encodingFormat": _FORMATS[Path(name).suffix],
        "sha256": hashes[name],
    }


def _texts() -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": "texts",
        "name": "texts",
        "description": "Canonical text of each document, its document_id as file name.",
        "encodingFormat": "text/plain",
        "includes": f"{TEXTS}/*.txt",
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "key": {"@id": f"{table.name}/{table.key}"},
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.about} ({column.unit})" if column.unit else column.about,
        "dataType": _TYPES[column.type],
        "source": {
            "fileObject": {"@id": f"{table.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
    if column.references:
        key = TABLE[column.references].key
        # By its file: mlcroissant cannot read records where a field of a record set is named.
        field["references"] = {
            "fileObject": {"@id": f"{column.references}.parquet"},
            "extract": {"column": key},
        }
    return field
