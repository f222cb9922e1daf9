"""Rows as Arrow: the schemas that follow from `pipeline.schema`, and bytes to keep them in."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.columns import Table
from pipeline.rows import OWN, Row
from pipeline.schema import TABLE

_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
_PANDAS = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
}
_CODEC = pa.Codec("zstd", 1)  # the whole file: its many small buffers one by one cost more
_SIZE = 8  # bytes that say how large it is
_READ = pa.ipc.IpcReadOptions(use_threads=False)


def fields(table: Table) -> pa.StructType:
    """A row of a table."""
    return pa.struct([(c.name, _TYPES[c.type]) for c in table.columns])


_COUNTS = ("n", "n_counted")
_NAMING = pa.struct(
    [(name, pa.string()) for name in ("entity_id", "label", "country", "name", "form")]
    + [(name, pa.int64()) for name in _COUNTS]
)
_CANDIDATE = pa.struct(
    [
        *fields(TABLE["panel"]),
        pa.field("width", pa.int64()),
        pa.field("confidence", pa.float64()),
        pa.field("source", pa.string()),
        pa.field("start", pa.int64()),
    ]
)
_PAGE = pa.struct(
    [
        ("document_id", pa.string()),
        ("publisher", pa.string()),
        ("edition", pa.int64()),
        ("countries", pa.list_(pa.string())),
    ]
)
SHARED_FIELDS = {
    "rankings": fields(TABLE["rankings"]),
    "namings": _NAMING,
    "candidates": _CANDIDATE,
    "pages": _PAGE,
}
ROWS = {name: fields(TABLE[name]) for name in OWN} | SHARED_FIELDS


def packed(row: Mapping[str, Any], schema: pa.Schema) -> bytes:
    """One row as an Arrow file."""
    return written(pa.Table.from_pylist([dict(row)], schema=schema))


def written(data: pa.Table) -> bytes:
    """A table as an Arrow file, compressed."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, data.schema) as file:
        file.write_table(data)
    whole = sink.getvalue()
    size: int = whole.size
    return size.to_bytes(_SIZE, "big") + bytes(_CODEC.compress(whole))


def opened(data: bytes) -> pa.Table | None:
    """The table that `written` gave; None if it is none."""
    size = int.from_bytes(data[:_SIZE], "big")
    try:
        whole = _CODEC.decompress(memoryview(data)[_SIZE:], size)
        return pa.ipc.open_file(whole, options=_READ).read_all()
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return None


def flat(column: pa.ChunkedArray) -> pa.Table:
    """The rows in a column of lists of rows, one below the other."""
    rows = (
        column.combine_chunks().flatten() if column.num_chunks != 1 else column.chunk(0).flatten()
    )
    return pa.Table.from_struct_array(rows)


def listed(rows: pa.Table) -> pa.Array:
    """Rows as one list of rows, the reverse of `flat`."""
    whole = rows.combine_chunks()
    columns = [_one(column) for column in whole.columns]
    struct = pa.StructArray.from_arrays(columns, fields=list(whole.schema))
    return pa.ListArray.from_arrays(pa.array([0, len(struct)], pa.int32()), struct)


def _one(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def summed(namings: pa.Table) -> pa.Table:
    """The namings of several documents, those that are alike in one row."""
    keys = [name for name in namings.column_names if name not in _COUNTS]
    found = namings.group_by(keys, use_threads=False).aggregate([(n, "sum") for n in _COUNTS])
    renamed = found.rename_columns([name.removesuffix("_sum") for name in found.column_names])
    return renamed.select(namings.column_names).sort_by([(key, "ascending") for key in keys])


def documents_of(mentions: pa.Table) -> dict[str, int]:
    """In how many documents each entity is mentioned."""
    pairs = mentions.select(["entity_id", "document_id"]).drop_null()
    pairs = pairs.group_by(["entity_id", "document_id"], use_threads=False).aggregate([])
    found = pairs.group_by("entity_id", use_threads=False).aggregate([("document_id", "count")])
    return dict(plain(found.select(["entity_id", "document_id_count"])))


def frame(data: pa.Table) -> pd.DataFrame:
    """A data frame with the types of `pipeline.tables.frame`."""
    found: pd.DataFrame = data.to_pandas(types_mapper=_PANDAS.get)
    return found


def plain(data: pa.Table) -> list[tuple[Any, ...]]:
    """The rows as tuples of plain values, None for null."""
    return list(zip(*(column.to_pylist() for column in data.columns), strict=True))


def dicts(data: pa.Table) -> list[Row]:
    """The rows as dicts."""
    rows: list[Row] = data.to_pylist()
    return rows


def of_frame(data: pd.DataFrame, table: Table) -> pa.Table:
    """An Arrow table that pandas reads back with the same types."""
    return pa.Table.from_pandas(data, schema=parquet_schema(table), preserve_index=False)


@cache
def parquet_schema(table: Table) -> pa.Schema:
    """The schema of a table's Parquet file."""
    empty = pd.DataFrame({c.name: pd.array([], dtype=_pandas(c.type)) for c in table.columns})
    plain_ = pa.schema(list(fields(table)))
    metadata = pa.Schema.from_pandas(empty, preserve_index=False).metadata
    return plain_.with_metadata(metadata)


def _pandas(kind: str) -> Any:
    return _PANDAS[_TYPES[kind]]


def copied(data: pa.Table) -> pa.Table:
    """A table with memory of its own, so that what it was cut from can go."""
    return joined([data, data.slice(0, 0)])  # of two, because one alone is handed back as it is


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables one below the other, in one piece."""
    return pa.concat_tables(tables).combine_chunks()
