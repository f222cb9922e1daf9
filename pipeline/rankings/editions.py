"""Of which edition of an index a placement is: its year, said beside it or counted from another."""

import re
from collections.abc import Sequence

from pipeline.rankings.numbers import CARDINAL, count
from pipeline.rankings.places import Place
from pipeline.rankings.sentence import Sentence
from pipeline.years import find_years

_Y = r"(?P<y>(?:19|20)\d\d)"
_ISSUE = r"(?:edition|round|report|version|wave|survey|issue)"
_HERE = re.compile(
    rf"[\s,]*(?:(?:countries|states|economies|nations|members)\s+)?(?:overall\s+|worldwide\s+"
    r"|globally\s+)?(?:place\s+|position\s+)?(?:it had \w+\s+)?"
    rf"(?:(?:both\s+)?(?:in|for|of|by|as of|back in|the year)\s+(?:the\s+|its\s+|their\s+"
    rf"|that of\s+|that for\s+)?(?:year\s+|{_ISSUE}\s+(?:of|for)\s+)?{_Y}\b"
    r"(?!\s+(?:■|edition of))|\((?P<z>(?:19|20)\d\d)\))",
)
_OPENING = re.compile(
    rf"(?:^|[,;:(]\s*|\b(?:and|but|while|whereas|yet)\s+)(?:(?:still|only|already|back"
    rf"|as early as)\s+)?(?:in|by|for)\s+{_Y}\b(?!\s+(?:■|edition|\w+ Index))|\b(?:with"
    rf"|to|than|until|by|in)\s+(?P<z>(?:19|20)\d\d),\s+when\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(rf"\b(?:the|its|their)\s+{_Y}\s+{_ISSUE}\b")
_LABEL = re.compile(rf"{_Y}\s*:\s*$")
_YEAR_OF_BRACKET = re.compile(rf"{_Y}\s*\(\s*$")
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?:the\s+)?{_Y}\s+(?:and|to|till|until)\s+{_Y.replace('<y>', '<z>')}\b"
    rf"|\b{_Y.replace('<y>', '<a>')}\s?[–-]\s?{_Y.replace('<y>', '<b>')}\b",
    re.IGNORECASE,
)
# "two years earlier", and not "two years before the law", "five years later than planned"
_OPEN = (
    r"(?!\s+(?:than|from|of)\b"
    r"|\s+(?:the|its|their|an?)\s+(?!country\b|republic\b|kingdom\b))"
)
_EARLIER = re.compile(
    r"(?<!than )(?<!than in )(?<!from )(?<!with )(?<!to )(?<!on )(?<!over )\b"
    r"(?:(?:a|one|the) year (?:earlier|before)\b"
    rf"{_OPEN}|(?:the|in the)"
    r" (?:(?:year )?before|previous|preceding|prior) (?:year|edition|report|round)\b"
    rf"|year before\b{_OPEN})",
    re.IGNORECASE,
)
_YEARS_OFF = re.compile(
    rf"\b(?:(?P<n>{CARDINAL})\s+years?|(?P<decade>a decade))\s+(?:(?P<back>earlier"
    rf"|before|previously|ago)|later|on\b|after(?=\s*[,.;])|afterwards|hence)\b{_OPEN}",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\b(?:a|one|the) year (?:later|after)\b{_OPEN}|\bin the following year\b"
    r"|\bthe following (?:year|edition)\b|\bthe next (?:year|edition)\b",
    re.IGNORECASE,
)
_TRAP = re.compile(
    r"\b(?:since|adopted|established|founded|created|passed|launched|dating from"
    r"|dates? from|dates? back to|set up"
    r"|enacted|introduced|act of|law of|until|after|before|opened|amended|published in"
    r"|released in|issued in)\s+(?:in\s+)?$",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"[,;:(]|\b(?:and|but|while|whereas|after)\b")
_RELATIVE = re.compile(r",\s*(?:which|who|whose|where)\b[^,;]*,")
_ENDED = re.compile(r"[;:]")
_BEHIND_IT = 40  # characters behind a placement in which its year may be said
_FARTHEST = 50  # years that another edition is away
_NEAR = 100  # characters between a placement and its year
_SEVERAL = re.compile(
    r"^[\s,]*(?:place\s+|position\s+|spot\s+)?(?:both\s+)?(?:in|for)\s+(?:the\s+)?"
    r"(?P<list>(?:19|20)\d\d(?:(?:,|\s+and|\s+as well as)\s*(?:in\s+)?(?:the\s+)?(?:19"
    r"|20)\d\d)+)\b"
)


def several(sentence: Sentence, place: Place) -> list[int]:
    """All years of 'first in 2017, 2018 and 2019'; none where one year or no year follows."""
    match = _SEVERAL.match(sentence.text[place.end :])
    return [int(y) for y in re.findall(r"(?:19|20)\d\d", match["list"])] if match else []


def stated(sentence: Sentence, places: Sequence[Place]) -> dict[int, int]:
    """The year that the text gives to each placement, by its position in the list."""
    text = sentence.text
    found: dict[int, int] = {}
    ranks = [i for i, p in enumerate(places) if p.rank is not None or p.value is not None]
    for i in ranks:
        place = places[i]
        here = _HERE.match(text, place.end)
        if here and not _opens(text, here, places):
            found[i] = int(here["y"] or here["z"])
            continue
        start, _ = sentence.clause(place.start)
        if match := _LABEL.search(text[start : place.start]) or _YEAR_OF_BRACKET.search(
            text[: place.start]
        ):
            found[i] = int(match["y"])
            continue
        previous = max((p.end for p in places if p.end <= place.start), default=0)
        openings = [
            m for m in _OPENING.finditer(text[: place.start]) if m.end() > max(previous, start)
        ]
        if openings and not _TRAP.search(text[: openings[-1].start()]):
            found[i] = int(openings[-1]["y"] or openings[-1]["z"])
        elif issues := list(_ISSUED.finditer(text, max(previous, start), place.start)):
            found[i] = int(issues[-1]["y"])
    found |= _zipped(text, places, found)
    for i in ranks:
        base = [found[k] for k in ranks if k < i and k in found]
        shift = relative(sentence, places, i)
        if shift and base and i not in found:
            found[i] = base[-1] + shift
    return found


def _opens(text: str, year: re.Match[str], places: Sequence[Place]) -> bool:
    """Whether a year behind a comma belongs to the next placement: '…, in 2019 thirtieth'."""
    behind = [p.start for p in places if p.start >= year.end()]
    return year.group().startswith(",") and any(not text[year.end() : b].strip() for b in behind)


def relative(sentence: Sentence, places: Sequence[Place], i: int) -> int:
    """By how many years a placement is said to be earlier (negative) or later, else 0."""
    place, text = places[i], sentence.text
    start, _ = sentence.clause(place.start)
    sooner = [p.end for p in places if start <= p.end <= place.start]
    later = [p.start for p in places if p.start >= place.end]
    before = _RELATIVE.sub(",", text[max([start, *sooner]) : place.start])
    behind = text[place.end : min([place.end + _BEHIND_IT, *later])]
    if sooner and (said := _said(before)) and not _SEPARATED.search(before[: said.start()]):
        before = before[said.end() :]  # of the placement before it
    behind = (_SEPARATED if later else _ENDED).split(behind)[0]
    said = _said(f"{before} ■ {behind}")
    if said is None:
        return 0
    if said.re is _YEARS_OFF:
        years = 10 if said["decade"] else count(said["n"])
        return 0 if years > _FARTHEST else -years if said["back"] else years
    return -1 if said.re is _EARLIER else 1


def _said(words: str) -> re.Match[str] | None:
    """What says that a placement is of an earlier or later edition."""
    return _YEARS_OFF.search(words) or _EARLIER.search(words) or _LATER.search(words)


def _zipped(text: str, places: Sequence[Place], found: dict[int, int]) -> dict[int, int]:
    """'between 2006 and 2019 … from 100th to 7th'."""
    match = _BETWEEN.search(text)
    if match is None:
        return {}
    ranks = [i for i, p in enumerate(places) if p.rank is not None]
    years = [int(y) for y in match.groupdict().values() if y]
    pair = [
        (i, k)
        for i, k in zip(ranks, ranks[1:], strict=False)
        if re.search(r"\bfrom\b[^.;]{0,40}$", text[: places[i].start])
        and re.match(r"[^.;]{0,30}\bto\b", text[places[i].end :])
    ]
    if not pair:
        return {}
    (i, k), *_ = pair
    return {i: min(years), k: max(years)} if i not in found or found[i] != min(years) else {}


def year_nearby(text: str, *spots: int, events: bool = False) -> int | None:
    """The year nearest to one of some positions.

    Args:
        events: Whether a year may also be that of an event: 'published in July 2020'.
    """

    def far(start: int) -> int:
        return min(abs(start - spot) for spot in spots)

    years = [
        y
        for y in find_years(text)
        if y.first == y.last and (events or not _TRAP.search(text[: y.start]))
    ]
    near = min(years, key=lambda y: far(y.start), default=None)
    return near.first if near and far(near.start) < _NEAR else None
