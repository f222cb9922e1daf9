"""What a column and a table are, and short ways to declare the usual kinds."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        references: The table whose key it repeats.
        unit: What a number counts or measures; empty for codes and text.
        quoted: It holds stretches of a report beyond names, or headings; left out of a release
            without texts.
    """

    name: str
    type: Type = "string"
    about: str
    null: bool = False
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str | None = None
    references: str | None = None
    unit: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; the first column is its primary key.

    Attributes:
        stage: Names of the stages that make its rows (`pipeline.stages`), in order.
    """

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
    """An integer column, not negative; without a unit of its own it counts things."""
    kind = {"low": 0, "unit": "count", **more}
    return Column(name=name, type="integer", about=about, **kind)  # type: ignore[arg-type]


def share(name: str, about: str, **more: object) -> Column:
    """A number between 0 and 1."""
    kind = {"low": 0, "high": 1, "unit": "probability", **more}
    return Column(name=name, type="number", about=about, **kind)  # type: ignore[arg-type]


def link(table: str, about: str, *, name: str | None = None, null: bool = False) -> Column:
    """A foreign key to `table`."""
    return Column(name=name or KEYS[table], about=about, null=null, references=table)


def country(about: str, *, name: str = "country_iso3", null: bool = True) -> Column:
    """A foreign key to `countries`, ISO 3166-1 alpha-3 (XKX for Kosovo)."""
    return link("countries", about, name=name, null=null)


def score(name: str, about: str) -> Column:
    """A score on the scale 1 (worst) to 10 (best)."""
    return count(name, about, null=True, low=1, high=10, unit="points")


def year(name: str, about: str) -> Column:
    """A calendar year."""
    return count(name, about, null=True, low=1000, high=2999, unit="year")


KEYS = {
    "documents": "document_id",
    "segments": "segment_id",
    "entities": "entity_id",
    "countries": "country_iso3",
    "mentions": "mention_id",
}
