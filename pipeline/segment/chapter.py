"""Sections of a country chapter: one an indicator, from its name to its last reference."""

from pipeline import normalise
from pipeline.records import Block, Outline, Segment
from pipeline.tiers import tier_of


def chapter_segments(outline: Outline, text: str) -> list[Segment]:
    """One segment an answer scale; the country is the chapter's."""
    country = _country(outline, text)
    blocks = outline.blocks
    ends = [i for i, b in enumerate(blocks) if b.role in ("scale", "tier_statement")]
    found = []
    for last in (i for i in ends if i + 1 not in ends and i + 1 < len(blocks)):
        stop = _stop(blocks, last + 1)
        if stop > last + 1:
            found.append(_segment(blocks, text, last + 1, stop, country))
    return found


def _country(outline: Outline, text: str) -> str | None:
    """The first heading that names a country."""
    heads = (b for b in outline.blocks if b.role in ("title", "heading", "country_heading"))
    return next((iso3 for b in heads if (iso3 := normalise.country(b.of(text)))), None)


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
    blocks: tuple[Block, ...], text: str, start: int, stop: int, country: str | None
) -> Segment:
    inside = blocks[start:stop]
    score = next((int(b.of(text)) for b in inside if b.role == "score"), None)
    name = next((b.of(text) for b in inside if b.role == "heading"), None)
    before = [b for b in blocks[:start] if b.role == "question"]
    question = before[-1].of(text) if before else None
    return Segment(
        start=inside[0].start,
        end=inside[-1].end,
        country=country,
        country_method="heading" if country else "document",
        country_confidence=0.99 if country else 0.0,
        question=question,
        indicator=name or question,
        tier=None if score is None else tier_of(score),
        score_min=score,
        score_max=score,
        tier_status="absent" if score is None else "stated",
    )
