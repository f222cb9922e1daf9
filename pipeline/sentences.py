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
_VOCABULARY = 50_000  # words after which the cutter starts anew: a long run forgets what it saw


def cut(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its offset; quotation marks and dashes are tamed, the length stays.

    Example:
        >>> [words for _, words in cut("It was no. 24 in 2020. Others came later.")]
        ['It was no. 24 in 2020.', 'Others came later.']
    """
    plain = normalise.tame(text.replace("\n", " "))
    if len(_cutter().vocab) > _VOCABULARY:
        _cutter.cache_clear()
    start = len(plain) - len(plain.lstrip())
    for sent in _cutter()(plain).sents:
        words = plain[start : sent.end_char].rstrip()
        if _ABBREVIATED.search(words) and plain[sent.end_char :].strip():
            continue
        if words:
            yield start, words
        rest = plain[sent.end_char :]
        start = sent.end_char + len(rest) - len(rest.lstrip())


@cache
def _cutter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
