"""Which rows of a dataset a condition chooses, by cell and section; nothing can be changed by it.

The condition sees the table with what it is usually asked by beside it: of mentions the document's
layout, edition, source, …, the section's country and tier, and the entity's name.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.accuracy.counts import COUNTRY, EDGES, Cell
from pipeline.records import LABELS
from pipeline.schema import TABLE

TABLES = ("mentions", "segments", "rankings")
_DOCUMENT = "d.source, d.layout, d.edition, d.title, d.publisher, d.language, d.media_type"
_SECTION = "s.country_iso3 AS section_country_iso3, s.ordinal AS section_ordinal"
_GRADE = "s.question, s.indicator, s.tier, s.score_min, s.score_max, s.country_confidence"
_ENTITY = "e.name AS entity, e.acronym"
_JOINED = {
    "mentions": (
        f"{_DOCUMENT}, {_SECTION}, {_GRADE}, {_ENTITY}",
        "JOIN main.documents d ON d.document_id = t.document_id"
        " LEFT JOIN main.segments s ON s.segment_id = t.segment_id"
        " LEFT JOIN main.entities e ON e.entity_id = t.entity_id",
    ),
    "segments": (_DOCUMENT, "JOIN main.documents d ON d.document_id = t.document_id"),
    "rankings": (
        # A ranking's own edition is the index's.
        f"{_DOCUMENT.replace('d.edition', 'd.edition AS document_edition')}, {_SECTION}",
        "JOIN main.documents d ON d.document_id = t.document_id"
        " LEFT JOIN main.segments s ON s.segment_id = t.segment_id",
    ),
}
_ANY = "mentions_at_any_confidence"
_COULD = "mentions_that_could_be"
_GIVEN = {
    "document_id": "s.document_id",
    "segment_id": "s.segment_id",
    "country_iso3": "s.country_iso3",
    "label": "l.label",
    "section": "'body'",
}
# What a condition may do: read, and compute.
_ALLOWED = (
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
)
_SURE = re.compile(r"\bconfidence\b", re.IGNORECASE)
_TRIED = (0.0, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0)  # confidences that a condition is tried at
Row = tuple[str, Cell, int]


@dataclass(frozen=True, slots=True)
class Subset:
    """Rows that a condition chooses.

    Attributes:
        total: Rows of the table.
        cells: How many rows are in each cell.
        sections: How many rows are in each section that has any.
        whole: … cells as they would be if the condition asked nothing of the confidence.
        could: Where no mention is chosen, the sections that could have such a one, by cell.
    """

    table: str
    where: str
    total: int
    cells: Counter[Cell]
    sections: tuple[int, ...]
    whole: Counter[Cell]
    could: Counter[Cell] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Rows in the subset."""
        return sum(self.cells.values())


def subset(out: Path, table: str, where: str = "") -> Subset:
    """The rows of a table for which an SQL condition holds; all rows without one.

    Args:
        out: Folder of the dataset.
        table: One of `TABLES`.

    Raises:
        ValueError: If there is no dataset, or the condition cannot be understood or does more than
            read.
    """
    with _opened(out) as base:
        total = base.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0]
        base.set_authorizer(_judge)
        try:
            rows = whole = _grouped(base, table, where or "1")
            if table == "mentions" and _SURE.search(where):
                chosen = f"SELECT mention_id FROM {_ANY} AS mentions WHERE (\n{where}\n)"
                whole = _grouped(base, table, f"mention_id IN ({chosen})")
            could = _grouped(base, _COULD, where) if table == "mentions" and not rows else []
        except (sqlite3.Error, sqlite3.Warning) as error:
            advice = _advice(where)
            raise ValueError(f"the condition {where!r} does not work: {error}{advice}") from None
    sections: Counter[str] = Counter()
    for section, _, n in rows:
        sections[section] += n
    sizes = tuple(sorted(sections.values()))
    return Subset(table, where, total, _cells(rows), sizes, _cells(whole), _cells(could))


def _advice(where: str) -> str:
    """What to write for columns that are called like words of SQL."""
    named = [word for word in ("check", "end") if re.search(rf"\b{word}\b", where, re.IGNORECASE)]
    return f' (write the column as "{named[0]}", in double quotes)' if named else ""


def finders(out: Path) -> dict[str, str]:
    """What found the names of a dataset, as `figures.finders`; empty where it does not say.

    Raises:
        ValueError: If there is no dataset.
    """
    sql = (
        "SELECT kind || ' ' || name, version FROM provenance"
        " WHERE stage = 'names' AND kind IN ('model', 'setting')"
    )
    with _opened(out) as base:
        try:
            return dict(base.execute(sql))
        except sqlite3.OperationalError:
            return {}  # made before there was such a table


@contextmanager
def _opened(out: Path) -> Iterator[sqlite3.Connection]:
    """The database, to read only, with the views."""
    path = out / "dataset.sqlite"
    if not path.is_file():
        raise ValueError(f"{out} holds no dataset (dataset.sqlite is missing)")
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        try:
            for name, select in _views().items():
                base.execute(f"CREATE TEMP VIEW {name} AS {select}")
                base.execute(f"SELECT * FROM {name} LIMIT 0")
            base.execute("PRAGMA query_only = ON")
        except sqlite3.DatabaseError as error:
            older = "; a dataset of an earlier version is brought up to date by `govtable run`"
            advice = older if isinstance(error, sqlite3.OperationalError) else ""
            raise ValueError(f"{path} cannot be read: {error}{advice}") from None
        yield base


def _views() -> dict[str, str]:
    """The SQL of each table with what is beside it."""
    found = {}
    for name, (more, join) in _JOINED.items():
        own = ", ".join(f't."{column}"' for column in TABLE[name].names)
        found[name] = f"SELECT {own}, {more} FROM main.{name} t {join}"
    more, join = _JOINED["mentions"]
    own = ", ".join(f't."{c}"' for c in TABLE["mentions"].names if c != "confidence")
    tried = " UNION ALL ".join(f"SELECT {p} AS confidence" for p in _TRIED)
    found[_ANY] = (
        f"SELECT {own}, {more}, g.confidence FROM main.mentions t {join} CROSS JOIN ({tried}) g"
    )
    own = ", ".join(f'{_GIVEN.get(c, "NULL")} AS "{c}"' for c in TABLE["mentions"].names)
    labels = " UNION ALL ".join(f"SELECT '{label}' AS label" for label in LABELS)
    found[_COULD] = (
        f"SELECT {own}, {more} FROM main.segments s"
        " JOIN main.documents d ON d.document_id = s.document_id"
        f" CROSS JOIN ({labels}) l LEFT JOIN main.entities e ON 0"
    )
    return found


def _judge(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _grouped(base: sqlite3.Connection, table: str, where: str) -> list[Row]:
    """Section, cell and number of rows."""
    called = "mentions" if table == _COULD else table
    if called == "mentions":
        cell = f"label, section, layout, section_country_iso3, {_binned('confidence')}"
    elif table == "segments":
        cell = f"'{COUNTRY}', '', layout, country_iso3, {_binned('country_confidence')}"
    else:
        cell = "'RANKING', '', layout, section_country_iso3, NULL"
    sql = (
        f"SELECT document_id || '#' || coalesce(segment_id, ''), {cell}, count(*)"
        f" FROM {table} AS {called} WHERE (\n{where}\n) GROUP BY 1, 2, 3, 4, 5, 6"
    )
    return [(unit, Cell(*of), n) for unit, *of, n in base.execute(sql)]


def _binned(column: str) -> str:
    """SQL for `counts.bin_of`."""
    return " + ".join(f"({column} >= {edge})" for edge in EDGES[1:])


def _cells(rows: list[Row]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for _, cell, n in rows:
        found[cell] += n
    return found
