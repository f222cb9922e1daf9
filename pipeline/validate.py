"""Whether a written dataset keeps the contract: its tables, and every file beside each other."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from pipeline.check import PANDAS_TYPES, Broken, check
from pipeline.codebook import datapackage
from pipeline.commit import locked, recover, unfinished
from pipeline.place import Place, answering, listing
from pipeline.plan import CACHE, sha256
from pipeline.schema import TABLES
from pipeline.state import recall
from pipeline.store import Store


def read_tables(out: Path) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The tables (Parquet) and canonical texts of a dataset.

    Raises:
        Broken: If files are missing or cannot be read.
    """
    frames, problems = {}, []
    for table in TABLES:
        path = out / f"{table.name}.parquet"
        try:
            data = pd.read_parquet(path)
            frames[table.name] = data.astype(
                {c.name: PANDAS_TYPES[c.type] for c in table.columns if c.name in data.columns}
            )
        except FileNotFoundError:
            problems.append(f"{path.name} is missing")
        except (OSError, ValueError) as error:
            problems.append(f"{path.name}: {error}")
    if problems:
        raise Broken(problems)
    read = frames["documents"].loc[frames["documents"]["status"] == "ok", "document_id"]
    texts = {}
    for document_id in read:
        path = out / "text" / f"{document_id}.txt"
        try:
            texts[document_id] = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            problems.append(f"text/{path.name} is missing")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"text/{path.name}: {error}")
    if problems:
        raise Broken(problems)
    return frames, texts


def check_place(out: Place) -> dict[str, int]:
    """Check a dataset wherever it lies; a commit that was cut off is finished before.

    Returns:
        Rows a table.

    Raises:
        Broken: With every problem that was found.
        Busy: If a run is writing to it.
    """
    if unfinished(out):
        with locked(out):
            recover(out)
    if isinstance(out, Path):
        counts = check_dataset(out)
        if damaged := list(_noted(out)):
            raise Broken(damaged)
        return counts
    with TemporaryDirectory(prefix="govtable-") as copy:
        for name in ("text", *(path for path in listing(out, deep=False) if path[0] != ".")):
            with answering(), suppress(FileNotFoundError):
                out.fs.get(f"{out.path}/{name}", f"{copy}/{name}", recursive=name == "text")
        return check_dataset(Path(copy))


def check_dataset(out: Path) -> dict[str, int]:
    """Check a written dataset: contract, CSV equal to Parquet, keys in SQLite, data package.

    Returns:
        Rows a table.

    Raises:
        Broken: With every problem that was found.
    """
    if not out.is_dir():
        raise Broken([f"{out} is not a folder"])
    frames, texts = read_tables(out)
    check(frames, texts)
    problems = [*_csv(out, frames), *_sqlite(out, frames), *_package(out, frames)]
    if problems:
        raise Broken(problems)
    return {name: len(data) for name, data in frames.items()}


def _noted(out: Path) -> Iterator[str]:
    """Files that are not as the run wrote them, where it left a note, to the last byte."""
    state = recall(Store(out / CACHE))
    for name, file in state.files.items() if state else ():
        if not (out / name).is_file() or sha256(out / name) != file.sha256:
            yield f"{name} is not as it was written; delete it and run again"


def _csv(out: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for table in TABLES:
        path = out / f"{table.name}.csv"
        try:
            types = {c.name: PANDAS_TYPES[c.type] for c in table.columns}
            data = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
        except (OSError, ValueError) as error:
            yield f"{path.name}: {error}"
            continue
        if not data.equals(frames[table.name]):
            yield f"{path.name} differs from {table.name}.parquet"


def _sqlite(out: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    path = out / "dataset.sqlite"
    if not path.exists():
        yield "dataset.sqlite is missing"
        return
    try:
        with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as base:
            for row in base.execute("PRAGMA foreign_key_check").fetchmany(3):
                yield f"dataset.sqlite: a foreign key of {row[0]} points nowhere"
            for name, data in frames.items():
                columns = ", ".join(f'"{column}"' for column in data.columns)
                if base.execute(f'SELECT {columns} FROM "{name}"').fetchall() != plain_rows(data):
                    yield f"dataset.sqlite: {name} differs from {name}.parquet"
    except sqlite3.DatabaseError as error:
        yield f"dataset.sqlite: {error}"


def _package(out: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    try:
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"datapackage.json: {error}"
        return
    found = {r.get("name"): r for r in package.get("resources", [])}
    for resource in datapackage({name: len(data) for name, data in frames.items()})["resources"]:
        if found.get(resource["name"]) != resource:
            yield f"datapackage.json: {resource['name']} is missing or described wrongly"


def plain_rows(data: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as tuples of plain values, None for null."""
    rows = data.astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))
