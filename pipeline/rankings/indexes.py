"""Which index a sentence names, where, and in which edition.

Besides the INDEX mentions, an index is known by its names in `reference/indices.csv` whatever
their case ("the ease of doing business ranking"), and by its publisher where that publishes one
above all ("Transparency International's list for 2021").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import normalise
from pipeline.knowledge import indices
from pipeline.rankings.names import bare
from pipeline.rankings.sentence import Sentence
from pipeline.records import Mention

_Y = r"(?P<y>(?:19|20)\d\d)"
_KIND = (
    r"(?:index|indices|ranking|rankings|survey|report|benchmark|scoreboard|barometer|list|league"
    r" table|table|study|rating|comparison|assessment|edition|issue|version|round|wave|one|monitor)"
)
_BEFORE = re.compile(
    rf"{_Y}(?:\s+(?:edition|round|wave|issue) of)?(?:\s+(?:the|its))?\s+(?:[\w.&'-]+\s+){{0,3}}?$"
)
_AFTER = re.compile(
    rf"(?:'s)?\s*(?:{_KIND}s?)?\s*(?:\(\s*)?(?:,?\s*(?:of|for|in|from|published for)"
    rf"\s+)?(?:the year\s+)?"
    rf"(?:its\s+)?\(?{_Y}\b",
    re.IGNORECASE,
)
_EDITION = re.compile(
    rf"\b{_Y}\s+(?:\w+\s+)?{_KIND}\b|\b{_KIND}\s+(?:of|for|from|in)\s+{_Y.replace('<y>', '<z>')}",
    re.IGNORECASE,
)
# An index hardly anyone knows: its name ends in what it is.
_CAPITALISED = re.compile(
    r"\b(?:[A-Z][\w'&-]*\s+)(?:(?:[A-Z][\w'&-]*|of|for|the|and|in|on)\s+){0,6}?"
    r"(?:Index|Ranking|Scoreboard|Barometer|Rating|Benchmark|Survey|Matrix|Monitor"
    r"|Tracker|Indicators|Review|Inventory|Scorecard|Compass|Atlas|Metric|Outlook)\b"
    r"(?:\s+of(?:\s+(?:the\s+)?[A-Z][\w'-]*)+)?"
)
_GENERIC = re.compile(
    rf"\b{_Y}\s+(?P<name>(?:report|survey|study|ranking|index) (?:on|of)[\w\s"
    rf"-]{{3,40}}?)(?=[,.;]|\s+ranked\b)"
)
_PUBLISHED = (
    rf"(?:'s)?\s+(?:latest\s+|annual\s+|global\s+|most recent\s+)?(?:{_Y}\s+)?(?:\w+\s+)?"
    rf"(?:{_KIND})\b"
)


_GROUP = re.compile(r"\(\?P<\w+>")
_ACRONYM = 3  # letters


@dataclass(frozen=True, slots=True)
class Named:
    """An index as a sentence names it.

    Attributes:
        name: Canonical, without the edition.
        edition: The year that its name holds or that stands beside it.
        start: Where it stands in the sentence; 0 if an earlier sentence named it.
        end: …
    """

    name: str
    edition: int | None
    start: int = 0
    end: int = 0


def named(sentence: Sentence, mentions: Sequence[Mention]) -> list[Named]:
    """The indices that a sentence names, in order."""
    text = sentence.text
    known_names = _patterns() if _is_known(text) else []
    spans = [(*match.span(), name) for name, p in known_names for match in p.finditer(text)]
    spans = [s for s in spans if not _is_other(s, sentence, mentions)]
    for m in mentions:
        if m.label == "INDEX" and sentence.start <= m.start and m.end <= sentence.end:
            a, b = m.start - sentence.start, m.end - sentence.start
            if all(b <= start or end <= a for start, end, _ in spans):
                spans.append(_whole(text, a, b, bare(m.canonical)))
    if not spans:
        spans = list(_capitalised(text))
    if not spans:
        spans = [(*m.span(), name) for name, p in _publishers() for m in p.finditer(text)]
    if not spans and (generic := _GENERIC.search(text)):
        spans = [(*generic.span(), f"{generic['y']} {generic['name']}")]
    spans = _alone(spans)
    return [Named(name, _edition(text, a, b), a, b) for a, b, name in spans]


def _is_other(span: tuple[int, int, str], sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether the words name another thing: EIS is a scoreboard, and Estonia's drafts system."""
    start, end = sentence.start + span[0], sentence.start + span[1]
    return any(
        m.label not in ("INDEX", "YEAR") and m.start <= start and end <= m.end for m in mentions
    )


def _capitalised(text: str) -> Iterator[tuple[int, int, str]]:
    """Names in capitals that end in what they are: 'Coastal State Stewardship Index'."""
    for match in _CAPITALISED.finditer(text):
        name = _LEADING.sub("", match.group())
        if " " in name:
            yield match.end() - len(name), match.end(), bare(name)


def _whole(text: str, start: int, end: int, name: str) -> tuple[int, int, str]:
    """A mention that is part of a longer name of an index, whole."""
    for a, b, longer in _capitalised(text):
        if a <= start and end <= b and b - a > end - start + 5:
            return a, b, longer
    return start, end, name


def may_name(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a block may name an index: most do not, and need not be read."""
    if any(m.label == "INDEX" for m in mentions):
        return True
    if _CAPITALISED.search(text) or _GENERIC.search(text):
        return True
    plain = normalise.tame(normalise.quotes(text).replace("\n", " "))
    return _is_known(plain)


_LEADING = re.compile(
    r"^(?:(?:When|The|In|And|While|According|On|For|As|By|If|Its|Their|To|Under|Of"
    r"|From|With)\s+(?:the\s+|to\s+)*)+"
)


def _alone(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without overlaps, the longest kept; an acronym in brackets is the name before it."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= a or b <= span[0] for a, b, _ in kept):
            kept.append(span)
    kept.sort()
    merged: list[tuple[int, int, str]] = []
    for start, end, name in kept:
        if merged and start - merged[-1][1] <= 2 and name.casefold() == merged[-1][2].casefold():
            merged[-1] = (merged[-1][0], end, merged[-1][2])
        else:
            merged.append((start, end, name))
    return merged


def _is_known(text: str) -> bool:
    """Whether any known index or publisher is named, in one search instead of hundreds."""
    return any(union.search(text) for union in _unions())


@cache
def _unions() -> tuple[re.Pattern[str], ...]:
    every = [p for _, p in (*_patterns(), *_publishers())]
    kinds = (re.IGNORECASE, re.NOFLAG)
    return tuple(
        re.compile("|".join(_GROUP.sub("(?:", p.pattern) for p in alike), kind)
        for kind in kinds
        if (alike := [p for p in every if p.flags & re.IGNORECASE == kind])
    )


@cache
def _publishers() -> list[tuple[str, re.Pattern[str]]]:
    """A publisher alone: 'by the count of Reporters Without Borders'."""
    return [
        (index.name, re.compile(rf"\b{re.escape(publisher)}\b"))
        for index in indices()
        for publisher in index.publishers
    ]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Names of several words in any case; a publisher with what it publishes."""
    found = []
    for index in indices():
        forms = [f for f in (index.name, *index.aliases) if " " in f or len(f) > 8]
        if forms:
            union = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))
            found.append(
                (index.name, re.compile(rf"\b(?:{union})\b(?:\s+report\b)?", re.IGNORECASE))
            )
        for short in (index.acronym, index.abbreviation):
            if short and len(short) >= _ACRONYM:
                found.append((index.name, re.compile(rf"\b{re.escape(short)}(?:\s+index)?\b")))
        for publisher in index.publishers:
            name = re.escape(publisher)
            words = (
                rf"\b{name}{_PUBLISHED}|\bby {name}\b"
                rf"|\b{_KIND}\s+(?:by|of|from|published by)\s+(?:the\s+)?{name}\b"
            )
            found.append((index.name, re.compile(words)))
    return found


def _edition(text: str, start: int, end: int) -> int | None:
    """The year inside an index's name, right before it, or right behind it."""
    inside = re.search(_Y, text[start:end])
    before = _BEFORE.search(text[max(0, start - 40) : start])
    after = _AFTER.match(text, end)
    for match in (inside, after, before):
        if match:
            return int(match["y"])
    return None


def edition_nearby(text: str) -> int | None:
    """The edition that a sentence names apart from the index: 'in the 2018 round'."""
    match = _EDITION.search(text)
    return int(match["y"] or match["z"]) if match else None
