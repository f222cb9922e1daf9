"""What a column and a table are, and short ways to declare the usual kinds."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `references` names the table whose key it repeats."""

    name: str
    type: Type = "string"
    about: str
    null: bool = False
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str | None = None
    references: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; the first column is its primary key."""

    name: str
    about: str
    stage: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name of the primary key column."""
        return self.columns[0].name

    @property
    def names(self) -> list[str]:
        """Column names, in order."""
        return [column.name for column in self.columns]


def numbered(document_id: str, kind: str, i: int) -> str:
    """The id of the i-th row of a kind in a document, from 1."""
    return f"{document_id}-{kind}{i:05d}"


def text(name: str, about: str, **more: object) -> Column:
    """A string column."""
    return Column(name=name, about=about, **more)  # type: ignore[arg-type]


def count(name: str, about: str, **more: object) -> Column:
    """An integer column, not negative."""
    return Column(name=name, type="integer", about=about, **{"low": 0, **more})  # type: ignore[arg-type]


def share(name: str, about: str, **more: object) -> Column:
    """A number between 0 and 1."""
    return Column(name=name, type="number", about=about, **{"low": 0, "high": 1, **more})  # type: ignore[arg-type]


def link(table: str, about: str, *, name: str | None = None, null: bool = False) -> Column:
    """A foreign key to `table`."""
    return Column(name=name or KEYS[table], about=about, null=null, references=table)


def country(about: str, *, name: str = "country_iso3", null: bool = True) -> Column:
    """A foreign key to `countries`, ISO 3166-1 alpha-3 (XKX for Kosovo)."""
    return link("countries", about, name=name, null=null)


def score(name: str, about: str) -> Column:
    """A score on the scale 1 (worst) to 10 (best)."""
    return count(name, about, null=True, low=1, high=10)


def year(name: str, about: str) -> Column:
    """A calendar year."""
    return count(name, about, null=True, low=1000, high=2999)


KEYS = {
    "documents": "document_id",
    "segments": "segment_id",
    "entities": "entity_id",
    "countries": "country_iso3",
    "mentions": "mention_id",
}
