"""The tables of a dataset as rows of plain values, by document where they belong to one."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from pipeline import arrow
from pipeline.check import Broken, check, type_problems
from pipeline.columns import Table
from pipeline.schema import TABLES
from pipeline.validate import read_tables

Row = Mapping[str, Any]


class Rows:
    """The rows of a table, in order; a row is made when it is asked for, since there are many."""

    def __init__(self, columns: Mapping[str, list[Any]]) -> None:
        self._columns = columns
        self._positions: dict[str, dict[Any, list[int]]] = {}

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __getitem__(self, i: int) -> Row:
        return {name: column[i] for name, column in self._columns.items()}

    def __iter__(self) -> Iterator[Row]:
        for cells in zip(*self._columns.values(), strict=True):
            yield dict(zip(self._columns, cells, strict=True))

    def column(self, name: str) -> list[Any]:
        """The cells of a column; None for null."""
        return self._columns[name]

    def where(self, column: str, value: Any) -> list[Row]:
        """The rows that have a value in a column."""
        if column not in self._positions:
            found = defaultdict(list)
            for i, cell in enumerate(self._columns[column]):
                found[cell].append(i)
            self._positions[column] = dict(found)
        return [self[i] for i in self._positions[column].get(value, ())]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that has been read.

    Attributes:
        tables: The rows of each table.
        texts: The canonical text of each document that was read; none of a release without texts.
    """

    tables: Mapping[str, Rows]
    texts: Mapping[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> Rows:
        """All rows of a table."""
        return self.tables[table]

    def within(self, table: str, document_id: str) -> list[Row]:
        """The rows of a table that belong to a document."""
        return self.tables[table].where("document_id", document_id)

    def country_names(self) -> dict[str, str]:
        """The name of each country by its code."""
        return {row["country_iso3"]: row["name"] for row in self.rows("countries")}


def read(out: Path) -> Dataset:
    """The dataset, or release, in a folder.

    Raises:
        Broken: If tables or texts are missing, or break the contract.
        OSError: If a release without texts cannot be read.
    """
    texts: Mapping[str, str] = {}
    if left_out(out):
        frames = _without_texts(out)
    else:
        frames, texts = read_tables(out)
        check(frames, texts)
    # Each table is let go as soon as its rows are plain.
    return Dataset({name: plain(frames.pop(name)) for name in list(frames)}, texts)


def left_out(out: Path) -> bool:
    """Whether this is a release that says that it comes without the texts."""
    return package(out).get("texts", "there") is None


def package(out: Path) -> Mapping[str, Any]:
    """The data package of a dataset; empty where there is none."""
    try:
        found = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _without_texts(out: Path) -> dict[str, pd.DataFrame]:
    known = [_emptied(table) for table in TABLES]
    frames = {t.name: arrow.frame(pq.read_table(out / f"{t.name}.parquet")) for t in known}
    if problems := [problem for table in known for problem in type_problems(table, frames)]:
        raise Broken(problems)
    return frames


def _emptied(table: Table) -> Table:
    """A table whose stretches of the reports may be left out."""
    columns = (replace(c, null=c.null or c.quoted) for c in table.columns)
    return replace(table, columns=tuple(columns))


def plain(data: pd.DataFrame) -> Rows:
    """The rows of a data frame as plain values, None for null."""
    columns = {str(name): column.astype(object) for name, column in data.items()}
    return Rows({name: c.where(c.notna(), None).tolist() for name, c in columns.items()})


def heading(document: Row) -> str:
    """What a document is called: its title, else the path it came from."""
    return str(document["title"] or document["source"])


def section_name(segment: Row, document: Row, countries: Mapping[str, str]) -> str:
    """What a section is called: its country and its indicator, without what the document says."""
    parts = [countries.get(segment["country_iso3"] or "", "")]
    if segment["indicator"] != document["indicator"]:
        parts.append(segment["indicator"] or "")
    return " · ".join(part for part in parts if part) or f"Section {segment['ordinal']}"
