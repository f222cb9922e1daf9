"""Sections of a page that has lost its headings: evidence and order, decided at once."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline import knowledge
from pipeline.knowledge import Country
from pipeline.records import Block, CountryMethod, Outline, Segment, TierStatement
from pipeline.segment.decode import Array, Decision, Page, decode
from pipeline.segment.evidence import Hit, hits, tally
from pipeline.segment.scores import intervals

_BODY = ("prose", "list_item", "citation", "country_heading", "heading")
_NATS = 4.0  # what a plain hit is worth, in log-odds
_DAMPED = 0.7  # many hits of one block say less than as many blocks
_OPENING = 1.5  # hits in a block's first sentence count more
_OPENS = 1.5  # a section's first sentence usually names its country
_CITED = 0.7  # hits in references count less
_STRANGER = -3.0  # a country outside the roster
_MISSING = 6.0  # price of an expected country without a section, if all have evidence by half
_SUBSET = 0.5  # share of the roster with evidence below which the page is about some of it
_LARGE = 0.6  # share of the countries that only the large roster has, to expect it

# Log-odds that a block starts a section, by what stands before it.
_START_BIAS = 1.0
_START_WITHOUT_BLANKS = -1.0  # on a page that has lost its empty lines, too
_BLANKS = 0.1  # share of paragraphs after an empty line on a page that has kept them
_AFTER_CITATION = 4.0
_AFTER_BLANK = -6.0
_CONTINUES = {"continuation": -4.0, "anaphora": -2.0}
_IN_CITATION = -25.0
_HEADING = 8.0
_BELOW_HEADING = -25.0


@dataclass(frozen=True, slots=True)
class _Body:
    """The blocks between the statements, each with its tier statement (None before the first)."""

    block: Block
    statement: TierStatement | None
    opens: bool
    gap: bool


def headless_segments(
    outline: Outline, text: str, statements: list[TierStatement]
) -> list[Segment]:
    """One segment a country section, with scores from the alphabet."""
    body = _body(outline, text, statements)
    if not body:
        return []
    roster = _roster(text)
    page = _page(body, text, roster)
    decision = decode(page)
    sections = np.flatnonzero(decision.starts)
    found = [
        _segment(outline, text, body, roster, decision, page, int(a), int(b))
        for a, b in zip(sections, [*sections[1:], len(body)], strict=True)
    ]
    return _scored(found, [body[int(a)].statement for a in sections])


def _body(outline: Outline, text: str, statements: list[TierStatement]) -> list[_Body]:
    by_start = {s.start: s for s in statements}
    current: TierStatement | None = None
    opens, found, last = True, [], 0
    for block in outline.blocks:
        if block.start in by_start:
            current, opens = by_start[block.start], True
        elif block.role in _BODY and (current or not statements):
            gap = text.count("\n", last, block.start) > 1
            found.append(_Body(block, current, opens, gap))
            opens = False
        last = block.end
    return found


def _roster(text: str) -> list[Country]:
    """Countries the page may be about: the usual ones, and those it gives evidence for."""
    named = {iso3 for hit in hits(text) for iso3 in hit.countries}
    return [c for c in knowledge.countries() if c.sgi41 or c.country_iso3 in named]


def _page(body: list[_Body], text: str, roster: list[Country]) -> Page:
    column = {country.country_iso3: i for i, country in enumerate(roster)}
    evidence = np.zeros((len(body), len(roster)))
    opening = np.zeros_like(evidence)
    for t, part in enumerate(body):
        found = hits(part.block.of(text))
        first = _first_sentence(part.block, text)
        for iso3, weight in tally(_weighted(found, first, part.block)).items():
            evidence[t, column[iso3]] = _NATS * weight**_DAMPED
        for iso3, weight in tally(hit for hit in found if hit.start < first).items():
            opening[t, column[iso3]] = _OPENS * min(1.0, weight)
    named = evidence.max(axis=0, initial=0.0) >= _NATS * 0.9
    expected, share = _expected(roster, named)
    usual = np.array([bool(c.sgi41) for c in roster])
    return Page(
        evidence=evidence,
        opening=opening,
        start=_starts(body, text),
        bands=_bands(body),
        enter=np.where(usual, 0.0, _STRANGER),
        missing=np.where(expected, _MISSING * max(0.0, share - _SUBSET), 0.0),
    )


def _expected(
    roster: list[Country], named: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], float]:
    """The edition's countries, and the share of them that the page gives evidence for.

    The editions of 2018 to 2022 have 41 countries, that of 2024 has 30 of them: which one it is
    shows in the eleven that only the larger one has.
    """
    large = np.array([bool(c.sgi41) for c in roster])
    small = np.array([bool(c.sgi30) for c in roster])
    only_large = named[large & ~small]
    expected = large if only_large.size and only_large.mean() >= _LARGE else small
    return expected, float(named[expected].mean()) if expected.any() else 0.0


def _first_sentence(block: Block, text: str) -> int:
    """Length of a block's first sentence; 0 for references."""
    if block.role == "citation":
        return 0
    stop = block.of(text).find(". ")
    return stop if stop > 0 else block.end - block.start


def _weighted(found: list[Hit], first: int, block: Block) -> list[Hit]:
    """The hits, those in the first sentence counting more and those in references less."""
    cited = _CITED if block.role == "citation" else 1.0
    return [
        replace(hit, weight=hit.weight * cited * (_OPENING if hit.start < first else 1.0))
        for hit in found
    ]


def _starts(body: list[_Body], text: str) -> Array:
    """How much each block looks like the start of a section."""
    scores = np.zeros(len(body))
    bias = _START_BIAS if _keeps_blanks(body) else _START_WITHOUT_BLANKS
    for t, part in enumerate(body):
        before = body[t - 1].block.role if t else None
        if part.block.role == "citation":
            scores[t] = _IN_CITATION
        elif part.block.role == "country_heading":
            scores[t] = _HEADING
        elif before == "country_heading":
            scores[t] = _BELOW_HEADING
        else:
            scores[t] = bias + _continues(part.block.of(text))
            scores[t] += _AFTER_CITATION if before == "citation" else 0.0
            scores[t] += _AFTER_BLANK if part.gap else 0.0
    return scores


def _keeps_blanks(body: list[_Body]) -> bool:
    """Whether the page parts paragraphs by empty lines, so that a single break says something."""
    pairs = [
        part.gap
        for before, part in pairwise(body)
        if before.block.role == part.block.role == "prose" and not part.opens
    ]
    return not pairs or sum(pairs) / len(pairs) >= _BLANKS


def _continues(words: str) -> float:
    """What the first words say against a new section."""
    openers = knowledge.openers()
    first = words.replace(",", " ").split()[:4]
    for n in range(len(first), 0, -1):
        if kind := openers.get(" ".join(first[:n])):
            return _CONTINUES[kind]
    return 0.0


def _bands(body: list[_Body]) -> npt.NDArray[np.int64]:
    sizes = [
        (part.statement.score_max - part.statement.score_min + 1 if part.statement else 4)
        if part.opens
        else 0
        for part in body
    ]
    return np.array(sizes, dtype=np.int64)


def _segment(
    outline: Outline,
    text: str,
    body: list[_Body],
    roster: list[Country],
    decision: Decision,
    page: Page,
    first: int,
    stop: int,
) -> Segment:
    at = int(decision.country[first])
    chances = decision.posterior[first].copy()
    confidence = float(chances[at])
    chances[at] = -1.0
    statement = body[first].statement
    return Segment(
        start=body[first].block.start,
        end=body[stop - 1].block.end,
        country=roster[at].country_iso3,
        country_method=_method(body, text, page, at, first, stop),
        country_confidence=round(min(confidence, 0.999), 4),
        runner_up=roster[int(chances.argmax())].country_iso3,
        question=outline.question,
        indicator=outline.indicator,
        tier=statement.tier if statement else None,
        tier_status="stated" if statement else "absent",
    )


def _method(
    body: list[_Body], text: str, page: Page, at: int, first: int, stop: int
) -> CountryMethod:
    if body[first].block.role == "country_heading":
        return "heading"
    return "evidence" if page.evidence[first:stop, at].any() else "order"


def _scored(found: list[Segment], statements: list[TierStatement | None]) -> list[Segment]:
    """Fill in the scores, tier by tier."""
    names = {c.country_iso3: c.sort_name for c in knowledge.countries()}
    scored: list[Segment] = []
    for statement in dict.fromkeys(statements):
        group = [s for s, own in zip(found, statements, strict=True) if own is statement]
        if statement is None:
            scored += group
            continue
        spans = intervals(
            [names[s.country or ""] for s in group], statement.score_min, statement.score_max
        )
        scored += [
            replace(s, score_min=low, score_max=high)
            for s, (low, high) in zip(group, spans, strict=True)
        ]
    return scored
