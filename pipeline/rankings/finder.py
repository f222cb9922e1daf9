"""Sentences with an index -> placements of countries.

A sentence is read where it names an index, or goes on about the one that a sentence before it
named. Its ranks, values and qualities (`places`) are tied to an index and edition (`indexes`,
`editions`), to a part of the index (`dimensions`) and to countries (`owners`). Targets ("enter the
top ten by 2030"), negations, and placements of regions, schools or firms are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pipeline.rankings import dimensions, editions, indexes
from pipeline.rankings.checks import checked
from pipeline.rankings.indexes import Named
from pipeline.rankings.names import index_name
from pipeline.rankings.owners import going_on, neighbours, owners
from pipeline.rankings.places import Place, places
from pipeline.rankings.sentence import Sentence, sentences
from pipeline.rankings.totals import Totals, total
from pipeline.rankings.wordings import TOTAL
from pipeline.records import Mention, Outline, Ranking, Segment, mentions_in, segment_at
from pipeline.years import find_years

_MEMORY = 2  # sentences that an index is remembered for
_CROSSED = (
    60  # what a clause or another rank between a placement and an index weighs, in characters
)
_AIM = re.compile(
    r"\b(?:aims?|aimed|aiming|target(?:s|ed)?|goal(?!s?\s+\d)|ambition|objective|intends?"
    r"|intention|plans? to|planned to|hopes?|wants?|wanted to|meant to|supposed to"
    r"|bound to|wish(?:es)?"
    r"|seeks?|sought|strives?|striving|pledged?|promis(?:es?|ed)|vow(?:s|ed)|aspires?"
    r"|aspiration|set out to|committed to|expected to|will|should|would|could|must"
    r"|ought to"
    r"|in order to|so as to|hope of|dreams? of|if)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|nor|neither|no longer|without being|isn't|wasn't|unranked)\b(?:"
    r"\s+\w+){0,3}?\s+(?:rank|plac|includ|cover|list|appear|assess|rated)|\bnot\s+"
    r"(?:yet\s+)?(?:among|in)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:no (?:country|state|government|nation)|nobody|none)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:same|this|that|these|the|its|latter|latest|accompanying)\s+(?:\w+\s+){0,2}"
    r"(?:index|survey|ranking|report|benchmark|study|scoreboard|barometer|comparison"
    r"|assessment|edition|round|wave|authors|list|table)\b"
    r"|\b(?:it|its|they|the country|overall|there|in it|here)\b",
    re.IGNORECASE,
)


_CONTRAST = r"[;:]|\bwhile\b|\bwhilst\b|\bwhereas\b|\bbut\b"
_APART = re.compile(rf"{_CONTRAST}|,\s+(?:it|they|the country)\s+[a-z]")
# "third in the accompanying …", "rank 12 according to last year's …"
_LEADS_TO = re.compile(
    r"\b(?:in|on|of|by|according to|under|to|for|from)\s+(?:(?:the|its|their|that|this|an?|\d{4}"
    r"|[\w.'-]+'s|[A-Z][\w.-]+|accompanying|latest|same|recent|annual|edition|of|first|last"
    r"|second|third|new)\s+){0,7}$"
)
_COMPANION = re.compile(r"\b(?:accompan(?:ying|ies)|companion|sister|associated)\b")
# "… in the 2020 edition of one and first in the other": both of the same year
_ALONGSIDE = re.compile(r"^[^.;:,\d]*\band\b[^.;:\d]*$")
_NEAR = 30  # characters between an index and what is said of it
_SAME_YEAR = re.compile(r"\b(?:same|that|this) year\b", re.IGNORECASE)
_IT = re.compile(r"(?:It|The country|They|Its)\b")
_THE_INDEX = re.compile(
    r"\bin\s+(?:the|that|this)\s+(?:same\s+)?(?:index|survey|ranking|report|benchmark"
    r"|scoreboard|barometer)\b(?!\s+(?:of|for|by))"
)


@dataclass(frozen=True, slots=True)
class _Memory:
    """The index that a block spoke of last."""

    index: Named
    age: int = 0


def find(
    outline: Outline, text: str, segments: Sequence[Segment], mentions: Sequence[Mention]
) -> list[Ranking]:
    """The placements stated in a document, in order.

    Args:
        mentions: Names in the document; INDEX mentions say what is ranked, the others what is not
            a country.
    """
    found: list[Ranking] = []
    for block in outline.blocks:
        if block.role not in ("prose", "list_item"):
            continue
        within = segment_at(segments, block)
        inside = mentions_in(mentions, block)
        if not indexes.may_name(block.of(text), inside):
            continue
        found += _block(block.of(text), block.start, within.country if within else None, inside)
    return checked(found)


def _block(text: str, start: int, host: str | None, mentions: Sequence[Mention]) -> list[Ranking]:
    memory: _Memory | None = None
    rows: list[Ranking] = []
    latest: list[Ranking] = []
    totals = Totals()
    year: int | None = None  # the last that was named
    for sentence in sentences(text, start, host, mentions):
        named = indexes.named(sentence, mentions)
        own = named
        if not named and memory and memory.age < _MEMORY:
            edition = indexes.edition_nearby(sentence.text) or memory.index.edition
            own = [Named(memory.index.name, edition)]
        elif memory:
            named = [_dated(n, memory.index) for n in named]
            own = [*named, *_recalled(sentence, memory.index, named)]
        known = totals.of(own[0].name, own[0].edition) if own and not named else None
        found: list[Ranking] = []
        if own:
            masked = sentence.without((n.start, n.end) for n in own if n.end)
            found = list(_read(masked, own, recalled=not named, known=known, before=year))
            if not found and not named:
                found = _continued(masked, latest)
            latest = found or latest
            rows += found
        if stated := find_years(sentence.text):
            year = stated[-1].first
        if named:
            memory = _Memory(named[-1])
            if named[-1].edition is None:
                given = [r.edition for r in found if r.edition]
                spots = (named[-1].start, named[-1].end)
                near = editions.year_nearby(sentence.masked, *spots, events=True)
                same = year if _SAME_YEAR.search(sentence.text) else None
                edition = given[-1] if given else near or same
                memory = replace(memory, index=replace(named[-1], edition=edition))
        elif memory:
            stated_editions = {r.edition for r in found if r.edition}
            index = memory.index
            if index.edition is None and len(stated_editions) == 1:
                index = replace(index, edition=stated_editions.pop())
            memory = replace(memory, index=index, age=memory.age + 1)
        if memory and len(named) <= 1 and not any(r.rank for r in found):
            index = memory.index
            totals.say(sentence, index.name, index.edition, named=bool(named))
    return totals.filled(rows)


def _continued(sentence: Sentence, latest: Sequence[Ranking]) -> list[Ranking]:
    """The countries that a sentence places behind the last one of the sentence before."""
    ranked = [r for r in latest if r.rank is not None]
    if not ranked:
        return []
    last = max(ranked, key=lambda r: r.rank or 0)
    return [
        replace(
            last,
            start=sentence.start,
            end=sentence.end,
            country=n.country,
            rank=n.rank,
            value=None,
            qualifier=None,
        )
        for n in going_on(sentence, last.rank or 0)
    ]


def _dated(named: Named, before: Named) -> Named:
    """An index named again has the edition that it had before, if it says no other."""
    same = index_name(named.name) == index_name(before.name)
    return replace(named, edition=before.edition) if same and named.edition is None else named


def _recalled(sentence: Sentence, index: Named, named: Sequence[Named]) -> Iterator[Named]:
    """The index of before where a sentence comes back to it beside another: 'in the survey'."""
    for match in _THE_INDEX.finditer(sentence.masked):
        if index.name not in {n.name for n in named}:
            yield Named(index.name, index.edition, *match.span())


def _read(
    sentence: Sentence,
    named: list[Named],
    *,
    recalled: bool,
    known: int | None,
    before: int | None,
) -> Iterator[Ranking]:
    stated = [p for p in places(sentence) if _is_fact(sentence, p)]
    if (
        recalled
        and not any(p.rank or p.value is not None for p in stated)
        and not _IT.match(sentence.text)
    ):
        return
    if recalled and not (_GOES_ON.search(sentence.text) or sentence.countries):
        return
    years = editions.stated(sentence, stated)
    here = TOTAL.search(sentence.masked)
    counted = _index(sentence, Place(*here.span()), stated, named)[1] if here else None
    rows: list[tuple[Ranking, Place, int]] = []
    for i, place in enumerate(stated):
        index, which = _index(sentence, place, stated, named)
        edition = _edition(sentence, place, index, years.get(i), named)
        if i not in years and (shift := editions.relative(sentence, stated, i)):
            base = edition or (before if i == 0 else None)
            edition = base + shift if base else None
        elif edition is None and _SAME_YEAR.search(sentence.text):
            edition = before
        others = [p for p in stated if p is not place]
        parts = dimensions.of(sentence, place, others, index.name)
        out_of = place.out_of
        if out_of is None and (place.rank is not None or place.last is not None):
            fronted = (
                here and not here.start() and not re.search(_CONTRAST, sentence.text[: place.start])
            )
            out_of = total(sentence) if fronted or which == counted else known
        years_stated = _years(sentence, place, edition)
        owned = owners(sentence, place, stated)
        around = neighbours(sentence, place, stated) if owned or place.upto else []
        for part, year in product(parts, years_stated):
            row = _ranking(sentence, index, None, place, year, part, out_of)
            rows += [(replace(row, country=c), place, which) for c in owned]
            rows += [
                (replace(row, country=n.country, rank=n.rank, value=None), place, which)
                for n in around
            ]
    yield from _unique(_inherited(_counted(_with_values(rows))))


def _years(sentence: Sentence, place: Place, edition: int | None) -> Sequence[int | None]:
    return editions.several(sentence, place) or [edition]


def _is_fact(sentence: Sentence, place: Place) -> bool:
    """Whether a placement is said to have happened."""
    text = sentence.text
    start, end = sentence.clause(place.start)
    lead = text[max(0, start) : place.start]
    if _AIM.search(lead) or _DENIED.search(text[start:end]):
        return False
    if place.words and _NOBODY.search(lead):
        return False
    behind = text[place.end : place.end + 40]
    if re.match(r"[^.;]{0,30}\b(?:would have|is the (?:goal|target|aim|objective))\b", behind):
        return False
    # an aim in front governs what follows it up to a new subject: "aims to … and occupy rank 50"
    sooner = _AIM.search(text[: place.start])
    return not (
        sooner
        and re.search(r"\b(?:and|or)\s+(?:to\s+)?\w+\s+[^,;.]{0,30}$", lead)
        and not re.search(r"[;,]", text[sooner.end() : place.start])
    )


def _index(
    sentence: Sentence, place: Place, stated: Sequence[Place], named: list[Named]
) -> tuple[Named, int]:
    """The index a placement is in: the nearest, reading on before reading back."""

    def far(index: Named) -> float:
        if index.start >= place.end:
            between = sentence.text[place.end : index.start]
            crossed = [p for p in stated if place.end <= p.start < index.start]
            eager = _LEADS_TO.search(between)
            apart = crossed or _APART.search(between)
            cost = len(between) - 100 if eager and not apart else len(between) * 1.2
        else:
            between = sentence.text[index.end : place.start]
            crossed = []
            cost = float(len(between))
        breaks = len(_APART.findall(between))
        return cost + _CROSSED * (len(crossed) + breaks * (index.start >= place.end))

    if not named[0].end:
        return named[0], 0
    which = min(range(len(named)), key=lambda i: far(named[i]))
    return named[which], which


def _edition(
    sentence: Sentence, place: Place, index: Named, stated: int | None, named: list[Named]
) -> int | None:
    if stated is not None and (index.edition is None or stated != index.edition):
        inside = re.search(r"(?:19|20)\d\d", sentence.text[index.start : index.end])
        return int(inside.group()) if inside and len(named) > 1 else stated
    if stated or index.edition:
        return stated or index.edition
    if nearby := indexes.edition_nearby(sentence.text):
        return nearby
    if _SAME_YEAR.search(sentence.text):
        if other := next((n.edition for n in named if n.edition), None):
            return other
        said = find_years(sentence.text[: place.start])
        return said[-1].first if said else None
    beside = sentence.text[max(0, index.start - _NEAR) : index.end + _NEAR] if index.end else ""
    its = re.search(r"\b[Ii]ts\s+$", sentence.text[: index.start])
    dated = [n for n in named if n.edition]
    if index.end and (its or _COMPANION.search(beside)):
        return dated[0].edition if dated else None
    if (
        index.end
        and len(dated) == 1
        and _ALONGSIDE.search(sentence.text[dated[0].end : index.start])
    ):
        return dated[0].edition
    spots = (index.start, index.end) if index.end else ()
    return editions.year_nearby(sentence.masked, place.start, place.end, *spots)


def _counted(found: list[Ranking]) -> list[Ranking]:
    """The number of ranked countries said beside one rank of a sentence, for the others."""
    totals: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for r in found:
        if r.rank is not None and r.out_of is not None:
            totals[r.index_name, r.edition].add(r.out_of)
    return [
        replace(r, out_of=next(iter(totals[r.index_name, r.edition])))
        if r.rank is not None and r.out_of is None and len(totals[r.index_name, r.edition]) == 1
        else r
        for r in found
    ]


def _ranking(
    sentence: Sentence,
    index: Named,
    country: str | None,
    place: Place,
    edition: int | None,
    part: str | None,
    out_of: int | None,
) -> Ranking:
    rank, words = place.rank, place.words
    if place.last is not None:
        if rank is None and out_of and out_of > place.last:
            rank = out_of - place.last
        words = None if rank else place.words
    return Ranking(
        start=sentence.start,
        end=sentence.end,
        country=country,
        index_name=index.name,
        edition=edition,
        dimension=part,
        rank=rank,
        out_of=out_of if rank or words else None,
        value=place.value,
        qualifier=words,
    )


def _with_values(rows: list[tuple[Ranking, Place, int]]) -> list[Ranking]:
    """Scores joined to the rank of the same country, index and edition beside them."""
    found = [row for row, _, _ in rows]
    used: set[int] = set()
    for i, (row, place, which) in enumerate(rows):
        if row.value is None or row.rank is not None:
            continue
        mates = [
            k
            for k, (other, _, w) in enumerate(rows)
            if k not in used
            and other.rank is not None
            and (other.country, w) == (row.country, which)
            and (row.dimension is None or row.dimension in (other.dimension or ""))
        ]
        if mates:
            k = min(mates, key=lambda k: abs(rows[k][1].start - place.start))
            if found[k].value is None:
                found[k] = replace(found[k], value=row.value)
                used |= {i, k}
    return [row for i, row in enumerate(found) if not (i in used and row.rank is None)]


def _inherited(found: list[Ranking]) -> list[Ranking]:
    """'In science Japan is first and Korea second': the part said once, for the whole list."""
    kept: list[Ranking] = []
    for r in found:
        last = kept[-1] if kept else None
        alike = last and (last.index_name, last.edition) == (r.index_name, r.edition)
        if last and alike and r.dimension is None and r.country != last.country and r.rank:
            r = replace(r, dimension=last.dimension)
        kept.append(r)
    return kept


def _unique(found: list[Ranking]) -> list[Ranking]:
    return list(dict.fromkeys(found))
