"""Mentions, sections and golds made by hand."""

from pipeline.evaluate.gold import Gold
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.sections import Section
from pipeline.records import Block, Outline, Report, Result, Segment

TEN = "word word\n"


def outcome(label="AGENCY", what="right", unit="page.txt#1", **other):
    """A mention that is `right`, `wrong` or `missed`, or `moved`: wrong bounds only."""
    found, gold = what in ("right", "wrong", "moved"), what in ("right", "missed")
    told = {
        "document": unit.partition("#")[0],
        "layout": "indicator",
        "edition": 2024,
        "unit": unit,
        "country": "EST",
        "label": label,
        "section": "body",
        "start": 0,
        "end": 4,
        "text": "Word",
        "confidence": 0.9 if found else None,
        "found": found,
        "gold": gold,
        "touched": what in ("right", "moved"),
    }
    return Outcome(**(told | other))


def segment(start=0, end=10, country="EST", **other):
    return Segment(
        start=start,
        end=end,
        country=country,
        country_method="evidence",
        **({"country_confidence": 0.9} | other),
    )


def section(tier=None, found_tier=None, score=None, found_score=(None, None), **other):
    """A gold section and the segment found in its place."""
    low, high = found_score
    told = {
        "document": "page.txt",
        "layout": "indicator",
        "edition": 2024,
        "country": "EST",
        "tier": tier,
        "score": score,
        "found": segment(tier=found_tier, score_min=low, score_max=high),
        "exact": True,
    }
    return Section(**(told | other))


def gold(document="page.txt", mentions=(), segments=(), rankings=None):
    return Gold(
        document=document,
        mentions=frozenset(mentions),
        entities={},
        segments=tuple(segments),
        statements=(),
        rankings=rankings or (),
        has_mentions=True,
        has_rankings=rankings is not None,
    )


def document(*starts, blocks=8, countries=None):
    """A document of blocks of ten characters, with sections that start at these blocks."""
    ends = [*starts[1:], blocks]
    named = countries or ["EST", "FIN", "SWE", "NOR", "DNK", "ISL", "LVA", "LTU"]
    return Result(
        report=Report(
            document_id="doc-page",
            source="page.txt",
            sha256="0" * 64,
            media_type="text/plain",
            text=TEN * blocks,
            language="en",
        ),
        outline=Outline(
            layout="indicator",
            blocks=tuple(Block(start=10 * i, end=10 * i + 9, role="prose") for i in range(blocks)),
        ),
        segments=tuple(
            segment(10 * start, 10 * end - 1, country)
            for start, end, country in zip(starts, ends, named, strict=False)
        ),
    )
