"""Precision, recall and F1 of mentions and rankings."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline import normalise
from pipeline.evaluate.gold import Gold
from pipeline.rankings.names import known
from pipeline.records import LABELS, Ranking, Result

Spans = set[tuple[int, int, str]] | frozenset[tuple[int, int, str]]
_EDITION = re.compile(r"^(?:19|20)\d\d | (?:19|20)\d\d(?= |$)| report$")
SUMS = {"all": LABELS, "all but YEAR": tuple(label for label in LABELS if label != "YEAR")}


class Known(NamedTuple):
    """What counts say."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, as counted among what was found and among the gold, and both totals."""

    hits_found: int = 0
    hits_gold: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Counts over both."""
        return Counts(
            self.hits_found + other.hits_found,
            self.hits_gold + other.hits_gold,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return self.hits_found / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 if there is none."""
        return self.hits_gold / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def known(self) -> "Known":
        """Precision, recall and F1 to be shown; None where there is nothing to divide by."""
        return Known(
            self.precision if self.found else None,
            self.recall if self.gold else None,
            self.f1 if self.found or self.gold else None,
        )

    def as_dict(self) -> dict[str, float | None]:
        """Figures for JSON; null where there is nothing to divide by."""
        figures = self.known._asdict()
        rounded = {name: None if f is None else round(f, 4) for name, f in figures.items()}
        return {**rounded, "found": self.found, "gold": self.gold}


def mention_scores(pairs: Sequence[tuple[Gold, Spans]]) -> dict[str, dict[str, Counts]]:
    """Exact and relaxed counts by label and in sum, over the documents that have mentions."""
    table = {label: {"exact": Counts(), "relaxed": Counts()} for label in (*LABELS, *SUMS)}
    for gold, spans in pairs:
        if not gold.has_mentions:
            continue
        for label in LABELS:
            wanted = {s for s in gold.mentions if s[2] == label}
            found = {s for s in spans if s[2] == label}
            for kind, counts in (
                ("exact", _exact(found, wanted)),
                ("relaxed", _relaxed(found, wanted)),
            ):
                table[label][kind] += counts
                for name, labels in SUMS.items():
                    if label in labels:
                        table[name][kind] += counts
    return table


def _exact(found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]) -> Counts:
    hits = len(found & gold)
    return Counts(hits, hits, len(found), len(gold))


def _relaxed(found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]) -> Counts:
    """A span is right if it overlaps one of the same label."""
    hits_found = sum(any(_overlap(f, g) for g in gold) for f in found)
    hits_gold = sum(any(_overlap(f, g) for f in found) for g in gold)
    return Counts(hits_found, hits_gold, len(found), len(gold))


def _overlap(a: tuple[int, int, str], b: tuple[int, int, str]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


Placed = tuple[Sequence[Ranking], Sequence[Ranking]]


def ranking_scores(pairs: Iterable[tuple[Gold, Result]]) -> dict[str, Counts]:
    """Placements with a rank: country + index + rank, and the full tuple."""
    return _placements(
        ([_ranking(row) for row in gold.rankings], result.rankings)
        for gold, result in pairs
        if gold.has_rankings
    )


def row_scores(pairs: Iterable[tuple[Gold, Gold]]) -> dict[str, Counts]:
    """… of two golds, the first taken for right."""
    return _placements(
        ([_ranking(row) for row in a.rankings], [_ranking(row) for row in b.rankings])
        for a, b in pairs
        if a.has_rankings and b.has_rankings
    )


def _placements(pairs: Iterable[Placed]) -> dict[str, Counts]:
    core, full = Counts(), Counts()
    for gold, result in pairs:
        wanted = [r for r in gold if r.rank is not None]
        found = [r for r in result if r.rank is not None]
        core += matched([placement_core(r) for r in found], [placement_core(r) for r in wanted])
        full += matched([placement_full(r) for r in found], [placement_full(r) for r in wanted])
    return {"country, index, rank": core, "full tuple": full}


def matched(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Counts:
    """Each gold row may be matched once."""
    rest, hits = list(gold), 0
    for row in found:
        if row in rest:
            rest.remove(row)
            hits += 1
    return Counts(hits, hits, len(found), len(gold))


def _index(name: str) -> str:
    """An index under one name, whatever its spelling and edition."""
    bare = _EDITION.sub("", name).strip()
    rows = [row for form in (name, bare) if (row := known(form))]
    return normalise.key(rows[0].name if rows else bare)


def placement_core(r: Ranking) -> tuple[Hashable, ...]:
    """Country, index and rank, the index under one name whatever its spelling and edition."""
    return r.country, _index(r.index_name), r.rank


def placement_full(r: Ranking) -> tuple[Hashable, ...]:
    """… with edition, dimension and number of ranked countries."""
    part = normalise.key(r.dimension) if r.dimension else None
    return (*placement_core(r), r.edition, part, r.out_of)


def _ranking(row: dict[str, Any]) -> Ranking:
    """A line of gold as a record; its offsets are not compared."""
    named = ("country", "edition", "dimension", "rank", "out_of", "value", "qualifier")
    told: dict[str, Any] = {name: row.get(name) for name in named}
    return Ranking(start=0, end=1, index_name=row["index"], **told)
