"""Mentions -> entities: acronyms, native names and known names under one canonical name."""

import re
from collections import defaultdict
from dataclasses import replace

from pipeline import normalise
from pipeline.acronyms import initials, is_acronym
from pipeline.knowledge import Name, names_of
from pipeline.owners import owners
from pipeline.records import Label, Mention, Segment, segment_at


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
    name = known(full, m.label, country) or known(m.text, m.label, country)
    if name is None:
        return replace(m, canonical=full, country=None if m.label == "INDEX" else country)
    known_country = name.country_iso3
    return replace(
        m, canonical=name.name, country=known_country, international=known_country is None
    )


def known(form: str, label: Label, country: str | None) -> Name | None:
    """The known thing of that name in the section's own country, else the international one."""
    options = [name for name in names_of(form) if name.label == label]
    if not options and label == "INDEX":
        bare = re.sub(r"^\d{4}\s+|\s+\d{4}(?:\s+report)?$|\s+report$", "", form).strip()
        options = [name for name in names_of(bare) if name.label == label]
    own = [name for name in options if name.country_iso3 == country]
    if own:
        return own[0]
    return next((name for name in options if name.country_iso3 is None), None)
