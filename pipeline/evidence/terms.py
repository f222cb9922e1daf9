"""The terms that speak for countries, from `reference/`, and how they are found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from pipeline import knowledge

_TIMED = ("leader",)
_NAMING = {"name", "adjective", "demonym"}
_WORD = re.compile(r"\w+|[^\w\s]")
_LETTERS = re.compile(r"\w+")
_IN_HOST = re.compile(r"\.\w")  # 'data.gov' does not stand in 'data.gov.uk'
_SURNAME = re.compile(r"(?![IVX]+$)[^\W\d_a-z][\w'’-]{2,}")  # no number of a king
_MIN_DESCRIBED = 3  # words of a name that is known in lower case, too
_COMMON, _FEW = 6, 2  # a name of so few words that bodies of so many countries have says little
_LINKS = frozenset("of the for and on in to".split())
_MAX_SHARING = 2  # a body's name that more countries share says nothing

Years = tuple[int | None, int | None]
Pairs = list[tuple[str, str]]  # (kind, ISO 3166-1 alpha-3)


class Words:
    """A text cut into words and marks by one pattern.

    That takes a tenth of the time of spaCy's English tokenizer and knows no exceptions that a
    name could fall into.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._found = list(_WORD.finditer(text))
        self.written = [m.group() for m in self._found]

    @cached_property
    def lower(self) -> list[str]:
        """The words in small letters."""
        return [word.lower() for word in self.written]

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Offsets of the words from `first` up to `stop`."""
        return self._found[first].start(), self._found[stop - 1].end()


class Phrases:
    """Terms by their words, found in texts word by word.

    Tens of thousands of them are ready in a tenth of the time that spaCy's PhraseMatcher takes.

    Args:
        lower: Whether case does not matter.
    """

    def __init__(self, forms: Iterable[tuple[str, str]], *, lower: bool = False) -> None:
        self._lower = lower
        self._terms: dict[tuple[str, ...], dict[str, None]] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for term, form in forms:
            for written in dict.fromkeys((form, form.replace("'", "’"))):
                words = tuple(w.lower() if lower else w for w in _WORD.findall(written))
                self._terms.setdefault(words, {})[term] = None
                lengths[words[0]].add(len(words))
        self._lengths = {word: sorted(found) for word, found in lengths.items()}

    def find(self, words: Words) -> Iterable[tuple[int, int, str]]:
        """Start, end and term of every occurrence, those inside others too."""
        written = words.lower if self._lower else words.written
        lengths, terms, end = self._lengths, self._terms, len(written)
        for first, word in enumerate(written):
            if word in lengths:
                for stop in (first + n for n in lengths[word] if first + n <= end):
                    for term in terms.get(tuple(written[first:stop]), ()):
                        yield from _standing(words, first, stop, term)


def _standing(words: Words, first: int, stop: int, term: str) -> Iterable[tuple[int, int, str]]:
    """A term, unless it is torn apart or part of a longer address."""
    start, end = words.span(first, stop)
    written = words.text[start:end]
    torn = " " not in term and " " in written  # 'A $10 note' holds no 'A$'
    if not torn and not ("." in written and _IN_HOST.match(words.text, end)):
        yield start, end, term


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
def times() -> dict[str, Years]:
    """First and last year of the terms that had their time, and of leaders' surnames."""
    table: dict[str, Years] = {}
    for row in knowledge.evidence():
        if row.kind in _TIMED and (row.start_year or row.end_year):
            surname = row.term.split()[-1]
            for term in {row.term, surname if _SURNAME.fullmatch(surname) else row.term}:
                table[term] = _wider(table.get(term), (row.start_year, row.end_year))
    return table


def _wider(known: Years | None, more: Years) -> Years:
    """The years from the first of both to the last; None is open."""
    if known is None:
        return more
    first = min(known[0], more[0]) if known[0] and more[0] else None
    last = max(known[1], more[1]) if known[1] and more[1] else None
    return first, last


@cache
def phrases() -> Phrases:
    """All terms as they are written."""
    return Phrases((term, term) for term in sorted(meaning()))


@cache
def described() -> dict[str, Pairs]:
    """Names of bodies as a writer describes them: 'the digital-transformation team'."""
    table: dict[str, Pairs] = defaultdict(list)
    for form, iso3 in _bodies():
        if len(form.split()) >= _MIN_DESCRIBED and form.isascii():
            table[form].append(("described", iso3))
    return dict(table)


@cache
def naming() -> Phrases:
    """Names and adjectives of countries alone, and the guards against them."""
    terms = [term for term, pairs in meaning().items() if _NAMING & {kind for kind, _ in pairs}]
    return Phrases((term, term) for term in sorted({*terms, *knowledge.guards()}))


@cache
def descriptions() -> Phrases:
    """Names of bodies in any case, their first two words with or without a hyphen."""
    names = sorted(described())
    plain = [(name, name.replace("-", " ")) for name in names]
    joined = [(name, form.replace(" ", "-", 1)) for name, form in plain]
    return Phrases([*((name, name) for name in names), *plain, *joined], lower=True)


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
    common = _common_words(_bodies())
    for form, iso3 in _bodies():
        words = _content(form)
        if not words <= common or len(words) > _FEW:
            yield "body", iso3, form
        elif len(words) > 1:  # 'Ombudsman' alone says nothing
            yield "plain_body", iso3, form
    yield from _notions()
    for row in knowledge.evidence():
        if row.kind != "cctld":
            yield row.kind, row.country_iso3, row.term
        if row.kind == "word":
            yield row.kind, row.country_iso3, row.term.capitalize()


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    """Names of agencies, strategies, laws and platforms that only few countries share."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.names():
        for form in name.forms:
            if len(form) > 2 and not form.islower():
                owners[form].add(name.country_iso3 or "")
    return tuple(
        (form, iso3)
        for form, countries in owners.items()
        if "" not in countries and len(countries) <= _MAX_SHARING
        for iso3 in sorted(countries)
    )


def _common_words(bodies: Iterable[tuple[str, str]]) -> set[str]:
    """Words that the names of many countries' bodies share: 'court', 'budget', 'digital'."""
    spread: dict[str, set[str]] = defaultdict(set)
    for form, iso3 in bodies:
        for word in _content(form):
            spread[word].add(iso3)
    return {word for word, countries in spread.items() if len(countries) >= _COMMON}


def _content(form: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(form.casefold())) - _LINKS


def _notions() -> Iterable[tuple[str, str, str]]:
    """Words of a state's build ('federal government') with the countries that are built so."""
    union = [c.country_iso3 for c in knowledge.countries() if c.eu]
    for row in knowledge.rows("notions.csv"):
        if row["countries"] == "EU":
            yield from (("union", iso3, row["term"]) for iso3 in union)
        else:
            yield from (
                ("notion", iso3, row["term"]) for iso3 in knowledge.several(row["countries"])
            )


@cache
def surnames() -> dict[str, Pairs]:
    """The (kind, country) pairs of leaders' surnames."""
    table: dict[str, Pairs] = defaultdict(list)
    for row in knowledge.evidence():
        surname, pair = row.term.split()[-1], ("leader", row.country_iso3)
        if row.kind == "leader" and _SURNAME.fullmatch(surname) and pair not in table[surname]:
            table[surname].append(pair)
    return dict(table)


@cache
def domains() -> dict[str, str]:
    """Endings of host names with their country."""
    return {row.term: row.country_iso3 for row in knowledge.evidence() if row.kind == "cctld"}
