"""Prose into sentences by its punctuation, without a model."""

import re
from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language

from pipeline import normalise

_ABBREVIATED = re.compile(
    r"\b(?:no|nos|nr|art|vs|cf|approx|ca|incl|e\.g|i\.e|U\.S|U\.N|St|Dr|Mr|Ms)\.$", re.IGNORECASE
)
_LONGEST = 1000  # characters of a sentence
_RUN = re.compile(r"\s{4,}")  # more blanks in a row than people write
_VOCABULARY = 50_000  # words after which the cutter starts anew: a long run forgets what it saw


def cut(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its offset; endless runs of letters are blotted out, the length stays.

    What is longer than any sentence is cut into pieces.

    Example:
        >>> [words for _, words in cut("It was no. 24 in 2020. Others came later.")]
        ['It was no. 24 in 2020.', 'Others came later.']
    """
    plain = _RUN.sub(_filled, normalise.tame(text.replace("\n", " ")))
    if len(_cutter().vocab) > _VOCABULARY:
        _cutter.cache_clear()
    start = len(plain) - len(plain.lstrip())
    for sent in _cutter()(plain).sents:
        words = plain[start : sent.end_char].rstrip()
        if _ABBREVIATED.search(words) and plain[sent.end_char :].strip():
            continue
        yield from _pieces(start, words)
        rest = plain[sent.end_char :]
        start = sent.end_char + len(rest) - len(rest.lstrip())


def _filled(blanks: re.Match[str]) -> str:
    """A word in place of a run of blanks: offsets stay, and no pattern tries every blank."""
    return f" {'x' * (len(blanks.group()) - 2)} "


def _pieces(start: int, words: str) -> Iterator[tuple[int, str]]:
    """A sentence too long to be one in pieces, cut after a semicolon or comma where possible."""
    while len(words) > _LONGEST:
        window = words[:_LONGEST]
        cut_at = max(window.rfind("; "), window.rfind(", "), 0) + 1
        cut_at = cut_at if cut_at > 1 else max(window.rfind(" "), 0) or _LONGEST
        yield start, words[:cut_at].rstrip()
        rest = words[cut_at:].lstrip()
        start += len(words) - len(rest)
        words = rest
    if words:
        yield start, words


@cache
def _cutter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
