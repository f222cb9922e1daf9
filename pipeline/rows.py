"""One document's outcome -> its rows of every table, and what all documents together are asked.

Rows of a document depend on nothing but the document. What several documents decide (entities,
the panel, contradicting placements, missing sections) is put together in `pipeline.tables` from
the parts listed in `SHARED`.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.columns import Column, numbered
from pipeline.coverage import own_rows, page_of
from pipeline.entities import entity_id, namings
from pipeline.panel import candidates
from pipeline.rankings.names import index_name
from pipeline.records import FORMULA, Correction, Failure, Mention, Ranking, Result, Span
from pipeline.schema import TABLE

Row = dict[str, Any]
Rows = dict[str, list[Row]]
# Tables whose rows one document alone decides, …
OWN = (
    "documents",
    "segments",
    "blocks",
    "tier_statements",
    "mentions",
    "citations",
    "year_roles",
    "coverage",
    "corrections",
)
# … and what is handed on for the other tables.
SHARED = ("rankings", "namings", "candidates", "pages")
# Which blocks stand under which; headings of the file's own levels come below.
_LEVELS = {"title": 1, "question": 2, "tier_statement": 3, "heading": 4, "country_heading": 4}
_UNDER = " > "


def rows_of(outcome: Result | Failure) -> Rows:
    """All rows of a document, those of each table in the order of their key."""
    found: Rows = {name: [] for name in (*OWN, *SHARED)}
    found["documents"] = [_document(outcome)]
    found["coverage"] = own_rows(outcome)
    found["pages"] = [asdict(page) for page in page_of(outcome)]
    if isinstance(outcome, Result):
        for name, build in _BUILDERS.items():
            found[name] = build(outcome)
        found["namings"] = [naming._asdict() for naming in namings(outcome.mentions)]
        found["candidates"] = candidates(outcome)
    for name in OWN:
        table = TABLE[name]
        ordered = sorted(found[name], key=lambda row: str(row[table.key]))
        columns = [cells(ordered, column) for column in table.columns]
        found[name] = [
            dict(zip(table.names, row, strict=True)) for row in zip(*columns, strict=True)
        ]
    return found


def cells(rows: Sequence[Row], column: Column) -> list[Any]:
    """The cells of a column; a text that a spreadsheet would run loses its first characters.

    Quotes were made harmless before, with their offsets.
    """
    found = [row.get(column.name) for row in rows]
    if column.type != "string" or column.name == "text":
        return found
    return [_harmless(cell, column) if cell and cell[0] in FORMULA else cell for cell in found]


def _harmless(cell: str, column: Column) -> str | None:
    if column.name == "source":
        return f"./{cell}"
    return cell.lstrip(FORMULA + " ") or None


def _segment_id(result: Result, span: Span) -> str | None:
    """Id of the segment that holds a span."""
    for i, segment in enumerate(result.segments, start=1):
        if segment.holds(span):
            return numbered(result.report.document_id, "s", i)
    return None


def _place(result: Result, span: Span) -> Row:
    """The columns that say where a span stands."""
    return {
        "document_id": result.report.document_id,
        "segment_id": _segment_id(result, span),
        "start": span.start,
        "end": span.end,
    }


def _document(outcome: Result | Failure) -> Row:
    if isinstance(outcome, Failure):
        return {
            "document_id": outcome.document_id,
            "source": outcome.source,
            "sha256": outcome.sha256,
            "media_type": outcome.media_type,
            "status": "quarantined",
            "reason": outcome.reason,
            "language": outcome.language,
        }
    report, outline = outcome.report, outcome.outline
    countries = {s.country for s in outcome.segments}
    return {
        "document_id": report.document_id,
        "source": report.source,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "status": "ok",
        "layout": outline.layout,
        "title": outline.title,
        "question": outline.question,
        "indicator": outline.indicator,
        "edition": outline.edition,
        "publisher": outline.publisher,
        "country_iso3": countries.pop() if len(countries) == 1 else None,
        "language": report.language,
        "n_chars": len(report.text),
        "n_pages": report.n_pages,
        "n_empty_pages": report.n_empty_pages,
    }


def _paths(result: Result) -> list[str | None]:
    """For each block the headings it stands under, from the highest to the lowest."""
    above: dict[int, str] = {}
    found: list[str | None] = []
    for block in result.outline.blocks:
        level = _LEVELS.get(block.role, 0) + (block.level if block.role == "heading" else 0)
        if level:
            above = {k: name for k, name in above.items() if k < level}
        found.append(_UNDER.join(above[k] for k in sorted(above)) or None)
        if level:
            above[level] = " ".join(block.of(result.report.text).split())
    return found


def _blocks(result: Result) -> list[Row]:
    document_id = result.report.document_id
    paths = _paths(result)
    return [
        _place(result, block)
        | {
            "block_id": numbered(document_id, "b", i),
            "ordinal": i,
            "role": block.role,
            "page": block.page,
            "path": paths[i - 1],
        }
        for i, block in enumerate(result.outline.blocks, start=1)
    ]


def _segments(result: Result) -> list[Row]:
    document_id = result.report.document_id
    return [
        {
            "segment_id": numbered(document_id, "s", i),
            "document_id": document_id,
            "ordinal": i,
            "start": s.start,
            "end": s.end,
            "country_iso3": s.country,
            "question": s.question,
            "indicator": s.indicator,
            "tier": s.tier,
            "score_min": s.score_min,
            "score_max": s.score_max,
            "country_method": s.country_method,
            "country_confidence": s.country_confidence,
            "runner_up_iso3": s.runner_up,
            "tier_status": s.tier_status,
            "tier_reason": s.tier_reason,
            "corrected": int(s.corrected),
        }
        for i, s in enumerate(result.segments, start=1)
    ]


def _statements(result: Result) -> list[Row]:
    document_id = result.report.document_id
    return [
        {
            "statement_id": numbered(document_id, "t", i),
            "document_id": document_id,
            "start": s.start,
            "end": s.end,
            "text": s.text,
            "tier": s.tier,
            "score_min": s.score_min,
            "score_max": s.score_max,
            "confidence": s.confidence,
            "runner_up_tier": s.runner_up_tier,
        }
        for i, s in enumerate(result.tier_statements, start=1)
    ]


def _mentions(result: Result) -> list[Row]:
    document_id = result.report.document_id
    return [
        _place(result, m)
        | {
            "mention_id": numbered(document_id, "m", i),
            "entity_id": None if m.label == "YEAR" else entity_id(m),
            "label": m.label,
            "text": m.text,
            "section": m.section,
            "country_iso3": m.country,
            "year_start": m.year_start,
            "year_end": m.year_end,
            "confidence": m.confidence,
            "method": m.method,
        }
        for i, m in enumerate(result.mentions, start=1)
    ]


def _rankings(result: Result) -> list[Row]:
    document_id = result.report.document_id
    indices = [m for m in result.mentions if m.label == "INDEX"]
    return [
        _place(result, r)
        | {
            "ranking_id": numbered(document_id, "r", i),
            "country_iso3": r.country,
            "index_name": r.index_name,
            "index_entity_id": _index_entity(indices, r),
            "edition": r.edition,
            "dimension": r.dimension,
            "rank": r.rank,
            "out_of": r.out_of,
            "value": r.value,
            "qualifier": r.qualifier,
            "check": r.check,
        }
        for i, r in enumerate(result.rankings, start=1)
    ]


def _index_entity(indices: list[Mention], ranking: Ranking) -> str | None:
    """The mention of the ranking's index in its sentence, else the last one before it."""
    name = index_name(ranking.index_name)
    same = [m for m in indices if index_name(m.canonical) == name]
    inside = [m for m in same if ranking.start <= m.start < ranking.end]
    before = [m for m in same if m.start < ranking.start]
    chosen = inside[:1] or before[-1:]
    return entity_id(chosen[0]) if chosen else None


def _year_roles(result: Result) -> list[Row]:
    document_id = result.report.document_id
    ids = {
        (m.start, m.end): numbered(document_id, "m", i)
        for i, m in enumerate(result.mentions, start=1)
        if m.label == "YEAR"
    }
    return [
        _place(result, r)
        | {
            "year_role_id": numbered(document_id, "y", i),
            "mention_id": ids[r.start, r.end],
            "entity_id": entity_id(r.thing),
            "role": r.role,
            "year": r.year,
        }
        for i, r in enumerate(result.year_roles, start=1)
    ]


def _citations(result: Result) -> list[Row]:
    document_id = result.report.document_id
    return [
        _place(result, c)
        | {
            "citation_id": numbered(document_id, "c", i),
            "text": c.text,
            "year": c.year,
            "title": c.title,
            "url": c.url,
            "accessed": c.accessed,
        }
        for i, c in enumerate(result.citations, start=1)
    ]


def _corrections(result: Result) -> list[Row]:
    document_id = result.report.document_id
    return [
        correction_row(done.correction)
        | {
            "corrected_id": numbered(document_id, "k", i),
            "document_id": document_id,
            "status": done.status,
            "start": done.place.start if done.place else None,
            "end": done.place.end if done.place else None,
        }
        for i, done in enumerate(result.corrections, start=1)
    ]


def correction_row(correction: Correction) -> Row:
    """The columns of a correction that it says itself."""
    own = ("correction_id", "action", "quote", "nth", "value", "was", "note")
    row = {name: getattr(correction, name) for name in own}
    if correction.action == "value":  # a spreadsheet would take a hyphen for a formula
        row |= {name: (row[name] or "").replace("-", "\u2212") or None for name in ("value", "was")}
    return row


_BUILDERS: dict[str, Callable[[Result], list[Row]]] = {
    "blocks": _blocks,
    "segments": _segments,
    "tier_statements": _statements,
    "mentions": _mentions,
    "rankings": _rankings,
    "year_roles": _year_roles,
    "citations": _citations,
    "corrections": _corrections,
}
