"""The rows of `coverage` for sections that comparative pages lack.

There are hundreds of thousands of them in a large dataset, each of which follows from a page and a
country, so they are made column by column.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.coverage import MISSING, Page, missing_sections
from pipeline.records import LABELS

_LABELS = sorted(LABELS, key=str.lower)
_STATUS = "section_missing"


def rows(pages: Iterable[Page], schema: pa.StructType) -> pa.Table:
    """All of them, in the order of their keys.

    Args:
        schema: Of a row of `coverage`.
    """
    sections = missing_sections(pages)
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
    places = [i for i in range(len(values)) for _ in range(n)]
    return pa.array(values, pa.string()).take(pa.array(places, pa.int64()))


def csv(found: pa.Table) -> bytes:
    """The rows as lines; none of their cells has to be quoted."""
    cells = [pc.fill_null(column.cast(pa.string()), "") for column in found.columns]
    lines = pc.binary_join_element_wise(*cells, ",").to_pylist()
    return "".join(f"{line}\n" for line in lines).encode()


def sample(found: pa.Table) -> pa.Table:
    """The rows of one label: those of the others differ from them in nothing else."""
    return found.filter(pc.equal(found["label"], _LABELS[0]))
