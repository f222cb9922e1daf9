"""Outline + segments -> mentions of agencies, strategies, laws, platforms, indices and years.

1. Every block is cut into sentences, and every sentence is read once (`reading`).
2. What a section says elsewhere counts, too (`agreement`); the best names are chosen (`model`).
3. What the annotation rules say about bounds and look-alikes is applied (`tidy`).
4. Years are found by rules and may lie inside names.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline import normalise
from pipeline.extract.model import Guess, Passage, names
from pipeline.extract.tidy import tidy
from pipeline.records import Block, Mention, Outline, Segment, section_of, segment_at
from pipeline.settings import DEFAULT
from pipeline.years import find_years

__all__ = ["mentions"]

_LONGEST = 5_000  # characters that are read at a time
_BULLET = re.compile(r"[•▪◦●‣■□○►▸·*>–—-]\s+(?=\S)")
_SPACE = re.compile(r"\s+")
_SKIPPED = ("score", "scale", "tier_statement", "question", "country_heading")
_OUTSIDE = -1  # the section of what stands in no segment


def mentions(
    outline: Outline,
    text: str,
    segments: list[Segment],
    threshold: float = DEFAULT.mention_threshold,
) -> list[Mention]:
    """All mentions of a document, in order; entities are linked later.

    Args:
        threshold: Least probability of a name that the classifiers propose.
    """
    blocks = [p for b in outline.blocks if b.role not in _SKIPPED for p in _pieces(b, text)]
    passages = [_passage(block, text, segment_at(segments, block)) for block in blocks]
    result: list[Mention] = []
    for block, passage, found in zip(
        blocks, passages, names().find(passages, threshold), strict=True
    ):
        result += _mentions(tidy(passage.text, found, cited=block.role == "citation"), block, text)
        result += _years(block, text)
    return sorted(result, key=lambda m: (m.start, -m.end))


def _pieces(block: Block, text: str) -> Iterator[Block]:
    """A block in pieces of bounded length, cut after a sentence or a line where possible.

    A bullet is left out: formats other than plain text have none, and names are to be the same.
    """
    bullet = _BULLET.match(block.of(text)) if block.role == "list_item" else None
    start = block.start + (bullet.end() if bullet else 0)
    block = replace(block, start=start)
    while block.end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        sentence, line = window.rfind(". ") + 1, window.rfind("\n")
        cut = max(sentence, line) if max(sentence, line) > 0 else window.rfind(" ")
        stop = start + (cut if cut > 0 else _LONGEST)
        if text[start:stop].strip():
            yield replace(block, start=start, end=stop)
        start = stop
    if text[start : block.end].strip():
        yield replace(block, start=start, end=block.end)


def _passage(block: Block, text: str, host: Segment | None) -> Passage:
    """The block with runs of white space squeezed to one blank."""
    return Passage(
        normalise.tame(_SPACE.sub(" ", block.of(text))),
        "citation" if block.role == "citation" else "body",
        host.country if host else None,
        host.start if host else _OUTSIDE,
    )


def _unsqueezed(words: str) -> list[int]:
    """For each offset into the squeezed text the offset into `words`, and its length last."""
    kept = [i for i, c in enumerate(words) if not (c.isspace() and i and words[i - 1].isspace())]
    return [*kept, len(words)]


def _mentions(found: list[Guess], block: Block, text: str) -> Iterator[Mention]:
    """Names in squeezed offsets as mentions in the document's."""
    back = _unsqueezed(block.of(text)) if found else []
    for name in found:
        start = block.start + back[name.start]
        end = block.start + back[name.end - 1] + 1
        yield Mention(
            start=start,
            end=end,
            text=text[start:end],
            label=name.label,
            section=section_of(block.role),
            confidence=round(name.probability, 4),
            method="model",
            canonical=normalise.spaces(text[start:end]),
        )


def _years(block: Block, text: str) -> list[Mention]:
    words = block.of(text)
    return [
        Mention(
            start=block.start + year.start,
            end=block.start + year.end,
            text=words[year.start : year.end],
            label="YEAR",
            section=section_of(block.role),
            confidence=0.99,
            method="rule",
            canonical=str(year.first) if year.first == year.last else f"{year.first}/{year.last}",
            year_start=year.first,
            year_end=year.last,
        )
        for year in find_years(words)
    ]
