"""The same figures for parts of the gold: by layout, country, edition, and body or citation."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.evaluate.figures import Figure, Figures, figures, of_mentions
from pipeline.evaluate.intervals import Interval, Share
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.sections import Section

DIMENSIONS = ("layout", "country", "edition", "section")
NAMES = "all but YEAR"
FEW = 20  # gold mentions; with fewer, one error more or less changes F1 by points
NONE = "none"
_ENOUGH_UNITS = 5  # drawing from fewer gives a handful of values


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of a part of the gold.

    Attributes:
        value: As in `chapter`, `EST`, `2024`, `citation`; `none` where a document has no edition
            or a mention stands outside all sections.
        units: Sections that its mentions stand in.
        figures: By label and in sum, exact and relaxed.
        sections: Gold sections with right bounds and country; None where they are not cut by this.
    """

    value: str
    units: int
    figures: Figures
    sections: Share | None

    @property
    def exact(self) -> Figure:
        """All labels but YEAR, exact."""
        return self.figures[NAMES]["exact"]

    @property
    def relaxed(self) -> Figure:
        """All labels but YEAR, relaxed."""
        return self.figures[NAMES]["relaxed"]

    @property
    def drawn(self) -> bool:
        """Whether there are sections enough to draw from, and draws that differ."""
        some = self.exact.f1 is not None and 0 < self.exact.counts.f1 < 1
        return some and self.units >= _ENOUGH_UNITS

    @property
    def interval(self) -> Interval | None:
        """95 % interval of exact F1.

        Where sections are too few to draw from, each mention is taken for a draw of its own.
        """
        return self.exact.f1 if self.drawn else of_mentions(self.exact.counts)

    @property
    def few(self) -> bool:
        """Whether there are too few gold mentions to tell."""
        return self.exact.counts.gold < FEW

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON; labels that the group has none of are left out."""
        return {
            "value": self.value,
            "units": self.units,
            "few": self.few,
            "f1_interval": self.interval.as_list() if self.interval else None,
            "interval_from": "sections" if self.drawn else "mentions",
            "mentions": {
                name: {kind: figure.as_dict() for kind, figure in row.items()}
                for name, row in self.figures.items()
                if row["exact"].counts.gold or row["exact"].counts.found
            },
            "sections": self.sections.as_dict() if self.sections else None,
        }


T = TypeVar("T", Outcome, Section)
Groups = Mapping[str, tuple[Group, ...]]


def groups(outcomes: Sequence[Outcome], sections: Sequence[Section], resamples: int) -> Groups:
    """Figures of each part, by dimension; parts in the order of their names."""
    return {name: tuple(_groups(name, outcomes, sections, resamples)) for name in DIMENSIONS}


def _groups(
    name: str, outcomes: Sequence[Outcome], sections: Sequence[Section], resamples: int
) -> list[Group]:
    mentions = parted(outcomes, lambda o: value(o, name))
    cut = parted(sections, lambda s: value(s, name)) if name != "section" else {}
    return [
        Group(
            value=part,
            units=len({o.unit for o in mentions.get(part, ())}),
            figures=figures(mentions.get(part, ()), resamples),
            sections=Share(sum(s.exact for s in cut[part]), len(cut[part]))
            if part in cut
            else None,
        )
        for part in sorted(mentions.keys() | cut.keys())
    ]


def parted(cases: Sequence[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Cases by what the key says of them."""
    found: dict[str, list[T]] = defaultdict(list)
    for case in cases:
        found[key(case)].append(case)
    return dict(found)


def value(case: Outcome | Section, dimension: str) -> str:
    """Which part of a dimension a case belongs to."""
    found = getattr(case, dimension)
    return NONE if found is None else str(found)
