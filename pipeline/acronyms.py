"""Acronyms and the names they stand for: 'Digital Transformation Agency (DTA)'."""

from collections.abc import Sequence

_FARTHEST = 14  # words before the bracket
_SKIPPED = frozenset("of for and the on in to & de la et y do da e du des und für der".split())


def is_acronym(text: str) -> bool:
    """Whether a token can be an acronym: mostly capitals, two to twelve characters."""
    if not 2 <= len(text) <= 12:
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) * 2 >= len(letters)


def definitions(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where an acronym in brackets follows the words it stands for.

    Returns:
        Triples (first word of the long form, word after it, word of the acronym).
    """
    found = []
    for i in range(2, len(words) - 1):
        if words[i - 1] == "(" and words[i + 1] in (")", ",", ";") and is_acronym(words[i]):
            start = _start(words, i - 2, words[i])
            if start is not None:
                found.append((start, i - 1, i))
    return found


def _start(words: Sequence[str], last: int, acronym: str) -> int | None:
    """First word of the shortest stretch before the bracket whose initials are the acronym."""
    wanted = "".join(c for c in acronym.casefold() if c.isalpha())
    for start in range(last, max(-1, last - _FARTHEST), -1):
        if not _can_begin(words, start):
            continue
        stretch = list(words[start : last + 1])
        if wanted in (initials(stretch), initials(stretch, skip=True)):
            return start
    return None


def _can_begin(words: Sequence[str], i: int) -> bool:
    """Whether a name can begin with this word: no connector, or the 'e' of 'e-Government'."""
    text = words[i]
    if not text[0].isalpha():
        return False
    return text.casefold() not in _SKIPPED or (i + 1 < len(words) and words[i + 1] == "-")


def initials(words: list[str], *, skip: bool = False) -> str:
    """The first letters, lower case; with `skip`, small connecting words left out.

    Example:
        >>> initials(["Office", "of", "the", "Prime", "Minister"], skip=True)
        'opm'
    """
    letters = [
        word[0]
        for word in words
        if word[0].isalpha() and not (skip and word.casefold() in _SKIPPED)
    ]
    return "".join(letters).casefold()
