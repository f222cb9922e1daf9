"""Outline + segments -> mentions of agencies, strategies, laws, platforms, indices and years.

1. Each block is read by the spaCy pipeline: the classifier chooses names among candidates.
2. Names known from `reference/` are added where nothing better stands.
3. What a document calls by name once is found wherever it says it again; an acronym takes the
   label of the words it stands for.
4. Years are found by rules and may lie inside names.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline import normalise
from pipeline.extract.classifier import GROUP, pipeline
from pipeline.extract.found import Found, without_overlaps
from pipeline.extract.reference import known_names
from pipeline.extract.repeats import acronyms_of, repeated
from pipeline.extract.tidy import tidy
from pipeline.records import Block, Mention, Outline, Section, Segment, segment_at
from pipeline.years import find_years

__all__ = ["mentions"]

_LONGEST = 5_000  # characters that are read at a time
_SPACE = re.compile(r"\s+")
_SKIPPED = ("score", "scale", "tier_statement", "question", "country_heading")


def mentions(outline: Outline, text: str, segments: list[Segment]) -> list[Mention]:
    """All mentions of a document, in order; entities are linked later."""
    blocks = [p for b in outline.blocks if b.role not in _SKIPPED for p in _pieces(b, text)]
    docs = {b.start: _read(b, text) for b in blocks}
    found = {b.start: _names(b, docs[b.start]) for b in blocks}
    for block in blocks:
        host = segment_at(segments, block)
        found[block.start] += known_names(
            docs[block.start], block.start, host.country if host else None
        )
        found[block.start] = tidy(docs[block.start], block.start, found[block.start])
    for block in blocks:
        found[block.start] += acronyms_of(docs[block.start], block.start, found[block.start])
    settled = {start: without_overlaps(names) for start, names in found.items()}
    again = repeated(docs, settled)
    for start, names in again.items():
        settled[start] = without_overlaps(settled[start] + tidy(docs[start], start, names))
    result = [m for block in blocks for m in _mentions(settled[block.start], block, text)]
    result += [year for block in blocks for year in _years(block, text)]
    return sorted(result, key=lambda m: (m.start, -m.end))


def _pieces(block: Block, text: str) -> Iterator[Block]:
    """A block in pieces of bounded length, cut after a sentence or a line where possible."""
    start = block.start
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


def _read(block: Block, text: str) -> Doc:
    """The block as a spaCy document, runs of white space squeezed to one blank."""
    nlp = pipeline()
    doc = nlp.make_doc(normalise.tame(_SPACE.sub(" ", block.of(text))))
    doc.user_data["register"] = "citation" if block.role == "citation" else "body"
    return nlp(doc)


def _unsqueezed(words: str) -> list[int]:
    """For each offset into the squeezed text the offset into `words`, and its length last."""
    kept = [i for i, c in enumerate(words) if not (c.isspace() and i and words[i - 1].isspace())]
    return [*kept, len(words)]


def _names(block: Block, doc: Doc) -> list[Found]:
    group = doc.spans[GROUP]
    return [
        Found(
            block.start + span.start_char,
            block.start + span.end_char,
            span.label_,
            round(p, 4),
            "model",
        )
        for span, p in zip(group, group.attrs["probabilities"], strict=True)
    ]


def _section(block: Block) -> Section:
    if block.role == "citation":
        return "citation"
    return "boilerplate" if block.role == "boilerplate" else "body"


def _mentions(names: list[Found], block: Block, text: str) -> list[Mention]:
    """Names in squeezed offsets as mentions in the document's."""
    back = _unsqueezed(block.of(text))
    found = []
    for name in names:
        start = block.start + back[name.start - block.start]
        end = block.start + back[name.end - block.start - 1] + 1
        found.append(
            Mention(
                start=start,
                end=end,
                text=text[start:end],
                label=name.label,
                section=_section(block),
                confidence=name.confidence,
                method=name.method,
                canonical=normalise.spaces(text[start:end]),
            )
        )
    return found


def _years(block: Block, text: str) -> list[Mention]:
    words = block.of(text)
    return [
        Mention(
            start=block.start + year.start,
            end=block.start + year.end,
            text=words[year.start : year.end],
            label="YEAR",
            section=_section(block),
            confidence=0.99,
            method="rule",
            canonical=str(year.first) if year.first == year.last else f"{year.first}/{year.last}",
            year_start=year.first,
            year_end=year.last,
        )
        for year in find_years(words)
    ]
