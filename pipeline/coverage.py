"""Why a segment has no row of a kind: nothing said, no section, or nothing that can be read.

So that zero and unknown are different data: `found`, `not_mentioned` (read, and no such name),
`section_missing` (the country has sections on other pages of the edition but none here, or only a
heading), `unreadable` (a quarantined document, or a language that the models do not know).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.columns import numbered
from pipeline.records import LABELS, Coverage, Failure, Result, Segment

Row = dict[str, Any]
_READ = ("en",)  # languages that the model of names was trained on
_PROSE = ("prose", "list_item", "citation")


def coverage_rows(outcomes: Iterable[Result | Failure]) -> list[Row]:
    """One row a segment × label, a missing section × label, a quarantined document × label."""
    rows: list[Row] = []
    pages: dict[tuple[str | None, int | None], list[Result]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            rows += _rows(outcome.document_id, "x", None, None, {}, "unreadable")
            continue
        rows += _of_segments(outcome)
        if outcome.outline.layout == "indicator":
            pages[outcome.outline.publisher, outcome.outline.edition].append(outcome)
    for edition in pages.values():
        rows += _of_missing(edition)
    return rows


def _rows(
    document_id: str,
    key: str,
    segment_id: str | None,
    country: str | None,
    found: dict[str, int],
    otherwise: Coverage,
) -> Iterator[Row]:
    for label in LABELS:
        n = found.get(label, 0)
        yield {
            "coverage_id": f"{document_id}-v{key}-{label.lower()}",
            "document_id": document_id,
            "segment_id": segment_id,
            "country_iso3": country,
            "label": label,
            "status": "found" if n else otherwise,
            "n_mentions": n,
        }


def _of_segments(result: Result) -> Iterator[Row]:
    document_id = result.report.document_id
    counts: list[dict[str, int]] = [defaultdict(int) for _ in result.segments]
    at = 0
    for mention in sorted(result.mentions, key=lambda m: m.start):
        while at < len(result.segments) and result.segments[at].end <= mention.start:
            at += 1
        if at < len(result.segments) and result.segments[at].holds(mention):
            counts[at][mention.label] += mention.section != "boilerplate"
    for i, (segment, found) in enumerate(zip(result.segments, counts, strict=True), start=1):
        segment_id = numbered(document_id, "s", i)
        otherwise = _otherwise(result, segment)
        yield from _rows(document_id, f"s{i:05d}", segment_id, segment.country, found, otherwise)


def _otherwise(result: Result, segment: Segment) -> Coverage:
    """What it means that a segment has no mention of a label."""
    if not any(b.role in _PROSE and segment.holds(b) for b in result.outline.blocks):
        return "section_missing"
    return "not_mentioned" if result.report.language in _READ else "unreadable"


def _of_missing(edition: list[Result]) -> Iterator[Row]:
    """Countries of the other pages of an edition that a page has no section of."""
    countries = {r.report.document_id: {s.country for s in r.segments} for r in edition}
    known = {c for found in countries.values() for c in found if c}
    for result in edition:
        document_id = result.report.document_id
        for country in sorted(known - countries[document_id]):
            yield from _rows(document_id, country, None, country, {}, "section_missing")
