"""What one sentence offers: its candidates, how likely each label is, and who renames whom.

Reading depends on the sentence alone (its text, register and country), so a sentence that comes
again, as most do from one edition to the next, is not read again.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

from pipeline.acronyms import is_acronym
from pipeline.extract.features import rows
from pipeline.extract.grammar import appositions
from pipeline.extract.weights import Weights
from pipeline.extract.words import Sentence, straight

Odds = NDArray[np.float32]
_MANY = 8_000  # sentences that are kept, some 13 KiB each
_WORDS = 200_000  # words after which spaCy's store of words is begun anew


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name.

    Attributes:
        start, end: Offsets into the sentence.
        first, stop: Its words.
        form: Its text, apostrophes straight.
        kind: 'acronym', 'word' or 'words'.
    """

    start: int
    end: int
    first: int
    stop: int
    form: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read.

    Attributes:
        candidates: In order.
        odds: Log-odds of each label against 'no name', one row a candidate, columns as in NAMES.
        renames: Pairs of candidates (by position) of which a bracket gives one for the other.
        defined: Pairs of long form and acronym, as written.
        lowered: Words in lower case.
        citation: Whether it is part of a reference.
        generic: Long forms and acronyms of common nouns: 'its own management unit (MU)'.
    """

    candidates: tuple[Candidate, ...]
    odds: Odds
    renames: tuple[tuple[int, int], ...]
    defined: tuple[tuple[str, str], ...]
    lowered: frozenset[str]
    citation: bool
    generic: frozenset[str]


@lru_cache(maxsize=_MANY)
def read(text: str, register: str, country: str | None, weights: Weights) -> Reading:
    """Read one sentence; equal sentences are read once.

    Args:
        text: A sentence without line breaks.
        register: 'citation' or 'body'.
        country: ISO 3166-1 alpha-3 of the section's country.
        weights: The first-stage classifier.
    """
    sentence = Sentence(tokenizer().make_doc(text), register=register, country=country)
    bounds, table = rows(sentence)
    return reading(sentence, bounds, weights.odds(table))


def reading(sentence: Sentence, bounds: list[tuple[int, int]], odds: Odds) -> Reading:
    """The reading of a sentence whose candidates have these odds."""
    return Reading(
        candidates=tuple(_candidate(sentence, *b) for b in bounds),
        odds=odds,
        renames=tuple(_renames(sentence, bounds)),
        defined=tuple(
            (straight(sentence.form(start, stop)), straight(sentence.words[i].text))
            for start, stop, i in sentence.definitions
        ),
        lowered=frozenset(w.text for w in sentence.words if w.alpha and not w.capital),
        citation=sentence.register == "citation",
        generic=frozenset(_generic(sentence)),
    )


def tokenizer() -> Language:
    """SpaCy's English tokenizer; its store of words does not grow without end."""
    nlp = _tokenizer()
    if len(nlp.vocab) > _WORDS:
        _tokenizer.cache_clear()
    return nlp


@lru_cache(maxsize=1)
def _tokenizer() -> Language:
    return spacy.blank("en")


def _candidate(sentence: Sentence, first: int, stop: int) -> Candidate:
    form = straight(sentence.form(first, stop))
    kind = "words" if stop - first > 1 else "acronym" if is_acronym(form) else "word"
    return Candidate(sentence.starts[first], sentence.ends[stop - 1], first, stop, form, kind)


def _renames(sentence: Sentence, bounds: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """A name before a bracket with each part inside, and the parts with one another."""
    places = {b: i for i, b in enumerate(bounds)}
    parts: dict[int, list[int]] = {}
    for bracket, part in appositions(sentence):
        if part in places:
            parts.setdefault(bracket, []).append(places[part])
    found = set()
    for bracket, inside in parts.items():
        before = [i for i, (_, stop) in enumerate(bounds) if stop == bracket]
        for i in inside:
            found |= {(i, j) for j in (*before, *inside) if i != j}
            found |= {(j, i) for j in before}
    return found


_GENERIC_BEFORE = frozenset("a an own each every any no some such several many".split())


def _generic(sentence: Sentence) -> set[str]:
    """Acronyms of common nouns: 'its own information management unit (IMU)', with the noun."""
    found: set[str] = set()
    for start, stop, i in sentence.definitions:
        long = sentence.form(start, stop)
        before = sentence.words[start - 1].lower if start else ""
        if long.islower() and before in _GENERIC_BEFORE:
            found |= {straight(long), straight(sentence.words[i].text)}
    return found
