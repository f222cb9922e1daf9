"""Sections of a country chapter: one an indicator, from its name to its last reference."""

from dataclasses import dataclass
from itertools import pairwise

from pipeline import normalise
from pipeline.records import Block, CountryMethod, Outline, Segment
from pipeline.segment.single import single_segment
from pipeline.tiers import tier_of

_HEADED = 0.99
_TOP = 3  # headings that may be the chapter's misspelt country


@dataclass(frozen=True, slots=True)
class _Country:
    """The chapter's country, how it was found, and how sure that is."""

    iso3: str | None
    method: CountryMethod
    confidence: float
    runner_up: str | None = None


def chapter_segments(outline: Outline, text: str, source: str = "") -> list[Segment]:
    """One segment an answer scale, or a name with a score; the country is the chapter's.

    Args:
        source: The document's path; its name may name the country.
    """
    country = _country(outline, text, source)
    blocks = tuple(b for b in outline.blocks if not _interrupts(b, text))
    found = []
    for start in _starts(blocks):
        stop = _stop(blocks, start)
        if stop > start:
            found.append(_segment(blocks, text, start, stop, country))
    return found


def _starts(blocks: tuple[Block, ...]) -> list[int]:
    """Where indicators start: after a scale, and with a name above its score."""
    scale = [block.role in ("scale", "tier_statement") for block in blocks]
    after = {i + 1 for i, (here, next_) in enumerate(pairwise(scale)) if here and not next_}
    roles = [block.role for block in blocks]
    pairs = enumerate(zip(roles, roles[1:], strict=False))
    named = {i for i, pair in pairs if pair == ("heading", "score")}
    return sorted(after | {i for i in named if i - 1 not in after})


def _interrupts(block: Block, text: str) -> bool:
    """Whether a note or a page's head stands amid the chapter; a rank such as '#5' is its own."""
    return block.aside or (block.role == "boilerplate" and not block.of(text).startswith("#"))


def _country(outline: Outline, text: str, source: str) -> _Country:
    """The first heading that names a country, or almost; else what the whole chapter speaks of."""
    roles = ("title", "heading", "country_heading")
    heads = [b.of(text) for b in outline.blocks if b.role in roles]
    for head in heads:
        if iso3 := normalise.heading_country(head):
            return _Country(iso3, "heading", _HEADED)
    whole = single_segment(outline, text, source)[:1]
    for head in heads[:_TOP]:
        for iso3, likeness in normalise.similar_countries(head):
            if whole and whole[0].country in (iso3, None):
                return _Country(iso3, "heading", likeness)
    for s in whole:
        return _Country(s.country, "document", s.country_confidence, s.runner_up)
    return _Country(None, "document", 0.0)


def _stop(blocks: tuple[Block, ...], start: int) -> int:
    """Position after the indicator's last paragraph: its name and score come first."""
    at, prose = start, False
    while at < len(blocks):
        role = blocks[at].role
        if role in ("question", "scale", "tier_statement") or (prose and role == "heading"):
            break
        if prose and role == "boilerplate" and blocks[at].end - blocks[at].start <= 4:
            break
        prose = prose or role in ("prose", "citation", "list_item")
        at += 1
    return at


def _segment(
    blocks: tuple[Block, ...], text: str, start: int, stop: int, country: _Country
) -> Segment:
    inside = blocks[start:stop]
    score = next((normalise.score(b.of(text)) for b in inside if b.role == "score"), None)
    name = next((b.of(text) for b in inside if b.role == "heading"), None)
    before = [b for b in blocks[:start] if b.role == "question"]
    question = before[-1].of(text) if before else None
    return Segment(
        start=inside[0].start,
        end=inside[-1].end,
        country=country.iso3,
        country_method=country.method,
        country_confidence=country.confidence,
        runner_up=country.runner_up,
        question=question,
        indicator=name or question,
        tier=None if score is None else tier_of(score),
        score_min=score,
        score_max=score,
        tier_status="absent" if score is None else "stated",
        tier_reason="no_score" if score is None else None,
    )
