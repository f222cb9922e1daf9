"""The rows of `coverage` for sections that comparative pages lack.

There are hundreds of thousands of them in a large dataset, each of which follows from a page and a
country, so they are made column by column.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import WriteOptions, write_csv

from pipeline.coverage import MISSING, Page, missing_sections
from pipeline.records import LABELS
from pipeline.rows import Row

_LABELS = sorted(LABELS, key=str.lower)
SAMPLE = _LABELS[0]
_STATUS = "section_missing"


def rows(pages: Iterable[Row], schema: pa.StructType) -> pa.Table:
    """All of them, in the order of their keys.

    Args:
        pages: Comparative pages, the fields of `pipeline.coverage.Page`.
        schema: Of a row of `coverage`.
    """
    sections = missing_sections(Page(**page) for page in pages)
    n = len(_LABELS)
    documents, countries = (_each(column, n) for column in _columns(sections))
    labels = pa.array(_LABELS * len(sections), pa.string())
    keys = pc.binary_join_element_wise(
        pc.binary_join_element_wise(MISSING, documents, "-v", countries, ""),
        pc.utf8_lower(labels),
        "-",
    )
    size = len(keys)
    found = {
        "coverage_id": keys,
        "document_id": documents,
        "segment_id": pa.nulls(size, pa.string()),
        "country_iso3": countries,
        "label": labels,
        "status": pa.repeat(_STATUS, size),
        "n_mentions": pa.repeat(pa.scalar(0, pa.int64()), size),
    }
    return pa.table([found[field.name] for field in schema], schema=pa.schema(list(schema)))


def _columns(sections: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [document for document, _ in sections], [country for _, country in sections]


def _each(values: Sequence[str], n: int) -> pa.Array:
    """Every value n times."""
    return pa.array(values, pa.string()).take(pa.array(np.arange(len(values)).repeat(n)))


def csv(found: pa.Table) -> bytes:
    """The rows as lines; none of their cells has to be quoted."""
    sink = pa.BufferOutputStream()
    write_csv(found, sink, WriteOptions(include_header=False, quoting_style="none"))
    return bytes(sink.getvalue())


def sample(found: pa.Table) -> pa.Table:
    """The rows of one label, `SAMPLE`: those of the others differ from them in nothing else."""
    return found.filter(pc.equal(found["label"], SAMPLE))


def keys_beside(key: str) -> list[str]:
    """The keys of all rows of a section, sorted, from that of the sample."""
    section = key.removesuffix(SAMPLE.lower())
    return [f"{section}{label.lower()}" for label in _LABELS]
