"""Sections of a page that has lost its headings: evidence and order, decided at once."""

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline import knowledge
from pipeline.knowledge import Country
from pipeline.layout import citations
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
_MISSING = 8.0  # price of an expected country without a section, per share above _SUBSET
_SUBSET = 0.6  # share of the roster's sections below which the page is about some of it
_LARGE = 0.6  # share of the countries that only the large roster has, to expect it

_WORD = re.compile(r"(?P<word>\w[\w-]*)(?:[’']s)?(?P<end>[^\w\s]*[.?!][^\w\s]*(?=\s|$))?")

# Log-odds that a block starts a section, by what stands before it.
_START_BIAS = 1.0
_START_WITHOUT_BLANKS = -1.0  # on a page that has lost its empty lines, too
_BLANKS = 0.1  # share of paragraphs after an empty line on a page that has kept them
_AFTER_CITATION = 4.0
_AFTER_BLANK = -6.0
_SHORT, _LONG = 40, 80  # words of a paragraph
_SHORT_BIAS, _LONG_BIAS = -1.2, 0.5
_SHARED = (0.0, -1.2, -2.5)  # names that a paragraph shares with the one before: none, one, more
_COMMON = 6  # paragraphs of a page that hold a name, from which on sharing it says nothing
_CONTINUES = {"continuation": -4.0, "anaphora": -2.0}
_IN_CITATION = -25.0
_MAYBE_CITATION = -8.0
_SURE_CITATION = citations.THRESHOLD + 1.0
_HEADING = 8.0
_BELOW_HEADING = -25.0
_INSEPARABLE = -20.0


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that no section can part: a paragraph or heading and the references below it.

    Attributes:
        statement: The tier statement above; None before the first.
        opens: Whether it stands first below its statement.
        start: How much it looks like the start of a section, in log-odds.
        hits: What each block says.
    """

    blocks: tuple[Block, ...]
    statement: TierStatement | None
    opens: bool
    start: float
    hits: tuple[tuple[Hit, ...], ...]


def headless_segments(
    outline: Outline, text: str, statements: list[TierStatement]
) -> list[Segment]:
    """One segment a country section, with scores from the alphabet."""
    units = _units(outline, text, statements)
    if not units:
        return []
    roster = _roster(units)
    page = _page(units, text, roster)
    decision = decode(page)
    sections = np.flatnonzero(decision.starts)
    found = [
        _segment(outline, units[a:b], roster, decision, page, int(a), int(b))
        for a, b in zip(sections, [*sections[1:], len(units)], strict=True)
    ]
    return _scored(found, [units[int(a)].statement for a in sections])


def _units(outline: Outline, text: str, statements: list[TierStatement]) -> list[_Unit]:
    body = _body(outline, text, statements)
    bias = _START_BIAS if _keeps_blanks(body) else _START_WITHOUT_BLANKS
    shared = _shared([part.block.of(text) for part in body])
    units: list[_Unit] = []
    for t, part in enumerate(body):
        start = _start(part, body[t - 1].block if t else None, text, bias, shared[t])
        found = tuple(hits(part.block.of(text), reference=part.block.role == "citation"))
        if units and not part.opens and start <= _INSEPARABLE:
            last = units.pop()
            units.append(
                replace(last, blocks=(*last.blocks, part.block), hits=(*last.hits, found))
            )
        else:
            units.append(_Unit((part.block,), part.statement, part.opens, start, (found,)))
    return units


@dataclass(frozen=True, slots=True)
class _Part:
    """A block between the statements."""

    block: Block
    statement: TierStatement | None
    opens: bool
    gap: bool


def _body(outline: Outline, text: str, statements: list[TierStatement]) -> list[_Part]:
    by_start = {s.start: s for s in statements}
    current: TierStatement | None = None
    opens, found, last = True, [], 0
    for block in outline.blocks:
        if block.start in by_start:
            current, opens = by_start[block.start], True
        elif block.role in _BODY and (current or not statements):
            gap = text.count("\n", last, block.start) > 1
            found.append(_Part(block, current, opens, gap))
            opens = False
        last = block.end
    return found


def _roster(units: list[_Unit]) -> list[Country]:
    """Countries the page may be about: the usual ones, and those it gives evidence for."""
    named = {iso3 for unit in units for found in unit.hits for h in found for iso3 in h.countries}
    return [c for c in knowledge.countries() if c.sgi41 or c.country_iso3 in named]


def _page(units: list[_Unit], text: str, roster: list[Country]) -> Page:
    column = {country.country_iso3: i for i, country in enumerate(roster)}
    evidence = np.zeros((len(units), len(roster)))
    opening = np.zeros_like(evidence)
    for t, unit in enumerate(units):
        for block, found in zip(unit.blocks, unit.hits, strict=True):
            first = _first_sentence(block, text)
            for iso3, weight in tally(_weighted(found, first, block)).items():
                evidence[t, column[iso3]] += _NATS * weight**_DAMPED
        first = _first_sentence(unit.blocks[0], text)
        for iso3, weight in tally(hit for hit in unit.hits[0] if hit.start < first).items():
            opening[t, column[iso3]] = _OPENS * min(1.0, weight)
    expected, share = _expected(roster, evidence, units)
    usual = np.array([bool(c.sgi41) for c in roster])
    return Page(
        evidence=evidence,
        opening=opening,
        start=np.array([unit.start for unit in units]),
        bands=_bands(units),
        enter=np.where(usual, 0.0, _STRANGER),
        missing=np.where(expected, _MISSING * max(0.0, share - _SUBSET), 0.0),
    )


def _expected(
    roster: list[Country], evidence: Array, units: list[_Unit]
) -> tuple[npt.NDArray[np.bool_], float]:
    """The edition's countries, and how nearly the page seems to have a section for each.

    The editions of 2018 to 2022 have 41 countries, that of 2024 has 30 of them: which one it is
    shows in the eleven that only the larger one has, and in the number of sections. How many
    there are shows in how many countries have evidence, and how many blocks look like starts.
    """
    named = evidence.max(axis=0, initial=0.0) >= _NATS * 0.9
    starts = sum(1.0 if unit.opens else 1.0 / (1.0 + math.exp(-unit.start)) for unit in units)
    large = np.array([bool(c.sgi41) for c in roster])
    small = np.array([bool(c.sgi30) for c in roster])
    only_large = named[large & ~small]
    many = starts > (large.sum() + small.sum()) / 2
    expected = large if many or (only_large.size and only_large.mean() >= _LARGE) else small
    size = max(1, int(expected.sum()))
    return expected, min(1.0, max(float(named[expected].sum()), starts) / size)


def _first_sentence(block: Block, text: str) -> int:
    """Length of a block's first sentence; 0 for references."""
    if block.role == "citation":
        return 0
    stop = block.of(text).find(". ")
    return stop if stop > 0 else block.end - block.start


def _weighted(found: tuple[Hit, ...], first: int, block: Block) -> list[Hit]:
    """The hits, those in the first sentence counting more and those in references less."""
    cited = _CITED if block.role == "citation" else 1.0
    return [
        replace(hit, weight=hit.weight * cited * (_OPENING if hit.start < first else 1.0))
        for hit in found
    ]


def _start(part: _Part, before: Block | None, text: str, bias: float, shared: int) -> float:
    """How much a block looks like the start of a section.

    Args:
        shared: Number of rare names that it shares with the block before.
    """
    words = part.block.of(text)
    if part.block.role == "country_heading":
        return _HEADING
    if before and before.role == "country_heading":
        return _BELOW_HEADING
    if part.block.role == "citation":
        return _IN_CITATION if citations.weight(words) >= _SURE_CITATION else _MAYBE_CITATION
    length = len(words.split())
    start = bias + _continues(words) + _SHARED[min(shared, len(_SHARED) - 1)]
    start += _SHORT_BIAS if length < _SHORT else _LONG_BIAS if length >= _LONG else 0.0
    start += _AFTER_CITATION if before and before.role == "citation" else 0.0
    return start + (_AFTER_BLANK if part.gap else 0.0)


def _shared(texts: list[str]) -> list[int]:
    """For each text, how many names that are rare on the page it shares with the one before."""
    names = [_names(words) for words in texts]
    spread = Counter(name for found in names for name in found)
    return [0] + [
        sum(spread[name] <= _COMMON for name in found & last) for last, found in pairwise(names)
    ]


def _names(words: str) -> set[str]:
    """Capitalised words within sentences, and words with several capitals wherever they stand."""
    found = set()
    first = True
    for match in _WORD.finditer(words):
        word = match["word"]
        capitals = sum(c.isupper() for c in word)
        if len(word) > 2 and (capitals > 1 or (capitals and not first)):
            found.add(word)
        first = match["end"] is not None
    return found


def _keeps_blanks(body: list[_Part]) -> bool:
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


def _bands(units: list[_Unit]) -> npt.NDArray[np.int64]:
    sizes = [
        (unit.statement.score_max - unit.statement.score_min + 1 if unit.statement else 4)
        if unit.opens
        else 0
        for unit in units
    ]
    return np.array(sizes, dtype=np.int64)


def _segment(
    outline: Outline,
    units: list[_Unit],
    roster: list[Country],
    decision: Decision,
    page: Page,
    first: int,
    stop: int,
) -> Segment:
    at = int(decision.country[first])
    chances = decision.posterior[first:stop].mean(axis=0)
    confidence = float(chances[at])
    chances[at] = -1.0
    statement = units[0].statement
    return Segment(
        start=units[0].blocks[0].start,
        end=units[-1].blocks[-1].end,
        country=roster[at].country_iso3,
        country_method=_method(units[0], page, at, first, stop),
        country_confidence=round(min(confidence, 0.999), 4),
        runner_up=roster[int(chances.argmax())].country_iso3,
        question=outline.question,
        indicator=outline.indicator,
        tier=statement.tier if statement else None,
        tier_status="stated" if statement else "absent",
    )


def _method(unit: _Unit, page: Page, at: int, first: int, stop: int) -> CountryMethod:
    if unit.blocks[0].role == "country_heading":
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
