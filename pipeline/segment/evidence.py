"""What in a text speaks for a country: names, leaders, parties, native terms, domains."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from pipeline import knowledge, normalise
from pipeline.languages import phrase_language
from pipeline.records import Span
from pipeline.settings import DEFAULT

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
    "word": 0.4,
    "system": 0.5,
    "body": 0.6,
    "script": 0.5,
    "language": 0.6,
    "notion": 0.12,
    "letter": 0.3,
}
_SCRIPTS = {
    "GREEK": ("GRC", "CYP"),
    "CYRILLIC": ("BGR",),
    "HEBREW": ("ISR",),
    "HANGUL": ("KOR",),
    "HIRAGANA": ("JPN",),
    "KATAKANA": ("JPN",),
}
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
_SURE_LANGUAGE = 0.6
_FOREIGN = re.compile(r"\b(?=\w*[^\x00-\x7f])[^\W\d_]{2,}\b")
_HOST = re.compile(r"\b[\w-]+(?:\.[a-z][a-z-]+)+(?!\w|\.\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Span):
    """A term that speaks for one or several countries; `Spain` in "unlike Spain" is compared."""

    kind: str
    countries: tuple[str, ...]
    weight: float
    compared: bool = False


@cache
def tokenizer() -> spacy.language.Language:
    """The tokenizer that terms and texts go through."""
    nlp = spacy.blank("en")
    nlp.max_length = DEFAULT.max_bytes * 2
    return nlp


@cache
def _matcher() -> tuple[PhraseMatcher, dict[str, list[tuple[str, str]]]]:
    """The matcher over all terms, and for each term its (kind, country) pairs."""
    meaning: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, iso3, term in _terms():
        pair = (kind, iso3)
        if pair not in meaning[term]:
            meaning[term].append(pair)
    for phrase in knowledge.guards():
        if all(kind == "capital" for kind, _ in meaning[phrase]):
            meaning[phrase] = []
    vocab = tokenizer().vocab
    matcher = PhraseMatcher(vocab)
    for term in sorted(meaning):
        matcher.add(term, [tokenizer().make_doc(term)])
        curly = term.replace("'", "’")
        if curly != term:
            matcher.add(term, [tokenizer().make_doc(curly)])
    return matcher, dict(meaning)


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
    yield from (("body", iso3, form) for form, iso3 in _bodies())
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


def _titled(doc: Doc, text: str) -> Iterable[tuple[spacy.tokens.Span, list[tuple[str, str]]]]:
    """How prose speaks of a leader by surname: 'Draghi government', 'Chancellor Kurz'."""
    for match in _TITLED.finditer(text):
        pairs = _surnames().get(match["after"] or match["before"])
        span = doc.char_span(match.start(), match.end()) if pairs else None
        if pairs and span is not None:
            yield span, pairs


@cache
def _domains() -> dict[str, str]:
    return {row.term: row.country_iso3 for row in knowledge.evidence() if row.kind == "cctld"}


def hits(text: str) -> list[Hit]:
    """Everything in `text` that speaks for a country, in order."""
    matcher, meaning = _matcher()
    doc = tokenizer().make_doc(normalise.tame(text))
    titled = {(span.start, span.end): (span, pairs) for span, pairs in _titled(doc, text)}
    spans = filter_spans([*matcher(doc, as_spans=True), *(span for span, _ in titled.values())])
    found: list[Hit] = []
    for span in spans:
        known = meaning.get(span.label_) if span.label_ else titled[span.start, span.end][1]
        if known:
            found.append(_hit(text, span, known, found[-1] if found else None))
    found += [
        Hit(start=m.start(), end=m.end(), kind="cctld", countries=(iso3,), weight=WEIGHTS["cctld"])
        for m in _HOST.finditer(text)
        if (iso3 := _domain_country(m.group()))
    ]
    found += _written(text)
    found += _spoken(text)
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


def _spoken(text: str) -> list[Hit]:
    """Titles and native names, in quotation marks or brackets, in the language of few countries."""
    found = []
    for m in _PHRASE.finditer(text):
        group = next(i for i, part in enumerate(m.groups(), start=1) if part)
        code, probability = phrase_language(m.group(group))
        countries = _languages().get(code, ())
        if countries and probability >= _SURE_LANGUAGE:
            weight = WEIGHTS["language"]
            found.append(
                Hit(
                    start=m.start(group),
                    end=m.end(group),
                    kind="language",
                    countries=countries,
                    weight=weight,
                )
            )
    return found


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


def _hit(text: str, span: spacy.tokens.Span, pairs: list[tuple[str, str]], last: Hit | None) -> Hit:
    before = text[max(0, span.start_char - 30) : span.start_char]
    compared = _COMPARISON.search(before) is not None
    if last and last.compared and _ALSO.fullmatch(text[last.end : span.start_char]):
        compared = True
    weight = max(WEIGHTS[kind] for kind, _ in pairs)
    return Hit(
        start=span.start_char,
        end=span.end_char,
        kind=pairs[0][0],
        countries=tuple(dict.fromkeys(iso3 for _, iso3 in pairs)),
        weight=weight * (_COMPARED if compared else 1.0),
        compared=compared,
    )


def tally(found: Iterable[Hit]) -> dict[str, float]:
    """The summed weight for each country; a term of several countries is split among them."""
    total: dict[str, float] = defaultdict(float)
    for hit in found:
        shared = 1.0 if hit.kind == "notion" else len(hit.countries) ** 0.5
        for iso3 in hit.countries:
            total[iso3] += hit.weight / shared
    return dict(total)
