"""What the annotation rules say about bounds and look-alikes, applied to what was found."""

import re
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from pipeline import knowledge, normalise
from pipeline.extract.acronyms import definitions
from pipeline.extract.found import Found
from pipeline.extract.reference import names_of
from pipeline.records import Label

_GOVERNMENT = re.compile(r"(?:Government of\b.*|.*\b[Gg]overnments?)")
_ABBREVIATED_PLURAL = re.compile(r"[A-Z][A-Z&]+s")
_AND = re.compile(r",? and |, |/")
_OWNER = re.compile(r"^(?P<owner>.{2,40}?)(?:’s|'s|s’|s') (?=\S)")
_GENERIC_BEFORE = frozenset("a an own each every any no some such several many new".split())
# After a country's adjective these words show that the adjective is not part of the name.
_OFFICIAL = frozenset(
    "Federal Government National State Ministry Department Supreme Constitutional Parliament Senate"
    " Central Cabinet Court President Presidency House".split()
)
_SURE = 0.9
_NAME_WORD = (
    r"(?:[^\W\d_]\.(?:-?[^\W\d_]\.)*|(?:van|von|de|der|den|da|di|la|le|el|bin)|[^\W\d_][\w’'-]+)"
)
_PERSONS = re.compile(
    rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}"
    rf"(?:,? (?:and|og|und|et|y|e|&) {_NAME_WORD}(?: {_NAME_WORD}){{1,3}})?"
)
_INNER_DASH = re.compile(r"(?<=[^\d\s]) [–—] (?=[^\d\s])")


def tidy(doc: Doc, offset: int, names: list[Found]) -> list[Found]:
    """The names with bounds and labels put right; what is no name at all is left out.

    Args:
        doc: The block that the names stand in.
        offset: Where the block starts in the document.
    """
    generic = _generic_acronyms(doc, {n.start - offset for n in names if n.confidence >= 0.9})
    cited = doc.user_data.get("register") == "citation"
    kept, text = [], doc.text
    for name in names:
        trimmed = _trim(name, text, offset)
        form = text[trimmed.start - offset : trimmed.end - offset]
        if form not in generic and is_name(form) and not (cited and _is_person(trimmed, form)):
            kept.append(_relabel(trimmed, form))
    return kept


def is_name(form: str) -> bool:
    """Whether a form can be a name under the annotation rules.

    Example:
        >>> [is_name(f) for f in ("Ministry of Finance", "ICT", "CIOs", "Spain and Italy", "talk")]
        [True, False, False, False, False]
    """
    if form in _generic() or form.removeprefix("The ") in _generic():
        return False
    if not any(c.isupper() or c.isdigit() for c in form) or form.startswith("@"):
        return False
    first = form.split()[0]
    if (first.islower() and first in STOP_WORDS) or form in _parties():
        return False
    if _ABBREVIATED_PLURAL.fullmatch(form) or _GOVERNMENT.fullmatch(form):
        return False
    return not all(_is_country(part) for part in _AND.split(form))


def _is_country(part: str) -> bool:
    return normalise.country(part) is not None or part in _adjectives()


def _is_person(name: Found, form: str) -> bool:
    """Whether a name in a reference looks like its authors': 'R. B. Smith and Jane Doe'."""
    words = form.split()
    return (
        len(words) > 1
        and name.confidence < _SURE
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


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for c in knowledge.countries() for word in (*c.adjectives, *c.demonyms))


def _trim(name: Found, text: str, offset: int) -> Found:
    """Cut a country's adjective, a possessor, and what stands behind a dash."""
    start, end = name.start - offset, name.end - offset
    form = text[start:end]
    if names_of(form):
        return name
    if dash := _INNER_DASH.search(form):
        end = start + dash.start()
        form = text[start:end]
    first, _, rest = form.partition(" ")
    if first in _adjectives() and " " in rest and rest.split()[0] in _OFFICIAL:
        start += len(first) + 1
    elif name.label != "AGENCY" and (owner := _OWNER.match(form)) and _can_own(owner["owner"]):
        start += owner.end()
    return Found(offset + start, offset + end, name.label, name.confidence, name.method)


def _can_own(owner: str) -> bool:
    return _is_country(owner) or owner in _generic() or bool(names_of(owner))


def _relabel(name: Found, form: str) -> Found:
    """Give a name the label of the word that heads it, where the word leaves no doubt."""
    words = form.split()
    strong = knowledge.strong_heads()
    last = strong.get(words[-1].lower())
    first = strong.get(words[0].lower()) if len(words) > 2 and words[1] in ("of", "for") else None
    label: Label | None = first or (last if len(words) > 1 else None)
    if label is None or label == name.label or names_of(form):
        return name
    return Found(name.start, name.end, label, name.confidence, name.method)


def _generic_acronyms(doc: Doc, sure: set[int]) -> set[str]:
    """Acronyms of common nouns: 'its own information management unit (IMU)', with the noun."""
    found: set[str] = set()
    for start, end, at in definitions(doc):
        long = doc[start:end]
        before = doc[start - 1].lower_ if start else ""
        if long.text.islower() and before in _GENERIC_BEFORE and long.start_char not in sure:
            found |= {long.text, doc[at].text}
    return found
