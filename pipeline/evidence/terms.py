"""The terms that speak for countries, from `reference/`, and how they are found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import knowledge

_TIMED = ("leader",)
_WORD = re.compile(r"\w+|[^\w\s]")
_IN_HOST = re.compile(r"\.\w")  # 'data.gov' does not stand in 'data.gov.uk'
_HYPHENS = ("-", "‐", "‑")
_MIN_DESCRIBED = 3  # words of a name that is known in lower case, too
_COMMON, _FEW = 6, 2  # a name of so few words that bodies of so many countries have says little
_LINKS = frozenset("of the for and on in to".split())
_MAX_SHARING = 2  # a body's name that more countries share says nothing

Pairs = list[tuple[str, str]]  # (kind, ISO 3166-1 alpha-3)


class Phrases:
    """Terms by their words, found in texts by spaCy's PhraseMatcher.

    Words and marks are told apart by one pattern: a tenth of the time of the English tokenizer,
    and no exceptions that a name could fall into.

    Args:
        loose: Whether case and hyphens do not matter.
    """

    def __init__(self, terms: Iterable[str], *, loose: bool = False) -> None:
        self._vocab = Vocab()
        self._loose = loose
        self._matcher = PhraseMatcher(self._vocab)
        for term in terms:
            for form in dict.fromkeys((term, term.replace("'", "’"))):
                self._matcher.add(term, [self._doc(form)[0]])

    def _doc(self, text: str) -> tuple[Doc, list[re.Match[str]]]:
        words = [m for m in _WORD.finditer(text) if not (self._loose and m.group() in _HYPHENS)]
        written = [m.group().casefold() if self._loose else m.group() for m in words]
        return Doc(self._vocab, words=written), words

    def find(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Start, end and term of every occurrence, those inside others too."""
        doc, words = self._doc(text)
        for key, first, stop in self._matcher(doc):
            start, end = words[first].start(), words[stop - 1].end()
            if not ("." in text[start:end] and _IN_HOST.match(text, end)):
                yield start, end, self._vocab.strings[key]


@cache
def meaning() -> dict[str, Pairs]:
    """For each term its (kind, country) pairs; none for phrases that only seem to name one."""
    meaning: dict[str, Pairs] = defaultdict(list)
    for kind, iso3, term in _terms():
        pair = (kind, iso3)
        if pair not in meaning[term]:
            meaning[term].append(pair)
    for phrase in knowledge.guards():
        if all(kind == "capital" for kind, _ in meaning[phrase]):
            meaning[phrase] = []
    return dict(meaning)


@cache
def times() -> dict[str, tuple[int | None, int | None]]:
    """First and last year of the terms that had their time, over all countries."""
    table: dict[str, tuple[int | None, int | None]] = {}
    for row in knowledge.evidence():
        if row.kind in _TIMED and (row.start_year or row.end_year):
            first, last = row.start_year, row.end_year
            if row.term in table:
                a, b = table[row.term]
                first = min(first, a) if first and a else None
                last = max(last, b) if last and b else None
            table[row.term] = (first, last)
    return table


@cache
def phrases() -> Phrases:
    """All terms as they are written."""
    return Phrases(sorted(meaning()))


@cache
def described() -> dict[str, Pairs]:
    """Names of bodies as a writer describes them: 'the digital-transformation team'."""
    table: dict[str, Pairs] = defaultdict(list)
    for form, iso3 in _bodies():
        if len(form.split()) >= _MIN_DESCRIBED and form.isascii():
            table[form].append(("described", iso3))
    return dict(table)


@cache
def descriptions() -> Phrases:
    """Names of bodies in any case, with or without hyphens."""
    return Phrases(sorted(described()), loose=True)


def _terms() -> Iterable[tuple[str, str, str]]:
    for country in knowledge.countries():
        iso3 = country.country_iso3
        for name in (country.name, *country.aliases):
            yield "name", iso3, name.removeprefix("The ").removeprefix("the ")
        for adjective in country.adjectives:
            yield "adjective", iso3, adjective
        for demonym in country.demonyms:
            yield "demonym", iso3, demonym
        if country.capital:
            yield "capital", iso3, country.capital
    bodies = list(_bodies())
    common = _common_words(bodies)
    for form, iso3 in bodies:
        plain = len(words := _content(form)) <= _FEW and words <= common
        yield "plain_body" if plain else "body", iso3, form
    yield from (("notion", iso3, term) for term, iso3 in _notions())
    for row in knowledge.evidence():
        if row.kind != "cctld":
            yield row.kind, row.country_iso3, row.term
        if row.kind == "word":
            yield row.kind, row.country_iso3, row.term.capitalize()


def _bodies() -> Iterable[tuple[str, str]]:
    """Names of agencies, strategies, laws and platforms that only few countries share."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.names():
        for form in name.forms:
            if len(form) > 2 and not form.islower():
                owners[form].add(name.country_iso3 or "")
    for form, countries in owners.items():
        if "" not in countries and len(countries) <= _MAX_SHARING:
            yield from ((form, iso3) for iso3 in sorted(countries))


def _common_words(bodies: list[tuple[str, str]]) -> set[str]:
    """Words that the names of many countries' bodies share: 'court', 'budget', 'digital'."""
    spread: dict[str, set[str]] = defaultdict(set)
    for form, iso3 in bodies:
        for word in _content(form):
            spread[word].add(iso3)
    return {word for word, countries in spread.items() if len(countries) >= _COMMON}


def _content(form: str) -> set[str]:
    return {word for word in re.findall(r"\w+", form.casefold()) if word not in _LINKS}


def _notions() -> Iterable[tuple[str, str]]:
    """Words of a state's build ('federal government') with the countries that are built so."""
    union = [c.country_iso3 for c in knowledge.countries() if c.eu]
    for row in knowledge.rows("notions.csv"):
        listed = union if row["countries"] == "EU" else knowledge.several(row["countries"])
        yield from ((row["term"], iso3) for iso3 in listed)


@cache
def surnames() -> dict[str, Pairs]:
    """The (kind, country) pairs of leaders' surnames."""
    table: dict[str, Pairs] = defaultdict(list)
    for row in knowledge.evidence():
        surname, pair = row.term.split()[-1], ("leader", row.country_iso3)
        if row.kind == "leader" and surname[0].isupper() and pair not in table[surname]:
            table[surname].append(pair)
    return dict(table)


@cache
def domains() -> dict[str, str]:
    """Endings of host names with their country."""
    return {row.term: row.country_iso3 for row in knowledge.evidence() if row.kind == "cctld"}
