"""Compares two datasets."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.diff.causes import Known, changed_corrections, changed_parts, stage_of
from pipeline.diff.datasets import opened
from pipeline.diff.difference import Causes, Difference, TableDifference
from pipeline.diff.identity import IDENTITIES, PAIR
from pipeline.diff.matching import Matched, Matcher, Positions
from pipeline.diff.reports import NONE, paired
from pipeline.diff.shared import Row, Shared
from pipeline.schema import TABLE
from pipeline.stages import STAGES

_FIRST = ("documents", "segments", "mentions")  # others refer to them
_LONGEST = 120  # characters of a row in words
_ORDER = [stage.name for stage in STAGES]


def compare(old: Path, new: Path) -> Difference:
    """Compare two datasets: folders of two runs or releases.

    Rows are known again by what they say and where, so that rows whose ids or offsets alone differ
    count as moved.

    Args:
        old: The dataset before.
        new: The dataset now.

    Returns:
        Every row that differs, with what can have caused it.

    Raises:
        ValueError: If one of them is no dataset, is being written or is damaged.
    """
    both = opened(old, new)
    reports = paired(*both.read("documents"))
    corrections = changed_corrections(both, reports)
    known = Known(reports, changed_parts(both), corrections)
    matcher, shared = Matcher(reports), Shared(known, both)
    found: dict[str, TableDifference] = {}
    for name in sorted(both.columns, key=lambda name: name not in _FIRST):
        matched = matcher.match(TABLE[name], *both.read(name))
        if name == "segments":
            shared.segments = matched
        elif name == "mentions":
            shared.mentions = matched
        found[name] = _table(matched, known, shared)
    return Difference(
        old=old,
        new=new,
        tables={name: found[name] for name in both.columns},
        reports=reports.fates(),
        corrections=tuple(sorted({name for names in corrections.values() for name in names})),
        parts=known.parts,
        notes=tuple(both.notes),
    )


def _table(matched: Matched, known: Known, shared: Shared) -> TableDifference:
    """What differs in a table, with causes."""
    rows = _rows(matched, known)
    numbers, distinct = _causes(matched, rows, known, shared)
    columns = ["kind", "document", "key_old", "key_new", "what"]
    return TableDifference(
        name=matched.table.name,
        n_old=matched.n_old,
        n_new=matched.n_new,
        rows=rows[columns].assign(cause=numbers),
        cells=_cells(matched, rows),
        causes=distinct,
    )


def _rows(matched: Matched, known: Known) -> pd.DataFrame:
    """The rows that differ, by report and key.

    Returns:
        The columns of `TableDifference.rows` but `cause`, the number of the report, positions `old`
        and `new` (-1 for none), and `at`, the position among the rows of both (-1 for one side's).
    """
    changed = matched.changed
    before, now = matched.both
    parts = [
        ("removed", {"old": matched.removed}),
        ("added", {"new": matched.added}),
        *(
            (kind, {"old": before[mask], "new": now[mask], "at": np.flatnonzero(mask)})
            for kind, mask in (("changed", changed), ("moved", ~changed))
        ),
    ]
    frames = [pd.DataFrame({"kind": kind, **positions}) for kind, positions in parts]
    rows = pd.concat(frames, ignore_index=True)
    for name in ("old", "new", "at"):
        rows[name] = rows[name].fillna(-1).astype(np.int64)
    return _described(rows, matched, known)


def _described(rows: pd.DataFrame, matched: Matched, known: Known) -> pd.DataFrame:
    """The rows with keys, report and words, sorted."""
    key, columns = matched.table.key, IDENTITIES[matched.table.name].words
    before, now = rows["old"].to_numpy(), rows["new"].to_numpy()
    gone = now < 0
    sources = np.array([pair.source for pair in known.reports.pairs] + [None], dtype=object)
    pairs = np.where(gone, _taken(matched.old[PAIR], before), _taken(matched.new[PAIR], now))
    pairs = pairs.astype(np.int64)
    found = rows.assign(
        **{
            PAIR: pairs,
            "document": sources[pairs],
            "key_old": _taken(matched.old[key], before),
            "key_new": _taken(matched.new[key], now),
        }
    )
    what = np.full(len(rows), None, dtype=object)
    what[~gone] = _words(matched.new.iloc[now[~gone]], columns)
    what[gone] = _words(matched.old.iloc[before[gone]], columns)
    order = np.lexsort([np.where(gone, before, now), _places(sources)[pairs]])
    return found.assign(what=what).iloc[order].reset_index(drop=True)


Objects = npt.NDArray[np.object_]


def _taken(cells: pd.Series, positions: Positions) -> Objects:
    """The cells at some positions; None at -1."""
    found = np.full(len(positions), None, dtype=object)
    found[positions >= 0] = cells.to_numpy(dtype=object)[positions[positions >= 0]]
    return found


def _places(sources: Objects) -> Positions:
    """The place of each report among all, by path; rows of no report come last."""
    places = np.full(len(sources), len(sources), dtype=np.int64)
    places[np.argsort(sources[:-1].astype(str))] = np.arange(len(sources) - 1)
    return places


def _words(rows: pd.DataFrame, columns: Sequence[str]) -> Objects:
    """Each row in words."""
    named = [name for name in columns if name in rows]
    cells = [rows[name].astype("string").fillna("").to_numpy(dtype=object) for name in named]
    lines = [" · ".join(filter(None, values)) for values in zip(*cells, strict=True)]
    cut = [line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…" for line in lines]
    found = np.full(len(rows), "", dtype=object)
    found[: len(cut)] = cut
    return found


def _causes(
    matched: Matched, rows: pd.DataFrame, known: Known, shared: Shared
) -> tuple[Positions, tuple[Causes, ...]]:
    """The causes of each row, as positions in the distinct ones."""
    n = len(_ORDER)
    values, numbers = np.unique(rows[PAIR] * n + _stages(matched, rows), return_inverse=True)
    found = [known.of(int(value) // n, _ORDER[int(value) % n]) for value in values]
    explain = shared.explain(matched)
    if explain:
        keys = rows["key_new"].where(rows["key_new"].notna(), rows["key_old"])
        columns = [rows[name] for name in ("kind", PAIR, "old", "new")]
        records = zip(*(column.tolist() for column in (*columns, keys)), strict=True)
        for at, record in enumerate(records):
            # Ids and offsets move with the report alone, if the row is of one.
            if record[0] != "moved" or record[1] == NONE:
                found.append(explain(Row(*record)))
                numbers[at] = len(found) - 1
    distinct: dict[Causes, int] = {}
    places = np.array([distinct.setdefault(each, len(distinct)) for each in found], dtype=np.int64)
    return places[numbers], tuple(distinct)


def _stages(matched: Matched, rows: pd.DataFrame) -> Positions:
    """The last stage that can have changed each row, as its place among the stages."""
    name = matched.table.name
    last = np.full(len(matched.both[0]) + 1, _ORDER.index(stage_of(name)), dtype=np.int64)
    for column, mask in matched.differs.items():
        at = np.flatnonzero(mask)
        last[at] = np.maximum(last[at], _ORDER.index(stage_of(name, (column,))))
    found: Positions = last[rows["at"].to_numpy(dtype=np.int64)]
    return found


def _cells(matched: Matched, rows: pd.DataFrame) -> pd.DataFrame:
    """The cells that changed, in the order of the rows."""
    position = np.full(len(matched.both[0]), -1, dtype=np.int64)
    both = rows["at"].to_numpy(dtype=np.int64) >= 0
    position[rows["at"].to_numpy(dtype=np.int64)[both]] = np.flatnonzero(both)
    frames = []
    for column, mask in matched.differs.items():
        if mask.any():
            before, now = (positions[mask] for positions in matched.both)
            cells = {
                "row": position[mask],
                "column": [column] * int(mask.sum()),
                "old": matched.old[column].iloc[before].astype("string").to_numpy(dtype=object),
                "new": matched.new[column].iloc[now].astype("string").to_numpy(dtype=object),
            }
            frames.append(pd.DataFrame(cells))
    if not frames:
        return pd.DataFrame(columns=["row", "column", "old", "new"])
    return pd.concat(frames).sort_values("row", kind="stable", ignore_index=True)
