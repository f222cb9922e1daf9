"""What the annotation rules say about bounds and look-alikes, applied to what was found."""

import re
from dataclasses import replace
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline import knowledge, normalise
from pipeline.extract.model import Guess
from pipeline.extract.words import adjectives
from pipeline.knowledge import names_of
from pipeline.records import FORMULA

_GOVERNMENT = re.compile(r"(?:Government of\b.*|.*\b[Gg]overnments?)")
_ABBREVIATED_PLURAL = re.compile(r"[A-Z][A-Z&]+s")
_AND = re.compile(r",? and |, |/")
_OWNER = re.compile(r"^(?P<owner>.{2,40}?)(?:’s|'s|(?<=s)[’']) (?=\S)")


_SURE = 0.9
_CASELESS = "\u0590"  # the scripts from Hebrew on have no case
_MOST, _MOST_WORD = 300, 60  # characters
_WORD = (
    r"(?:[^\W\d_]\.(?:-?[^\W\d_]\.)*|(?:van|von|de|der|den|da|di|la|le|el|bin)|[^\W\d_][\w’'-]+)"
)
_PERSONS = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,3}}(?:,? (?:and|og|und|et|y|e|&) {_WORD}(?: {_WORD}){{1,3}})?"
)


def tidy(text: str, names: list[Guess], *, cited: bool = False) -> list[Guess]:
    """The names with bounds put right; what is no name at all is left out.

    Args:
        text: What the names' offsets point into.
        cited: Whether the text is a reference, where persons stand as authors.
    """
    kept = []
    for name in names:
        trimmed = _trim(_bare(name, text), text)
        form = text[trimmed.start : trimmed.end]
        if name.label == "AGENCY" and _GOVERNMENT.fullmatch(form) and not names_of(form):
            continue
        if is_name(form) and not _is_person(trimmed, form, cited=cited):
            kept.append(trimmed)
    return kept


def is_name(form: str) -> bool:
    """Whether a form can be a name under the annotation rules.

    Example:
        >>> [is_name(f) for f in ("Ministry of Finance", "ICT", "CIOs", "Spain and Italy", "talk")]
        [True, False, False, False, False]
    """
    if not form.strip() or len(form) > _MOST or max(map(len, form.split())) > _MOST_WORD:
        return False
    if form in _generic() or form.removeprefix("The ") in _generic():
        return False
    if names_of(form) and " " in form:
        return True
    if not any(c.isalpha() for c in form) or form.startswith("@"):
        return False
    if not any(c.isupper() or c.isdigit() or (c.isalpha() and c > _CASELESS) for c in form):
        return any(name.name == form for name in names_of(form))
    first = form.split()[0]
    if (first.islower() and first in STOP_WORDS) or form in _parties():
        return False
    if _ABBREVIATED_PLURAL.fullmatch(form):
        return False
    return not all(_is_country(part) for part in _AND.split(form))


def _is_country(part: str) -> bool:
    return normalise.country(part) is not None or part in adjectives()


def _is_person(name: Guess, form: str, *, cited: bool) -> bool:
    """Whether it looks like persons: in references 'R. B. Smith', anywhere 'Jane Roe'."""
    words = form.split()
    return (
        len(words) > 1
        and name.probability < _SURE
        and (cited or words[0] in knowledge.given_names())
        and _PERSONS.fullmatch(form) is not None
        and not any(word.lower() in knowledge.heads() for word in words)
        and not names_of(form)
    )


@cache
def _parties() -> frozenset[str]:
    return frozenset(row.term for row in knowledge.evidence() if row.kind == "party")


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["term"] for row in knowledge.rows("generic.csv"))


def _bare(name: Guess, text: str) -> Guess:
    """Cut what a spreadsheet would take for the start of a formula; no name begins so.

    What is left of an account, as in '@agency', is no name either.
    """
    form = text[name.start : name.end]
    if form.startswith("@"):
        return replace(name, start=name.end)
    return replace(name, start=name.end - len(form.lstrip(FORMULA + " ")))


def _trim(name: Guess, text: str) -> Guess:
    """Cut a country's adjective and a possessor, unless they belong to an official name."""
    form = text[name.start : name.end]
    first, _, rest = form.partition(" ")
    if any(known.name == form for known in names_of(form)) or (
        names_of(form) and not names_of(rest)
    ):
        return name
    if first in adjectives() and " " in rest and rest[0].isupper():
        return replace(name, start=name.start + len(first) + 1)
    if name.label != "AGENCY" and (owner := _OWNER.match(form)) and _can_own(owner["owner"]):
        return replace(name, start=name.start + owner.end())
    return name


def _can_own(owner: str) -> bool:
    return _is_country(owner) or owner in _generic() or bool(names_of(owner))
