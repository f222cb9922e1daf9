"""Sentences with an index -> placements of countries.

A sentence is read where it holds an INDEX mention, or follows one that does and speaks of a
rank. Its placements are found by named patterns; each takes the nearest country before it, or
the section's. Targets ("enter the top ten by 2030") and placements of regions are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import spacy
from spacy.language import Language

from pipeline import normalise
from pipeline.evidence import Hit, hits
from pipeline.knowledge import indices
from pipeline.rankings import patterns as say
from pipeline.records import Mention, Outline, Ranking, Segment, segment_at
from pipeline.years import find_years

_SUBJECT = 0.5  # countries that are only compared with weigh less


@dataclass(frozen=True, slots=True)
class _Index:
    name: str
    edition: int | None
    at: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    text: str
    host: str | None
    masked: str  # the text with the names of indices blotted out

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    rank: int | None
    out_of: int | None
    qualifier: str | None = None


def find(
    outline: Outline, text: str, segments: list[Segment], mentions: list[Mention]
) -> list[Ranking]:
    """The placements stated in a document, in order."""
    by_start = [m for m in mentions if m.label == "INDEX"]
    found: list[Ranking] = []
    for block in outline.blocks:
        if block.role not in ("prose", "list_item"):
            continue
        within = segment_at(segments, block)
        host = within.country if within else None
        index: _Index | None = None
        for start, words in _sentences(block.of(text), block.start):
            sentence = _Sentence(start, words, host, _masked(start, words, by_start))
            named = _index(sentence, by_start)
            index = named or (_carried(index, words) if index and _carries(words) else None)
            if index:
                found += _placements(sentence, index)
    return _contradictions(found)


def _contradictions(found: list[Ranking]) -> list[Ranking]:
    """Mark placements that give one country two ranks in one edition and dimension."""
    ranks: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for r in found:
        if r.rank is not None and r.out_of is None:
            ranks[r.country, r.index_name, r.edition, r.dimension].add(r.rank)
    return [
        replace(r, check="contradicted")
        if r.check == "ok" and len(ranks[r.country, r.index_name, r.edition, r.dimension]) > 1
        else r
        for r in found
    ]


def _carried(index: _Index, words: str) -> _Index:
    """The index of the sentence before, in the edition that this one names."""
    return replace(index, edition=_edition(words, 0, 0) or index.edition)


def _masked(start: int, words: str, mentions: list[Mention]) -> str:
    for m in mentions:
        if start <= m.start and m.end <= start + len(words):
            a, b = m.start - start, m.end - start
            words = words[:a] + "#" * (b - a) + words[b:]
    return words


def _carries(words: str) -> bool:
    """Whether a sentence goes on about the index that the one before named."""
    return any(sign.search(words) for sign in (say.SAME, say.TOP, say.PLACE, say.FOLLOWED))


def _sentences(text: str, offset: int) -> Iterator[tuple[int, str]]:
    for sent in _cutter()(normalise.tame(text.replace("\n", " "))).sents:
        words = sent.text.rstrip()
        if words:
            yield offset + sent.start_char, words


@cache
def _cutter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _index(sentence: _Sentence, mentions: list[Mention]) -> _Index | None:
    """The index a sentence names, with the edition it states."""
    here = [m for m in mentions if sentence.start <= m.start < sentence.end]
    if not here:
        if generic := say.GENERIC.search(sentence.text):
            name = f"{generic['y']} {generic['name']}"
            return _Index(name, int(generic["y"]), generic.start())
        return None
    first = here[0]
    at = first.start - sentence.start
    return _Index(_bare(first.canonical), _edition(sentence.text, at, len(first.text)), at)


def _bare(name: str) -> str:
    """The index without its edition: 'UN E-Government Survey 2018' -> 'UN E-Government Survey'."""
    plain = re.sub(r"^(?:19|20)\d\d\s+|\s+(?:19|20)\d\d(?=\s+report$|$)", "", name)
    return re.sub(r"\s+report$", "", plain)


def _edition(text: str, at: int, length: int) -> int | None:
    """The year in or nearest to the index's name within the sentence."""
    years = [y for y in find_years(text) if y.first == y.last]
    middle = at + length / 2
    nearest = min(years, key=lambda y: abs((y.start + y.end) / 2 - middle), default=None)
    return nearest.first if nearest else None


def _placements(sentence: _Sentence, index: _Index) -> list[Ranking]:
    text = sentence.text
    if any(no.search(text) for no in (say.TARGET, say.SUBNATIONAL, say.NEGATED)):
        return []
    countries = [h for h in hits(text) if h.kind in ("name", "demonym", "adjective")]
    total = say.OUT_OF.search(text)
    places = sorted(_places(text), key=lambda p: p.at)
    found = []
    for n, place in enumerate(places):
        after = places[n + 1].at if n + 1 < len(places) else len(text)
        out_of = place.out_of or (int(total["out"]) if total and len(places) == 1 else None)
        found.append(
            _ranking(
                sentence,
                index,
                _country(countries, place, sentence.host),
                place.rank,
                out_of,
                _dimension(sentence.masked, place.at, after),
                place.qualifier,
            )
        )
    return _unique(found + _followers(sentence, index, found, countries))


def _places(text: str) -> list[_Place]:
    """Ranks in the order of the text, the most telling pattern first, without overlaps."""
    found: list[_Place] = []
    taken: list[tuple[int, int]] = []

    def add(
        match: re.Match[str], rank: int | None, out: str | None, words: str | None = None
    ) -> None:
        possible = rank != 0 and (out is None or int(out) > 0)
        if possible and all(match.end() <= s or e <= match.start() for s, e in taken):
            taken.append(match.span())
            found.append(_Place(_at(match), rank, int(out) if out else None, words))

    for match in say.LAST.finditer(text):
        out = int(match["out"])
        add(match, out - 1 if match["second"] else out, match["out"])
    for pattern in (say.PLAIN, say.MOST, say.PLACE, say.RANKED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            rank = int(groups["n"]) if groups.get("n") else say.ORDINALS.get(groups["w"].lower())
            add(match, rank, groups.get("out"))
    for match in say.TOP.finditer(text):
        add(match, 1, None)
    if not found:
        for match in say.QUALIFIER.finditer(text):
            add(match, None, None, match.group())
    if not found:
        for match in say.VALUE.finditer(text):
            add(match, None, None)
    return found


def _at(match: re.Match[str]) -> int:
    """Where the number stands, or else where the pattern begins."""
    groups = [group for group in ("n", "w") if group in match.re.groupindex]
    return max([match.start(), *(match.start(group) for group in groups)])


def _country(countries: list[Hit], place: _Place, host: str | None) -> str | None:
    """The nearest country before the rank, the section's own where none is named."""
    before = [h for h in countries if h.start < place.at and h.weight >= _SUBJECT]
    if before:
        return before[-1].countries[0]
    inside = [h for h in countries if h.start < place.at + 40]
    return inside[0].countries[0] if inside else host


def _dimension(text: str, at: int, after: int) -> str | None:
    match = say.DIMENSION.search(text, at, after) or say.AREA.search(text, 0, at)
    if match is None or say.NO_DIMENSION.search(match["d"]) or re.search(r"\d", match["d"]):
        return None
    if any(hit.kind == "name" for hit in hits(match["d"])):
        return None
    return match["d"].strip().lower()


def _followers(
    sentence: _Sentence, index: _Index, found: list[Ranking], countries: list[Hit]
) -> list[Ranking]:
    """'followed by Estonia, the Netherlands and Spain': ranks 2, 3, 4."""
    match = say.FOLLOWED.search(sentence.text)
    leader = next((r for r in reversed(found) if r.rank is not None), None)
    if match is None or leader is None or leader.rank is None:
        return []
    start, end = match.span("list")
    listed = [h for h in countries if start <= h.start < end]
    return [
        _ranking(
            sentence, index, h.countries[0], leader.rank + i, leader.out_of, leader.dimension, None
        )
        for i, h in enumerate(listed, start=1)
    ]


def _ranking(
    sentence: _Sentence,
    index: _Index,
    country: str | None,
    rank: int | None,
    out_of: int | None,
    dimension: str | None,
    qualifier: str | None,
) -> Ranking:
    impossible = rank is not None and out_of is not None and rank > out_of
    value = say.VALUE.search(sentence.text)
    return Ranking(
        start=sentence.start,
        end=sentence.end,
        country=country,
        index_name=index.name,
        edition=index.edition,
        dimension=dimension,
        rank=rank,
        out_of=out_of,
        value=float(value["v"] or value["w"]) if value else None,
        qualifier=qualifier,
        check="impossible" if impossible or _too_low(index, rank) else "ok",
    )


def _too_low(index: _Index, rank: int | None) -> bool:
    """Whether the edition is known to rank fewer countries."""
    if rank is None or index.edition is None:
        return False
    known = next((i for i in indices() if i.name == index.name), None)
    ranked = known.n_ranked.get(index.edition) if known else None
    return ranked is not None and rank > ranked


def _unique(found: list[Ranking]) -> list[Ranking]:
    kept: list[Ranking] = []
    for ranking in found:
        if ranking not in kept:
            kept.append(ranking)
    return kept
