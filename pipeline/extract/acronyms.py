"""Acronyms and the names they stand for: 'Digital Transformation Agency (DTA)'."""

from spacy.tokens import Doc

_FARTHEST = 14  # words before the bracket
_SKIPPED = frozenset("of for and the on in to & de la et y do da e du des und für der".split())


def is_acronym(text: str) -> bool:
    """Whether a token can be an acronym: mostly capitals, two to twelve characters."""
    letters = [c for c in text if c.isalpha()]
    return (
        2 <= len(text) <= 12
        and len(letters) >= 2
        and sum(c.isupper() for c in letters) * 2 >= len(letters)
    )


def definitions(doc: Doc) -> list[tuple[int, int, int]]:
    """Where an acronym in brackets follows the words it stands for.

    Returns:
        Triples (first token of the long form, token after it, token of the acronym).
    """
    found = []
    for i in range(2, len(doc) - 1):
        if (
            doc[i - 1].text == "("
            and is_acronym(doc[i].text)
            and doc[i + 1].text in (")", ",", ";")
        ):
            start = _start(doc, i - 2, doc[i].text)
            if start is not None:
                found.append((start, i - 1, i))
    return found


def spelled_out(doc: Doc) -> list[tuple[int, int]]:
    """Token bounds of the long forms that stand before their acronym."""
    return [(start, end) for start, end, _ in definitions(doc)]


def _start(doc: Doc, last: int, acronym: str) -> int | None:
    """First token of the shortest stretch before the bracket whose initials are the acronym."""
    wanted = "".join(c for c in acronym.casefold() if c.isalpha())
    for start in range(last, max(-1, last - _FARTHEST), -1):
        if not _can_begin(doc, start):
            continue
        words = [doc[k].text for k in range(start, last + 1)]
        if wanted in (initials(words), initials(words, skip=True)):
            return start
    return None


def _can_begin(doc: Doc, i: int) -> bool:
    """Whether a name can begin with this token: a word, or the 'e' of 'e-Government'."""
    text = doc[i].text
    if not text[0].isalpha():
        return False
    return text.casefold() not in _SKIPPED or (i + 1 < len(doc) and doc[i + 1].text == "-")


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
