"""The analysis table: one row a country × indicator × edition."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline import knowledge
from pipeline.coverage import otherwise_of
from pipeline.ranges import plausible
from pipeline.records import Block, Result, Segment

Row = dict[str, Any]
_COUNTED = {
    "n_agencies": "AGENCY",
    "n_strategies": "STRATEGY",
    "n_laws": "LAW",
    "n_platforms": "PLATFORM",
}


# Columns of the panel, and what they are called among the countries.
_IDS = {
    "country": "name",
    "iso2": "iso2",
    "iso_numeric": "iso_numeric",
    "cow_code": "cow_code",
    "vdem_id": "vdem_id",
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
    """One row a country × indicator × edition; of several sections the most exact one.

    Where no edition is known, sections of two reports may be of two editions: then the report with
    the most sections comes first, so that editions are not mixed country by country. With the ids
    of the country in other datasets, and the range that the right number of agencies lies in.
    """
    ids = {country.country_iso3: country for country in knowledge.countries()}
    rows = list(found)
    sizes = Counter((row["document_id"], row["indicator"]) for row in rows)
    best: dict[str, tuple[tuple[Any, ...], Row]] = {}
    for row in rows:
        rank = _rank(row, sizes[row["document_id"], row["indicator"]])
        if row["panel_id"] not in best or rank < best[row["panel_id"]][0]:
            best[row["panel_id"]] = (rank, row)
    return [
        row
        | {name: getattr(ids[row["country_iso3"]], field) for name, field in _IDS.items()}
        | dict(zip(("n_agencies_lo", "n_agencies_hi"), plausible(row["n_agencies"]), strict=True))
        for _, row in best.values()
    ]


def _rank(row: Row, size: int) -> tuple[Any, ...]:
    """What the best of the rows of one country, indicator and edition has least of.

    Args:
        size: Sections of its report on the indicator.
    """
    report = (-size, row["source"]) if row["edition"] is None else ()
    corrected = row["width"] < 0
    return (not corrected, *report, row["width"], -row["confidence"], row["source"], row["start"])


def _width(segment: Segment) -> int:
    """Width of the score interval; without a score wider than any; what a person says is first."""
    if segment.corrected:
        return -1
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
        "coverage": "found" if any(counts.values()) else otherwise_of(result, segment),
    }


def _words(blocks: Iterable[Block], text: str) -> int:
    return sum(len(b.of(text).split()) for b in blocks if b.role in ("prose", "list_item"))
