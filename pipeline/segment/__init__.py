"""Outline + tier statements -> segments: which stretch is about which country, and its grade."""

from pipeline.records import Outline, Segment, TierStatement
from pipeline.segment.chapter import chapter_segments
from pipeline.segment.comparative import comparative_segments
from pipeline.segment.indicators import indicators
from pipeline.segment.single import single_segment

__all__ = ["segments"]


def segments(
    outline: Outline, text: str, statements: list[TierStatement], source: str
) -> list[Segment]:
    """The segments of a document, in order.

    Args:
        source: The document's path; its name may name the country.
    """
    if outline.layout == "chapter":
        return chapter_segments(outline, text, source)
    if outline.layout == "indicator":
        parts = indicators(outline, text, statements)
        return [found for part in parts for found in comparative_segments(*part)]
    return single_segment(outline, text, source)
