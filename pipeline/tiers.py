"""Tier statements: which paragraphs grade, and which of four grades each one is.

A statement is a sentence with a general subject, at times two or three. Alone it is judged by
models of sentences (`pipeline.grades`); on a page the four are chosen together (`pipeline.choice`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline import choice, grades, normalise
from pipeline.choice import Candidate, Choices
from pipeline.grades import (
    MAX_SENTENCES,
    MAX_WORDS,
    GradeModel,
    WordModel,
    n_sentences,
    probabilities,
)
from pipeline.records import BANDS, Block, Outline, TierStatement
from pipeline.turning import turns

_READ = 20  # candidates that are read whole, the likeliest by their words


def tier_of(score: int) -> int:
    """The tier whose band holds a score of 1 to 10.

    Raises:
        ValueError: If no band holds it.
    """
    for tier, (low, high) in BANDS.items():
        if low <= score <= high:
            return tier
    raise ValueError(f"{score} is no score of 1 to 10")


def tier_beside(words: str) -> int | None:
    """The tier of a score or of a whole band such as '10-9 ='; None if it is neither."""
    if score := normalise.score(words):
        return tier_of(score)
    return next((t for t, band in BANDS.items() if band == normalise.band(words)), None)


def find(outline: Outline, text: str) -> list[TierStatement]:
    """The tier statements of a document, in order.

    Where the layout shows them (answer scales, legends, pages with scores) their tier is the band
    that stands there; else they are searched among the paragraphs of an indicator page.
    """
    if any(block.role == "tier_statement" for block in outline.blocks):
        return _graded(outline, text)
    if outline.layout != "indicator":
        return []
    return _searched(outline, text)


def _graded(outline: Outline, text: str) -> list[TierStatement]:
    """Statements with a number beside them: below them on pages, before them in scales."""
    blocks = _shown(outline)
    at = [i for i, block in enumerate(blocks) if block.role == "tier_statement"]
    rows = probabilities([blocks[i].of(text) for i in at])
    scaled = any(block.role == "scale" for block in blocks)
    found = []
    for i, row in zip(at, rows, strict=True):
        beside = [
            tier
            for k in (i - 1, i + 1)
            if 0 <= k < len(blocks) and blocks[k].role in ("scale", "score")
            if (tier := tier_beside(blocks[k].of(text)))
        ]
        likeliest = 1 + max(range(4), key=lambda t: row[t + 1])
        tier = (beside[0] if scaled else beside[-1]) if beside else likeliest
        found.append(_statement(blocks[i], text, tier, 0.99, row))
    return found


def _searched(outline: Outline, text: str) -> list[TierStatement]:
    some = candidates(outline, text, grades.load())
    found = choices(outline, some)
    p, none = choice.probabilities(found, choice.weights())
    if not len(p) or none >= p.max():
        return []
    best = int(p.argmax())
    return [
        _statement(
            some[i].block,
            text,
            int(tier),
            float(p[((found.sets == i) & (found.tiers == tier)).any(axis=1)].sum()),
            some[i].probabilities,
        )
        for i, tier in zip(found.sets[best], found.tiers[best], strict=True)
        if tier
    ]


def candidates(outline: Outline, text: str, model: GradeModel) -> list[Candidate]:
    """Blocks of one to three sentences that may grade, the likeliest few, in order."""
    shown = _shown(outline)
    often = Counter(b.of(text) for b in shown)
    blocks = [
        b for b in shown if b.role == "prose" and _may_grade(b.of(text)) and often[b.of(text)] == 1
    ]
    if not blocks:
        return []
    question = outline.question or ""
    glanced = _judged(blocks, text, model.words)
    likely = choice.likeliest(glanced, question, _READ)
    likely = choice.likeliest(_judged([c.block for c in likely], text, model), question)
    places = turns(shown, text, [shown.index(c.block) for c in likely])
    return [replace(c, turn=turn) for c, turn in zip(likely, places, strict=True)]


def _judged(blocks: Sequence[Block], text: str, model: GradeModel | WordModel) -> list[Candidate]:
    rows = model.predict_proba([b.of(text) for b in blocks])
    return [
        Candidate(b, b.of(text), tuple(float(p) for p in row))
        for b, row in zip(blocks, rows, strict=True)
    ]


def _shown(outline: Outline) -> list[Block]:
    """The blocks that belong to the page itself."""
    return [b for b in outline.blocks if b.role != "boilerplate" and not b.aside]


def choices(outline: Outline, some: list[Candidate]) -> Choices:
    """All sets of candidates of a page that might be its statements."""
    first = next((b for b in outline.blocks if b.role in ("prose", "tier_statement")), None)
    return choice.choices(some, outline.question or "", first)


def _may_grade(words: str) -> bool:
    return 4 <= len(words.split()) <= MAX_WORDS and n_sentences(words) <= MAX_SENTENCES


def _statement(
    block: Block, text: str, tier: int, confidence: float, row: tuple[float, ...]
) -> TierStatement:
    low, high = BANDS[tier]
    others = sorted((t for t in BANDS if t != tier), key=lambda t: row[t], reverse=True)
    return TierStatement(
        start=block.start,
        end=block.end,
        text=block.of(text),
        tier=tier,
        score_min=low,
        score_max=high,
        confidence=round(min(1.0, confidence), 4),
        runner_up_tier=others[0],
    )
