"""Why a segment has no row of a kind: nothing said, no section, or nothing that can be read.

So that zero and unknown are different data: `found`, `not_mentioned` (read, and no such name),
`section_missing` (the country has sections on other pages of the edition but none here, or only a
heading), `unreadable` (a quarantined document, or a language that the models do not know).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.columns import numbered
from pipeline.records import LABELS, Coverage, Failure, Result, Segment

Row = dict[str, Any]
_READ = ("en",)  # languages that the model of names was trained on
_PROSE = ("prose", "list_item", "citation")
MISSING = "missing-"  # rows that depend on other documents stand behind all others


@dataclass(frozen=True, slots=True)
class Page:
    """A comparative page: whose edition it belongs to, and the countries it has sections of."""

    document_id: str
    publisher: str | None
    edition: int | None
    countries: Sequence[str]


def page_of(outcome: Result | Failure) -> list[Page]:
    """The document as a comparative page, if it is one."""
    if isinstance(outcome, Failure) or outcome.outline.layout != "indicator":
        return []
    countries = sorted({s.country for s in outcome.segments if s.country})
    outline = outcome.outline
    return [Page(outcome.report.document_id, outline.publisher, outline.edition, countries)]


def own_rows(outcome: Result | Failure) -> list[Row]:
    """The rows that one document alone tells."""
    if isinstance(outcome, Failure):
        return list(
            _rows(f"{outcome.document_id}-vx", outcome.document_id, None, None, {}, "unreadable")
        )
    return list(_of_segments(outcome))


def missing_sections(pages: Iterable[Page]) -> list[tuple[str, str]]:
    """Page (document_id) and country that other pages of its edition have, sorted."""
    editions: dict[tuple[str | None, int | None], list[Page]] = defaultdict(list)
    for page in pages:
        editions[page.publisher, page.edition].append(page)
    found: list[tuple[str, str]] = []
    for edition in editions.values():
        known = {country for page in edition for country in page.countries}
        for page in edition:
            found += ((page.document_id, country) for country in known.difference(page.countries))
    return sorted(found)


def _rows(
    key: str,
    document_id: str,
    segment_id: str | None,
    country: str | None,
    found: dict[str, int],
    otherwise: Coverage,
) -> Iterator[Row]:
    for label in LABELS:
        n = found.get(label, 0)
        yield {
            "coverage_id": f"{key}-{label.lower()}",
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
        otherwise = otherwise_of(result, segment)
        key = numbered(document_id, "vs", i)
        yield from _rows(key, document_id, segment_id, segment.country, found, otherwise)


def otherwise_of(result: Result, segment: Segment) -> Coverage:
    """What it means that a segment has no mention of a label."""
    if not any(b.role in _PROSE and segment.holds(b) for b in result.outline.blocks):
        return "section_missing"
    return "not_mentioned" if result.report.language in _READ else "unreadable"
