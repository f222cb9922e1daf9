"""Year expressions: the digits that name a calendar year or a span of years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_Y = r"(?:1[89]|20)\d\d"
_DASH = r"\s?[-–—−‒]\s?"
# A span: 2014 – 2020, 2018/19, 2014-5; else a single year. Not glued to letters or other digits.
_YEAR = re.compile(
    rf"(?<![\w./])(?<!\d[,–—-])(?P<first>{_Y})"
    rf"(?:(?P<sep>{_DASH}|/)(?P<last>{_Y}|\d{{2}}(?!\d)|\d(?!\d)))?(?![\d])"
)
# The year of a date or of a law number: 05.11.2019, 31/12/2020, Law 18/2015, 2016/679.
_DATED = re.compile(rf"(?<![\d])(?:\d{{1,2}}[./-]\d{{1,2}}[./-]|\d{{1,6}}/)(?P<first>{_Y})(?![\d])")
_NUMBERED = re.compile(rf"(?<![\w/.-])(?P<first>{_Y})(?=/\d{{1,6}}\b)")
_LETTERED = re.compile(
    r"(?<=[^\W\d_])(?P<first>20[0-4]\d)(?![\w])|(?<=[a-z]\.)(?P<second>20[0-4]\d)\b"
)

# What stands before a number that is no year.
_NOT_BEFORE = re.compile(
    r"(?:(?:no|nr|n|num|art|arts|article|pp?|pages?|§+|section|sec|decision|resolution|paragraph"
    r"|par|line|room|phone|tel|isbn|issn|vol|volume|about|nearly|almost|roughly|some|over|than"
    r"|total of|of the|only|approximately|around)\.?|[€$£¥%+#]|EUR|USD|CHF)\s?$",
    re.IGNORECASE,
)
_COUNT_WORDS = frozenset(
    "about nearly almost roughly some over than only approximately around".split()
)
_NOT_AFTER = re.compile(
    r"\s?(?:%|percent|per cent|people|persons|citizens|staff|employees|civil servants|officials"
    r"|municipalities|services|forms|institutions|euros?|million|billion|users|cases|pages|km|kg|EUR"
    r"|USD|schools|companies|households|pupils|students|patients|beds|workers|jobs|inhabitants)\b",
)
_UNITS_AFTER_COUNT = re.compile(r"\s[a-z]+s\b")


@dataclass(frozen=True, slots=True)
class Year:
    """A year expression at `start:end` for the years `first` to `last`."""

    start: int
    end: int
    first: int
    last: int


def find_years(text: str) -> list[Year]:
    """All year expressions in `text`, in order, without overlaps.

    Example:
        >>> [(y.first, y.last) for y in find_years("from 2014 to 2016, and 2018/19; Law 18/2015")]
        [(2014, 2014), (2016, 2016), (2018, 2019), (2015, 2015)]
    """
    found: list[Year] = []
    for year in sorted(_candidates(text), key=lambda y: (y.start, -y.end)):
        if not found or year.start >= found[-1].end:
            found.append(year)
    return found


def _candidates(text: str) -> Iterator[Year]:
    for match in _YEAR.finditer(text):
        yield from _spanned(match, text)
    for pattern in (_DATED, _NUMBERED, _LETTERED):
        for match in pattern.finditer(text):
            group = "first" if match["first"] else "second"
            start, end = match.span(group)
            yield Year(start, end, int(match[group]), int(match[group]))


def _spanned(match: re.Match[str], text: str) -> Iterator[Year]:
    """The expression as a span where its end makes sense, else as one year."""
    if not _is_year(text, *match.span("first"), end=match.end()):
        return
    first = int(match["first"])
    last = _completed(first, match["last"], match["sep"])
    start, end = match.span()
    if last is None:
        start, end, last = *match.span("first"), first
        if match["last"] and match["sep"] == "/" and len(match["last"]) < 2:
            return
    yield Year(start, end, first, last)


def _completed(first: int, last: str | None, sep: str | None) -> int | None:
    """The last year of a span: '2018/19' -> 2019, '2014-5' -> 2015; None if it is no span."""
    if last is None:
        return None
    year = int(str(first)[: 4 - len(last)] + last)
    longest = 60 if len(last) == 4 else (1 if sep == "/" else 25)
    return year if first < year <= first + longest else None


def _is_year(text: str, start: int, stop: int, *, end: int) -> bool:
    before, after = text[max(0, start - 18) : start], text[end : end + 20]
    found = _NOT_BEFORE.search(before)
    if found and not (found.start() and before[found.start() - 1].isalnum()):
        word = found.group().strip(" .").lower()
        if word not in _COUNT_WORDS and word not in ("of the", "total of", "section"):
            return False
        if _UNITS_AFTER_COUNT.match(after):
            return False
    return not _NOT_AFTER.match(after)
