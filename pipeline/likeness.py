"""How alike sentences are: the words they share, how they open, whether one repeats the other."""

import re
from functools import lru_cache

from pipeline import knowledge

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_STOP = frozenset(
    "a an and are as at be but by do does for from how in is it its of on or that the their there"
    " to what which with extent".split()
)
_ARTICLES = ("a", "an", "the", "all", "most", "some", "few", "no", "many", "only", "not")
_STEM = 7  # letters
_ECHO = 0.8  # share of a sentence's content words that an echo of it has


@lru_cache(maxsize=4096)
def content(sentence: str) -> frozenset[str]:
    """Content words, crudely stemmed."""
    return frozenset(w[:_STEM] for w in _WORD.findall(sentence.lower()) if w not in _STOP)


@lru_cache(maxsize=4096)
def degrees(sentence: str) -> frozenset[str]:
    """The words that tell the degree."""
    return frozenset(_WORD.findall(sentence.lower())) & knowledge.degrees().keys()


@lru_cache(maxsize=4096)
def frame(sentence: str) -> frozenset[str]:
    """Content words without those that tell the degree."""
    words = (w for w in _WORD.findall(sentence.lower()) if w not in degrees(sentence))
    return frozenset(w[:_STEM] for w in words if w not in _STOP)


@lru_cache(maxsize=4096)
def opening(sentence: str) -> str:
    """The first word that is no article."""
    words = (w for w in _WORD.findall(sentence.lower()) if w not in _ARTICLES)
    return next(words, "")


def overlap(words: frozenset[str], others: frozenset[str]) -> float:
    """Share of the smaller set that the other has, too."""
    return len(words & others) / max(1, min(len(words), len(others)))


def shared(words: frozenset[str], others: frozenset[str]) -> float:
    """Share of all words that both have (Jaccard)."""
    return len(words & others) / max(1, len(words | others))


def echoes(sentence: str, other: str) -> bool:
    """Whether a sentence says what a shorter one says, to the same degree."""
    words = content(other)
    return (
        len(sentence) > len(other)
        and degrees(sentence) == degrees(other)
        and len(words & content(sentence)) >= _ECHO * max(1, len(words))
    )
