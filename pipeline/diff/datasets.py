"""Two datasets side by side: the tables and columns that both have."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.check import PANDAS_TYPES
from pipeline.columns import Table
from pipeline.commit import unfinished
from pipeline.schema import TABLE, TABLES

_NEEDED = ("document_id", "source", "sha256")


@dataclass(frozen=True, slots=True)
class Both:
    """Two datasets.

    Attributes:
        columns: Names of the columns that can be compared, by table, in the order of the schema.
        notes: What cannot be compared, a sentence each.
    """

    old: Path
    new: Path
    columns: dict[str, list[str]]
    notes: list[str] = field(default_factory=list)

    def read(self, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The columns that both have of a table, before and now.

        Raises:
            ValueError: If a file is damaged.
        """
        return _read(self.old, name, self.columns[name]), _read(self.new, name, self.columns[name])


def opened(old: Path, new: Path) -> Both:
    """Look at two datasets.

    Raises:
        ValueError: If one of them is none, or is just being written.
    """
    for folder in (old, new):
        _look(folder)
    both = Both(old, new, {})
    for table in TABLES:
        names = _columns_of_both(table, both)
        if names:
            both.columns[table.name] = names
    _unknown_tables(both)
    _without_texts(both)
    return both


def _look(folder: Path) -> None:
    """Refuse what is no dataset."""
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    if unfinished(folder):
        raise ValueError(f"{folder} is being written, or a run was cut off; run govtable again")
    if not (folder / "documents.parquet").is_file():
        raise ValueError(f"{folder} is not a dataset: it has no documents.parquet")
    names = _names(folder, "documents") or []
    if missing := [name for name in _NEEDED if name not in names]:
        raise ValueError(f"{folder} is not a dataset: documents has no column {missing[0]}")


def _names(folder: Path, name: str) -> list[str] | None:
    """The columns of a table; None if there is no such table."""
    path = folder / f"{name}.parquet"
    try:
        return list(pq.read_schema(path).names)
    except FileNotFoundError:
        return None
    except pa.ArrowException as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def _columns_of_both(table: Table, both: Both) -> list[str]:
    """The columns of a table that both datasets have, the others noted."""
    old, new = _names(both.old, table.name), _names(both.new, table.name)
    if old is None or new is None:
        if (old is None) != (new is None):
            where = both.old if new is None else both.new
            both.notes.append(f"the table {table.name} is only in {where} and was not compared")
        return []
    for folder, own, other in ((both.old, old, new), (both.new, new, old)):
        if only := [name for name in own if name not in other]:
            columns = ", ".join(f"{table.name}.{name}" for name in only)
            both.notes.append(f"{columns}: only in {folder}, not compared")
    if strange := [name for name in old if name in new and name not in table.names]:
        columns = ", ".join(f"{table.name}.{name}" for name in strange)
        both.notes.append(f"{columns}: not known to this version of govtable, not compared")
    if table.key not in old or table.key not in new:
        both.notes.append(f"{table.name} has no column {table.key} and was not compared")
        return []
    return [name for name in table.names if name in old and name in new]


def _unknown_tables(both: Both) -> None:
    found = {path.stem for folder in (both.old, both.new) for path in folder.glob("*.parquet")}
    if strange := sorted(found - TABLE.keys()):
        tables = ", ".join(strange)
        both.notes.append(f"{tables}: not known to this version of govtable, not compared")


def _without_texts(both: Both) -> None:
    """Columns that a release without texts leaves empty are not compared, and said once."""
    for folder, other in ((both.old, both.new), (both.new, both.old)):
        if (folder / "text").is_dir() or not (other / "text").is_dir():
            continue
        emptied = []
        for name, columns in both.columns.items():
            names = [c.name for c in TABLE[name].columns if c.quoted and c.name in columns]
            gone = _empty(folder, name, names) - _empty(other, name, names)
            both.columns[name] = [column for column in columns if column not in gone]
            emptied += [f"{name}.{column}" for column in names if column in gone]
        which = f"; {', '.join(emptied)} are empty there and were not compared" if emptied else ""
        both.notes.append(f"{folder} holds no texts{which}")


def _empty(folder: Path, name: str, columns: list[str]) -> set[str]:
    """The columns that are null in every row."""
    data = pq.read_table(folder / f"{name}.parquet", columns=columns)
    return {column for column in columns if data.column(column).null_count == len(data)}


def _read(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    types = {c.name: PANDAS_TYPES[c.type] for c in TABLE[name].columns if c.name in columns}
    try:
        found = pd.read_parquet(path, columns=columns).astype(types)
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    if not found[TABLE[name].key].is_unique:
        raise ValueError(f"{path} is damaged: {TABLE[name].key} is not unique")
    return found
