"""Sections of a comparative page: headings, evidence and order, decided at once.

A printed heading is near-certain evidence, a misspelt one strong evidence; where headings are
lost, what the paragraphs say and the order of the page decide.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline import knowledge, normalise
from pipeline.evidence import Hit, hits, tally
from pipeline.knowledge import Country
from pipeline.records import (
    Block,
    CountryMethod,
    Outline,
    Segment,
    TierReason,
    TierStatement,
)
from pipeline.segment.boundaries import INSEPARABLE, parts
from pipeline.segment.confidence import calibrated
from pipeline.segment.decode import Array, Decision, Page, decode
from pipeline.segment.scores import checked, intervals
from pipeline.tiers import tier_of

_NATS = 4.0  # what a plain hit is worth, in log-odds
_DAMPED = 0.7  # many hits of one block say less than as many blocks
_OPENING = 1.5  # hits in a block's first sentence count more
_OPENS = 1.5  # a section's first sentence usually names its country
_CITED = 0.7  # hits in references count less
_OUT_OF_TIME = 0.4  # a leader who was not in office in the page's period counts less
_OFTEN = 3  # times a year is named on a page that speaks of it
_LOOKS_BACK = 12  # years
_ANY_TIME = (0, 9999)
_STRANGER = -3.0  # a country outside the roster
_MISSING = 8.0  # price of an expected country without a section, per share above _SUBSET
_SUBSET = 0.6  # share of the roster's sections below which the page is about some of it
_LARGE = 0.6  # share of the countries that only the large roster has, to expect it
_HEADED = 60.0  # a heading that names a country
_HEADED_TWICE = 10.0  # … that stands twice: one of them is wrong
_RESEMBLES = (0.7, 100.0)  # a heading like a country's name: similarity from which on, and slope


# A year, but for those that a text looks forward to: 'by 2030', 'Agenda 2030', '2021–2027'.
_YEAR = re.compile(
    r"(?<!\d)(?<!\bby )(?<!\bto )(?<!until )(?<!Agenda )(?<!Vision )(?<!Strategy )(?<![-–/])"
    r"(?:19[89]|20[0-4])\d(?!\d)"
)

Headings = dict[int, dict[str, float]]  # unit -> country -> what its heading says for it


_SURE = 0.5  # below that a statement's tier is not handed on to the sections under it


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that no section can part: a paragraph or heading and what belongs below it.

    Attributes:
        statement: The tier statement above; None before the first.
        score: The printed score above; None on pages that have lost them.
        opens: Whether it stands first below its statement or score.
        start: How much it looks like the start of a section, in log-odds.
        hits: What each block says.
    """

    blocks: tuple[Block, ...]
    statement: TierStatement | None
    score: int | None
    opens: bool
    start: float
    hits: tuple[tuple[Hit, ...], ...]

    @property
    def headed(self) -> bool:
        """Whether it begins with a country's heading."""
        return self.blocks[0].role == "country_heading"

    def says(self) -> list[tuple[Block, tuple[Hit, ...]]]:
        """The blocks with what they say, but for the heading, which is judged by itself."""
        return list(zip(self.blocks, self.hits, strict=True))[int(self.headed) :]


def comparative_segments(
    outline: Outline, text: str, statements: list[TierStatement]
) -> list[Segment]:
    """One segment a country section; scores as printed, or from the alphabet."""
    return [
        replace(segment, country_confidence=calibrated(segment.country_confidence))
        for segment in uncalibrated(outline, text, statements)
    ]


def uncalibrated(outline: Outline, text: str, statements: list[TierStatement]) -> list[Segment]:
    """The segments with the decoder's mean posterior as confidence."""
    units = _units(outline, text, statements)
    if not units:
        return []
    headings = _headings(units, text)
    roster = _roster(units, headings)
    page = _page(units, text, roster, headings)
    decision = decode(page)
    starts = np.flatnonzero(decision.starts)
    found = [
        _segment(outline, units, roster, decision, page, headings.get(int(a), {}), int(a), int(b))
        for a, b in zip(starts, [*starts[1:], len(units)], strict=True)
    ]
    return _scored(found, [units[int(a)] for a in starts])


def _units(outline: Outline, text: str, statements: list[TierStatement]) -> list[_Unit]:
    units: list[_Unit] = []
    for part in parts(outline, text, statements):
        block = part.block
        found = tuple(hits(block.of(text), reference=block.role == "citation"))
        if units and not part.opens and part.start <= INSEPARABLE:
            last = units.pop()
            units.append(replace(last, blocks=(*last.blocks, block), hits=(*last.hits, found)))
        else:
            units.append(
                _Unit((block,), part.statement, part.score, part.opens, part.start, (found,))
            )
    return _rejoined(units, text)


def _rejoined(units: list[_Unit], text: str) -> list[_Unit]:
    """The units; where a heading repeats the one before and nothing speaks against it, joined."""
    joined: list[_Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and not unit.opens and _same(last, unit, text):
            blocks, found = (*last.blocks, *unit.blocks), (*last.hits, *unit.hits)
            joined[-1] = replace(last, blocks=blocks, hits=found)
        else:
            joined.append(unit)
    return joined


def _same(last: _Unit, unit: _Unit, text: str) -> bool:
    """Whether a unit has the heading of the one before, and does not speak of another country."""
    if not (last.headed and unit.headed):
        return False
    country = normalise.heading_country(unit.blocks[0].of(text))
    if country is None or country != normalise.heading_country(last.blocks[0].of(text)):
        return False
    for part in (last, unit):
        said = tally(hit for _, found in part.says() for hit in found)
        if any(weight > max(1.0, said.get(country, 0.0)) for weight in said.values()):
            return False
    return True


def _headings(units: list[_Unit], text: str) -> Headings:
    """For each unit with a heading what the heading says for each country."""
    lines = {t: unit.blocks[0].of(text) for t, unit in enumerate(units) if unit.headed}
    named = {t: iso3 for t, line in lines.items() if (iso3 := normalise.heading_country(line))}
    often = Counter(named.values())
    least, slope = _RESEMBLES
    return {
        t: {named[t]: _HEADED if often[named[t]] == 1 else _HEADED_TWICE}
        if t in named
        else {c: slope * (like - least) for c, like in normalise.similar_countries(line)}
        for t, line in lines.items()
    }


def _roster(units: list[_Unit], headings: Headings) -> list[Country]:
    """Countries the page may be about: the usual ones, and those it gives evidence for."""
    named = {iso3 for unit in units for found in unit.hits for h in found for iso3 in h.countries}
    named.update(iso3 for says in headings.values() for iso3 in says)
    return [c for c in knowledge.countries() if c.sgi41 or c.country_iso3 in named]


def _page(units: list[_Unit], text: str, roster: list[Country], headings: Headings) -> Page:
    column = {country.country_iso3: i for i, country in enumerate(roster)}
    period = _period(text)
    evidence = np.zeros((len(units), len(roster)))
    opening = np.zeros_like(evidence)
    for t, unit in enumerate(units):
        for block, found in unit.says():
            first = _first_sentence(block, text)
            for iso3, weight in tally(_weighted(found, first, block, period)).items():
                evidence[t, column[iso3]] += _NATS * weight**_DAMPED
        for block, found in unit.says()[:1]:
            first = _first_sentence(block, text)
            for iso3, weight in tally(hit for hit in found if hit.start < first).items():
                opening[t, column[iso3]] = _OPENS * min(1.0, weight)
    expected, share = _expected(roster, evidence, units)
    for t, says in headings.items():
        for iso3, weight in says.items():
            evidence[t, column[iso3]] += weight
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


def _weighted(
    found: tuple[Hit, ...], first: int, block: Block, period: tuple[int, int]
) -> list[Hit]:
    """The hits: those in the first sentence count more, references and past leaders less."""
    cited = _CITED if block.role == "citation" else 1.0
    return [
        replace(
            hit,
            weight=hit.weight
            * cited
            * (_OPENING if hit.start < first else 1.0)
            * (1.0 if _in_time(hit, period) else _OUT_OF_TIME),
        )
        for hit in found
    ]


def _in_time(hit: Hit, period: tuple[int, int]) -> bool:
    first, last = period
    return (hit.first_year or first) <= last and (hit.last_year or last) >= first


@lru_cache(maxsize=1)  # a report with legends asks again for each of its indicators
def _period(text: str) -> tuple[int, int]:
    """The years that a page looks back on, from the latest that it names several times."""
    named = Counter(int(year) for year in _YEAR.findall(text))
    often = [year for year, n in named.items() if n >= _OFTEN]
    return (max(often) - _LOOKS_BACK, max(often)) if often else _ANY_TIME


def _bands(units: list[_Unit]) -> npt.NDArray[np.int64]:
    return np.array([_band(unit) if unit.opens else 0 for unit in units], dtype=np.int64)


def _band(unit: _Unit) -> int:
    """How many alphabets may follow: one for each score that is not printed."""
    if unit.score is not None:
        return 1
    statement = unit.statement
    return statement.score_max - statement.score_min + 1 if statement else 4


def _segment(
    outline: Outline,
    units: list[_Unit],
    roster: list[Country],
    decision: Decision,
    page: Page,
    heading: dict[str, float],
    first: int,
    stop: int,
) -> Segment:
    at = int(decision.country[first])
    country = roster[at].country_iso3
    method: CountryMethod = "evidence" if page.evidence[first:stop, at].any() else "order"
    chances = decision.posterior[first:stop].mean(axis=0)
    confidence = float(min(1.0, chances[at]))
    chances[at] = -1.0
    return Segment(
        start=units[first].blocks[0].start,
        end=units[stop - 1].blocks[-1].end,
        country=country,
        country_method="heading" if country in heading else method,
        country_confidence=confidence,
        runner_up=roster[int(chances.argmax())].country_iso3 if len(roster) > 1 else None,
        question=outline.question,
        indicator=outline.indicator,
    )


def _scored(found: list[Segment], units: list[_Unit]) -> list[Segment]:
    """Fill in tiers and scores: as printed where they agree with the order, else from it."""
    if any(unit.score is not None for unit in units):
        spans = checked([unit.score for unit in units])
        return [_graded(s, unit, span) for s, unit, span in zip(found, units, spans, strict=True)]
    names = {c.country_iso3: c.sort_name for c in knowledge.countries()}
    scored: list[Segment] = []
    for statement in dict.fromkeys(unit.statement for unit in units):
        group = [s for s, unit in zip(found, units, strict=True) if unit.statement is statement]
        if statement is None:
            scored += [replace(s, tier_reason=_why(units)) for s in group]
            continue
        if statement.confidence < _SURE:
            scored += [replace(s, tier_reason="unclear") for s in group]
            continue
        order = [names[s.country or ""] for s in group]
        scored += [
            replace(s, tier=statement.tier, score_min=low, score_max=high, tier_status="stated")
            for s, (low, high) in zip(
                group, intervals(order, statement.score_min, statement.score_max), strict=True
            )
        ]
    return scored


def _why(units: list[_Unit]) -> TierReason:
    """Why sections without a statement above them have no tier."""
    return "above_scale" if any(unit.statement for unit in units) else "no_scale"


def _graded(segment: Segment, unit: _Unit, span: tuple[int, int] | None) -> Segment:
    """The segment with its printed score, or the interval that is left where it has none."""
    statement = unit.statement
    if span is None and statement and statement.confidence >= _SURE:
        span = (statement.score_min, statement.score_max)
    if span is None:
        return replace(segment, tier_reason="no_score")
    low, high = span
    tier: int | None = tier_of(low) if tier_of(low) == tier_of(high) else None
    if tier is None and statement:
        tier = statement.tier
    return replace(
        segment,
        tier=tier,
        score_min=low,
        score_max=high,
        tier_status="absent" if tier is None else "stated",
        tier_reason="unclear" if tier is None else None,
    )
