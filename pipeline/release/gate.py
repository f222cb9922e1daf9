"""Whether a release holds, by tools that know nothing of this program."""

import json
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.check import Broken
from pipeline.release import citation, croissant, database, duck, manifest, package
from pipeline.release.data import TEXTS

N_SAMPLED = 200_000  # rows of a table that frictionless looks at; DuckDB looks at all
_TOOLS = ("frictionless", "duckdb")
_FILES = ("README.md", "CODEBOOK.md", "codebook.csv", "CHANGELOG.md", "LICENSE.md", "accuracy.json")
_NEEDED = {"fields", "primaryKey"}  # of a table
_MAX_SHOWN = 5


def is_release(folder: Path) -> bool:
    """Whether a folder is a release, sound or not, rather than a dataset."""
    return any((folder / name).is_file() for name in (manifest.NAME, croissant.NAME))


def check_tools() -> None:
    """Make sure that the tools of the gate are installed.

    Raises:
        ValueError: If one is missing.
    """
    if missing := [name for name in _TOOLS if find_spec(name) is None]:
        raise ValueError(
            f"{' and '.join(missing)} check releases and are missing; "
            "pip install -e '.[release]' in the folder of govtable"
        )


def check_release(folder: Path) -> dict[str, int]:
    """Check a release: checksums, data package, Parquet, CSV, SQLite, citation, Croissant.

    Returns:
        Rows a table.

    Raises:
        Broken: With every problem that was found.
        ValueError: If a tool is missing.
    """
    check_tools()
    if damaged := list(manifest.problems(folder)):
        raise Broken(damaged)
    descriptor = _json(folder / package.NAME)
    tables = _tables(descriptor)
    texts = bool(descriptor.get("texts"))
    found = [f"{name} is missing" for name in _FILES if not (folder / name).is_file()]
    if not texts and (folder / TEXTS).exists():
        found.append(f"{TEXTS} is there, though {package.NAME} says that texts are left out")
    found += _frictionless(folder, descriptor, tables)
    found += duck.problems(folder, tables, texts=texts)
    found += database.problems(folder, tables)
    found += citation.problems(folder)
    found += _croissant(folder, tables)
    if found:
        raise Broken(found)
    return {resource["name"]: int(resource["rows"]) for resource in tables}


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Broken([f"{path.name}: {error}"]) from error
    if not isinstance(found, dict):
        raise Broken([f"{path.name} holds no object"])
    return found


def _tables(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources that are tables, each a CSV file under its own name.

    Raises:
        Broken: If there are none, or one is not described as the other checks need it.
    """
    try:
        tables = [r for r in descriptor["resources"] if r.get("type") == "table"]
        wrong = [
            f"{package.NAME}: {r['name']} is not described as a table of a release"
            for r in tables
            if r["path"] != f"{r['name']}.csv"
            or not str(r["name"]).isidentifier()
            or not isinstance(r["rows"], int)
            or not r["schema"].keys() >= _NEEDED
            or any(f["type"] not in duck.TYPES for f in r["schema"]["fields"])
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise Broken([f"{package.NAME} describes no tables of a release: {error!r}"]) from error
    if wrong or not tables:
        raise Broken(wrong or [f"{package.NAME} has no tables"])
    return tables


def _frictionless(
    folder: Path, descriptor: dict[str, Any], tables: Sequence[dict[str, Any]]
) -> Iterator[str]:
    """The descriptor as a whole, and the first rows of each table with their foreign keys."""
    from frictionless import Checklist, FrictionlessException, Package

    # What is said of whole files is checked elsewhere; here only the first rows are read.
    sample = [{k: v for k, v in r.items() if k not in ("rows", "bytes", "hash")} for r in tables]
    try:
        yield from map(str, Package.metadata_validate(descriptor))
        described = Package.from_descriptor(
            descriptor | {"resources": sample}, basepath=str(folder)
        )
        report = described.validate(Checklist(), limit_rows=N_SAMPLED)
    except FrictionlessException as error:
        yield f"{package.NAME}: {error}"
        return
    for row in report.flatten(["title", "fieldName", "rowNumber", "message"])[:_MAX_SHOWN]:
        yield "frictionless: " + " ".join(str(cell) for cell in row if cell)


def _croissant(folder: Path, tables: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Its files are those of the manifest, its fields those of the data package."""
    found = _json(folder / croissant.NAME)
    stated = manifest.read(folder)
    for file in found.get("distribution", []):
        if "sha256" in file and stated.get(file.get("contentUrl")) != file["sha256"]:
            yield f"{croissant.NAME}: {file.get('contentUrl')} is not the file described"
    described = {
        record.get("name"): [field.get("name") for field in record.get("field", [])]
        for record in found.get("recordSet", [])
    }
    for resource in tables:
        if described.get(resource["name"]) != [f["name"] for f in resource["schema"]["fields"]]:
            yield f"{croissant.NAME}: {resource['name']} is not described as it is"
