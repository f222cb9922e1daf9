"""What a placement is about: its edition and its dimension."""

import re
from collections.abc import Iterable, Sequence

from pipeline.rankings.names import known
from pipeline.rankings.numbers import CARDINAL, count
from pipeline.rankings.places import Place
from pipeline.rankings.sentence import Sentence
from pipeline.years import find_years

_Y = r"(?P<y>(?:19|20)\d\d)"
_HERE = re.compile(
    rf"^[\s,]*(?:overall\s+|worldwide\s+|globally\s+)?(?:place\s+|position\s+)?(?:it had \w+\s+)?"
    rf"(?:(?:both\s+)?(?:in|for|of|by|as of|back in|the year)\s+(?:the\s+|that of\s+"
    rf"|that for\s+)?(?:year\s+)?{_Y}\b(?!\s+(?:■|edition of))|\((?P<z>(?:19"
    rf"|20)\d\d)\))",
)
_OPENING = re.compile(
    rf"(?:^|[,;:(]\s*|\b(?:and|but|while|whereas|yet)\s+)(?:(?:still|only|already|back"
    rf"|as early as)\s+)?(?:in|by|for)\s+{_Y}\b(?!\s+(?:■|edition|\w+ Index))|\b(?:with"
    rf"|to|than)\s+(?P<z>(?:19|20)\d\d),\s+when\b",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{_Y}\s*:\s*$")
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?:the\s+)?{_Y}\s+(?:and|to)\s+{_Y.replace('<y>', '<z>')}\b"
    rf"|\b{_Y.replace('<y>', '<a>')}\s?[–-]\s?{_Y.replace('<y>', '<b>')}\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:a|one|the) year (?:earlier|before)\b|\b(?:the|in the) (?:(?:year )?before"
    r"|previous|preceding|prior) (?:year|edition|report|round)\b|\byear before\b",
    re.IGNORECASE,
)
_YEARS_OFF = re.compile(
    rf"\b(?:(?P<n>{CARDINAL})\s+years?|(?P<decade>a decade))\s+(?:(?P<back>earlier"
    rf"|before|previously|ago)|later|on\b|after(?=\s*[,.;])|afterwards|hence)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:a|one|the) year (?:later|after)\b|\bin the following year\b"
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

_ABOUT = (
    r"(?:for|in|on|in terms of|with regard to|with respect to|as regards|as for"
    r"|when it comes to|regarding|concerning|under"
    r"|under the heading of|in relation to|as to|with a view to|on the count of"
    r"|in respect of|both for)"
)
_PART = (
    r"(?:dimension|category|pillar|sub-?index|sub-?indices|sub-?dimension|component|area"
    r"|indicator|field|domain|criterion|sub-?ranking|heading|test|aspect)"
)
_THE = r"(?:the\s+|its\s+|their\s+|that of\s+|what it calls\s+)?"
_BEHIND = re.compile(
    rf"^\s*(?:place|position|rank|spot|worldwide|overall|globally)?\s*,?\s*{_ABOUT}"
    rf"\s+{_THE}(?:{_PART}s?\s+(?:of|for|on|called)\s+(?:the\s+)?)?[\"']?"
    rf"(?P<d>[a-zA-Z][\w\s'&-]{{1,60}}?)[\"']?(?:\s+{_PART}\b)?"
    r"(?=\s*(?:[,.;:()]|$)|\s+(?:and|but|while|whereas|whilst|or|with|where|which|that"
    r"|according|out of|among|in|of the|as well|at|on|by the|from|is|was|are|were|came"
    r"|has|had|it|they|this|than|to)\b)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"(?:^|[,;:(]|\b(?:and|but|while|whereas|yet|though|although))\s*(?:only\s+|even"
    rf"\s+|also\s+)?{_ABOUT}\s+{_THE}(?:{_PART}s?\s+(?:of|for|on|called)\s+(?:the"
    rf"\s+)?)?[\"']?"
    rf"(?P<d>[a-zA-Z][\w\s'&-]{{1,50}}?)[\"']?(?:\s+{_PART}\b)?(?=\s*,|\s+(?:only\s+"
    rf"|at\s+|rank\s+|in\s+)?\d|\s+(?:it|the country|■|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)
_NAMED_PART = re.compile(
    rf"\b{_THE}(?P<d>[a-z][\w'-]*(?:\s+(?:and\s+)?[a-z][\w'-]*){{0,4}}?)\s+{_PART}\b"
)
_PART_OF = re.compile(
    rf"\b{_PART}s?\s+(?:of|on|for)\s+(?:the\s+)?[\"']?(?P<d>[a-z][\w\s"
    rf"'-]{{2,45}}?)[\"']?(?=\s*[,.;:()]|\s+(?:it|and|where|in|the|is|was)\b|$)"
)
_ALSO = re.compile(
    r"\s*(?:,|and|,\s*and)\s+(?P<d>[a-z][\w\s'-]{2,60}?)(?=\s*(?:[,.;:()]|$)|\s+and\b)"
)
_SCORED = re.compile(
    r"\b(?:scores?|rank|ranking|position|results?|marks?|rating)\s+(?:for|in|on)\s+"
    r"(?:the\s+)?(?P<d>[a-z][\w\s'-]{2,40}?)(?=\s*,|\s+(?:is|was|are|were|stood|of"
    r"|at)\b)"
)
_WHOLES = r"(?:overall|in total|as a whole|all in all|in sum)"
_WHOLE = re.compile(rf"\s*(?:place|position|rank)?\s*\(?{_WHOLES}\b", re.IGNORECASE)
_WHOLLY = re.compile(
    rf"\b(?:{_WHOLES}|general ranking|total score|overall ranking),?\s+"
    r"(?:(?:it|the country|[A-Z]\w+)\s+)?(?:\w+\s+){0,2}$"
)
_NO_DIMENSION = re.compile(
    r"■|\d|\bhand\b|^(?:in|an?|by|with|to|at|of|this|these|those|eight|under|that)\b|^"
    r"(?:the\s+)?(?:overall\b|european union|eu|oecd|world|implementation|survey|index|report"
    r"|rankings?|list|table|region\b|continent|class|group|comparison|edition|round"
    r"|same|this|that|it|its|which|whom|terms|all|each|both|most|many|some|one|two"
    r"|three|first|second|third|fact|spite|view|line|part|hand|contrary|whole|addition"
    r"|a|which|europe|africa|asia|latin america|global|international"
    r"|(?:\w+\s+){0,2}(?:years?|time|times|months?|decade|countries|states|members?"
    r"|economies|nations|peers|ranking|index|survey|average|neighbou?rs|comparison|run"
    r"|row|succession|order)\b)",
    re.IGNORECASE,
)


_LABELLED = 8  # characters between a bracket and its rank
_FARTHEST = 50  # years that another edition is away
_NEAR = 100  # characters between a placement and its year
_SEVERAL = re.compile(
    r"^[\s,]*(?:place\s+|position\s+|spot\s+)?(?:both\s+)?(?:in|for)\s+(?:the\s+)?"
    r"(?P<list>(?:19|20)\d\d(?:(?:,|\s+and|\s+as well as)\s*(?:in\s+)?(?:the\s+)?(?:19"
    r"|20)\d\d)+)\b"
)


def more_editions(sentence: Sentence, place: Place) -> list[int]:
    """All years of 'first in 2017, 2018 and 2019'; none where one year or no year follows."""
    match = _SEVERAL.match(sentence.text[place.end :])
    return [int(y) for y in re.findall(r"(?:19|20)\d\d", match["list"])] if match else []


def editions(sentence: Sentence, places: Sequence[Place]) -> dict[int, int]:
    """The year that the text gives to each placement, by its position in the list."""
    text = sentence.text
    found: dict[int, int] = {}
    ranks = [i for i, p in enumerate(places) if p.rank is not None or p.value is not None]
    for i in ranks:
        place = places[i]
        if match := _HERE.match(text[place.end :]):
            found[i] = int(match["y"] or match["z"])
            continue
        start, _ = sentence.clause(place.start)
        if match := _LABEL.search(text[start : place.start]):
            found[i] = int(match["y"])
            continue
        previous = max((p.end for p in places if p.end <= place.start), default=0)
        openings = [
            m
            for m in _OPENING.finditer(text[: place.start])
            if m.start() >= max(previous, start) - 2
        ]
        if openings and not _TRAP.search(text[: openings[-1].start()]):
            found[i] = int(openings[-1]["y"] or openings[-1]["z"])
    found |= _zipped(text, places, found)
    for i in ranks:
        base = [found[k] for k in ranks if k < i and k in found]
        shift = relative(sentence, places, i)
        if shift and base:
            found[i] = base[-1] + shift
    return found


def relative(sentence: Sentence, places: Sequence[Place], i: int) -> int:
    """By how many years a placement is said to be earlier (negative) or later, else 0."""
    place = places[i]
    start, end = sentence.clause(place.start)
    previous = max([start, *(p.end for p in places if p.end <= place.start)])
    following = min([end, *(p.start for p in places if p.start >= place.end)])
    around = sentence.text[previous : min(following, place.end + 40)]
    if match := _YEARS_OFF.search(around):
        years = 10 if match["decade"] else count(match["n"])
        if years > _FARTHEST:
            return 0
        return -years if match["back"] else years
    if _EARLIER.search(around):
        return -1
    return 1 if _LATER.search(around) else 0


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


def dimensions(
    sentence: Sentence, place: Place, others: Iterable[Place], index: str
) -> tuple[str | None, ...]:
    """The parts of the index that a placement is about; (None,) for the whole.

    'User-centricity and key enablers' are two parts where the index is known to have them.
    """
    whole = dimension(sentence, place, others, index)
    listed = known(index)
    if whole is None or listed is None or whole in listed.dimensions:
        return (whole,)
    _, end = sentence.clause(place.start)
    text = sentence.masked[place.end : end]
    at = text.lower().find(whole)
    parts = [whole]
    rest = text[at + len(whole) :] if at >= 0 else ""
    while match := _ALSO.match(rest):
        parts.append(match["d"].strip().lower())
        rest = rest[match.end() :]
    parts = [p for part in parts for p in part.split(" and ")]
    known_parts = all(any(p.startswith(d) for d in listed.dimensions) for p in parts)
    return tuple(parts) if known_parts else (whole,)


def dimension(sentence: Sentence, place: Place, others: Iterable[Place], index: str) -> str | None:
    """The part of the index that a placement is about, lower case; None for the whole."""
    text = sentence.masked
    if beside := _beside(sentence, place, index):
        return beside
    start, end = sentence.clause(place.start)
    before = max([start, *(p.end for p in others if p.end <= place.start)])
    after = min([end, *(p.start for p in others if p.start >= place.end)])
    around = text[before : place.start]
    tail = text[place.end : after]
    own = _WHOLE.match(text, before)  # what the rank before it is about
    if _WHOLE.match(text, place.end) or _WHOLLY.search(
        text[own.end() if own else before : place.start]
    ):
        return None
    skipped = re.sub(
        r"^\s*(?:\(?(?:in|of|for|on)\s+)?(?:the\s+)?■+\)?(?:\s+(?:of|for|in)\s+\d{4})?"
        r"|^\s*(?:in|for|of)\s+\d{4}",
        "",
        tail,
    )
    fronted = [m for m in _AHEAD.finditer(around) if _accepted(m["d"], sentence)]
    apart = re.match(r"\s*,", tail)
    if fronted and apart:
        return _accepted(fronted[-1]["d"], sentence)
    for words in (tail, skipped):
        if (match := _BEHIND.match(words)) and (d := _accepted(match["d"], sentence)):
            return _completed(d, words, match, index)
    listed = known(index)
    vocabulary = sorted(listed.dimensions, key=len, reverse=True) if listed else []
    near = re.split(r"[,;]|\band\b", tail)[0]
    for words in (near, around):
        low = words.lower()
        spots = [(low.rfind(d), d) for d in vocabulary if re.search(rf"\b{re.escape(d)}\b", low)]
        if spots:
            return max(spots, key=lambda s: (s[0] + len(s[1]), len(s[1])))[1]
    for pattern, words in (
        (_AHEAD, around),
        (_PART_OF, around),
        (_SCORED, around),
        (_NAMED_PART, near),
        (_NAMED_PART, around),
    ):
        matches = [m for m in pattern.finditer(words) if _accepted(m["d"], sentence)]
        if matches:
            return _accepted(matches[-1]["d"], sentence)
    return None


def _beside(sentence: Sentence, place: Place, index: str) -> str | None:
    """'Connectivity (26th), human capital 25th', '16 (health)'."""
    text = sentence.masked
    after = re.match(r"\s*\((?P<d>[a-z][a-z\s-]{2,40})\)", text[place.end :])
    if after and (d := _accepted(after["d"], sentence)):
        return d
    before = text[: place.start].lower()
    listed = known(index)
    for d in sorted(listed.dimensions, key=len, reverse=True) if listed else []:
        if re.search(
            rf"\b{re.escape(d)}\s*(?:\(|:|\bat\b|\bin\b|\bwas\b|\bis\b)?\s*(?:rank\s+)?$", before
        ):
            return d
    bracket = sentence.bracket(place.start)
    named = (
        re.search(
            r"\b(?:for|in|on|of|and)\s+(?:the\s+)?(?P<d>[a-z][a-z\s-]{2,40}?)\s*$",
            text[: bracket[0]],
        )
        if bracket
        else None
    )
    if (
        named
        and bracket
        and place.start - bracket[0] <= _LABELLED
        and (d := _accepted(named["d"], sentence))
    ):
        return d
    return None


def _completed(found: str, words: str, match: re.Match[str], index: str) -> str:
    """'rule' and 'voice and accountability': the dimension whole where the index has it so."""
    listed = known(index)
    rest = words[match.start("d") :].lower()
    for d in sorted(listed.dimensions, key=len, reverse=True) if listed else []:
        if rest.startswith(d):
            return d
    return found


def _accepted(words: str, sentence: Sentence) -> str | None:
    plain = re.sub(r"^(?:the|its|their|a|an)\s+", "", words.strip().strip("\"'")).strip()
    if (
        not plain
        or _NO_DIMENSION.search(plain)
        or len(plain) < 3
        or plain.lower() in ("the", "its", "overall")
    ):
        return None
    if plain.lower().startswith("overall "):
        return None
    if any(sentence.text[h.start : h.end] in plain for h in sentence.countries):
        return None
    return plain.lower()
