"""The dataset in parts: documents whose ids begin alike, put into tables, checked, and kept.

A part is made again only if one of its documents changed. Its rows are kept as Arrow and, as they
will stand in the CSV files, as bytes; a dataset is its parts one below the other, because every
key of a table that one document alone decides begins with the document's id.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from csv import writer
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline import arrow, missing, tables
from pipeline.check import check
from pipeline.columns import Table
from pipeline.corrections import digest as digest_of
from pipeline.files import Source
from pipeline.provenance import fingerprints
from pipeline.records import Failure
from pipeline.rows import OWN, SHARED
from pipeline.schema import TABLE
from pipeline.settings import Settings
from pipeline.shards import digest, shard

Fail = Callable[[Source, str], Failure]
_DIGITS = slice(4, 6)  # of "doc-0123456789ab": 256 parts
_TOGETHER = 300  # documents that are put into tables at a time, unless they are large
_BYTES = 20_000_000
_TEXT = pa.struct([("document_id", pa.string()), ("sha256", pa.string())])
_COUNT = pa.struct([("entity_id", pa.string()), ("n", pa.int64())])
_SCHEMA = pa.schema(
    [
        *((f"rows.{name}", pa.list_(arrow.ROWS[name])) for name in OWN),
        *((f"csv.{name}", pa.large_binary()) for name in OWN),
        *((name, pa.list_(arrow.ROWS[name])) for name in SHARED),
        ("texts", pa.list_(_TEXT)),
        ("entity_documents", pa.list_(_COUNT)),
    ]
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dataset.

    Attributes:
        prefix: What the ids of its documents begin with, after "doc-".
    """

    prefix: str
    _data: pa.Table

    def rows(self, name: str) -> pa.Table:
        """The rows of a table, or of what is shared."""
        return arrow.flat(self._data.column(f"rows.{name}" if name in OWN else name))

    def csv(self, name: str) -> memoryview:
        """The lines of a table's CSV, without its head."""
        return memoryview(self._data.column(f"csv.{name}")[0].as_buffer())


@dataclass(frozen=True, slots=True)
class Share:
    """The documents of a part, and the key that it is kept under."""

    prefix: str
    sources: tuple[Source, ...]
    key: str


def shares(sources: Iterable[Source], settings: Settings) -> list[Share]:
    """The parts of the dataset of some documents, in the order of their prefixes."""
    prints = fingerprints(settings)
    mark = "|".join(prints.values())
    groups: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda source: source.document_id):
        groups.setdefault(source.document_id[_DIGITS], []).append(source)
    found = []
    for prefix, group in groups.items():
        text = "|".join([mark, *(_said(source) for source in group)])
        name = hashlib.sha256(text.encode()).hexdigest()
        found.append(Share(prefix, tuple(group), f"parts/{name[:2]}/{name}"))
    return found


def _said(source: Source) -> str:
    return f"{source.document_id} {digest_of(source.corrections)}".rstrip()


def opened(prefix: str, data: bytes | None) -> Part | None:
    """A kept part; None if it is damaged."""
    found = arrow.opened(data) if data is not None else None
    whole = found is not None and found.schema == _SCHEMA and found.num_rows == 1
    return Part(prefix, found) if whole else None


def together(lacking: Sequence[Share]) -> Iterator[list[Share]]:
    """Parts that are to be made, in groups of a bounded number and size of documents."""
    group: list[Share] = []
    n = size = 0
    for share in lacking:
        group.append(share)
        n += len(share.sources)
        size += sum(source.size for source in share.sources)
        if n >= _TOGETHER or size >= _BYTES:
            yield group
            group, n, size = [], 0, 0
    if group:
        yield group


def made(group: Sequence[Share], rows: Mapping[str, pa.Table], fail: Fail) -> dict[str, bytes]:
    """Parts from the shards of their documents, by key; what breaks the contract is quarantined.

    Args:
        rows: The shard of each document, by its id.
        fail: Gives the quarantine of a document.
    """
    sources = [source for share in group for source in share.sources]
    shards = [rows[source.document_id] for source in sources]
    try:
        _check(arrow.joined(shards))
    except (OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - find the documents at fault, keep the others
        shards = [_sound(each, source, fail) for each, source in zip(shards, sources, strict=True)]
        _check(arrow.joined(shards))
    found, at = {}, 0
    for share in group:
        own = arrow.joined(shards[at : at + len(share.sources)])
        found[share.key] = arrow.written(_part(own))
        at += len(share.sources)
    return found


def _check(data: pa.Table) -> None:
    """Check the documents as a dataset of their own.

    Raises:
        Broken: If it does not keep the contract.
    """
    rows = {name: arrow.flat(data.column(name)) for name in (*OWN, *SHARED)}
    shared = {name: arrow.dicts(rows[name]) for name in SHARED}
    counts = arrow.documents_of(rows["mentions"])
    found = tables.shared(tables.gathered(shared, counts))
    whole = {name: tables.frame(TABLE[name], found[name]) for name in found}
    whole["coverage"] = arrow.frame(missing.rows(shared["pages"], arrow.ROWS["coverage"]))
    for name in OWN:
        below = [whole[name]] if name in whole else []
        whole[name] = pd.concat([arrow.frame(rows[name]), *below], ignore_index=True)
    check(tables.unpublished(whole), dict(texts(data)))


def texts(data: pa.Table) -> Iterator[tuple[str, str]]:
    """The id and the canonical text of each document that was read."""
    columns = (data.column("document_id"), data.column("text"))
    for document_id, text in zip(*(column.to_pylist() for column in columns), strict=True):
        if text is not None:
            yield document_id, text


def _sound(data: pa.Table, source: Source, fail: Fail) -> pa.Table:
    """The rows of a document, or its quarantine where they break the contract."""
    try:
        _check(data)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, only this document is lost
        problem = " ".join(str(error).split())
        reason = f"An internal error: its rows break the contract ({problem})."
        failed = arrow.opened(shard(fail(source, reason)))
        assert failed is not None
        return failed
    return data


def _part(data: pa.Table) -> pa.Table:
    found: dict[str, Any] = {}
    for name in OWN:
        rows = arrow.flat(data.column(name))
        found[f"rows.{name}"] = arrow.listed(rows)
        found[f"csv.{name}"] = pa.array([csv(rows)], pa.large_binary())
    for name in SHARED:
        rows = arrow.flat(data.column(name))
        found[name] = arrow.listed(arrow.summed(rows) if name == "namings" else rows)
    digests = [{"document_id": key, "sha256": digest(text)} for key, text in texts(data)]
    found["texts"] = pa.array([digests], pa.list_(_TEXT))
    counts = arrow.documents_of(arrow.flat(data.column("mentions")))
    listed = [{"entity_id": key, "n": n} for key, n in sorted(counts.items())]
    found["entity_documents"] = pa.array([listed], pa.list_(_COUNT))
    return pa.table([found[field.name] for field in _SCHEMA], schema=_SCHEMA)


def csv(rows: pa.Table) -> bytes:
    """Rows in RFC 4180 but for the line end, which is LF; null is an empty cell."""
    lines = _Lines()
    writer(lines, lineterminator="\r\n").writerows(arrow.plain(rows))
    return lines.getvalue().encode()


class _Lines(io.StringIO):
    """Lines that end in LF, of a writer that puts quotes around a cell with either CR or LF."""

    def __init__(self) -> None:
        super().__init__(newline="")

    def write(self, line: str) -> int:
        return super().write(line.removesuffix("\r\n") + "\n")


def head(table: Table) -> bytes:
    """The first line of a table's CSV."""
    return (",".join(table.names) + "\n").encode()
