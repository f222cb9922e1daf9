"""Cleaners: from a string as written to a canonical value, or None where it is not valid."""

import difflib
import re
import unicodedata
from functools import cache, lru_cache

from pipeline.knowledge import countries

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"}
)
_DASHES = re.compile(r"\s*[–—‒]\s*|\s+-\s+")
_ARTICLES = re.compile(r"^(?:the )+")


_SHORT = 4
_SIMILAR = 0.8
_ENDLESS = re.compile(r"\S{400,}")
_MARKS = re.compile(r"[\u200b-\u200f\ufeff]|(?:\s*(?:[*†‡§:.¹²³⁰⁴-⁹]|\[\w{1,2}\]|\(\w\)))+$")


def spaces(value: str) -> str:
    """Runs of white space become one blank: 'Ministry  of Finance ' -> 'Ministry of Finance'."""
    return _SPACE.sub(" ", value).strip()


def tame(text: str) -> str:
    """The text with unbroken runs of hundreds of characters blotted out, at the same length.

    Tokenizers take quadratic time over them, and no name is that long.
    """
    return _ENDLESS.sub(lambda run: "x" * len(run.group()), text)


def key(value: str) -> str:
    """A form under which spellings of one name fall together: case, quotes, dashes, accents.

    Example:
        >>> key("Prime Minister’s  OFFICE") == key("prime minister's office")
        True
    """
    plain = unicodedata.normalize("NFKD", value).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_QUOTES)
    plain = spaces("".join(c for c in plain if not unicodedata.combining(c)))
    return _ARTICLES.sub("", _DASHES.sub("-", plain)).strip()


def country(value: str) -> str | None:
    """ISO 3166-1 alpha-3 code of a country's name, alias or code; None if it names none.

    Codes and abbreviations count in capitals only: "US" is a country, "us" is not.
    """
    bare = _MARKS.sub("", value)
    if len(bare) <= _SHORT and bare.islower():
        return None
    return _countries().get(key(bare)) or _countries().get(key(value).rstrip("."))


@lru_cache(maxsize=4096)
def similar_countries(value: str) -> tuple[tuple[str, float], ...]:
    """Countries with a name much like `value`, the likest first, each with its similarity.

    Similarity is that of `difflib`: twice the matching characters by all characters.

    Example:
        >>> similar_countries("Slovania")[0][0]
        'SVN'
    """
    close = difflib.get_close_matches(key(value), _countries(), n=4, cutoff=_SIMILAR)
    found: dict[str, float] = {}
    for name in close:
        likeness = difflib.SequenceMatcher(None, name, key(value)).ratio()
        found.setdefault(_countries()[name], round(likeness, 4))
    return tuple(found.items())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in countries():
        for name in (row.country_iso3, row.name, row.sort_name, *row.aliases):
            found.setdefault(key(name).rstrip("."), row.country_iso3)
    return found
