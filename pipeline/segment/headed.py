"""Sections of a page whose country headings and scores are printed."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from pipeline import normalise
from pipeline.records import Block, Outline, Segment
from pipeline.tiers import tier_of

_TWICE = 0.5  # a country that stands twice: one of the headings is wrong
_END = ("score", "tier_statement", "country_heading")


def headed_segments(outline: Outline, text: str) -> list[Segment]:
    """One segment a country heading: from the heading to the last line of its section."""
    blocks = outline.blocks
    named = Counter(normalise.country(b.of(text)) for b in blocks if b.role == "country_heading")
    at = [i for i, block in enumerate(blocks) if block.role == "country_heading"]
    score: int | None = None
    found = []
    for i, after in pairwise([*at, len(blocks)]):
        score = _score_before(blocks, i, text) or score
        last = next((k for k in range(i + 1, after) if blocks[k].role in _END), after)
        found.append(_segment(outline, text, blocks[i], blocks[last - 1], score))
    return [replace(s, country_confidence=_TWICE) if named[s.country] > 1 else s for s in found]


def _score_before(blocks: tuple[Block, ...], at: int, text: str) -> int | None:
    """The score that stands between the section before and this heading."""
    for block in reversed(blocks[:at]):
        if block.role == "score":
            return int(block.of(text))
        if block.role == "country_heading":
            return None
    return None


def _segment(outline: Outline, text: str, first: Block, last: Block, score: int | None) -> Segment:
    return Segment(
        start=first.start,
        end=last.end,
        country=normalise.country(first.of(text)),
        country_method="heading",
        country_confidence=0.99,
        question=outline.question,
        indicator=outline.indicator,
        tier=None if score is None else tier_of(score),
        score_min=score,
        score_max=score,
        tier_status="absent" if score is None else "stated",
    )
