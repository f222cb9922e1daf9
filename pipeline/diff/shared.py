"""Causes of differences in rows that several reports decide, or none."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.coverage import MISSING
from pipeline.diff.causes import LAST, Known, stage_of
from pipeline.diff.datasets import Both
from pipeline.diff.difference import Cause, Causes, Kind
from pipeline.diff.identity import PAIR
from pipeline.diff.matching import Matched
from pipeline.diff.reports import NONE
from pipeline.rankings.names import index_name

Pairs = dict[object, set[int]]
_MOST = 50  # reports that are named as the cause of one row
_EDITION = ("publisher", "edition")
_GROUP = ["country_iso3", "index_name", "edition", "dimension"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that differs.

    Attributes:
        pair: Number of its report, `NONE` for rows of no report.
        old: Its position before; -1 if it is new.
        new: … and now; -1 if it is gone.
    """

    kind: str
    pair: int
    old: int
    new: int
    key: str


@dataclass(slots=True)
class Shared:
    """What is needed to tell which reports decided a row.

    Attributes:
        segments: The segments that differ, if both datasets have them.
        mentions: … and the mentions.
    """

    known: Known
    both: Both
    segments: Matched | None = None
    mentions: Matched | None = None

    def explain(self, matched: Matched) -> Callable[[Row], Causes] | None:
        """Gives the causes of a row; None for a table whose rows one report alone decides."""
        explain = {
            "countries": self._countries,
            "entities": self._entities,
            "rankings": self._rankings,
            "coverage": self._coverage,
            "corrections": self._corrections,
            "panel": self._panel,
            "provenance": self._provenance,
            "runs": self._runs,
        }.get(matched.table.name)
        return explain(matched) if explain else None

    def _because_of(self, pairs: Iterable[int], *more: Cause) -> Causes:
        """What some reports can have caused elsewhere, and the stages all rows pass."""
        some = sorted(pairs)[:_MOST]
        foreign = [cause for pair in some for cause in self.known.foreign(pair)]
        return self.known.or_unknown((*more, *foreign, *self.known.of_parts(LAST)))

    def _guilty(self) -> set[int]:
        """Reports that are not as they were."""
        pairs = (i for i, pair in enumerate(self.known.reports.pairs) if pair.fate or pair.earlier)
        return {*pairs, *self.known.corrections}

    def _countries(self, matched: Matched) -> Callable[[Row], Causes]:
        del matched
        return lambda row: self._because_of(())

    def _runs(self, matched: Matched) -> Callable[[Row], Causes]:
        del matched
        return lambda row: self.known.or_unknown(self.known.everything())

    def _provenance(self, matched: Matched) -> Callable[[Row], Causes]:
        kinds: dict[tuple[object, object], Kind] = {
            (part.stage, part.name): part.kind for part in self.known.parts
        }
        sides = [
            list(zip(_objects(rows, "stage"), _objects(rows, "name"), strict=True))
            for rows in (matched.old, matched.new)
        ]

        def caused(row: Row) -> Causes:
            stage, name = sides[1][row.new] if row.new >= 0 else sides[0][row.old]
            kind = kinds.get((stage, name))
            return (Cause(kind, (name,), (stage,)),) if kind else self.known.or_unknown(())

        return caused

    def _entities(self, matched: Matched) -> Callable[[Row], Causes]:
        touched = _touched(self.mentions, "entity_id")
        guilty = self._guilty()
        standing = _standing(self.mentions, "entity_id", guilty)
        del matched
        return lambda row: self._because_of(
            # Where no mention differs a name may still have been read otherwise.
            touched.get(row.key) or standing.get(row.key) or self.known.corrections
        )

    def _panel(self, matched: Matched) -> Callable[[Row], Causes]:
        before, now = (rows[PAIR].to_numpy() for rows in (matched.old, matched.new))

        def caused(row: Row) -> Causes:
            pairs = {int(before[row.old])} if row.old >= 0 else set()
            pairs |= {int(now[row.new])} if row.new >= 0 else set()
            if len(pairs) == 1:
                return self.known.of(pairs.pop(), LAST)
            return self._because_of(pairs)

        return caused

    def _rankings(self, matched: Matched) -> Callable[[Row], Causes]:
        stage = stage_of("rankings")
        if not {*_GROUP, "check"} <= set(matched.old):
            return lambda row: self.known.of(row.pair, stage)
        sides = _grouped(matched.old), _grouped(matched.new)
        touched = _touched(matched, "group", sides)
        check, group = ([_objects(rows, name) for rows in sides] for name in ("check", "group"))

        def caused(row: Row) -> Causes:
            own = self.known.of(row.pair, stage)
            if row.kind != "changed":
                return own
            checks = {check[0][row.old], check[1][row.new]}
            if len(checks) == 1 or "contradicted" not in checks:
                return own
            groups = {group[0][row.old], group[1][row.new]}
            others = {pair for group in groups for pair in touched.get(group, ())} - {row.pair}
            return self._because_of(others, *self.known.own(row.pair))

        return caused

    def _coverage(self, matched: Matched) -> Callable[[Row], Causes]:
        stage = stage_of("coverage")
        touched = _touched(self.segments, "country_iso3")
        ordered = {name: sorted(pairs) for name, pairs in touched.items()}
        editions = self._editions()
        guilty = sorted(self._guilty())
        country = tuple(_objects(rows, "country_iso3") for rows in (matched.old, matched.new))

        def caused(row: Row) -> Causes:
            if not row.key.startswith(MISSING):
                return self.known.of(row.pair, stage)
            own = self.known.own(row.pair)
            # Who has, or had, a section of the country that is missing here.
            missing = country[1][row.new] if row.new >= 0 else country[0][row.old]
            pairs = ordered.get(missing) or ([] if own else guilty)
            edition = editions.get(row.pair, set())
            near = (p for p in pairs if p != row.pair and edition & editions.get(p, set()))
            return self._because_of(islice(near, _MOST), *own)

        return caused

    def _editions(self) -> dict[int, set[tuple[str, str]]]:
        """Publisher and edition of each report, before and now."""
        found: dict[int, set[tuple[str, str]]] = defaultdict(set)
        if {"publisher", "edition"} <= set(self.both.columns["documents"]):
            for frame, new in zip(self.both.read("documents"), (False, True), strict=True):
                numbers = self.known.reports.numbers(frame["document_id"], new=new)
                names = (frame[name].astype("string").fillna("") for name in _EDITION)
                for number, publisher, edition in zip(numbers, *names, strict=True):
                    found[int(number)].add((publisher, edition))
        return found

    def _corrections(self, matched: Matched) -> Callable[[Row], Causes]:
        stage = stage_of("corrections")
        changed = {name for names in self.known.corrections.values() for name in names}
        met = _touched(matched, "correction_id")

        ids, status = (
            [_objects(rows, name) for rows in (matched.old, matched.new)]
            for name in ("correction_id", "status")
        )

        def caused(row: Row) -> Causes:
            name = ids[1][row.new] if row.new >= 0 else ids[0][row.old]
            # Where nothing became of it that did not before, the researcher's note is another.
            noted = row.kind == "changed" and status[0][row.old] == status[1][row.new]
            if name in changed or noted:
                return (Cause("correction", (name,)),)
            if row.pair != NONE:
                return self.known.of(row.pair, stage)
            return self._because_of(met.get(name, set()) - {NONE})

        return caused


def _objects(rows: pd.DataFrame, column: str) -> npt.NDArray[np.object_]:
    """A column, or nothing where it is missing."""
    if column not in rows:
        return np.full(len(rows), None, dtype=object)
    return rows[column].to_numpy(dtype=object)


def _touched(
    matched: Matched | None,
    column: str,
    sides: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> Pairs:
    """Reports with rows that came, went or changed, by the value they have in a column."""
    found: Pairs = defaultdict(set)
    if matched is None:
        return found
    before, now = (positions[matched.changed] for positions in matched.both)
    old, new = sides or (matched.old, matched.new)
    for rows, positions in (
        (old, np.concatenate([matched.removed, before])),
        (new, np.concatenate([matched.added, now])),
    ):
        for value, pair in _distinct(rows.iloc[positions], column):
            found[value].add(pair)
    return found


def _standing(matched: Matched | None, column: str, guilty: Collection[int]) -> Pairs:
    """Reports of some, by the value that their rows that are not the same have in a column."""
    found: Pairs = defaultdict(set)
    if matched is not None:
        for rows in (matched.old, matched.new):
            for value, pair in _distinct(rows[rows[PAIR].isin(list(guilty))], column):
                found[value].add(pair)
    return found


def _distinct(rows: pd.DataFrame, column: str) -> Iterator[tuple[object, int]]:
    if column not in rows:
        return
    pairs = rows[[column, PAIR]].dropna().drop_duplicates()
    for value, pair in zip(pairs[column], pairs[PAIR], strict=True):
        yield value, int(pair)


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Placements with what has to be the same for two of them to contradict each other."""
    names = {name: index_name(name) for name in rows["index_name"].unique()}
    columns = [rows[name].astype(object).where(rows[name].notna(), None) for name in _GROUP]
    columns[1] = rows["index_name"].map(names)
    groups = ["|".join(map(str, values)) for values in zip(*columns, strict=True)]
    return rows.assign(group=pd.Series(groups, index=rows.index, dtype=object))
