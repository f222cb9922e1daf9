"""The one declaration of every table and column of the dataset.

Checks, SQLite DDL, Arrow types, data package, codebook and README table follow from it
(`pipeline.check`, `pipeline.write`, `pipeline.codebook`).
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.records import (
    CHECKS,
    COUNTRY_METHODS,
    LABELS,
    LAYOUTS,
    ROLES,
    SECTIONS,
    TIER_STATUSES,
)

CONTRACT_VERSION = 1

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
}
START = count("start", "Offset of the first character in the canonical text (code points)")
END = count("end", "Offset after the last character in the canonical text (code points)")
DOCUMENT = link("documents", "Document it stands in")
SEGMENT = link("segments", "Segment it stands in", null=True)
TIER = count("tier", "Grade: 1 best … 4 worst", null=True, low=1, high=4)
SCORE_MIN = score("score_min", "Least score that the text allows, 1 worst … 10 best")
SCORE_MAX = score("score_max", "Greatest score that the text allows, 1 worst … 10 best")

TABLES: tuple[Table, ...] = (
    Table(
        name="countries",
        about="Countries and the ids researchers join on.",
        stage="reference",
        columns=(
            text("country_iso3", "ISO 3166-1 alpha-3 code (XKX for Kosovo)", pattern="[A-Z]{3}"),
            text("iso2", "ISO 3166-1 alpha-2 code", null=True, pattern="[A-Z]{2}"),
            text("iso_numeric", "ISO 3166-1 numeric code, three digits", null=True),
            text("name", "Common English name"),
            count("cow_code", "Correlates of War country code", null=True),
            count("vdem_id", "V-Dem country id", null=True),
            count("eu", "1 if a member of the European Union in 2026", high=1),
            count("oecd", "1 if a member of the OECD in 2026", high=1),
        ),
    ),
    Table(
        name="documents",
        about="Every file under RAW, read or quarantined.",
        stage="read, layout",
        columns=(
            text("document_id", "Id, from path and content"),
            text("source", "Path relative to RAW, `/` separators"),
            text("sha256", "SHA-256 of the file's bytes", pattern="[0-9a-f]{64}"),
            text("media_type", "Media type, by content"),
            text("status", "Whether it was read", values=("ok", "quarantined")),
            text("reason", "Why it was quarantined, for a person to act on", null=True),
            text("layout", "Kind of report", null=True, values=LAYOUTS),
            text("title", "Title as the text gives it", null=True),
            text("question", "Question that an indicator page answers", null=True),
            text("indicator", "Indicator: its name where given, else its question", null=True),
            year("edition", "Edition that the text or the path states"),
            text("publisher", "Publisher, where the text names it", null=True),
            country("Country, when the whole document is about one"),
            text("language", "ISO 639-1 code of the main language", null=True),
            count("n_chars", "Length of the canonical text (code points)", null=True),
            count("n_pages", "Pages, for formats that have them", null=True),
        ),
        unique=("source",),
    ),
    Table(
        name="segments",
        about="A country section (indicator pages), an indicator section (chapters) or a whole "
        "single-country document.",
        stage="segment",
        columns=(
            text("segment_id", "Id"),
            DOCUMENT,
            count("ordinal", "Position among the document's segments, from 1", low=1),
            START,
            END,
            country("Country that the segment is about"),
            text("question", "Question that the segment answers", null=True),
            text("indicator", "Indicator: its name where given, else its question", null=True),
            TIER,
            SCORE_MIN,
            SCORE_MAX,
            text("country_method", "What the country rests on", values=COUNTRY_METHODS),
            share("country_confidence", "Probability that the country is right"),
            country("Second most likely country", name="runner_up_iso3"),
            text("tier_status", "Where the tier comes from", values=TIER_STATUSES),
        ),
    ),
    Table(
        name="blocks",
        about="The conservation ledger: in order, without overlap, only white space between.",
        stage="layout",
        columns=(
            text("block_id", "Id"),
            DOCUMENT,
            count("ordinal", "Position in the document, from 1", low=1),
            START,
            END,
            text("role", "What the block is", values=ROLES),
            count("page", "Page, for formats that have them", null=True, low=1),
            SEGMENT,
        ),
    ),
    Table(
        name="tier_statements",
        about="The grades of an answer scale.",
        stage="tiers",
        columns=(
            text("statement_id", "Id"),
            DOCUMENT,
            START,
            END,
            text("text", "The statement"),
            count("tier", "Grade: 1 best … 4 worst", low=1, high=4),
            SCORE_MIN,
            SCORE_MAX,
            share("confidence", "Probability of the tier"),
            count("runner_up_tier", "Second most likely tier", null=True, low=1, high=4),
        ),
    ),
    Table(
        name="entities",
        about="The things mentioned, over all documents.",
        stage="link",
        columns=(
            text("entity_id", "Id, from label, country and name"),
            text("label", "Kind of thing", values=tuple(x for x in LABELS if x != "YEAR")),
            text("name", "Canonical name, in English where the text gives it"),
            text("acronym", "Acronym", null=True),
            text("aliases", "Other names found, a JSON list"),
            country("Country it belongs to; null for international or unknown"),
            count("n_mentions", "Mentions outside boilerplate"),
            count("n_documents", "Documents that mention it"),
            year("first_year", "Earliest year inside its names"),
            year("last_year", "Latest year inside its names"),
        ),
        unique=("label", "name", "country_iso3"),
    ),
    Table(
        name="mentions",
        about="Every mention of a named thing or a year. Only a YEAR may lie inside another.",
        stage="extract",
        columns=(
            text("mention_id", "Id"),
            DOCUMENT,
            SEGMENT,
            link("entities", "Entity it names (null for YEAR)", null=True),
            text("label", "Kind of thing", values=LABELS),
            START,
            END,
            text("text", "The words, `text[start:end]` of the canonical text"),
            text("section", "Part of the document", values=SECTIONS),
            country("Country the thing belongs to; null for international or unknown"),
            year("year_start", "First year (YEAR only)"),
            year("year_end", "Last year (YEAR only)"),
            share("confidence", "Probability that span and label are right"),
            text("method", "What found it: model, rule, reference or acronym"),
        ),
    ),
    Table(
        name="rankings",
        about="Placements of countries in indices.",
        stage="rankings",
        columns=(
            text("ranking_id", "Id"),
            DOCUMENT,
            SEGMENT,
            START,
            END,
            country("Ranked country, not necessarily the section's"),
            text("index_name", "Canonical name of the index"),
            link("entities", "The index as an entity", name="index_entity_id", null=True),
            year("edition", "Edition of the index"),
            text("dimension", "Sub-dimension; null for the overall rank", null=True),
            count("rank", "Place, 1 first", null=True, low=1),
            count("out_of", "Number of ranked countries", null=True, low=1),
            Column(name="value", type="number", about="Value of the index", null=True),
            text("qualifier", "Placement in words where no rank is given", null=True),
            text("check", "Whether the placement can be true", values=CHECKS),
        ),
    ),
    Table(
        name="citations",
        about="Reference lines.",
        stage="segment",
        columns=(
            text("citation_id", "Id"),
            DOCUMENT,
            SEGMENT,
            START,
            END,
            text("text", "The reference"),
            year("year", "Year of publication"),
            text("title", "Title of the cited work", null=True),
            text("url", "Address", null=True),
            text(
                "accessed",
                "Date of access, ISO 8601, as precise as stated",
                null=True,
                pattern=r"\d{4}(-\d{2}(-\d{2})?)?",
            ),
        ),
    ),
    Table(
        name="panel",
        about="One row a country × indicator × edition, for analysis.",
        stage="tables",
        columns=(
            text("panel_id", "Id, from country, indicator and edition"),
            country("Country", null=False),
            text("indicator", "Indicator: its name where given, else its question"),
            year("edition", "Edition that the text or the path states"),
            TIER,
            SCORE_MIN,
            SCORE_MAX,
            DOCUMENT,
            count("n_agencies", "AGENCY mentions outside boilerplate"),
            count("n_strategies", "STRATEGY mentions outside boilerplate"),
            count("n_laws", "LAW mentions outside boilerplate"),
            count("n_platforms", "PLATFORM mentions outside boilerplate"),
            count("n_rankings", "Placements stated in the section"),
            count("n_words", "Words of the section, citations and repeats left out"),
        ),
        unique=("country_iso3", "indicator", "edition"),
    ),
    Table(
        name="runs",
        about="What made this dataset. No clock times: equal runs stay byte-identical.",
        stage="write",
        columns=(
            text("run_id", "Id, from everything below and the documents' hashes"),
            text("code_version", "Version of govtable"),
            text("code_hash", "Hash of the pipeline's code and reference data"),
            text("model_versions", "Hash of each model file, a JSON object"),
            text("configuration_hash", "Hash of the settings"),
            count("n_documents", "Documents read"),
            count("n_quarantined", "Documents quarantined"),
            count("n_segments", "Segments"),
            count("n_mentions", "Mentions"),
            count("n_entities", "Entities"),
            count("n_rankings", "Rankings"),
        ),
    ),
)

TABLE: dict[str, Table] = {table.name: table for table in TABLES}
