"""By what a row of each table is known again, and how it is told in words.

Ids of rows number what was found in a document, so that one more mention shifts all behind it;
they identify only rows that say the same in every cell.
"""

from dataclasses import dataclass

from pipeline.columns import Table

PAIR, LENGTH = "(report)", "(length)"
# All that a row says, its length, and what its neighbours say: of equal rows the right one.
FACTS, BEFORE, AFTER = "(facts)", "(before)", "(after)"
PLACE = ("start", "end", "page")  # facts in an unchanged text; elsewhere they only move
ORDER = ("ordinal",)


@dataclass(frozen=True, slots=True)
class Level:
    """Columns that two rows have to share to be the same.

    Attributes:
        needs: Columns that must not be null.
    """

    columns: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How the rows of a table are known again, the surest level first.

    Attributes:
        place: In a text that is unchanged; nothing for tables without offsets of their own.
        content: Elsewhere.
        words: Columns that tell a row to people.
    """

    place: tuple[Level, ...] = ()
    content: tuple[Level, ...]
    words: tuple[str, ...]


def _levels(*levels: str) -> tuple[Level, ...]:
    """Levels within a report, written as names; a name with `!` must not be null."""
    return tuple(
        Level(
            (PAIR, *(name.rstrip("!") for name in level.split())),
            tuple(name.rstrip("!") for name in level.split() if name.endswith("!")),
        )
        for level in levels
    )


def _key(name: str) -> tuple[Level, ...]:
    """A key that is the same in all datasets."""
    return (Level((name,)),)


_SURE = (f"{FACTS} {BEFORE} {AFTER}", f"{FACTS} {BEFORE}", f"{FACTS} {AFTER}", FACTS)
IDENTITIES: dict[str, Identity] = {
    "countries": Identity(content=_key("country_iso3"), words=("name",)),
    "documents": Identity(content=_levels(""), words=("source",)),
    "segments": Identity(
        place=_levels(
            "start end", "start country_iso3!", "start", "end", "country_iso3! indicator"
        ),
        content=_levels(
            *_SURE,
            "country_iso3! indicator question",
            "country_iso3!",
            "indicator! question",
        ),
        words=("country_iso3", "indicator", "tier", "score_min", "score_max"),
    ),
    "blocks": Identity(
        place=_levels("start end", "start", "end"),
        content=_levels(*_SURE, "role path segment_id", f"role segment_id {LENGTH}"),
        words=("role", "path"),
    ),
    "tier_statements": Identity(
        place=_levels("start end", "start", "tier"),
        content=_levels(*_SURE, "text!", "tier"),
        words=("tier", "text"),
    ),
    "entities": Identity(
        content=_key("entity_id"), words=("label", "name", "country_iso3", "n_mentions")
    ),
    "mentions": Identity(
        place=_levels("start end label", "start end", "start label", "end label"),
        content=_levels(*_SURE, "segment_id label text", "label text"),
        words=("label", "text", "country_iso3"),
    ),
    "rankings": Identity(
        place=_levels(
            "start end country_iso3 index_name edition dimension",
            "start end country_iso3 index_name dimension",
            "start end index_name",
            "start end",
            "start country_iso3 index_name edition dimension",
        ),
        content=_levels(
            *_SURE,
            "segment_id country_iso3 index_name edition dimension",
            "country_iso3 index_name edition dimension",
            "segment_id country_iso3 index_name dimension",
        ),
        words=("country_iso3", "index_name", "edition", "dimension", "rank", "out_of", "value"),
    ),
    "citations": Identity(
        place=_levels("start end", "start", "end"),
        content=_levels(*_SURE, "text!"),
        words=("text", "year"),
    ),
    "year_roles": Identity(
        place=_levels("start end entity_id role", "start end entity_id", "start end"),
        content=_levels(*_SURE, "mention_id entity_id", "segment_id entity_id role"),
        words=("role", "year"),
    ),
    "coverage": Identity(
        content=_levels("segment_id country_iso3 label", "segment_id! label"),
        words=("country_iso3", "label", "status"),
    ),
    "corrections": Identity(
        content=_levels("correction_id"), words=("action", "quote", "value", "status")
    ),
    "panel": Identity(
        content=_key("panel_id"), words=("country_iso3", "indicator", "edition", "tier")
    ),
    "provenance": Identity(content=_key("part_id"), words=("stage", "kind", "name", "version")),
    "runs": Identity(content=_levels(""), words=("run_id",)),
}


def facts(table: Table, columns: list[str]) -> list[str]:
    """The columns that say something; the others are the key, and where the row stands."""
    return [name for name in columns if name not in (table.key, *PLACE, *ORDER)]
