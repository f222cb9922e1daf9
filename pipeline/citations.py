"""Reference blocks -> citations: year, title, address and date of access, where they are stated."""

import re
from datetime import date

from pipeline.records import Citation, Outline
from pipeline.years import find_years

_MARKER = re.compile(r"(?:citations?|references?|sources?|bibliography)\s*:\s*$", re.IGNORECASE)
_URL = re.compile(
    r"(?:(?:https?|ftp)://|(?<![\w.])www\.)(?:[^\s<>\"”()\]]|\([^\s()]*\))+", re.IGNORECASE
)
_QUOTED = re.compile(
    r"“(?P<a>[^“”]{4,}?)[,.]?”|\"(?P<b>[^\"]{4,}?)[,.]?\"|„(?P<c>[^„“”]{4,}?)[,.]?[“”]"
    r"|«(?P<d>[^«»]{4,}?)[,.]?»|(?<!\w)‘(?P<e>.{4,}?)[,.]?’(?!\w)"
)
_AFTER_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)[\s,.:]+((?!\w+://)[^,.“\"(]{6,}?)(?=[,.(]|$)")
_MONTHS = {
    name: i
    for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_Y = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAME = r"[A-Z][a-z]{2,8}\.?"
_ACCESS = re.compile(
    r"(?:accessed|retrieved|visited|assessed|checked|viewed)\W*(?:on\s+)?"
    rf"(?:(?P<iso>(?P<y5>{_Y})[-/](?P<m5>\d\d)[-/](?P<d5>\d\d))"
    rf"|(?P<d>{_DAY})[.\s]*(?P<m>{_NAME}),?\s+(?P<y>{_Y})"
    rf"|(?P<m2>{_NAME})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_Y})"
    rf"|(?P<m3>{_NAME})\s+(?P<y3>{_Y})"
    rf"|(?P<d4>\d{{1,2}})[./-](?P<m4>\d{{1,2}})[./-](?P<y4>{_Y})"
    rf"|(?P<m6>\d{{1,2}})[./](?P<y6>{_Y})|(?P<y7>{_Y}))",
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
    if found := _QUOTED.search(rest):
        return next(part for part in found.groups() if part).strip()
    after = _AFTER_YEAR.search(rest)
    return after.group(1).strip() if after else None


def _iso(match: re.Match[str]) -> str:
    """The date as ISO 8601, as precise as it is stated and can be true."""
    parts = {kind: _first(match, kind) for kind in "ymd"}
    year, name = str(parts["y"]), parts["m"] or ""
    month = int(name) if name.isdigit() else _MONTHS.get(name[:3].lower(), 0)
    day = int(re.sub(r"\D", "", parts["d"] or "") or 0)
    if (
        day
        and name.isdigit()
        and "/" in match.group()
        and max(day, month) <= 12
        and not match["iso"]
    ):
        return year  # 05/03 may be March or May
    for precise in ((month, day), (month, 1)):
        try:
            stated = date(int(year), *precise).isoformat()
        except ValueError:
            if day:
                return year
            continue
        return stated if day else stated[:7]
    return year


def _first(match: re.Match[str], kind: str) -> str | None:
    """The group of a kind ('y', 'm', 'd', or with a number) that took part."""
    return next(
        (v for k, v in match.groupdict().items() if k[0] == kind and k != "iso" and v), None
    )
