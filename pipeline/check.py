"""Whether tables keep the contract: types, keys, values, offsets, the conservation ledger."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from pipeline.schema import TABLE, TABLES, Column, Table

_PANDERA = {"string": "string", "integer": "Int64", "number": "Float64"}
_QUOTED = ("mentions", "tier_statements", "citations")
_SPANNED = ("blocks", "segments", "tier_statements", "mentions", "rankings", "citations")
_MAX_SHOWN = 20


class Broken(Exception):
    """A dataset that breaks the contract; one line a problem."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        more = len(problems) - _MAX_SHOWN
        shown = problems[:_MAX_SHOWN] + ([f"… and {more} more"] if more > 0 else [])
        super().__init__("\n".join(shown))


def check(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> None:
    """Check tables and canonical texts against the contract.

    Args:
        frames: Every table, by name.
        texts: Canonical texts, by document_id.

    Raises:
        Broken: With every problem that was found.
    """
    problems = [p for table in TABLES for p in _types(table, frames)]
    if not problems:
        problems += _keys(frames)
        problems += _offsets(frames, texts)
        problems += _ledger(frames["blocks"], texts)
        problems += _overlaps(frames["mentions"])
    if problems:
        raise Broken(problems)


def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table."""
    columns = {
        c.name: pa.Column(_PANDERA[c.type], _checks(c), nullable=c.null) for c in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=[table.key])


def _checks(column: Column) -> list[pa.Check]:
    found = []
    if column.values:
        found.append(pa.Check.isin(list(column.values)))
    if column.low is not None:
        found.append(pa.Check.ge(column.low))
    if column.high is not None:
        found.append(pa.Check.le(column.high))
    if column.pattern:
        found.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
    return found


def _types(table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    if table.name not in frames:
        yield f"{table.name}: the table is missing"
        return
    try:
        pandera_schema(table).validate(frames[table.name], lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.drop_duplicates(["column", "check"])
        for case in cases.itertuples():
            example = repr(case.failure_case)
            yield f"{table.name}.{case.column}: {case.check} fails, for example {example}"


def _keys(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for table in TABLES:
        data = frames[table.name]
        if table.unique and data.duplicated(list(table.unique)).any():
            yield f"{table.name}: {' × '.join(table.unique)} is not unique"
        for column in table.columns:
            if column.references:
                target = frames[column.references][TABLE[column.references].key]
                values = data[column.name].dropna()
                for stray in values[~values.isin(target)].head(1):
                    yield f"{table.name}.{column.name}: {stray!r} is not in {column.references}"


def _offsets(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> Iterator[str]:
    for name in _SPANNED:
        data = frames[name]
        for row in data.to_dict("records"):
            text, start, end = texts.get(row["document_id"]), row["start"], row["end"]
            if text is None:
                yield f"{name}: the text of {row['document_id']} is missing"
                return
            if not start < end <= len(text):
                yield f"{name}: {row[TABLE[name].key]} has impossible offsets {start}:{end}"
            elif name in _QUOTED and text[start:end] != row["text"]:
                yield f"{name}: {row[TABLE[name].key]} does not quote its text"


def _ledger(blocks: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    """Between the blocks of a document, and around them, there is only white space."""
    by_document = dict(list(blocks.groupby("document_id", sort=False)))
    for document_id, text in texts.items():
        at = 0
        if document_id in by_document:
            rows = by_document[document_id].sort_values("ordinal")
            for start, end in zip(rows["start"], rows["end"], strict=True):
                if start < at or text[at:start].strip():
                    yield f"blocks: {document_id} loses or repeats characters at {at}:{start}"
                at = end
        if text[at:].strip():
            yield f"blocks: {document_id} loses the characters from {at} on"


def _overlaps(mentions: pd.DataFrame) -> Iterator[str]:
    names = mentions[mentions["label"] != "YEAR"].sort_values(["document_id", "start"])
    before = names.shift(1)
    same = names["document_id"] == before["document_id"]
    wrong = same & (names["start"] < before["end"])
    for mention_id in names.loc[wrong.fillna(False), "mention_id"].head(3):
        yield f"mentions: {mention_id} overlaps the one before"


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
                {c.name: _PANDERA[c.type] for c in table.columns if c.name in data.columns}
            )
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
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"text/{path.name}: {error}")
    if problems:
        raise Broken(problems)
    return frames, texts


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
    problems = [*_csv(out, frames), *_sqlite(out, frames), *_package(out)]
    if problems:
        raise Broken(problems)
    return {name: len(data) for name, data in frames.items()}


def _csv(out: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for table in TABLES:
        path = out / f"{table.name}.csv"
        try:
            types = {c.name: _PANDERA[c.type] for c in table.columns}
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
                (count,) = base.execute(f'SELECT count(*) FROM "{name}"').fetchone()
                if count != len(data):
                    yield f"dataset.sqlite: {name} has {count} rows, the Parquet file {len(data)}"
    except sqlite3.DatabaseError as error:
        yield f"dataset.sqlite: {error}"


def _package(out: Path) -> Iterator[str]:
    try:
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"datapackage.json: {error}"
        return
    named = {resource["name"] for resource in package.get("resources", [])}
    yield from (f"datapackage.json: {t.name} is missing" for t in TABLES if t.name not in named)
