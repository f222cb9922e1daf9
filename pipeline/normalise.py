"""Cleaners: from a string as written to a canonical value, or None where it is not valid."""

import difflib
import re
import unicodedata
from functools import cache, lru_cache

from pipeline.knowledge import countries
from pipeline.visible import UNSEEN

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"}
)
_DASHES = re.compile(r"\s*[–—‒]\s*|\s+-\s+")
_ARTICLES = re.compile(r"^(?:the )+")


_SHORT = 4
_DECORATED = re.compile(
    r"^(?:[#*_>\s+:–—|·\U0001F1E6-\U0001F1FF-]+|\d{1,3}[.)]\s+|\d{1,2}(?:\.\d{1,2})+[.)]?\s+"
    r"|[Cc]ountry:\s*)+"
    r"|(?:\[edit\]|[*_\s¶#▼▲▾▸►▶⌄:–—|·(\[.…-])+$"
)
_SCORE = re.compile(
    r"(?:(?:score|rating)\s*:?\s*)?(10|[1-9])(?:\.0)?(?:\s*/\s*10|\s+out of 10|\s+points?)?[)\]]?",
    re.IGNORECASE,
)
_BAND = re.compile(r"(10|[1-9])\s*[-–—]\s*(10|[1-9])\s*[=:]?")
_BEHIND = re.compile(
    r"\s*(?:\((?!North|South|Dem|Rep)[^()]*\)|[–—:,-]\s*\d{0,2}(?:\.\d)?|\s\d{1,2})\s*$"
)
_STATE = re.compile(
    r"^(?:the )?(?:Republic|Kingdom|State|Commonwealth) of (?:the )?", re.IGNORECASE
)
_SIMILAR = 0.82
_LONG_ENOUGH = 5  # letters of a name that can be recognised misspelt: 'Test' is no 'EST'
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


def quotes(text: str) -> str:
    """The text with quotation marks and hyphens as keyboards have them, and as long as it was."""
    return text.translate(_QUOTES)


def key(value: str) -> str:
    """A form under which spellings of one name fall together: case, quotes, dashes, accents.

    Example:
        >>> key("Prime Minister’s  OFFICE") == key("prime minister's office")
        True
    """
    plain = unicodedata.normalize("NFKD", UNSEEN.sub("", value)).casefold()
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


def heading_country(value: str) -> str | None:
    """The country that a heading names, also numbered, marked up or with something behind it.

    Example:
        >>> heading_country("3. Republic of Estonia (EU)")
        'EST'
    """
    plain = _DECORATED.sub("", value)
    forms = (value, plain, _BEHIND.sub("", plain), _STATE.sub("", _BEHIND.sub("", plain)))
    return next((iso3 for form in forms if (iso3 := country(form))), None)


def score(value: str) -> int | None:
    """The score on the scale 1–10 that a line is.

    Example:
        >>> [score(v) for v in ("9", "Score: 9", "9/10", "11", "9 countries")]
        [9, 9, 9, None, None]
    """
    found = _SCORE.fullmatch(value.strip())
    return int(found[1]) if found else None


def band(value: str) -> tuple[int, int] | None:
    """The least and the greatest score of the band that a line is.

    Example:
        >>> [band(v) for v in ("10-9 =", "6–8", "9")]
        [(9, 10), (6, 8), None]
    """
    found = _BAND.fullmatch(value.strip())
    return (min(map(int, found.groups())), max(map(int, found.groups()))) if found else None


@lru_cache(maxsize=4096)
def similar_countries(value: str) -> tuple[tuple[str, float], ...]:
    """Countries with a name much like `value`, the likest first, each with its similarity.

    Similarity is that of `difflib`: twice the matching characters by all characters.

    Example:
        >>> similar_countries("Slovania")[0][0]
        'SVN'
    """
    written = key(value)
    if len(written) < _LONG_ENOUGH or written in _peoples():
        return ()
    names = [name for name in _countries() if len(name) >= _LONG_ENOUGH]
    found: dict[str, float] = {}
    for name in difflib.get_close_matches(written, names, n=4, cutoff=_SIMILAR):
        likeness = difflib.SequenceMatcher(None, name, written).ratio()
        found.setdefault(_countries()[name], round(likeness, 4))
    return tuple(found.items())


@cache
def _peoples() -> frozenset[str]:
    """Adjectives and demonyms: much like their country's name, and no misspelling of it."""
    return frozenset(key(w) for c in countries() for w in (*c.adjectives, *c.demonyms))


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in countries():
        for name in (row.country_iso3, row.name, row.sort_name, *row.aliases):
            found.setdefault(key(name).rstrip("."), row.country_iso3)
    return found
