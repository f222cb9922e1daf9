"""What in a text speaks for a country: names, leaders, parties, native terms, domains."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import knowledge, normalise
from pipeline.languages import phrase_language
from pipeline.records import Span

# How much one hit of a kind says, a country's name being 1.
WEIGHTS: dict[str, float] = {
    "name": 1.0,
    "adjective": 1.0,
    "demonym": 0.8,
    "capital": 0.3,
    "leader": 1.0,
    "party": 0.8,
    "parliament": 1.0,
    "office": 0.8,
    "subnational": 0.6,
    "currency": 0.7,
    "media": 0.7,
    "cctld": 0.7,
    "word": 0.3,
    "system": 0.5,
    "body": 0.75,
    "plain_body": 0.45,  # a name of words that bodies of many countries have in theirs
    "described": 0.3,
    "script": 0.5,
    "language": 0.6,
    "notion": 0.04,  # times the logarithm of how far it narrows the countries down
    "letter": 0.3,
}
_TIMED = ("leader",)
_USUAL = 41  # countries of a comparative page
_SCRIPTS = {
    "GREEK": ("GRC", "CYP"),
    "CYRILLIC": ("BGR",),
    "HEBREW": ("ISR",),
    "HANGUL": ("KOR",),
    "HIRAGANA": ("JPN",),
    "KATAKANA": ("JPN",),
}
_WORD = re.compile(r"\w+|[^\w\s]")
_IN_HOST = re.compile(r"\.\w")  # 'data.gov' does not stand in 'data.gov.uk'
_HYPHENS = ("-", "‐", "‑")
_MIN_DESCRIBED = 3  # words of a name that is known in lower case, too
_COMMON, _FEW = 6, 2  # a name of so few words that bodies of so many countries have says little
_LINKS = frozenset("of the for and on in to".split())
_MAX_SHARING = 2  # a body's name that more countries share says nothing
_TITLED = re.compile(
    r"\b(?:Prime Minister|President|Chancellor|Vice-Chancellor|Premier|Taoiseach)"
    r" (?P<after>[\w-]+)"
    r"|\b(?P<before>[\w-]+) (?:governments?|administration|cabinet|coalition|presidency)\b"
)
_COMPARED = 0.3
_COMPARISON = re.compile(
    r"(?:unlike|than|compared (?:to|with)|comparison (?:to|with)|contrast (?:to|with)|like|such as"
    r"|as in|similar to|following|after|before|example of|model of|neighbou?ring|behind|ahead of"
    r"|outside|between|along with|in addition to|including|e\.g\.,?)"
    r"(?:\s+(?:in|of|for|by|from))?\s+(?:the\s+|that of\s+)?$",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?")
_PHRASE = re.compile(
    r"[(“\"‘„«]([^()“”\"„«»\n]{8,90})[)”\"’»]|„([^„“”\n]{8,90})[“”]|»([^«»\n]{8,90})«"
)
_MARK = re.compile(r"(?<=[^\W\d_]{2})[.:;,?!](?=\s|$)|[()“”\"„«»‘]|\b\d{4}\b")
_MIN_PHRASE = 10
_ENGLISH = re.compile(r"\b(?:the|of|and|for|to|on|with|from|by|its|is|are)\b")
_SURE_LANGUAGE = 0.6
_FOREIGN = re.compile(r"\b(?=\w*[^\x00-\x7f])[^\W\d_]{2,}\b")
_HOST = re.compile(r"\b[\w-]+(?:\.[a-z][a-z-]+)+(?!\w|\.\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Span):
    """A term that speaks for one or several countries; `Spain` in "unlike Spain" is compared.

    Attributes:
        weight: How much it says, a country's name being 1.
        first_year: When what it names began to matter, as a leader's time in office; None if
            unknown or always.
        last_year: … and when it ended.
    """

    kind: str
    countries: tuple[str, ...]
    weight: float
    compared: bool = False
    first_year: int | None = None
    last_year: int | None = None


class _Phrases:
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
def _meaning() -> dict[str, list[tuple[str, str]]]:
    """For each term its (kind, country) pairs; none for phrases that only seem to name one."""
    meaning: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, iso3, term in _terms():
        pair = (kind, iso3)
        if pair not in meaning[term]:
            meaning[term].append(pair)
    for phrase in knowledge.guards():
        if all(kind == "capital" for kind, _ in meaning[phrase]):
            meaning[phrase] = []
    return dict(meaning)


@cache
def _times() -> dict[str, tuple[int | None, int | None]]:
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
def _phrases() -> _Phrases:
    return _Phrases(sorted(_meaning()))


@cache
def _described() -> dict[str, list[tuple[str, str]]]:
    """Names of bodies as a writer describes them: 'the digital-transformation team'."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form, iso3 in _bodies():
        if len(form.split()) >= _MIN_DESCRIBED and form.isascii():
            table[form].append(("described", iso3))
    return dict(table)


@cache
def _descriptions() -> _Phrases:
    return _Phrases(sorted(_described()), loose=True)


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
def _surnames() -> dict[str, list[tuple[str, str]]]:
    """The (kind, country) pairs of leaders' surnames."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in knowledge.evidence():
        surname, pair = row.term.split()[-1], ("leader", row.country_iso3)
        if row.kind == "leader" and surname[0].isupper() and pair not in table[surname]:
            table[surname].append(pair)
    return dict(table)


def _titled(text: str) -> Iterable[tuple[int, int, list[tuple[str, str]]]]:
    """How prose speaks of a leader by surname: 'Draghi government', 'Chancellor Kurz'."""
    for match in _TITLED.finditer(text):
        if pairs := _surnames().get(match["after"] or match["before"]):
            yield match.start(), match.end(), pairs


def _longest(
    found: Iterable[tuple[int, int, list[tuple[str, str]]]],
) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Of matches that overlap the longest, then the first; in the order of the text."""
    kept: list[tuple[int, int, list[tuple[str, str]]]] = []
    taken: set[int] = set()
    for match in sorted(found, key=lambda m: (m[0] - m[1], m[0])):
        if match[0] not in taken and match[1] - 1 not in taken:
            taken.update(range(match[0], match[1]))
            kept.append(match)
    return sorted(kept, key=lambda m: m[0])


@cache
def _domains() -> dict[str, str]:
    return {row.term: row.country_iso3 for row in knowledge.evidence() if row.kind == "cctld"}


def hits(text: str, *, reference: bool = False) -> list[Hit]:
    """Everything in `text` that speaks for a country, in order.

    Args:
        reference: Whether the text is a reference line, whose parts may be titles in the
            country's language.
    """
    tame = normalise.tame(text)
    named = [(start, end, _meaning()[term]) for start, end, term in _phrases().find(tame)]
    described = [(a, b, _described()[term]) for a, b, term in _descriptions().find(tame)]
    found: list[Hit] = []
    for start, end, known in _longest([*named, *_titled(text), *described]):
        if known:
            found.append(_hit(text, start, end, known, found[-1] if found else None))
    found += [
        Hit(start=m.start(), end=m.end(), kind="cctld", countries=(iso3,), weight=WEIGHTS["cctld"])
        for m in _HOST.finditer(text)
        if (iso3 := _domain_country(m.group()))
    ]
    found += _written(text)
    found += _spoken(text, reference=reference)
    return sorted(found, key=lambda hit: hit.start)


def _written(text: str) -> list[Hit]:
    """Letters and scripts that only few languages use."""
    found = []
    for m in _FOREIGN.finditer(text):
        for kind, countries in _letters(m.group()):
            found.append(
                Hit(
                    start=m.start(),
                    end=m.end(),
                    kind=kind,
                    countries=countries,
                    weight=WEIGHTS[kind],
                )
            )
    return found


def _spoken(text: str, *, reference: bool) -> list[Hit]:
    """Titles and native names in the language of few countries.

    In prose they stand in quotation marks or brackets, in a reference between its marks.
    """
    found = []
    for start, end in _parts(text) if reference else _quoted(text):
        phrase = text[start:end]
        if _ENGLISH.search(phrase):
            continue
        code, probability = phrase_language(phrase)
        countries = _languages().get(code, ())
        if countries and probability >= _SURE_LANGUAGE:
            weight = WEIGHTS["language"]
            found.append(
                Hit(start=start, end=end, kind="language", countries=countries, weight=weight)
            )
    return found


def _quoted(text: str) -> Iterable[tuple[int, int]]:
    for m in _PHRASE.finditer(text):
        yield m.span(next(i for i, part in enumerate(m.groups(), start=1) if part))


def _parts(text: str) -> Iterable[tuple[int, int]]:
    """What stands between the marks of a reference, where it is long enough to judge."""
    at = 0
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        part = text[at:end].strip(" ,.")
        if len(part) >= _MIN_PHRASE and " " in part:
            start = text.index(part, at)
            yield start, start + len(part)
        at = mark.end() if mark else end


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    return {
        r["language"]: knowledge.several(r["countries"]) for r in knowledge.rows("languages.csv")
    }


def _letters(word: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The countries whose languages write a word's letters so."""
    common: set[str] | None = None
    for c in word:
        if countries := _alphabet().get(c):
            common = set(countries) if common is None else common & set(countries)
    if common:
        yield "letter", tuple(sorted(common))
    strange = next((c for c in word if ord(c) > 0x36F), None)
    script = unicodedata.name(strange, "").split()[0] if strange else ""
    if script in _SCRIPTS:
        yield "script", _SCRIPTS[script]


@cache
def _alphabet() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in knowledge.rows("letters.csv"):
        for c in row["letters"]:
            table[c] = table.get(c, frozenset()) | frozenset(knowledge.several(row["countries"]))
    return table


def _domain_country(host: str) -> str | None:
    """The country of a host name, its longest known ending deciding."""
    labels = host.split(".")
    endings = [host, *("." + ".".join(labels[i:]) for i in range(1, len(labels)))]
    return next((_domains()[e] for e in endings if e in _domains()), None)


def _hit(text: str, start: int, end: int, pairs: list[tuple[str, str]], before: Hit | None) -> Hit:
    compared = _COMPARISON.search(text[max(0, start - 30) : start]) is not None
    if before and before.compared and _ALSO.fullmatch(text[before.end : start]):
        compared = True
    weight = max(WEIGHTS[kind] for kind, _ in pairs)
    first, last = _times().get(text[start:end], (None, None))
    if pairs[0][0] == "notion":
        weight *= math.log(_USUAL / min(_USUAL - 1, len(pairs)))
    return Hit(
        start=start,
        end=end,
        kind=pairs[0][0],
        countries=tuple(dict.fromkeys(iso3 for _, iso3 in pairs)),
        weight=weight * (_COMPARED if compared else 1.0),
        compared=compared,
        first_year=first,
        last_year=last,
    )


def tally(found: Iterable[Hit]) -> dict[str, float]:
    """The summed weight for each country; a term of several countries is split among them."""
    total: dict[str, float] = defaultdict(float)
    for hit in found:
        shared = 1.0 if hit.kind == "notion" else len(hit.countries) ** 0.5
        for iso3 in hit.countries:
            total[iso3] += hit.weight / shared
    return dict(total)
