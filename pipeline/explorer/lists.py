"""What the page sorts, searches and filters: lists of rows with the fields they have."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.explorer.dataset import Dataset, Row, heading
from pipeline.records import LABELS

_SECTION = (
    "segment_id", "document_id", "ordinal", "country_iso3", "indicator", "tier", "score_min",
    "score_max", "country_method", "country_confidence", "runner_up_iso3", "tier_status",
    "tier_reason",
)  # fmt: skip
_ENTITY = (
    "entity_id", "label", "name", "acronym", "country_iso3", "n_mentions", "n_documents",
    "first_year", "last_year", "aliases",
)  # fmt: skip
_RANKING = (
    "ranking_id", "document_id", "segment_id", "country_iso3", "index_name", "index_entity_id",
    "edition", "dimension", "rank", "out_of", "value", "qualifier", "check",
)  # fmt: skip
_PANEL = (
    "country_iso3", "indicator", "edition", "tier", "score_min", "score_max", "document_id",
    "n_agencies", "n_strategies", "n_laws", "n_platforms", "n_rankings", "n_words", "coverage",
)  # fmt: skip
_CORRECTION = ("document_id", "action", "quote", "value", "was", "status", "note")
_DOCUMENT = (
    "document_id", "source", "status", "reason", "layout", "indicator", "edition", "publisher",
    "country_iso3", "language", "n_chars",
)  # fmt: skip


def lists(dataset: Dataset, where: Mapping[str, str]) -> dict[str, Any]:
    """The lists by the name of the piece they go into.

    Args:
        where: In which piece each document and entity is.
    """
    return {
        "index": {
            "countries": _countries(dataset),
            "labels": LABELS,
            "documents": _documents(dataset, where),
            "panel": _panel(dataset),
            "counts": {name: len(rows) for name, rows in dataset.tables.items()},
        },
        "sections": _fields(dataset.rows("segments"), _SECTION),
        "entities": _fields(dataset.rows("entities"), _ENTITY, piece=where),
        "rankings": _rankings(dataset),
        "corrections": _fields(dataset.rows("corrections"), _CORRECTION),
    }


def _fields(
    rows: Iterable[Row],
    names: Sequence[str],
    *,
    piece: Mapping[str, str] | None = None,
    **more: Sequence[Any],
) -> dict[str, Any]:
    """Rows of values with the names of their fields; `more` adds a field with a value a row.

    Args:
        piece: In which piece the row's first field is to be looked up; also becomes a field.
    """
    values = [[row[name] for name in names] for row in rows]
    fields = list(names)
    if piece is not None:
        more = {**more, "piece": [piece.get(row[0]) for row in values]}
    for name, added in more.items():
        fields.append(name)
        for row, value in zip(values, added, strict=True):
            row.append(value)
    return {"fields": fields, "rows": values}


def _countries(dataset: Dataset) -> dict[str, str]:
    """The names of the countries that stand anywhere in the dataset, in alphabetical order."""
    tables = ("documents", "segments", "entities", "mentions", "rankings", "panel")
    used = {code for table in tables for code in dataset.rows(table).column("country_iso3")}
    used |= set(dataset.rows("segments").column("runner_up_iso3"))
    names = dataset.country_names()
    return dict(sorted(((c, names[c]) for c in used if c), key=lambda item: item[1]))


def _documents(dataset: Dataset, where: Mapping[str, str]) -> dict[str, Any]:
    rows = dataset.rows("documents")
    keys = rows.column("document_id")
    mentions = Counter(dataset.rows("mentions").column("document_id"))
    sections = Counter(dataset.rows("segments").column("document_id"))
    return _fields(
        rows,
        _DOCUMENT,
        piece=where,
        heading=[heading(row) for row in rows],
        n_segments=[sections[key] for key in keys],
        n_mentions=[mentions[key] for key in keys],
    )


def _panel(dataset: Dataset) -> dict[str, Any]:
    """The panel, each row with the section it comes from."""
    found: dict[tuple[Any, ...], str] = {}
    narrow = sorted(dataset.rows("segments"), key=_width)
    for row in narrow:
        key = row["document_id"], row["country_iso3"], row["indicator"], row["tier"]
        found.setdefault(key, row["segment_id"])
    rows = dataset.rows("panel")
    keys = [(r["document_id"], r["country_iso3"], r["indicator"], r["tier"]) for r in rows]
    return _fields(rows, _PANEL, segment_id=[found.get(key) for key in keys])


def _width(segment: Row) -> tuple[int, float, int]:
    """How exact a section is; the panel takes the most exact one."""
    low, high = segment["score_min"], segment["score_max"]
    width = 99 if low is None or high is None else high - low
    return width, -segment["country_confidence"], segment["start"]


def _rankings(dataset: Dataset) -> dict[str, Any]:
    """The placements with the sentences that state them."""
    rows = dataset.rows("rankings")
    texts = dataset.texts
    sentences = [texts.get(r["document_id"], "")[r["start"] : r["end"]] for r in rows]
    return _fields(rows, _RANKING, sentence=sentences)
