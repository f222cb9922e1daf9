"""Results kept between runs, one Arrow file a document, addressed by all that they depend on.

`rows/` holds the rows of a document under a name made from its path, its content and the
fingerprints of all stages; whatever changes, the name changes with it, so a stale shard is never
read. `work/` holds what the stages came to (`pipeline.steps`) under the hash of the content, so
that a stage is passed again only where it must, also for a report that was renamed.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline import arrow
from pipeline.files import Source
from pipeline.place import Place
from pipeline.plan import CACHE, rows_key, work_key
from pipeline.records import Failure, Result
from pipeline.rows import rows_of
from pipeline.settings import Settings
from pipeline.steps import Steps
from pipeline.store import Store

SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("text", pa.large_string()),
        ("seconds", pa.float64()),
        *((name, pa.list_(row)) for name, row in arrow.ROWS.items()),
    ]
)


@dataclass(frozen=True, slots=True)
class Shards:
    """The results kept for one dataset."""

    store: Store
    settings: Settings

    @classmethod
    def of(cls, out: Place, settings: Settings) -> "Shards":
        """Those under `out`, which need not exist."""
        return cls(Store(out / CACHE), settings)

    def steps(self, source: Source) -> Steps:
        """What the file's stages came to at an earlier run."""
        return Steps(self.settings, self.store.get(work_key(source)))

    def save(
        self, source: Source, rows: bytes, steps: Steps | None, *, passing: bool = False
    ) -> None:
        """Keep the rows of a document, and what its stages came to.

        Args:
            passing: Only for this run, because they may be others another time.
        """
        if steps is not None and steps.passed:
            self.store.put(work_key(source), steps.dump())
        self.store.put(self._key(source, passing), rows)

    def _key(self, source: Source, passing: bool) -> str:
        key = rows_key(source, self.settings)
        return f"passing/{key.removeprefix('rows/')}" if passing else key

    def load(self, source: Source) -> pa.Table | None:
        """The rows that were kept, None where there are none or they are damaged."""
        data = self.store.get(rows_key(source, self.settings))
        return None if data is None else opened(data)

    def load_many(self, sources: list[Source], *, passing: bool = False) -> dict[str, pa.Table]:
        """The rows that were kept and are sound, by document id."""
        keys = {self._key(source, passing): source.document_id for source in sources}
        found = self.store.get_many(keys).items()
        valid = {keys[key]: opened(data) for key, data in found}
        return {document_id: rows for document_id, rows in valid.items() if rows is not None}


def shard(outcome: Result | Failure, seconds: float = 0.0) -> bytes:
    """The rows of an outcome as bytes, with the time that it took."""
    text = outcome.report.text if isinstance(outcome, Result) else None
    rows: dict[str, Any] = rows_of(outcome)
    document_id = rows["documents"][0]["document_id"]
    row = rows | {"document_id": document_id, "text": text, "seconds": seconds}
    return arrow.packed(row, SCHEMA)


def opened(data: bytes) -> pa.Table | None:
    """The rows of a document from bytes; None if they are damaged."""
    found = arrow.opened(data)
    return found if found is not None and found.schema == SCHEMA and found.num_rows == 1 else None


def digest(text: str) -> str:
    """SHA-256 of a canonical text as it is written."""
    return hashlib.sha256(text.encode()).hexdigest()
