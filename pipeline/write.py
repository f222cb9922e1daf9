"""Parts -> the files of a dataset in a staging folder; `pipeline.commit` puts them in place.

Tables that one document alone decides are their parts one below the other: CSV lines are copied as
bytes, Parquet row groups and SQLite rows are made from the kept Arrow rows.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import __version__, arrow, missing, provenance, sqlite, tables
from pipeline.codebook import datapackage
from pipeline.columns import Table
from pipeline.parts import Part, csv, head
from pipeline.records import Correction
from pipeline.rows import OWN, SHARED, Row
from pipeline.schema import TABLE, TABLES
from pipeline.settings import Settings
from pipeline.stages import STAGES

_ROWS = 1 << 17  # a row group of a Parquet file has at least so many, but for the last
_AFTER = "g"  # behind every hexadecimal digit
DATABASE = "dataset.sqlite"


class Sheet:
    """The CSV and the Parquet file of one table, filled from top to bottom."""

    def __init__(self, table: Table, folder: Path, thread: Executor) -> None:
        """Begin both files in `folder`; row groups are laid out in `thread`, one at a time."""
        self.table = table
        self.n_rows = 0
        self._thread = thread
        self._laying: Future[None] | None = None
        self._schema = arrow.parquet_schema(table)
        self._csv: BinaryIO = (folder / f"{table.name}.csv").open("wb")
        self._csv.write(head(table))
        self._parquet = pq.ParquetWriter(folder / f"{table.name}.parquet", self._schema)
        self._waiting: list[pa.Table] = []
        self._n_waiting = 0

    def add(self, lines: bytes | memoryview, rows: pa.Table) -> None:
        """Add rows, also as they stand in the CSV."""
        self._csv.write(lines)
        self._waiting.append(arrow.copied(rows))
        self._n_waiting += len(rows)
        self.n_rows += len(rows)
        if self._n_waiting >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        self._wait()
        if self._n_waiting:
            self._laying = self._thread.submit(self._lay, self._waiting)
        self._waiting, self._n_waiting = [], 0

    def _lay(self, waiting: Sequence[pa.Table]) -> None:
        whole = arrow.joined([rows.replace_schema_metadata(None) for rows in waiting])
        whole = whole.cast(pa.schema(list(self._schema))).cast(self._schema)
        self._parquet.write_table(whole, row_group_size=len(whole))

    def _wait(self) -> None:
        """Have the last row group laid out, so that no more than two are held."""
        laying, self._laying = self._laying, None
        if laying:
            laying.result()

    def close(self) -> None:
        """Finish both files."""
        try:
            self._flush()
            self._wait()
        finally:
            self._parquet.close()
            self._csv.close()


@dataclass(slots=True)
class Gathered:
    """What parts hand on: rows for the shared tables, keys, and the hashes of the texts."""

    documents: list[pa.Table] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    namings: list[pa.Table] = field(default_factory=list)
    n_documents: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SHARED})
    texts: dict[str, str] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    corrected: list[Row] = field(default_factory=list)

    def take(self, part: Part) -> None:
        """Take what a part hands on."""
        segments = part.rows("segments")
        self.documents.append(arrow.copied(part.rows("documents")))
        self.segments += segments["segment_id"].to_pylist()
        self.countries |= set(segments["country_iso3"].drop_null().unique().to_pylist())
        self.namings.append(arrow.copied(part.rows("namings")))
        for name in ("rankings", "candidates", "pages"):
            self.rows[name] += arrow.dicts(part.rows(name))
        self.corrected += arrow.dicts(part.rows("corrections"))
        for row in arrow.dicts(part.rows("texts")):
            self.texts[row["document_id"]] = row["sha256"]
        for row in arrow.dicts(part.rows("entity_documents")):
            self.n_documents[row["entity_id"]] = (
                self.n_documents.get(row["entity_id"], 0) + row["n"]
            )

    def shared(self) -> dict[str, pd.DataFrame]:
        """The rows that several documents decide (`pipeline.tables.shared`)."""
        namings = arrow.dicts(arrow.summed(pa.concat_tables(self.namings))) if self.namings else []
        met = {row["correction_id"] for row in self.corrected}
        unmet = [c for c in self.corrections if c.correction_id not in met]
        rows = self.rows | {"namings": namings}
        found = tables.shared(tables.gathered(rows, self.n_documents, unmet))
        return {name: tables.frame(TABLE[name], found[name]) for name in found}

    def missing(self) -> pa.Table:
        """The rows of `coverage` for sections that pages lack."""
        return missing.rows(self.rows["pages"], arrow.ROWS["coverage"])

    def documents_frame(self) -> pd.DataFrame:
        """The table of documents."""
        if not self.documents:
            return tables.frame(TABLE["documents"], [])
        return arrow.frame(pa.concat_tables(self.documents))


class Writer:
    """Writes a dataset into a folder: parts in order, then the shared tables."""

    def __init__(self, folder: Path, base: sqlite.Base) -> None:
        """Begin all files in `folder`; `base` is the draft of the database."""
        self._folder = folder
        self._base = base
        self._thread = ThreadPoolExecutor(1)
        self._sheets = {table.name: Sheet(table, folder, self._thread) for table in TABLES}

    def parts(
        self,
        found: Iterable[Part],
        changed: Collection[str],
        corrections: Sequence[Correction] = (),
    ) -> Gathered:
        """Write the parts in the order of their prefixes.

        Args:
            changed: Prefixes whose rows in the database are not those of the part.
        """
        for prefix in sorted(changed):
            for name in OWN:
                self._base.clear(TABLE[name], f"doc-{prefix}", f"doc-{prefix}{_AFTER}")
        gathered = Gathered(corrections=corrections)
        for part in found:
            gathered.take(part)
            for name in OWN:
                rows = part.rows(name)
                self._sheets[name].add(part.csv(name), rows)
                if part.prefix in changed:
                    self._base.add(TABLE[name], arrow.plain(rows))
        return gathered

    @contextmanager
    def shared(self, frames: Mapping[str, pd.DataFrame], lacking: pa.Table) -> Iterator[None]:
        """Write the shared tables, and below the parts what no document has of its own.

        The database is saved while the sheets are filled and the block does what it likes.

        Args:
            lacking: What `Gathered.missing` gave.
        """
        found = {name: arrow.of_frame(data, TABLE[name]) for name, data in frames.items()}
        self._lacking(lacking)
        for name, rows in found.items():
            low = tables.MISSING if name in OWN else ""
            self._base.replace(TABLE[name], arrow.plain(rows), low)
        with ThreadPoolExecutor(1) as thread:
            saving = thread.submit(self._base.save, self._folder / DATABASE)
            self._sheets["coverage"].add(missing.csv(lacking), lacking)
            for name, rows in found.items():
                self._sheets[name].add(csv(rows), rows)
            yield
            saving.result()

    def _lacking(self, rows: pa.Table) -> None:
        """Have the database say which sections are missing."""
        table = TABLE["coverage"]
        wanted = set(missing.sample(rows)[table.key].to_pylist())
        there = set(self._base.keys(table, tables.MISSING, missing.SAMPLE))
        for key in there - wanted:
            keys = missing.keys_beside(key)
            self._base.clear(table, keys[0], keys[-1] + _AFTER)
        if new := wanted - there:
            keys = [key for each in sorted(new) for key in missing.keys_beside(each)]
            rows = rows.filter(pc.is_in(rows[table.key], pa.array(keys, pa.string())))
            self._base.add(table, arrow.plain(rows))

    def counts(self) -> dict[str, int]:
        """The number of rows of each table so far."""
        return {name: sheet.n_rows for name, sheet in self._sheets.items()}

    def finish(self) -> dict[str, int]:
        """Close the files of the tables and describe them.

        Returns:
            The number of rows of each table.
        """
        for sheet in self._sheets.values():
            sheet.close()
        counts = self.counts()
        package = json.dumps(datapackage(counts), ensure_ascii=False, indent=2)
        (self._folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")
        return counts

    def close(self) -> None:
        """Let go of the files, finished or not."""
        with ExitStack() as stack:
            stack.callback(self._thread.shutdown)
            for sheet in self._sheets.values():
                stack.callback(sheet.close)


def provenance_frame(settings: Settings) -> pd.DataFrame:
    """The table that says what each stage depended on."""
    rows = []
    for stage in STAGES:
        for part, version in provenance.parts(stage, settings).items():
            kind, _, name = part.partition(" ")
            key = f"{stage.name} {part}"
            cells = {"kind": kind, "name": name or kind, "version": version}
            rows.append({"part_id": key, "stage": stage.name, **cells})
    return tables.frame(TABLE["provenance"], rows)


def runs(
    gathered: Gathered,
    counts: Mapping[str, int],
    frames: Mapping[str, pd.DataFrame],
    settings: Settings,
) -> pd.DataFrame:
    """The table that says what made this dataset."""
    documents = gathered.documents_frame()
    row = {
        "code_version": __version__,
        "code_hash": provenance.code_hash(),
        "model_versions": json.dumps(provenance.model_hashes(), sort_keys=True),
        "configuration_hash": provenance.configuration_hash(settings),
        "n_documents": int((documents["status"] == "ok").sum()),
        "n_quarantined": int((documents["status"] == "quarantined").sum()),
        "n_segments": counts["segments"],
        "n_mentions": counts["mentions"],
        "n_entities": len(frames["entities"]),
        "n_rankings": len(frames["rankings"]),
    }
    seed = json.dumps(row, sort_keys=True) + "|".join(documents["document_id"])
    row["run_id"] = f"run-{hashlib.sha256(seed.encode()).hexdigest()[:12]}"
    return tables.frame(TABLE["runs"], [row])
