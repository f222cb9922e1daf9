"""What a simple program reaches: known names only; the most named country of each paragraph."""

from pipeline.evaluate.scores import Spans
from pipeline.extract.classifier import pipeline
from pipeline.extract.found import without_overlaps
from pipeline.extract.reference import known_names
from pipeline.records import Result, Segment
from pipeline.segment.evidence import hits, tally
from pipeline.years import find_years


def names(result: Result) -> Spans:
    """Names of `reference/` and four-digit years, nothing learned."""
    text = result.report.text
    spans: set[tuple[int, int, str]] = set()
    for block in result.outline.blocks:
        doc = pipeline().make_doc(block.of(text).replace("\n", " "))
        found = without_overlaps(known_names(doc, block.start, None))
        spans |= {(f.start, f.end, f.label) for f in found}
        spans |= {
            (block.start + y.start, block.start + y.end, "YEAR") for y in find_years(doc.text)
        }
    return spans


def segments(result: Result) -> list[Segment]:
    """Paragraphs joined while the country that each names most stays the same."""
    text = result.report.text
    found: list[Segment] = []
    for block in result.outline.blocks:
        if block.role in ("title", "question", "tier_statement", "score", "scale", "boilerplate"):
            continue
        named = tally(h for h in hits(block.of(text)) if h.kind in ("name", "adjective"))
        top = max(sorted(named), key=lambda iso3: named[iso3], default=None)
        country = top or (found[-1].country if found else None)
        start = block.start
        if found and found[-1].country == country:
            start = found.pop().start
        found.append(
            Segment(
                start=start,
                end=block.end,
                country=country,
                country_method="evidence",
                country_confidence=0.0,
            )
        )
    return found
