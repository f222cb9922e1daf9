"""Mentions -> entities: acronyms, native names and known names under one canonical name."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
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


def entities(documents: Iterable[tuple[str, list[Mention]]]) -> dict[str, Entity]:
    """The entities of all documents, by id, in the order of the ids."""
    groups: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for document_id, mentions in documents:
        for mention in mentions:
            if mention.label != "YEAR":
                groups[entity_id(mention)].append((document_id, mention))
    return {key: _entity(key, groups[key]) for key in sorted(groups)}


def entity_id(mention: Mention) -> str:
    """Id of the entity a mention names, from label, country and canonical name."""
    key = f"{mention.label}|{mention.country or ''}|{normalise.key(mention.canonical)}"
    return f"ent-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _entity(key: str, group: list[tuple[str, Mention]]) -> Entity:
    mentions = [m for _, m in group]
    counted = [m for m in mentions if m.section != "boilerplate"]
    name = _most_common(normalise.spaces(m.canonical) for m in mentions)
    written = [normalise.spaces(m.text) for m in mentions]
    forms = sorted(set(written) - {name})
    acronyms = [form for form in forms if is_acronym(form)]
    years = [int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", " ".join([name, *forms]))]
    return Entity(
        entity_id=key,
        label=mentions[0].label,
        name=name,
        acronym=_most_common(f for f in written if f in acronyms) if acronyms else None,
        aliases=tuple(forms),
        country=mentions[0].country,
        n_mentions=len(counted),
        n_documents=len({document for document, _ in group}),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def _most_common(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
