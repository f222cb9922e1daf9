"""What a comparison comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from pipeline.stages import STAGES

Kind = Literal[
    "correction",
    "source text",
    "renamed report",
    "other documents",
    "model",
    "reference data",
    "setting",
    "library",
    "code",
    "unknown",
]
KINDS: tuple[Kind, ...] = get_args(Kind)  # the most specific first
ROW_KINDS = ("added", "removed", "changed", "moved")
COLUMNS = ("table", "kind", "document", "key_old", "key_new", "column", "old", "new", "causes")
_SHOWN = 5
_STAGES = [stage.name for stage in STAGES]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that can have caused a difference.

    Attributes:
        names: What exactly: correction ids, paths of reports, files, settings, libraries.
        stages: The stages that depend on it, where it is no report.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In words, as in `model tiers.npz (stage tiers)`."""
        more = len(self.names) - _SHOWN
        names = ", ".join(self.names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        stages = ", ".join(self.stages)
        where = f"(stage{'s' if len(self.stages) > 1 else ''} {stages})" if stages else ""
        return " ".join(filter(None, (self.kind, names, where)))


Causes = tuple[Cause, ...]


def merged(causes: Iterable[Cause]) -> Causes:
    """One cause a kind, the most specific first."""
    names: dict[Kind, set[str]] = {}
    stages: dict[Kind, set[str]] = {}
    for cause in causes:
        names.setdefault(cause.kind, set()).update(cause.names)
        stages.setdefault(cause.kind, set()).update(cause.stages)
    return tuple(
        Cause(kind, tuple(sorted(names[kind])), tuple(s for s in _STAGES if s in stages[kind]))
        for kind in KINDS
        if kind in names
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Something besides the reports that differs between the datasets.

    Attributes:
        stage: The stage that depends on it; empty if the datasets do not say which.
        old: Its hash, version or value before; None if the stage did not depend on it.
        new: … and now.
    """

    stage: str
    kind: Kind
    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDifference:
    """What differs in one table.

    Attributes:
        n_old: Rows before.
        n_new: Rows now.
        rows: A row of the table that differs each: `kind` (`added`, `removed`, `changed`, or
            `moved`: only ids or offsets are others), `document` (path of its report, null for
            rows of no report), `key_old`, `key_new`, `what` (the row in words), `cause`
            (position in `causes`).
        cells: A changed cell each: `row` (position in `rows`), `column`, `old`, `new`.
        causes: The distinct sets of causes.
    """

    name: str
    n_old: int
    n_new: int
    rows: pd.DataFrame
    cells: pd.DataFrame
    causes: tuple[Causes, ...]

    def n(self, kind: str) -> int:
        """How many rows are `added`, `removed`, `changed` or `moved`."""
        return int((self.rows["kind"] == kind).sum())

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each kind."""
        return {kind: self.n(kind) for kind in ROW_KINDS}

    def cause_counts(self) -> dict[Cause, int]:
        """How many rows each cause can have changed, the most specific first."""
        found: Counter[Cause] = Counter()
        for number, n in self.rows["cause"].value_counts().items():
            found.update(dict.fromkeys(self.causes[int(str(number))], int(n)))
        return {c: found[c] for c in sorted(found, key=lambda c: (KINDS.index(c.kind), str(c)))}

    def column_counts(self) -> dict[str, int]:
        """How many cells of each column changed, most first."""
        return {str(name): int(n) for name, n in self.cells["column"].value_counts().items()}

    def changes(self, *, moved: bool = False) -> pd.DataFrame:
        """One row a row that was added or removed, and a changed cell; see `COLUMNS`.

        Args:
            moved: Whether moved rows are listed, too.
        """
        spelled = np.array(["; ".join(map(str, causes)) for causes in self.causes], dtype=object)
        rows = self.rows.assign(table=self.name, column=None, old=None, new=None)
        rows["causes"] = spelled[rows["cause"].to_numpy(dtype=int)] if len(rows) else None
        rows.loc[rows["kind"] == "removed", "old"] = rows["what"]
        rows.loc[rows["kind"] == "added", "new"] = rows["what"]
        changed = rows.iloc[self.cells["row"].to_numpy(dtype=int)].copy()
        for name in ("column", "old", "new"):
            changed[name] = self.cells[name].to_numpy(dtype=object)
        kinds = ["added", "removed", *(["moved"] if moved else [])]
        found = pd.concat([rows[rows["kind"].isin(kinds)], changed])
        return found.sort_index(kind="stable")[list(COLUMNS)].reset_index(drop=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two datasets.

    Attributes:
        tables: Every table that both have, by name, in the order of the schema.
        reports: Paths of the reports by what became of them (`added`, `removed`, `changed`, and
            `renamed` as `earlier → present`).
        corrections: Ids of corrections that only one of them has.
        parts: What else differs: models, reference data, settings, libraries, code.
        notes: What could not be compared, a sentence each.
    """

    old: Path
    new: Path
    tables: dict[str, TableDifference]
    reports: dict[str, tuple[str, ...]]
    corrections: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every row that could be compared is the same, ids and offsets included."""
        return all(table.rows.empty for table in self.tables.values())

    def changes(self, *, moved: bool = False) -> pd.DataFrame:
        """One row a change, over all tables (`TableDifference.changes`)."""
        found = [table.changes(moved=moved) for table in self.tables.values()]
        kept = [frame for frame in found if len(frame)]
        if not kept:
            return pd.DataFrame(columns=list(COLUMNS))
        return pd.concat(kept, ignore_index=True)

    def summary(self) -> dict[str, Any]:
        """Everything but the rows, as plain values for JSON."""
        return {
            "old": str(self.old),
            "new": str(self.new),
            "equal": self.equal,
            "notes": list(self.notes),
            "reports": {kind: list(names) for kind, names in self.reports.items()},
            "corrections": list(self.corrections),
            "parts": [
                {"stage": p.stage, "kind": p.kind, "name": p.name, "old": p.old, "new": p.new}
                for p in self.parts
            ],
            "tables": {
                name: {"rows_old": table.n_old, "rows_new": table.n_new}
                | table.counts
                | {"causes": {str(cause): n for cause, n in table.cause_counts().items()}}
                | {"columns": table.column_counts()}
                for name, table in self.tables.items()
            },
        }
