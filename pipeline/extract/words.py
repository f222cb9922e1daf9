"""Sentences as words, each with what its letters alone say about its part in a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from pipeline import knowledge, normalise
from pipeline.acronyms import definitions
from pipeline.extract.clusters import is_english
from pipeline.records import Label

Bounds = tuple[int, int]

_CONNECTORS = frozenset(
    """of for and & the on in to at with under from by
    de del la las los el y e en da do das dos di della dello dei degli delle du des le les et sur
    aux pour à au d' l' per für der die das und im zur zum am bei des von van het voor en op te
    og i om for av af til och för på ja z w na do ds o pre és a az za v ve ile veya u si și pentru
    în din și ir par ar un no kaj і та й
    into upon between until no. nr. nr n. n° nº № č. br. št. núm. num. z.""".split()
)
_LINKS = frozenset("- – ’ ' / : . + , ’s 's".split())
_NUMBER = re.compile(r"\d+(?:[./-]\d+)*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-–/](?:(?:1[89]|20)\d\d|\d{1,2}))?")
_OPENING = re.compile(r"\w+")
_PREFIX = re.compile(r"[eimg]")
_CASELESS = "\u0590"  # the scripts from Hebrew on have no case
_MANY = 65_536  # words whose kind is kept in memory


@dataclass(frozen=True, slots=True)
class Word:
    """What a token's letters say, wherever it stands.

    Attributes:
        shape: 'Aa', 'AA', 'A', 'aA', 'AaA', '9', 'YYYY', 'a', or the mark itself.
        head: The label that the word heads, as 'ministry' heads an AGENCY.
        capital: Whether it holds a capital letter.
        country: 'name' or 'adjective' of a country.
        given: Whether it is a person's first name.
        opening: Its first letters and digits, up to another sign.
    """

    text: str
    lower: str
    shape: str
    head: Label | None
    alnum: bool
    alpha: bool
    capital: bool
    year: bool
    number: bool
    connector: bool
    stop: bool
    native: bool
    country: str | None
    given: bool
    opening: str


@lru_cache(maxsize=_MANY)
def word(text: str) -> Word:
    """The word of that text."""
    lower = text.lower()
    alpha = text.isalpha()
    year = _YEAR.fullmatch(text) is not None
    return Word(
        text=text,
        lower=lower,
        shape=_shape(text, year=year),
        head=knowledge.heads().get(lower),
        alnum=any(c.isalnum() for c in text),
        alpha=alpha,
        capital=any(c.isupper() or (alpha and not c.islower() and c > _CASELESS) for c in text),
        year=year,
        number=_NUMBER.fullmatch(text) is not None,
        connector=lower in _CONNECTORS or text in _LINKS,
        stop=lower in STOP_WORDS,
        native=_is_native(text, lower),
        country=_country(text),
        given=text in knowledge.given_names(),
        opening=opening(text),
    )


def opening(form: str) -> str:
    """The letters and digits that a form begins with; the first sign where it begins with none."""
    match = _OPENING.match(form)
    return match.group() if match else form[:1]


def straight(form: str) -> str:
    """The form with straight apostrophes."""
    return form.replace("’", "'")


def _shape(text: str, *, year: bool) -> str:
    if not any(c.isalnum() for c in text):
        return text[:1]
    if year:
        return "YYYY"
    if text[0].isdigit():
        return "9"
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[0].isupper():
        return "AaA" if any(c.isupper() for c in text[1:]) else "Aa"
    return "aA" if any(c.isupper() for c in text) else "a"


def _is_native(text: str, lower: str) -> bool:
    """Whether it is a word of another language than English."""
    if not text.isalpha() or len(text) < 3:
        return False
    return (
        not text.isascii()
        or lower in _native_heads()
        or (text.islower() and len(text) > 3 and not is_english(text))
    )


def _country(text: str) -> str | None:
    if not text[:1].isupper():
        return None
    if text in adjectives():
        return "adjective"
    return "name" if normalise.country(text) else None


@cache
def adjectives() -> frozenset[str]:
    """Adjectives and demonyms of all countries."""
    return frozenset(word for c in knowledge.countries() for word in (*c.adjectives, *c.demonyms))


@cache
def _native_heads() -> frozenset[str]:
    """Head words of other languages than English."""
    return frozenset(row["word"] for row in knowledge.rows("heads.csv") if row["language"] != "en")


class Sentence:
    """The words of one sentence, with their offsets.

    Attributes:
        text: The sentence.
        words: Its tokens.
        starts, ends: Offsets of the tokens into the sentence.
        register: 'citation' for references, else 'body'.
        country: ISO 3166-1 alpha-3 of the section's country.
    """

    def __init__(self, doc: Doc, *, register: str = "body", country: str | None = None) -> None:
        self.text = doc.text
        self.register = register
        self.country = country
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for token in doc:
            text, start = token.text, token.idx
            self.words.append(word(text))
            self.starts.append(start)
            self.ends.append(start + len(text))

    def __len__(self) -> int:
        return len(self.words)

    def form(self, start: int, end: int) -> str:
        """The text of the words from `start` up to `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def at(self, start: int, end: int) -> Bounds | None:
        """The words at those offsets, None where they cut a word."""
        first, last = self._by_start.get(start), self._by_end.get(end)
        return None if first is None or last is None or last < first else (first, last + 1)

    @cached_property
    def _by_start(self) -> dict[int, int]:
        return {start: i for i, start in enumerate(self.starts)}

    @cached_property
    def _by_end(self) -> dict[int, int]:
        return {end: i for i, end in enumerate(self.ends)}

    @cached_property
    def named(self) -> list[bool]:
        """Whether each word looks like part of a name: a capital, or the 'e' of 'e-Government'."""
        return [w.capital or self._is_prefix(i) for i, w in enumerate(self.words)]

    def _is_prefix(self, i: int) -> bool:
        words = self.words
        return (
            len(words[i].text) == 1
            and _PREFIX.fullmatch(words[i].text) is not None
            and i + 2 < len(words)
            and words[i + 1].text in ("-", "‑")
            and words[i + 2].capital
        )

    @cached_property
    def definitions(self) -> list[tuple[int, int, int]]:
        """Acronyms in brackets after the words they stand for: (first, stop, acronym)."""
        return definitions([w.text for w in self.words])


_END = re.compile(r"[.!?…][\"”’»)]*\s+(?=[“\"‘(„«]?[A-ZÀ-ÞĀ-Ž\d])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|[A-Z]\.[A-Z]|No|Nr|Nos|no|nr|art|Art|St|Mr|Mrs|Ms|Dr|Prof|Sen|Gen|Gov|vol|Vol"
    r"|pp|cf|eds?|Ed|Eds|al|vs|etc|approx|Inc|Ltd|Co|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    r"|Dec|Abs|Abt|Bd|Hrsg|núm|Núm|č|Dz|poz|ust)|\d)$"
)


_LONGEST = 800  # characters; longer sentences are tables or lists
_FORGOTTEN = 300  # characters after which an open bracket counts no more
_BREAK = re.compile(r"[;:,|)\]] ")


def sentences(text: str) -> Iterator[Bounds]:
    """Offsets of the sentences; where an abbreviation or number ends one, they stay together.

    Sentences of more than 800 characters are cut at a mark or a blank.

    Example:
        >>> list(sentences("Law No. 5 holds. It is new."))
        [(0, 16), (17, 27)]
    """
    for start, end in _sentences(text):
        while end - start > _LONGEST:
            window = start, start + _LONGEST
            marks = [m.end() for m in _BREAK.finditer(text, *window)]
            cut = marks[-1] if marks else text.rfind(" ", *window) + 1 or window[1]
            yield start, start + len(text[start:cut].rstrip())
            start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        yield start, end


def _sentences(text: str) -> Iterator[Bounds]:
    start = 0
    for end in _END.finditer(text):
        if text[end.start()] == "." and _ABBREVIATED.search(text, start, end.start()):
            continue
        near = max(start, end.end() - _FORGOTTEN)
        if text.count("(", near, end.end()) > text.count(")", near, end.end()):
            continue
        yield start, start + len(text[start : end.end()].rstrip())
        start = end.end()
    if text[start:].strip():
        yield start, start + len(text[start:].rstrip())
