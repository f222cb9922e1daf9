"""Entities: what mentions name, put together over documents."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline import normalise
from pipeline.acronyms import is_acronym
from pipeline.records import Label, Mention

_JSON = json.JSONEncoder(ensure_ascii=False)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that documents mention."""

    entity_id: str
    label: Label
    name: str
    acronym: str | None
    aliases: tuple[str, ...]
    country: str | None
    n_mentions: int
    n_documents: int
    first_year: int | None
    last_year: int | None

    @property
    def aliases_json(self) -> str:
        """The aliases as a JSON list."""
        return _JSON.encode(self.aliases) if self.aliases else "[]"


class Naming(NamedTuple):
    """How often documents call an entity so.

    Attributes:
        name: The full name.
        form: The words that stand in the text.
        n: Mentions.
        n_counted: … outside boilerplate.
    """

    entity_id: str
    label: Label
    country: str | None
    name: str
    form: str
    n: int
    n_counted: int


def namings(mentions: Iterable[Mention]) -> list[Naming]:
    """What a document calls the things it mentions, sorted."""
    groups: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.label != "YEAR":
            key = (entity_id(m), normalise.spaces(m.canonical), normalise.spaces(m.text))
            groups[key].append(m)
    return [
        Naming(
            entity_id=key,
            label=group[0].label,
            country=group[0].country,
            name=name,
            form=form,
            n=len(group),
            n_counted=sum(m.section != "boilerplate" for m in group),
        )
        for (key, name, form), group in sorted(groups.items())
    ]


def entities(found: Iterable[Naming], n_documents: Mapping[str, int]) -> dict[str, Entity]:
    """The entities of all documents, by id, in the order of the ids.

    Args:
        n_documents: How many documents mention each entity.
    """
    groups: dict[str, list[Naming]] = defaultdict(list)
    for naming in found:
        groups[naming.entity_id].append(naming)
    return {key: _entity(key, groups[key], n_documents[key]) for key in sorted(groups)}


def entity_id(mention: Mention) -> str:
    """Id of the entity a mention names, from label, country and canonical name."""
    key = f"{mention.label}|{mention.country or ''}|{normalise.key(mention.canonical)}"
    return f"ent-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _entity(key: str, group: list[Naming], n_documents: int) -> Entity:
    names: dict[str, int] = {}
    written: dict[str, int] = {}
    for naming in group:
        names[naming.name] = names.get(naming.name, 0) + naming.n
        written[naming.form] = written.get(naming.form, 0) + naming.n
    name = _most_common(names)
    forms = sorted(form for form in written if form != name)
    acronyms = {form: written[form] for form in forms if is_acronym(form)}
    years = [int(year) for year in _YEAR.findall(" ".join([name, *forms]))]
    return Entity(
        entity_id=key,
        label=group[0].label,
        name=name,
        acronym=_most_common(acronyms) if acronyms else None,
        aliases=tuple(forms),
        country=group[0].country,
        n_mentions=sum(naming.n_counted for naming in group),
        n_documents=n_documents,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def _most_common(counts: Mapping[str, int]) -> str:
    if len(counts) == 1:  # as of nearly all entities, of which there are many
        return next(iter(counts))
    return min(counts, key=lambda value: (-counts[value], value))
