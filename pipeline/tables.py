"""Rows of all documents -> data frames, one a table of `pipeline.schema`, sorted by key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline import arrow, knowledge, missing
from pipeline.columns import Table
from pipeline.corrections import ALL
from pipeline.coverage import MISSING
from pipeline.entities import Entity, Naming, entities
from pipeline.panel import panel_rows
from pipeline.rankings.checks import contradicted
from pipeline.records import Correction, Failure, Ranking, Result
from pipeline.rows import OWN, SHARED, Row, Rows, cells, correction_row, rows_of
from pipeline.schema import TABLE

__all__ = [
    "MISSING",
    "Shared",
    "assemble",
    "documents_of",
    "frame",
    "frames",
    "gathered",
    "shared",
    "unpublished",
]
DTYPES = {"string": "string", "integer": "Int64", "number": "Float64"}


@dataclass(frozen=True, slots=True)
class Shared:
    """What the tables are made from that several documents decide together.

    Attributes:
        rankings: Rows of the table, checked each document for itself.
        n_documents: How many documents mention each entity.
        candidates: Rows that the panel is chosen from.
        corrections: Those that no document has.
    """

    rankings: Sequence[Row]
    namings: Iterable[Naming]
    n_documents: Mapping[str, int]
    candidates: Sequence[Row]
    corrections: Sequence[Correction] = ()


def assemble(outcomes: Iterable[Result | Failure]) -> dict[str, pd.DataFrame]:
    """All tables but those on the run, from the outcomes of all documents in any order."""
    found = [rows_of(outcome) for outcome in outcomes]
    merged = {name: [row for rows in found for row in rows[name]] for name in (*OWN, *SHARED)}
    return frames(merged)


def frames(rows: Rows) -> dict[str, pd.DataFrame]:
    """All tables but those on the run, from the rows of some documents."""
    mentioned = pd.DataFrame(rows["mentions"], columns=["document_id", "entity_id"])
    found = shared(gathered(rows, documents_of(mentioned)))
    found["coverage"] = arrow.dicts(missing.rows(rows["pages"], arrow.ROWS["coverage"]))
    both = {name: [*rows[name], *found[name]] for name in found if name in OWN}
    whole = {name: rows[name] for name in OWN} | found | both
    return {name: frame(TABLE[name], whole[name]) for name in TABLE if name in whole}


def unpublished(found: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """All tables, those that only a run can fill in empty."""
    return {**found, **{name: frame(TABLE[name], []) for name in ("provenance", "runs")}}


def gathered(
    rows: Mapping[str, Sequence[Row]],
    n_documents: Mapping[str, int],
    corrections: Sequence[Correction] = (),
) -> Shared:
    """What documents hand on (`pipeline.rows.SHARED`), as records."""
    return Shared(
        rankings=rows["rankings"],
        namings=[Naming(**row) for row in rows["namings"]],
        n_documents=n_documents,
        candidates=rows["candidates"],
        corrections=corrections,
    )


def documents_of(mentions: pd.DataFrame) -> dict[str, int]:
    """In how many documents each entity is mentioned, from `document_id` and `entity_id`."""
    pairs = mentions[["document_id", "entity_id"]].dropna().drop_duplicates()
    return {str(key): int(n) for key, n in pairs["entity_id"].value_counts().items()}


def shared(found: Shared) -> Rows:
    """The rows that several documents decide: whole tables, corrections without a document.

    Of `coverage`, missing sections are so many that `pipeline.missing` makes them.
    """
    return {
        "countries": _countries(),
        "entities": [_entity(e) for e in entities(found.namings, found.n_documents).values()],
        "rankings": _compared(found.rankings),
        "panel": panel_rows(found.candidates),
        "corrections": [_unmet(correction) for correction in found.corrections],
    }


def _unmet(correction: Correction) -> Row:
    """A correction whose report, or whose quote in any report, is gone."""
    status = "quote_missing" if correction.document == ALL else "document_missing"
    key = f"{MISSING}{correction.correction_id}"
    return correction_row(correction) | {"corrected_id": key, "status": status}


def _compared(rankings: Sequence[Row]) -> list[Row]:
    """The placements; those that contradict the ones of other documents are marked."""
    wrong = contradicted([_ranking(row) for row in rankings])
    return [
        row | {"check": "contradicted"} if i in wrong else row for i, row in enumerate(rankings)
    ]


def _ranking(row: Row) -> Ranking:
    own = ("start", "end", "index_name", "edition", "dimension", "rank", "out_of", "check")
    return Ranking(country=row["country_iso3"], **{name: row[name] for name in own})


def frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """A data frame with the columns and types of the schema, sorted by primary key.

    Args:
        rows: One dict a row; a column that is missing there is null.
    """
    typed = {
        c.name: pd.array(cells(rows, c), dtype=DTYPES[c.type])  # type: ignore[call-overload]
        for c in table.columns
    }
    return pd.DataFrame(typed).sort_values(table.key, ignore_index=True)


def _countries() -> list[Row]:
    return [
        {name: getattr(country, name) for name in TABLE["countries"].names}
        for country in knowledge.countries()
    ]


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "entity_id": entity.entity_id,
        "label": entity.label,
        "name": entity.name,
        "acronym": entity.acronym,
        "aliases": entity.aliases_json,
        "country_iso3": entity.country,
        "n_mentions": entity.n_mentions,
        "n_documents": entity.n_documents,
        "first_year": entity.first_year,
        "last_year": entity.last_year,
    }
