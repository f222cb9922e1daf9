"""The tables of a dataset as rows of plain values, by document where they belong to one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.validate import read_tables

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that has been read.

    Attributes:
        tables: The rows of each table, in order; None for null.
        texts: The canonical text of each document that was read.
    """

    tables: Mapping[str, Sequence[Row]]
    texts: Mapping[str, str]
    _by_document: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def rows(self, table: str) -> Sequence[Row]:
        """All rows of a table."""
        return self.tables[table]

    def within(self, table: str, document_id: str) -> list[Row]:
        """The rows of a table that belong to a document."""
        if table not in self._by_document:
            grouped = defaultdict(list)
            for row in self.tables[table]:
                grouped[row["document_id"]].append(row)
            self._by_document[table] = grouped
        return self._by_document[table].get(document_id, [])

    def country_names(self) -> dict[str, str]:
        """The name of each country by its code."""
        return {row["country_iso3"]: row["name"] for row in self.rows("countries")}


def read(out: Path) -> Dataset:
    """The dataset in a folder.

    Raises:
        Broken: If tables or texts are missing.
    """
    frames, texts = read_tables(out)
    tables = {}
    for name, data in frames.items():
        tables[name] = plain(data)
    return Dataset(tables, texts)


def plain(data: pd.DataFrame) -> list[Row]:
    """The rows of a data frame as plain values, None for null."""
    columns = [str(column) for column in data.columns]
    values = data.astype(object)
    rows = values.where(values.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def heading(document: Row) -> str:
    """What a document is called: its title, else the path it came from."""
    return str(document["title"] or document["source"])


def section_name(segment: Row, document: Row, countries: Mapping[str, str]) -> str:
    """What a section is called: its country and its indicator, without what the document says."""
    parts = [countries.get(segment["country_iso3"] or "", "")]
    if segment["indicator"] != document["indicator"]:
        parts.append(segment["indicator"] or "")
    return " · ".join(part for part in parts if part) or f"Section {segment['ordinal']}"
