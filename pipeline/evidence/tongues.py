"""What language a text's foreign parts are in: letters, scripts, titles and native names."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pipeline import knowledge
from pipeline.languages import phrase_language

_PHRASE = re.compile(
    r"[(“\"‘„«]([^()“”\"„«»\n]{8,90})[)”\"’»]|„([^„“”\n]{8,90})[“”]|»([^«»\n]{8,90})«"
)
_MARK = re.compile(r"(?<=[^\W\d_]{2})[.:;,?!](?=\s|$)|[()“”\"„«»‘]|\b\d{4}\b")
_MIN_PHRASE = 10
_ENGLISH = re.compile(r"\b(?:the|of|and|from|with|its|are)\b")
_SURE_LANGUAGE = 0.6
_LETTER = re.compile(r"[\u00c0-\u1fff\u2c00-\uffff]")
_FOREIGN = re.compile(r"\b(?=\w*[^\x00-\x7f])[^\W\d_]{2,}\b")

Sign = tuple[int, int, str, tuple[str, ...]]  # start, end, kind, countries


def written(text: str) -> Iterable[Sign]:
    """Words in letters and scripts that only few languages use."""
    if not _LETTER.search(text):
        return
    for m in _FOREIGN.finditer(text):
        for kind, countries in _letters(m.group()):
            yield m.start(), m.end(), kind, countries


def spoken(text: str, *, reference: bool) -> Iterable[Sign]:
    """Titles and native names in the language of few countries.

    In prose they stand in quotation marks or brackets, in a reference between its marks.
    """
    for start, end in _parts(text) if reference else _quoted(text):
        phrase = text[start:end]
        if _ENGLISH.search(phrase):
            continue
        code, probability = phrase_language(phrase)
        if probability >= _SURE_LANGUAGE and (countries := _languages().get(code)):
            yield start, end, "language", countries


def _quoted(text: str) -> Iterable[tuple[int, int]]:
    for m in _PHRASE.finditer(text):
        yield m.span(next(i for i, part in enumerate(m.groups(), start=1) if part))


def _parts(text: str) -> Iterable[tuple[int, int]]:
    """What stands between the marks of a reference, where it is long enough to judge."""
    at = 0
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        part = text[at:end].strip(" ,.:;")
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
    if script in _scripts():
        yield "script", _scripts()[script]


@cache
def _scripts() -> dict[str, tuple[str, ...]]:
    """Scripts, by the first word of their letters' Unicode names, with their countries."""
    return {r["script"]: knowledge.several(r["countries"]) for r in knowledge.rows("scripts.csv")}


@cache
def _alphabet() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in knowledge.rows("letters.csv"):
        for c in row["letters"]:
            table[c] = table.get(c, frozenset()) | frozenset(knowledge.several(row["countries"]))
    return table
