"""The analysis table: one row a country × indicator × edition."""

import hashlib
from collections.abc import Iterable
from typing import Any

from pipeline.records import Block, Result, Segment

Row = dict[str, Any]
_COUNTED = {
    "n_agencies": "AGENCY",
    "n_strategies": "STRATEGY",
    "n_laws": "LAW",
    "n_platforms": "PLATFORM",
}


def candidates(result: Result) -> list[Row]:
    """A row for each section with country and indicator, and what it is chosen by."""
    return [
        _panel_row(result, segment)
        | {
            "width": _width(segment),
            "confidence": segment.country_confidence,
            "source": result.report.source,
            "start": segment.start,
        }
        for segment in result.segments
        if segment.country is not None and segment.indicator is not None
    ]


def panel_rows(found: Iterable[Row]) -> list[Row]:
    """One row a country × indicator × edition; of several sections the most exact one."""
    best: dict[str, tuple[tuple[Any, ...], Row]] = {}
    for row in found:
        rank = (row["width"], -row["confidence"], row["source"], row["start"])
        if row["panel_id"] not in best or rank < best[row["panel_id"]][0]:
            best[row["panel_id"]] = (rank, row)
    return [row for _, row in best.values()]


def _width(segment: Segment) -> int:
    """Width of the score interval; without a score wider than any."""
    if segment.score_min is None or segment.score_max is None:
        return 99
    return segment.score_max - segment.score_min


def _panel_row(result: Result, segment: Segment) -> Row:
    key = f"{segment.country}|{segment.indicator}|{result.outline.edition or ''}"
    inside = [m for m in result.mentions if segment.holds(m) and m.section != "boilerplate"]
    counts = {name: sum(m.label == label for m in inside) for name, label in _COUNTED.items()}
    blocks = [b for b in result.outline.blocks if segment.holds(b)]
    return counts | {
        "panel_id": f"p-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        "country_iso3": segment.country,
        "indicator": segment.indicator,
        "edition": result.outline.edition,
        "tier": segment.tier,
        "score_min": segment.score_min,
        "score_max": segment.score_max,
        "document_id": result.report.document_id,
        "n_rankings": sum(segment.holds(r) for r in result.rankings),
        "n_words": _words(blocks, result.report.text),
    }


def _words(blocks: Iterable[Block], text: str) -> int:
    return sum(len(b.of(text).split()) for b in blocks if b.role in ("prose", "list_item"))
