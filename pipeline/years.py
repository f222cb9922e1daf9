"""Year expressions: the digits that name a calendar year or a span of years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_Y = r"(?:1[89]|20)\d\d"
_DASH = r"\s?[-–—−‒‑]\s?"
# A year, or a span: 2014 – 2020, 2018/19, 2014-5. Not glued to letters or other digits.
_YEAR = re.compile(
    rf"(?<![\w.])(?P<first>{_Y})"
    rf"(?:(?P<sep>{_DASH}|/)(?P<last>{_Y}|\d{{2}}(?!\d)|\d(?!\d)))?(?!\d)"
)
# The year of a date or of a law number: 05.11.2019, Law 18/2015, 77/VII/2015.
_DATED = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[./-]\d{{1,2}}[./-]|\d{{1,6}}/(?:[IVX]+/)?)"
    rf"(?P<first>{_Y})(?!\d)"
)
_MONTHED = re.compile(rf"(?<![\w.])(?:0?[1-9]|1[0-2])\.(?P<first>{_Y})(?![\d.])")  # 03.2019
_NUMBERED = re.compile(rf"(?<![\w/.-])(?P<first>{_Y})(?=/\d{{1,6}}\b)")
_LETTERED = re.compile(r"(?:(?<=[^\W\d_])|(?<=[a-z]\.))(?P<first>20[0-4]\d)(?!\w)")
_ISO_DATE = re.compile(rf"{_Y}([-/.])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")
_CHAINED = re.compile(rf"(?<!\d){_Y}(?:/\d\d)?[-–—/‑]$")
_RANGE = re.compile(r"\d[,–—-]$|/$")

# What stands before a number that is a year in any case …
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|during|after|before|between|from|for|year|early|late|mid|spring"
    r"|summer|autumn|winter|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|Nov\w*"
    r"|Dec\w*)\s$",
    re.IGNORECASE,
)
# … and before one that is none: numbers, pages, amounts, telephones.
_NO_YEAR_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])(?:no|nr|n|num|pp?|pages?|§+|section|sec|article|arts?\.|decision|resolution"
    r"|paragraph|par|line|room|phone|tel|isbn|issn|vol|volume)\.?|[€$£¥%+#№]|EUR|USD|CHF"
    r"|\+\d{1,3} \d*|\(\d{2,4}\))\s?$",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(
    r"\b(?:about|nearly|almost|roughly|some|over|than|only|approximately|around|to)\s$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\s?(?:[%€$£]|(?:percent|per cent|people|persons|citizens|staff|employees|civil servants"
    r"|officials|municipalities|services|forms|institutions|euros?|million|billion|users|cases|pages"
    r"|km|kg|EUR|USD|schools|companies|households|pupils|students|patients|beds|workers|jobs"
    r"|inhabitants|hectares|tonnes|kilometres|kilometers|square)\b)"
    rf"|{_DASH}(?!{_Y}(?!\d))\d{{3,}}"
)
_PLURAL_AFTER = re.compile(
    r"\s(?!(?:is|was|has|does|as|this|its|his|thus|plus|versus|less|across)\b)[a-z]+s\b"
)
_LONGEST = 150  # years a span may last


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
    for pattern in (_DATED, _MONTHED, _NUMBERED, _LETTERED):
        for match in pattern.finditer(text):
            if pattern is _MONTHED and _counted(text, match.start(), match.end()):
                continue
            yield Year(*match.span("first"), int(match["first"]), int(match["first"]))


def _spanned(match: re.Match[str], text: str) -> Iterator[Year]:
    """The expression as a span where its end makes sense, else as one year or two."""
    first = int(match["first"])
    alone = Year(*match.span("first"), first, first)
    if not _is_year(text, match.start(), match.end()):
        return
    if _ISO_DATE.match(text, match.start()):
        yield alone
        return
    last = _completed(first, match["last"], match["sep"])
    if last is not None:
        yield Year(*match.span(), first, last)
    elif not (match["sep"] == "/" and len(match["last"] or "") == 1):
        yield alone


def _completed(first: int, last: str | None, sep: str | None) -> int | None:
    """The last year of a span: '2018/19' -> 2019, '1999/00' -> 2000; None if it is no span."""
    if last is None:
        return None
    year = int(str(first)[: 4 - len(last)] + last)
    if year < first:
        year += 10 ** len(last)
    longest = _LONGEST if len(last) == 4 else (1 if sep == "/" else 25)
    return year if first < year <= first + longest else None


def _is_year(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 20) : start]
    if _RANGE.search(before) and not _CHAINED.search(before):
        return False
    return not _counted(text, start, end)


def _counted(text: str, start: int, end: int) -> bool:
    """Whether the words around say that the number counts or numbers something."""
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    if _YEAR_BEFORE.search(before):
        return after.lstrip()[:1] in ("%", "€") if after else False
    glued = before.endswith("-")
    if _NO_YEAR_BEFORE.search(before) or (not glued and _UNIT_AFTER.match(after)):
        return True
    return bool(_COUNT_BEFORE.search(before) and _PLURAL_AFTER.match(after))
