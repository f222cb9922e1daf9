"""Whether a written dataset keeps the contract: its tables, and every file beside each other."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from pipeline import arrow, sqlite
from pipeline.check import Broken, check
from pipeline.codebook import datapackage
from pipeline.columns import Table
from pipeline.commit import locked, recover, unfinished
from pipeline.parts import head
from pipeline.place import Place, answering, listing
from pipeline.plan import CACHE, sha256
from pipeline.schema import TABLES
from pipeline.state import recall
from pipeline.store import Store
from pipeline.write import DATABASE

_ROWS = 1 << 14  # of the database, compared at a time
_BLOCK = 1 << 24  # bytes of a CSV, parsed at a time; no row is longer


def read_tables(out: Path) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The tables (Parquet) and canonical texts of a dataset.

    Raises:
        Broken: If files are missing or cannot be read.
    """
    frames, problems = {}, []
    for table in TABLES:
        try:
            frames[table.name] = arrow.frame(_parquet(out, table))
        except FileNotFoundError:
            problems.append(f"{table.name}.parquet is missing")
        except (OSError, ValueError, pa.ArrowException) as error:
            problems.append(f"{table.name}.parquet: {error}")
    if len(frames) < len(TABLES):
        problems.append("(`govtable run` brings a dataset of an earlier version up to date)")
    if problems:
        raise Broken(problems)
    texts = {}
    for document_id in _read(frames["documents"]):
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


def _parquet(out: Path, table: Table) -> pa.Table:
    """The rows of a table; its columns have their types, others are left as they are."""
    data = pq.ParquetFile(out / f"{table.name}.parquet").read().replace_schema_metadata(None)
    for field in arrow.fields(table):
        if (i := data.schema.get_field_index(field.name)) >= 0:
            data = data.set_column(i, field, data.column(i).cast(field.type))
    return data


def _read(documents: pd.DataFrame) -> list[str]:
    """The documents that have a text."""
    if missing := {"document_id", "status"}.difference(documents.columns):
        raise Broken([f"documents.parquet has no column {min(missing)}"])
    return documents.loc[documents["status"] == "ok", "document_id"].tolist()


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
    if not any((out / f"{table.name}.parquet").is_file() for table in TABLES):
        raise Broken([f"{out} holds no dataset"])
    frames, texts = read_tables(out)
    check(frames, texts)
    counts = {name: len(data) for name, data in frames.items()}
    del frames, texts  # what follows looks at one table at a time
    if problems := [*_run(counts), *_csv(out), *_sqlite(out), *_package(out, counts)]:
        raise Broken(problems)
    return counts


def _run(counts: Mapping[str, int]) -> Iterator[str]:
    """A dataset tells what made it; while it is made, there is nothing to tell yet."""
    if counts["runs"] != 1:
        yield f"runs: there are {counts['runs']} rows, not one"
    if not counts["provenance"]:
        yield "provenance: there is no row"


def _noted(out: Path) -> Iterator[str]:
    """Files that are not as the run wrote them, where it left a note, to the last byte."""
    state = recall(Store(out / CACHE))
    for name, file in state.files.items() if state else ():
        if not (out / name).is_file() or sha256(out / name) != file.sha256:
            yield f"{name} is not as it was written; delete it and run again"


def _csv(out: Path) -> Iterator[str]:
    """The first line names the columns; null is an empty cell without quotes."""
    for table in TABLES:
        path = out / f"{table.name}.csv"
        try:
            with path.open("rb") as file:
                named = file.readline(_BLOCK) == head(table)
            same = named and _parsed(path, table).equals(_parquet(out, table))
        except (OSError, ValueError, pa.ArrowException) as error:
            yield f"{path.name}: {error}"
            continue
        if not same:
            yield f"{path.name} differs from {table.name}.parquet"


def _parsed(path: Path, table: Table) -> pa.Table:
    """The rows of a CSV."""
    return pcsv.read_csv(
        path,
        pcsv.ReadOptions(block_size=_BLOCK),
        pcsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        pcsv.ConvertOptions(
            column_types=pa.schema(list(arrow.fields(table))),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _sqlite(out: Path) -> Iterator[str]:
    """Each table is declared with its keys, and holds the rows of its Parquet file."""
    path = out / DATABASE
    if not path.exists():
        yield f"{DATABASE} is missing"
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            for table in TABLES:
                yield from _stored(base, table, _parquet(out, table))
    except sqlite3.DatabaseError as error:
        yield f"{DATABASE}: {error}"


def _stored(base: sqlite3.Connection, table: Table, data: pa.Table) -> Iterator[str]:
    sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    declared = base.execute(sql, (table.name,)).fetchone()
    if declared is None:
        yield f"{DATABASE}: {table.name} is missing"
    elif declared[0] != sqlite.ddl(table):
        yield f"{DATABASE}: {table.name} is declared in another way"
    elif not _alike(base, table, data):
        yield f"{DATABASE}: {table.name} differs from {table.name}.parquet"
        # Keys of rows that are alike need no look: those in Parquet have had theirs.
        if base.execute(f'PRAGMA foreign_key_check("{table.name}")').fetchone():
            yield f"{DATABASE}: a foreign key of {table.name} points nowhere"


def _alike(base: sqlite3.Connection, table: Table, data: pa.Table) -> bool:
    """Whether a table of the database holds the same rows."""
    columns = ", ".join(f'"{name}"' for name in table.names)
    rows = base.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY "{table.key}"')
    for batch in data.to_batches(max_chunksize=_ROWS):
        if rows.fetchmany(len(batch)) != arrow.plain(pa.Table.from_batches([batch])):
            return False
    return rows.fetchone() is None


def _package(out: Path, counts: Mapping[str, int]) -> Iterator[str]:
    try:
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"datapackage.json: {error}"
        return
    listed = package.get("resources") if isinstance(package, dict) else None
    found = {r.get("name"): r for r in listed or () if isinstance(r, dict)}
    for resource in datapackage(counts)["resources"]:
        if found.get(resource["name"]) != resource:
            yield f"datapackage.json: {resource['name']} is missing or described wrongly"
