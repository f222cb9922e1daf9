"""Names that `reference/` knows, where they stand in a text."""

from collections import defaultdict
from functools import cache

from spacy.tokens import Doc

from pipeline import knowledge
from pipeline.extract.acronyms import is_acronym
from pipeline.extract.candidates import known
from pipeline.extract.found import Found
from pipeline.knowledge import Name

_CONFIDENCE = 0.9


def known_names(doc: Doc, offset: int, country: str | None) -> list[Found]:
    """Known names in a block; acronyms only of bodies of the section's country or of none.

    Args:
        offset: Where the block starts in the document.
        country: ISO 3166-1 alpha-3 of the section's country.
    """
    found = []
    for start, end, label in known(doc):
        span = doc[start:end]
        if _counts(span.text, label, country):
            found.append(
                Found(
                    offset + span.start_char,
                    offset + span.end_char,
                    label,  # type: ignore[arg-type]
                    _CONFIDENCE,
                    "reference",
                )
            )
    return found


def names_of(form: str) -> list[Name]:
    """The known things that can be called `form`."""
    return _by_form().get(form.replace("’", "'"), [])


@cache
def _by_form() -> dict[str, list[Name]]:
    table: dict[str, list[Name]] = defaultdict(list)
    for name in knowledge.names():
        for form in name.forms:
            key = form.replace("’", "'")
            if name not in table[key]:
                table[key].append(name)
    return dict(table)


def _counts(form: str, label: str, country: str | None) -> bool:
    names = [name for name in names_of(form) if name.label == label]
    if " " in form.strip() and not form.islower():
        return bool(names)
    if form.islower() or len(form) < 3:
        return False
    here = any(name.country_iso3 in (None, country) for name in names)
    return here and (is_acronym(form) or not form.isalpha() or form in _proper(names))


def _proper(names: list[Name]) -> set[str]:
    """Single words that are a thing's own name ('Knesset'), not an alias of convenience."""
    return {name.name for name in names} | {name.native_name or "" for name in names}
