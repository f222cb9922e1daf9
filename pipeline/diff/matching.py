"""Pairs the rows of a table in two datasets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.columns import Table
from pipeline.diff.identity import (
    AFTER,
    BEFORE,
    FACTS,
    IDENTITIES,
    LENGTH,
    PAIR,
    PLACE,
    Level,
    facts,
)
from pipeline.diff.reports import NONE, Reports

Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Sides = tuple[pd.Series, pd.Series]
_OWN = ("documents", "segments", "mentions")  # references whose ids number what was found
_UNMATCHED = "+"  # no id begins so


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The rows of a table that are not the same to the last cell.

    Attributes:
        old: Rows before; `(report)` is the number of the pair of reports.
        new: Rows now.
        removed: Positions in `old`.
        added: Positions in `new`.
        both: Positions in `old` and in `new` of rows that are the same row, pair by pair.
        differs: Which of `both` differ in a column that says something, by column.
    """

    table: Table
    n_old: int
    n_new: int
    old: pd.DataFrame
    new: pd.DataFrame
    removed: Positions
    added: Positions
    both: tuple[Positions, Positions]
    differs: dict[str, Mask]

    @property
    def changed(self) -> Mask:
        """Which of `both` say something else."""
        found = np.zeros(len(self.both[0]), dtype=bool)
        for mask in self.differs.values():
            found |= mask
        return found

    def renumbered(self) -> dict[str, str]:
        """What ids of now were called before; a new row's id is marked as unknown."""
        key = self.table.key
        before, now = self.both
        found = dict(zip(self.new[key].iloc[now], self.old[key].iloc[before], strict=True))
        return found | {name: _UNMATCHED + name for name in self.new[key].iloc[self.added]}


@dataclass(slots=True)
class Matcher:
    """Pairs rows table by table; tables that others refer to come first."""

    reports: Reports
    _renumbered: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def match(self, table: Table, old: pd.DataFrame, new: pd.DataFrame) -> Matched:
        """Pair the rows of a table.

        Args:
            old: The rows before, in the columns that both datasets have.
            new: The rows now.
        """
        n_old, n_new = len(old), len(new)
        old, new = _differing(table, old, new)
        old = old.assign(**{PAIR: self._pairs(old, new=False)})
        new = new.assign(**{PAIR: self._pairs(new, new=True)})
        views = self._view(table, old, new=False), self._view(table, new, new=True)
        before, now = self._both(table, *views)
        matched = Matched(
            table=table,
            n_old=n_old,
            n_new=n_new,
            old=old,
            new=new,
            removed=_others(len(old), before),
            added=_others(len(new), now),
            both=(before, now),
            differs=self._differs(table, views[0].iloc[before], views[1].iloc[now]),
        )
        if table.name in _OWN:
            self._renumbered[table.name] = matched.renumbered()
        return matched

    def _pairs(self, rows: pd.DataFrame, *, new: bool) -> pd.Series:
        if "document_id" not in rows:
            return pd.Series(NONE, index=rows.index, dtype="int64")
        return self.reports.numbers(rows["document_id"], new=new)

    def _view(self, table: Table, rows: pd.DataFrame, *, new: bool) -> pd.DataFrame:
        """The rows as they are compared: ids of the same row are the same."""
        cells: dict[str, pd.Series] = {PAIR: rows[PAIR]}
        for column in table.columns:
            if column.name not in rows:
                continue
            cells[column.name] = rows[column.name]
            if column.name == "document_id":
                cells[column.name] = rows[PAIR]
            elif new and column.references in _OWN:
                names = self._renumbered.get(column.references, {})
                cells[column.name] = _renamed(rows[column.name], names)
        if "start" in rows and "end" in rows:
            cells[LENGTH] = rows["end"] - rows["start"]
        return pd.DataFrame(cells).reset_index(drop=True)

    def _both(
        self, table: Table, old: pd.DataFrame, new: pd.DataFrame
    ) -> tuple[Positions, Positions]:
        """Positions of rows that are the same row."""
        identity = IDENTITIES[table.name]
        everywhere = (np.arange(len(old)), np.arange(len(new)))
        passes = [(identity.content, everywhere)]
        if identity.place and "start" in old:
            same = self._same_text(old), self._same_text(new)
            passes = [
                (identity.place, (np.flatnonzero(same[0]), np.flatnonzero(same[1]))),
                (identity.content, (np.flatnonzero(~same[0]), np.flatnonzero(~same[1]))),
            ]
        before: list[Positions] = []
        now: list[Positions] = []
        for levels, sides in passes:
            for left, right in _paired(table, levels, old.iloc[sides[0]], new.iloc[sides[1]]):
                before.append(sides[0][left])
                now.append(sides[1][right])
        if not before:
            return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
        return np.concatenate(before), np.concatenate(now)

    def _same_text(self, rows: pd.DataFrame) -> Mask:
        """Which rows stand in a text that is the same in both."""
        same = np.array([*(pair.same_text for pair in self.reports.pairs), False])
        found: Mask = same[rows[PAIR].to_numpy()]
        return found

    def _differs(self, table: Table, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, Mask]:
        """Which rows differ, by column."""
        columns = [name for name in table.names if name in old]
        same = self._same_text(old)
        found = {name: differing(old[name], new[name]) for name in facts(table, columns)}
        places = [name for name in PLACE if name in columns]
        return found | {name: differing(old[name], new[name]) & same for name in places}


def differing(old: pd.Series, new: pd.Series) -> Mask:
    """Where two columns of one length differ; null equals null."""
    left, right = old.reset_index(drop=True), new.reset_index(drop=True)
    unlike = (left != right).astype("boolean").to_numpy(dtype=bool, na_value=False)
    found: Mask = unlike | (left.isna().to_numpy() != right.isna().to_numpy())
    return found


def _others(n: int, positions: Positions) -> Positions:
    """The positions below `n` that are not among some."""
    rest = np.ones(n, dtype=bool)
    rest[positions] = False
    return np.flatnonzero(rest)


def _differing(
    table: Table, old: pd.DataFrame, new: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows without those that the other side has, too, cell by cell."""
    at = pd.Index(new[table.key]).get_indexer(pd.Index(old[table.key]))
    shared = np.flatnonzero(at >= 0)
    equal = np.ones(len(shared), dtype=bool)
    for name in old.columns:
        equal &= ~differing(old[name].iloc[shared], new[name].iloc[at[shared]])
    keep_old, keep_new = np.ones(len(old), dtype=bool), np.ones(len(new), dtype=bool)
    keep_old[shared[equal]] = False
    keep_new[at[shared[equal]]] = False
    return old[keep_old].reset_index(drop=True), new[keep_new].reset_index(drop=True)


def _renamed(ids: pd.Series, names: Mapping[str, str]) -> pd.Series:
    if not names:
        return ids
    found = ids.map(names).astype("string")
    return found.where(found.notna(), ids)


def _with_neighbours(
    table: Table, old: pd.DataFrame, new: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with all they say as one number, and with that of the rows around them."""
    columns = [PAIR, *facts(table, [name for name in table.names if name in old]), LENGTH]
    numbers = _numbers([(old[name], new[name]) for name in columns if name in old])
    found = []
    for rows, said in zip((old, new), numbers, strict=True):
        rows = rows.assign(**{FACTS: said})
        near = rows.groupby(PAIR)[FACTS]
        around = {BEFORE: near.shift(1, fill_value=-1), AFTER: near.shift(-1, fill_value=-1)}
        found.append(rows.assign(**around))
    return found[0], found[1]


def _paired(
    table: Table, levels: Sequence[Level], old: pd.DataFrame, new: pd.DataFrame
) -> Iterator[tuple[Positions, Positions]]:
    """Positions of rows that are the same row, level by level."""
    if any(FACTS in level.columns for level in levels):
        old, new = _with_neighbours(table, old, new)
    left, right = np.arange(len(old)), np.arange(len(new))
    for level in levels:
        if all(name in old for name in level.columns):
            at_old, at_new = _sharing(level, old.iloc[left], new.iloc[right])
            yield left[at_old], right[at_new]
            left, right = np.delete(left, at_old), np.delete(right, at_new)


def _sharing(level: Level, old: pd.DataFrame, new: pd.DataFrame) -> tuple[Positions, Positions]:
    """Positions of rows that share the columns of a level; equal ones in their order."""
    needs = list(level.needs)
    left, right = (
        np.flatnonzero(rows[needs].notna().all(axis=1).to_numpy(dtype=bool)) for rows in (old, new)
    )
    if not len(left) or not len(right):
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    sides = [(old[name].iloc[left], new[name].iloc[right]) for name in level.columns]
    before, now = (_counted(numbers) for numbers in _numbers(sides))
    _, at_old, at_new = np.intersect1d(before, now, assume_unique=True, return_indices=True)
    return left[at_old], right[at_new]


def _numbers(columns: Sequence[Sides]) -> tuple[Positions, Positions]:
    """One number for each combination of values, the same on both sides; null is a value."""
    n = len(columns[0][0])
    joint: Positions = np.zeros(n + len(columns[0][1]), dtype=np.int64)
    for old, new in columns:
        numbers, values = pd.factorize(pd.concat([old, new], ignore_index=True))
        joint = pd.factorize(joint * (len(values) + 1) + numbers + 1)[0].astype(np.int64)
    return joint[:n], joint[n:]


def _counted(numbers: Positions) -> Positions:
    """Each number together with how often it stood before, as one number."""
    before = pd.Series(numbers).groupby(numbers).cumcount().to_numpy(dtype=np.int64)
    return (before << 32) + numbers
