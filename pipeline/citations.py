"""Reference blocks -> citations: year, title, address and date of access, where they are stated."""

import re

from pipeline.records import Citation, Outline
from pipeline.years import find_years

_MARKER = re.compile(r"(?:citations?|references?|sources?|bibliography)\s*:\s*$", re.IGNORECASE)
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"”)\]]+|www\.[^\s<>\"”)\]]+", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"„«‘]([^“”\"«»]{4,}?)[,.]?[”\"»’]")
_AFTER_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)[\s,.:]+([^,.“\"(]{6,}?)(?=[,.(]|$)")
_MONTHS = {
    name: i
    for i, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),
        start=1,
    )
}
_ACCESS = re.compile(
    r"(?:accessed|retrieved|visited|assessed|checked|viewed)\W*(?:on\s+)?"
    r"(?:(?P<d>\d{1,2})[.\s]*(?P<m>[A-Z][a-z]{2,8})\.?,?\s+(?P<y>(?:19|20)\d\d)"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.?\s+(?P<d2>\d{1,2}),?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<m3>[A-Z][a-z]{2,8})\.?\s+(?P<y3>(?:19|20)\d\d)"
    r"|(?P<d4>\d{1,2})[./](?P<m4>\d{1,2})[./](?P<y4>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))",
    re.IGNORECASE,
)


def citations(outline: Outline, text: str) -> list[Citation]:
    """The references of a document, in order; a bare 'Citations:' is none."""
    blocks = (b for b in outline.blocks if b.role == "citation")
    return [_citation(b.start, b.end, b.of(text)) for b in blocks if not _MARKER.match(b.of(text))]


def _citation(start: int, end: int, words: str) -> Citation:
    access = _ACCESS.search(words)
    rest = words[: access.start()] if access else words
    url = _URL.search(words)
    return Citation(
        start=start,
        end=end,
        text=words,
        year=_year(rest, words),
        title=_title(rest),
        url=url.group().rstrip(".,;") if url else None,
        accessed=_iso(access) if access else None,
    )


def _year(rest: str, words: str) -> int | None:
    """The year of publication: in brackets first, else the last one before the date of access."""
    found = find_years(rest)
    bracketed = [y for y in found if words[y.start - 1 : y.start] == "("]
    chosen = bracketed[:1] or found[-1:]
    return next((y.first for y in chosen), None)


def _title(rest: str) -> str | None:
    found = _QUOTED.search(rest) or _AFTER_YEAR.search(rest)
    return found.group(1).strip() if found else None


def _iso(match: re.Match[str]) -> str | None:
    """The date as ISO 8601, as precise as it is stated; None if it is no date."""
    if match["iso"]:
        return match["iso"]
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    day = match["d"] or match["d2"] or match["d4"]
    name = match["m"] or match["m2"] or match["m3"]
    month = int(match["m4"]) if match["m4"] else _MONTHS.get((name or "")[:3].lower())
    if not month or not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return str(year)
    return f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}"
