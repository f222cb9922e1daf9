"""Numbers in digits and words: '11th', 'third', 'one hundred and seventeenth'."""

import re
import unicodedata
from functools import cache

_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_GREATEST = 199


@cache
def ordinals() -> dict[str, int]:
    """The ordinals up to 199 in words, hyphens for blanks: 'twenty-first' -> 21."""
    below = {word: n for n, word in enumerate(_ONES, start=1)}
    for tens, word in enumerate(_TENS, start=2):
        below[word[:-1] + "ieth"] = 10 * tens
        below |= {f"{word}-{one}": 10 * tens + n for n, one in enumerate(_ONES[:9], start=1)}
    above = {"hundredth": 100, "one-hundredth": 100}
    for word, n in below.items():
        for hundred in ("hundred", "one-hundred", "a-hundred"):
            above[f"{hundred}-and-{word}"] = above[f"{hundred}-{word}"] = 100 + n
    return {word: n for word, n in (below | above).items() if n <= _GREATEST}


@cache
def cardinals() -> dict[str, int]:
    """The numbers up to 199 in words, hyphens for blanks: 'twenty-seven' -> 27."""
    below = {word: n for n, word in enumerate(_UNITS, start=1)}
    for n, tens in enumerate(_TENS, start=2):
        below[tens] = 10 * n
        below |= {f"{tens}-{one}": 10 * n + k for k, one in enumerate(_UNITS[:9], start=1)}
    above = {"a-hundred": 100, "one-hundred": 100}
    for word, n in below.items():
        for hundred in ("one-hundred", "a-hundred"):
            above[f"{hundred}-and-{word}"] = above[f"{hundred}-{word}"] = 100 + n
    return below | above


_GAP = r"[-\s]+"
_BELOW_TEN = "|".join(_ONES[:9])
_TENTHS = "|".join(word[:-1] + "ieth" for word in _TENS)
_HUNDRED = rf"(?:(?:one|a){_GAP})?hundred(?:{_GAP}and)?{_GAP}"
_SMALL_ORDINAL = rf"(?:(?:{'|'.join(_TENS)}){_GAP}(?:{_BELOW_TEN})|{_TENTHS}|{'|'.join(_ONES)})"
_SMALL_CARDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:{_GAP}(?:{'|'.join(_UNITS[:9])})\b)?"
    rf"|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
)
ORDINAL = (
    r"(?:(?<![\d.,])(?P<n>\d{1,3})(?:\s?(?:st|nd|rd|th)\b)"
    rf"|\b(?P<w>{_HUNDRED}{_SMALL_ORDINAL}|(?:one{_GAP})?hundredth|{_SMALL_ORDINAL})\b)"
)
CARDINAL = (
    rf"(?:\d{{1,3}}|(?:(?:one|a){_GAP}hundred(?:(?:{_GAP}and)?{_GAP}{_SMALL_CARDINAL})?"
    rf"|{_SMALL_CARDINAL})\b)"
)
_BREAK = re.compile(r"[-\s]+")


def folded(words: str) -> str:
    """A number word in plain small letters: patterns ignore the case of 'FİRST', too."""
    plain = unicodedata.normalize("NFKD", words.casefold()).replace("ı", "i")
    return _BREAK.sub("-", "".join(c for c in plain if not unicodedata.combining(c)))


def count(words: str) -> int:
    """The number that a match of `CARDINAL` names."""
    return int(words) if words.isdigit() else cardinals()[folded(words)]


def value(match: re.Match[str]) -> int:
    """The number that a match of `ORDINAL` names."""
    if match["n"]:
        return int(match["n"])
    return ordinals()[folded(match["w"])]
