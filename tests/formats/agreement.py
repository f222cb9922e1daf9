"""What two readings of the same report have in common: sections, mentions, placements."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import ndiff
from typing import TypeVar

from pipeline.records import Mention, Ranking, Result, segment_at

Section = tuple[str | None, int | None, int | None, int | None]
Named = tuple[str | None, str, str]
Placed = tuple[
    str | None, str, int | None, str | None, int | None, int | None, float | None
]  # fmt: skip

_Item = TypeVar("_Item", bound=Hashable)


@dataclass(frozen=True)
class Facts:
    """What a reading found, without offsets.

    Attributes:
        sections: Country, tier, least and greatest score of each section, in order.
        mentions: Section's country, label and text of each mention of the body.
        rankings: Country, index, edition, dimension, rank, number of countries, value.
    """

    sections: tuple[Section, ...]
    mentions: Counter[Named]
    rankings: Counter[Placed]


@dataclass(frozen=True)
class Agreement:
    """How much two readings agree.

    Attributes:
        sections: Whether the sections are the same, in the same order.
        mentions: F1 over the multisets of mentions.
        rankings: F1 over the multisets of placements.
        differences: A line each: '-' only in the first reading, '+' only in the second.
    """

    sections: bool
    mentions: float
    rankings: float
    differences: tuple[str, ...]


def facts(result: Result) -> Facts:
    """The facts of one reading."""
    return Facts(
        sections=tuple((s.country, s.tier, s.score_min, s.score_max) for s in result.segments),
        mentions=Counter(_named(m, result) for m in result.mentions if m.section == "body"),
        rankings=Counter(map(_placed, result.rankings)),
    )


def agreement(a: Facts, b: Facts) -> Agreement:
    """Compare two readings; `a` is the reference."""
    return Agreement(
        sections=a.sections == b.sections,
        mentions=_f1(a.mentions, b.mentions),
        rankings=_f1(a.rankings, b.rankings),
        differences=(
            *_apart("section", a.sections, b.sections),
            *_only("mention", a.mentions, b.mentions),
            *_only("ranking", a.rankings, b.rankings),
        ),
    )


def _named(mention: Mention, result: Result) -> Named:
    """Apostrophes are made alike: pages set the one, plain text the other."""
    segment = segment_at(result.segments, mention)
    text = " ".join(mention.text.replace("’", "'").split())
    return (segment.country if segment else None, mention.label, text)


def _placed(r: Ranking) -> Placed:
    return (r.country, r.index_name, r.edition, r.dimension, r.rank, r.out_of, r.value)


def _f1(a: Counter[_Item], b: Counter[_Item]) -> float:
    """2 |a ∩ b| / (|a| + |b|); 1 if both are empty."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _apart(name: str, a: tuple[Section, ...], b: tuple[Section, ...]) -> Iterator[str]:
    for line in ndiff([str(item) for item in a], [str(item) for item in b]):
        if line[0] in "-+":
            yield f"{line[0]} {name} {line[2:]}"


def _only(name: str, a: Counter[_Item], b: Counter[_Item]) -> Iterator[str]:
    for sign, items in (("-", a - b), ("+", b - a)):
        for item, n in sorted(items.items(), key=lambda pair: str(pair[0])):
            yield f"{sign} {name} {item}" + (f" x {n}" if n > 1 else "")
