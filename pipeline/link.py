"""Mentions -> entities: acronyms, native names and known names under one canonical name."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline import normalise
from pipeline.acronyms import initials, is_acronym
from pipeline.knowledge import Name, names_of
from pipeline.owners import owners
from pipeline.records import Label, Mention, Segment, segment_at


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
        return json.dumps(self.aliases, ensure_ascii=False)


def resolve(
    mentions: list[Mention], text: str, segments: list[Segment], country: str | None
) -> list[Mention]:
    """Give each mention of a document its canonical name and its country.

    Args:
        country: The country of the whole document, for text outside segments.
    """
    groups: dict[Segment | None, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[segment_at(segments, mention)].append(mention)
    given = owners(mentions, text)
    resolved = []
    for segment, group in groups.items():
        host = segment.country if segment else country
        long = _long_forms(group, text)
        resolved += [_resolved(m, host, given.get(m.start), long) for m in group]
    return sorted(resolved, key=lambda m: (m.start, -m.end))


def _long_forms(group: list[Mention], text: str) -> dict[str, str]:
    """What the short names of a section stand for: acronyms, and names given in brackets."""
    long: dict[str, str] = {}
    names = [m for m in group if m.label != "YEAR"]
    for first, second in zip(names, names[1:], strict=False):
        between = text[first.end : second.start]
        if first.label != second.label or second.text in long:
            continue
        if re.fullmatch(r"[”\"]?\s*\([“\"]?", between) or (
            re.fullmatch(r",? or |, ", between) and first.text in long
        ):
            long[second.text] = long.get(first.text, normalise.spaces(first.text))
    spelt: dict[tuple[str, str], str] = {}
    for m in names:
        words = m.text.split()
        if len(words) > 1:
            for letters in (initials(words), initials(words, skip=True)):
                spelt.setdefault((m.label, letters), normalise.spaces(m.text))
    for m in names:
        found = spelt.get((m.label, m.text.casefold()))
        if found and is_acronym(m.text) and m.text not in long:
            long[m.text] = found
    return long


def _resolved(m: Mention, host: str | None, owner: str | None, long: dict[str, str]) -> Mention:
    if m.label == "YEAR":
        return m
    country = owner or host
    full = long.get(m.text, normalise.spaces(m.text))
    name = _known(full, m.label, country) or _known(m.text, m.label, country)
    if name is None:
        return replace(m, canonical=full, country=None if m.label == "INDEX" else country)
    known_country = name.country_iso3
    return replace(
        m, canonical=name.name, country=known_country, international=known_country is None
    )


def _known(form: str, label: Label, country: str | None) -> Name | None:
    """The known thing of that name in the section's own country, else the international one."""
    options = [name for name in names_of(form) if name.label == label]
    if not options and label == "INDEX":
        bare = re.sub(r"^\d{4}\s+|\s+\d{4}(?:\s+report)?$|\s+report$", "", form).strip()
        options = [name for name in names_of(bare) if name.label == label]
    own = [name for name in options if name.country_iso3 == country]
    if own:
        return own[0]
    return next((name for name in options if name.country_iso3 is None), None)


@dataclass(frozen=True, slots=True)
class Naming:
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
    names: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for naming in group:
        names[naming.name] += naming.n
        written[naming.form] += naming.n
    name = _most_common(names)
    forms = sorted(set(written) - {name})
    acronyms = {form: written[form] for form in forms if is_acronym(form)}
    years = [int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", " ".join([name, *forms]))]
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
    return min(counts, key=lambda value: (-counts[value], value))
