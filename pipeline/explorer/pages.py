"""Documents, entities and the pages about the dataset, as HTML that is ready to be shown."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.explorer.dataset import Dataset, Row, heading, section_name
from pipeline.explorer.figures import Figures
from pipeline.explorer.marked import Marked, snippet
from pipeline.records import LABELS
from pipeline.schema import TABLES

_KINDS = {
    "indicator": "indicator page",
    "chapter": "country chapter",
    "webpage": "web page",
    "deck": "slide deck",
}
MOST_PLACES = 200  # of an entity that are listed; the dataset has all


@cache
def templates() -> Environment:
    """The templates; whatever they are given is escaped."""
    found = Environment(
        loader=PackageLoader("pipeline.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["percent"] = lambda value: "" if value is None else f"{100 * value:.1f}"
    found.filters["words"] = lambda value: value.replace("_", " ")
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of a document, or what stands outside all sections.

    Attributes:
        html: Its text; None in a release without texts.
    """

    segment: Row | None
    name: str
    html: Markup | None


def documents(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Each document that was read, by its id."""
    template = templates().get_template("document.html.jinja")
    countries = dataset.country_names()
    known = dataset.rows("entities")
    names = dict(zip(known.column("entity_id"), known.column("name"), strict=True))
    for document in dataset.rows("documents"):
        key = document["document_id"]
        if document["status"] != "ok":
            continue
        citations = [(row, link(row["url"])) for row in dataset.within("citations", key)]
        yield (
            key,
            template.render(
                document=document,
                heading=heading(document),
                kind=_KINDS.get(document["layout"], document["layout"] or "document"),
                text=key in dataset.texts,
                pieces=_pieces(dataset, document, names, countries),
                statements=dataset.within("tier_statements", key),
                citations=citations,
                countries=countries,
                labels=LABELS,
            ),
        )


def _pieces(
    dataset: Dataset, document: Row, names: dict[str, str], countries: dict[str, str]
) -> list[Piece]:
    key = document["document_id"]
    text = dataset.texts.get(key)
    if text is None:
        segments = dataset.within("segments", key)
        return [Piece(s, section_name(s, document, countries), None) for s in segments]
    meanings = _meanings(dataset.within("year_roles", key))
    marked = Marked.of(text, dataset.within("mentions", key), names, meanings)
    blocks = dataset.within("blocks", key)
    pieces = []
    for segment, start, end in marked.tiles(dataset.within("segments", key), 0, len(text)):
        inside = [b for b in blocks if b["start"] < end and start < b["end"]]
        # A section has a heading of its own above those of the text.
        level = "h3" if segment else "h2"
        html = Markup(marked.html(inside, start, end, heading=level))
        name = section_name(segment, document, countries) if segment else ""
        pieces.append(Piece(segment, name, html))
    return pieces


def _meanings(rows: list[Row]) -> dict[str, str]:
    """What each YEAR mention says about the strategy or law beside it."""
    found = defaultdict(list)
    for row in rows:
        found[row["mention_id"]].append(f"{row['role'].replace('_', ' ')} {row['year']}")
    return {key: ", ".join(said) for key, said in found.items()}


def link(url: str | None) -> str | None:
    """The address if a reader may follow it: a report can say anything, such as `javascript:`."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity is mentioned.

    Attributes:
        around: What stands before, at and after the mention; None in a release without texts.
    """

    mention: Row
    section: str
    around: tuple[str, str, str] | None


def entities(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Each entity, by its id."""
    template = templates().get_template("entity.html.jinja")
    countries = dataset.country_names()
    by_id = {row["document_id"]: row for row in dataset.rows("documents")}
    sections = {
        row["segment_id"]: section_name(row, by_id[row["document_id"]], countries)
        for row in dataset.rows("segments")
    }
    for entity in dataset.rows("entities"):
        key = entity["entity_id"]
        mentions = dataset.rows("mentions").where("entity_id", key)
        found = sorted(mentions, key=lambda m: m["section"] == "boilerplate")
        places = defaultdict(list)
        for mention in found[:MOST_PLACES]:
            places[mention["document_id"]].append(_place(dataset, mention, sections))
        yield (
            key,
            template.render(
                entity=entity,
                aliases=json.loads(entity["aliases"]),
                country=countries.get(entity["country_iso3"] or ""),
                places=[(by_id[d], heading(by_id[d]), listed) for d, listed in places.items()],
                unlisted=len(found[MOST_PLACES:]),
                roles=_life(dataset.rows("year_roles").where("entity_id", key)),
            ),
        )


def _place(dataset: Dataset, mention: Row, sections: dict[str, str]) -> Place:
    text = dataset.texts.get(mention["document_id"])
    around = None if text is None else snippet(text, mention["start"], mention["end"])
    return Place(mention, sections.get(mention["segment_id"] or "", ""), around)


def _life(roles: list[Row]) -> list[dict[str, Any]]:
    """The years of a strategy or law with what they mean, each once, with where it is said."""
    found: dict[tuple[int, str], Row] = {}
    for row in roles:
        found.setdefault((row["year"], row["role"]), row)
    return [{"year": year, "role": role, "row": found[year, role]} for year, role in sorted(found)]


def about(dataset: Dataset) -> str:
    """What made the dataset, and what its tables are."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in dataset.rows("provenance"):
        parts[row["stage"]].append(row)
    runs = [{**run, "models": json.loads(run["model_versions"])} for run in dataset.rows("runs")]
    return (
        templates()
        .get_template("about.html.jinja")
        .render(
            runs=runs,
            provenance=parts,
            tables=[(table, len(dataset.rows(table.name))) for table in TABLES],
        )
    )


def accuracy(figures: Figures | None) -> str:
    """How far the dataset can be trusted."""
    return templates().get_template("accuracy.html.jinja").render(figures=figures)
