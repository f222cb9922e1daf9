"""Tier statements: which sentences grade, and which of four grades each one is.

A statement is one sentence with a general subject. Alone it is judged by a model of sentences
(`pipeline.grades`); on a page the four are chosen together, because they are grades of
one thought: they share their words with the question and with each other, and stand from best
to worst.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import exp, log

from pipeline import normalise
from pipeline.grades import NONE, fronted, named, probabilities, several_sentences
from pipeline.records import BANDS, Block, Outline, TierStatement

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_STOP = frozenset(
    "a an and are as at be but by do does for from how in is it its of on or that the their there"
    " to what which with extent".split()
)
_ARTICLES = ("a", "an", "the", "all", "most", "some", "few", "no", "many", "only", "not")
_MAX_CANDIDATES = 14
_MAX_WORDS = 60
_QUESTION_WEIGHT = 3.0
_TEMPLATE_WEIGHT = 8.0
_FIRST_BONUS = 2.0
_SIZE_BONUS = 5.0  # pages nearly always show the whole scale
_OPENING_WEIGHT = 6.0
_FRONTED_PENALTY = 3.0
_NAME_PENALTY = 4.0
_SMOOTH = 0.02


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that might grade, with the probability of each class 0 (none) to 4."""

    block: Block
    text: str
    probabilities: tuple[float, ...]

    @property
    def opening(self) -> str:
        """Its first word that is no article."""
        return _opening(self.text)

    @property
    def words(self) -> frozenset[str]:
        """Its content words."""
        return content(self.text)


def tier_of(score: int) -> int:
    """The tier whose band holds a score of 1 to 10.

    Raises:
        ValueError: If no band holds it.
    """
    for tier, (low, high) in BANDS.items():
        if low <= score <= high:
            return tier
    raise ValueError(f"{score} is no score of 1 to 10")


@lru_cache(maxsize=4096)
def content(sentence: str) -> frozenset[str]:
    """Content words, crudely stemmed."""
    words = (w[:7] for w in _WORD.findall(sentence.lower()) if w not in _STOP)
    return frozenset(words)


@lru_cache(maxsize=4096)
def _opening(sentence: str) -> str:
    words = (w for w in _WORD.findall(sentence.lower()) if w not in _ARTICLES)
    return next(words, "")


def find(outline: Outline, text: str) -> list[TierStatement]:
    """The tier statements of a document, in order.

    Where the layout shows them (answer scales, pages with scores) their tier is the band that
    stands there; else they are searched among the paragraphs of an indicator page.
    """
    if any(block.role == "tier_statement" for block in outline.blocks):
        return _graded(outline, text)
    if outline.layout != "indicator":
        return []
    return _searched(outline, text)


def _graded(outline: Outline, text: str) -> list[TierStatement]:
    """Statements with a number beside them: after it on pages, before it in scales."""
    blocks = [b for b in outline.blocks if b.role != "boilerplate" and not b.aside]
    at = [i for i, block in enumerate(blocks) if block.role == "tier_statement"]
    rows = probabilities([blocks[i].of(text) for i in at])
    found = []
    for i, row in zip(at, rows, strict=True):
        around = (i - 1, i + 1) if outline.layout == "chapter" else (i + 1, i - 1)
        numbers = [
            score
            for k in around
            if 0 <= k < len(blocks) and blocks[k].role in ("scale", "score")
            if (score := normalise.score(blocks[k].of(text)))
        ]
        tier = tier_of(numbers[0]) if numbers else 1 + max(range(4), key=lambda t: row[t + 1])
        found.append(_statement(blocks[i], text, tier, 0.99, row))
    return found


def _searched(outline: Outline, text: str) -> list[TierStatement]:
    candidates = _candidates(outline, text)
    question = content(outline.question or "")
    first = next((b for b in outline.blocks if b.role in ("prose", "tier_statement")), None)
    scored = [
        (_score(chosen, tiers, question, first), chosen, tiers)
        for size in (4, 3, 2)
        for chosen in combinations(candidates, size)
        for tiers in combinations((1, 2, 3, 4), size)
    ]
    if not scored:
        return []
    best, chosen, tiers = max(scored, key=lambda x: x[0])
    if best <= 0:
        return []
    weights = [(exp(max(-50.0, s - best)), c, t) for s, c, t in scored]
    total = sum(w for w, _, _ in weights)
    return [
        _statement(
            candidate.block,
            text,
            tier,
            sum(w for w, c, t in weights if (candidate, tier) in zip(c, t, strict=True)) / total,
            candidate.probabilities,
        )
        for candidate, tier in zip(chosen, tiers, strict=True)
    ]


def _candidates(outline: Outline, text: str) -> list[Candidate]:
    """Blocks of one sentence that may grade, the likeliest few, in order."""
    often = Counter(b.of(text) for b in outline.blocks)
    blocks = [
        b
        for b in outline.blocks
        if b.role == "prose" and _one_sentence(b.of(text)) and often[b.of(text)] == 1
    ]
    rows = probabilities([b.of(text) for b in blocks])
    found = [Candidate(b, b.of(text), row) for b, row in zip(blocks, rows, strict=True)]
    question = content(outline.question or "")
    likely = sorted(found, key=lambda c: _alone(c, question), reverse=True)[:_MAX_CANDIDATES]
    return sorted(likely, key=lambda c: c.block.start)


def _one_sentence(words: str) -> bool:
    return 4 <= len(words.split()) <= _MAX_WORDS and not several_sentences(words)


def _alone(candidate: Candidate, question: frozenset[str]) -> float:
    grade = 1 - candidate.probabilities[NONE]
    return _logit(grade) + _QUESTION_WEIGHT * _overlap(candidate.words, question)


def _score(
    chosen: tuple[Candidate, ...],
    tiers: tuple[int, ...],
    question: frozenset[str],
    first: Block | None,
) -> float:
    """Log-odds that `chosen` are the page's statements with these tiers."""
    total = _SIZE_BONUS * (len(chosen) - 2)
    for candidate, tier in zip(chosen, tiers, strict=True):
        p = candidate.probabilities
        shared = (p[tier] + (1 - p[NONE]) / len(BANDS)) / 2  # the order tells the tier, too
        total += log((shared + _SMOOTH) / (p[NONE] + _SMOOTH))
        total += _QUESTION_WEIGHT * (_overlap(candidate.words, question) - 0.5)
    pairs = list(combinations(chosen, 2))
    alike = sum(_alike(a.words, b.words) for a, b in pairs) / len(pairs)
    total += _OPENING_WEIGHT * sum(a.opening == b.opening for a, b in pairs) / len(pairs)
    total -= _FRONTED_PENALTY * sum(fronted(c.text) for c in chosen)
    total -= _NAME_PENALTY * sum(named(c.text) for c in chosen)
    total += _TEMPLATE_WEIGHT * len(chosen) * (alike - 0.4)
    return total + (_FIRST_BONUS if chosen[0].block is first else 0.0)


def _overlap(words: frozenset[str], question: frozenset[str]) -> float:
    return len(words & question) / max(1, min(len(words), len(question)))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def _logit(p: float) -> float:
    return log(max(p, 1e-4) / max(1 - p, 1e-4))


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
