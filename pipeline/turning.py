"""Whether a page turns from one country to another at a paragraph.

On a page that compares countries a tier statement stands between two sections; a sentence that only
says the same stands within one. The countries that the nearest blocks before and behind speak of
tell the two apart, also where headings are lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from pipeline import knowledge
from pipeline.evidence import hits, tally
from pipeline.records import Block

_REACH = 3  # blocks on each side, of which the nearest that speaks of a country counts


@dataclass(frozen=True, slots=True)
class Turn:
    """What a page does at a paragraph; all 0 where one side speaks of no country.

    Attributes:
        stays: How alike the countries before and behind are: cosine of their evidence.
        turns: 1 less that.
        again: 1 if the alphabet of countries begins anew, as it does below each score.
    """

    stays: float = 0.0
    turns: float = 0.0
    again: float = 0.0


UNKNOWN = Turn()


def turns(blocks: Sequence[Block], text: str, spots: Iterable[int]) -> list[Turn]:
    """What the page does at some of its blocks.

    Args:
        blocks: Of the page, in order.
        text: Of the page.
        spots: Positions in `blocks`.
    """

    @cache
    def spoken(i: int) -> dict[str, float]:
        block = blocks[i]
        return tally(hits(block.of(text), reference=block.role == "citation"))

    def nearest(places: Iterable[int]) -> dict[str, float]:
        return next((found for i in places if (found := spoken(i))), {})

    return [
        _turn(
            nearest(range(i - 1, max(-1, i - 1 - _REACH), -1)),
            nearest(range(i + 1, min(len(blocks), i + 1 + _REACH))),
        )
        for i in spots
    ]


def _turn(before: dict[str, float], behind: dict[str, float]) -> Turn:
    if not before or not behind:
        return UNKNOWN
    alike = sum(before[c] * behind.get(c, 0.0) for c in before) / sqrt(
        sum(w * w for w in before.values()) * sum(w * w for w in behind.values())
    )
    alike = min(1.0, alike)
    here, there = (max(some, key=lambda c: (some[c], c)) for some in (before, behind))
    return Turn(alike, 1 - alike, float(_places()[there] < _places()[here]))


@cache
def _places() -> dict[str, int]:
    """The place of each country on pages that go by the alphabet."""
    return {country.country_iso3: i for i, country in enumerate(knowledge.countries())}
