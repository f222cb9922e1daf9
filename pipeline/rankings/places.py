"""The ranks, values and qualities that a sentence states, each with where it stands.

An ordinal is a rank where a verb of placing, a country or another rank governs it and no noun of
its own follows: "third" in "came third in the DESI", not in "the third edition of the DESI".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.rankings import wordings as say
from pipeline.rankings.numbers import count, folded, value
from pipeline.rankings.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A placement without its country and index.

    Attributes:
        start: Where its words begin in the sentence.
        end: … and end, the number of ranked countries included.
        rank: The rank; None for values and qualities.
        out_of: Number of ranked countries, where it is said beside the rank.
        words: The words of a placement without a rank.
        value: The score.
        last: Countries behind this one, where the rank is counted from the end.
        upto: The last rank of 'places two to four', which several countries share out.
    """

    start: int
    end: int
    rank: int | None = None
    out_of: int | None = None
    words: str | None = None
    value: float | None = None
    last: int | None = None
    upto: int | None = None


def places(sentence: Sentence) -> list[Place]:
    """Everything stated, in the order of the text, without overlaps."""
    found: list[Place] = []
    for place in _candidates(sentence, found):
        if all(place.end <= f.start or f.end <= place.start for f in found):
            found.append(place)
    return sorted(found, key=lambda p: p.start)


def _candidates(sentence: Sentence, found: list[Place]) -> Iterator[Place]:
    """Each kind in turn, the most telling first; `found` is read while it grows."""
    text = sentence.masked
    yield from _ranges(text)
    yield from _from_the_end(sentence)
    yield from _numbered(text)
    yield from _ordinals(sentence, found)
    yield from _first(text)
    if any(p.rank for p in found) or re.search(r"\b(?:ranks|positions|places)\b", text):
        patterns = [say.IN_BRACKETS, say.GLOSSED]
        if not say.OF_SCORES.search(text):
            patterns.append(say.LISTED_AT)
        for pattern in patterns:
            yield from (Place(*m.span("n"), int(m["n"])) for m in pattern.finditer(text))
        yield from _compared(text, found)
    yield from _scores(text)
    for place in _qualities(sentence):
        start, end = sentence.clause(place.start)
        told = [p for p in found if p.words is None]
        if any(start <= p.start < end for p in told) or (text[end : end + 1] == ":" and told):
            continue
        yield place


def _compared(text: str, found: list[Place]) -> Iterator[Place]:
    """'Rank 91 in 2022 against 112 in 2021', 'its rank was 53, Chile's 34'."""
    if say.OF_SCORES.search(text):
        return
    for pattern in (say.POSSESSED, say.AGAINST, say.LABELLED):
        for m in pattern.finditer(text):
            before = [p for p in found if p.rank and p.end <= m.start("n")]
            if pattern is not say.LABELLED:
                before = [p for p in before if m.start("n") - p.end <= say.NEAR]
            if any(text[p.start : p.end].strip()[-1].isdigit() for p in before):
                yield Place(*m.span("n"), int(m["n"]))


def _counted(text: str, start: int, end: int, rank: int | None) -> Place | None:
    """A rank with the number of ranked countries that may stand behind it."""
    if rank == 0:
        return None
    counted = say.COUNT.match(text, end)
    out = count(counted["out"]) if counted else None
    if counted and out:
        return Place(start, counted.end(), rank, out)
    noun = re.compile(rf"\s*{say.NOUN}\b", re.IGNORECASE).match(text, end)
    return Place(start, noun.end() if noun else end, rank)


def _from_the_end(sentence: Sentence) -> Iterator[Place]:
    text = sentence.masked
    for match in say.LAST.finditer(text):
        before = max(0, match.start() - 60)
        if match["one"] and not say.SET_VERB.search(text, before, match.start()):
            continue
        behind = say.FROM_END[folded(match["k"])] - 1 if match["k"] else int(bool(match["pen"]))
        place = _counted(text, match.start(), match.end(), None)
        assert place is not None
        words = sentence.text[match.start() : match.end()]
        yield replace(
            place,
            rank=place.out_of - behind if place.out_of and place.out_of > behind else None,
            words=words,
            last=behind,
        )


def _ranges(text: str) -> Iterator[Place]:
    """'Ranks one to three', 'in second to fourth place', 'make up the podium'."""
    for match in say.RANGE.finditer(text):
        ends = [e for e in (match["a"] or match["c"], match["b"] or match["d"]) if e] or ["1", "3"]
        first, last = (_any_number(e) for e in ends)
        if first < last:
            yield Place(*match.span(), first, upto=last)


def _any_number(words: str) -> int:
    ordinal = say.ANY_ORDINAL.fullmatch(words)
    return value(ordinal) if ordinal else count(words)


def _numbered(text: str) -> Iterator[Place]:
    for match in say.SLASHED.finditer(text):
        yield Place(match.start("n"), match.end("out"), int(match["n"]), int(match["out"]))
    for match in say.RANK_NUMBER.finditer(text):
        place = _counted(text, match.start(), match.end("n"), int(match["n"]))
        after_rank = any(m.end() == match.start() for m in say.ORDINAL_BEFORE.finditer(text))
        if place and not after_rank and not say.PERCENTILE.search(text, 0, match.start()):
            yield place
    for match in say.FROM_TO.finditer(text):
        if not say.OF_RANKS.search(text[: match.end()]):
            continue
        for group in ("n", "v", "m"):
            if match[group]:
                yield Place(*match.span(group), int(match[group]))
    for match in say.MOVED_TO.finditer(text):
        if place := _counted(text, match.start("n"), match.end("n"), int(match["n"])):
            yield place
    for match in say.WORDED.finditer(text):
        yield Place(*match.span(), count(match["n"]))
    for match in say.PLAIN.finditer(text):
        group = "n" if match["n"] else "m"
        place = _counted(text, match.start(group), match.end(group), int(match[group]))
        scored = say.SCORED.search(text[: match.start(group)])
        if place and not (scored and place.out_of in say.FULL_MARKS):
            yield place


def _ordinals(sentence: Sentence, found: list[Place]) -> Iterator[Place]:
    text = sentence.masked
    for match in say.ANY_ORDINAL.finditer(text):
        if not _stands_alone(text, match) or not _is_governed(sentence, match, found):
            continue
        rank, end = value(match), match.end()
        if worst := say.WORST.match(text, end):
            place = _counted(text, match.start(), worst.end(), None)
            if place and place.out_of:
                yield replace(place, rank=place.out_of - rank + 1)
            continue
        if best := say.SUPERLATIVE.match(text, end):
            end = best.end()
        if place := _counted(text, match.start(), end, rank):
            yield place


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether no noun of its own follows, and no date surrounds it."""
    if say.DATE_BEFORE.search(text[: match.start()]) or say.DATE_AFTER.match(text, match.end()):
        return False
    comma = text[match.end() :][:1] == ","
    if match["w"] and comma and say.DISCOURSE.search(text[: match.start()]):
        return False  # "First, …"
    word = folded(match["w"] or "")
    common = text[: match.start()].rstrip().endswith(" at") or say.COMMON.match(text, match.end())
    if (word in ("first", "second") and common) or _is_fraction(text, match, word):
        return False
    if re.match(r"\s+place\s+(?:being|goes to the|means|is that)\b", text[match.end() :]):
        return False
    return say.AFTER.match(text, match.end()) is not None


def _is_fraction(text: str, match: re.Match[str], word: str) -> bool:
    """'The upper third', 'a fifth of the schools'."""
    part = say.PART_OF.search(text[: match.start()])
    if part is None or not word or re.match(rf"[\s-]+{say.NOUN}\b", text[match.end() :]):
        return False
    return part.group().strip().lower() != "a" or word in ("third", "fifth", "tenth")


def _is_governed(sentence: Sentence, match: re.Match[str], found: list[Place]) -> bool:
    """Whether a verb of placing, a country, a bracket or another rank stands before an ordinal."""
    text, at = sentence.masked, match.start()
    before = text[:at]
    if say.COUNT.match(text, match.end()):
        return True
    if re.search(r"\bin\s+(?:the\s+)?$", before) and re.match(
        r"\s*[.,;)]|\s*$", text[match.end() :]
    ):
        return True
    if re.compile(rf"\s*{say.NOUN}\b", re.IGNORECASE).match(text, match.end()):
        return not re.match(
            r"\s*(?:place of|places of|rank of|position of (?!\d))", text[match.end() :]
        )
    if before.rstrip()[-1:] in ("(", ":") or re.search(r"\d{4}[:,]\s*$", before):
        return True
    if match["n"] and re.match(
        r"\s*(?:[,.;)]|$|(?:and|or|for|in|on|to|overall)\b)", text[match.end() :]
    ):
        return True
    near = [h for h in sentence.countries if h.end <= at and at - h.end <= 12]
    if near and not re.search(r"[.;]", text[near[-1].end : at]):
        return True
    if say.NEAR_VERB.search(before):
        return True
    earlier = [p for p in found if p.rank and p.end <= at and at - p.end <= 120]
    if earlier and say.JOINED.search(before):
        return True
    return bool(
        re.search(r"\bfrom\s+$", before, re.IGNORECASE)
        and re.match(r"[^.;]{0,90}?\bto\b", text[match.end() :])
    )


def _first(text: str) -> Iterator[Place]:
    for match in say.RUNNER_UP.finditer(text):
        yield Place(*match.span(), 2)
    for match in say.TOP.finditer(text):
        alone = match.group().lower() in ("leads", "led", "heads", "headed")
        if (
            alone
            and not re.match(
                r"\s+(?:its\s+|the\s+(?:\w+\s+){0,2}|[\w']+\s+(?:[\w']+\s+){0,2})?■|"
                r"\s+(?:the\s+(?:\d+|list|ranking|table|way|field|world|index|pack"
                r"|league|■)|■|in\b|worldwide|with\b|on\b|by\b)",
                text[match.end() :],
                re.IGNORECASE,
            )
            and not say.LEADS.match(text, match.end())
        ):
            continue
        if place := _counted(text, match.start(), match.end(), 1):
            yield place


def _scores(text: str) -> Iterator[Place]:
    found: list[Place] = []
    for pattern in say.VALUES:
        for match in pattern.finditer(text):
            before = text[: match.start("a")]
            if (
                (not say.CHANGE_BEFORE.search(before) or say.FROM_SCORE.search(before))
                and not say.NO_SCORE.search(before)
                and not say.YEAR.fullmatch(match["a"])
            ):
                found.append(_score(match))
    yield from found
    if found:
        first = min(p.end for p in found)
        for match in say.LISTED.finditer(text, first):
            alike = "." in match["a"] or not any("." in text[p.start : p.end] for p in found)
            if say.NO_SCORE.search(text[: match.start("a")]):
                continue
            if alike and say.SCORE_BEFORE.search(text[: match.start("a")]):
                yield _score(match)


def _score(match: re.Match[str]) -> Place:
    return Place(match.start("a"), match.end(), value=float(match["a"].replace(",", ".")))


def _qualities(sentence: Sentence) -> Iterator[Place]:
    for pattern in say.QUALITY:
        for match in pattern.finditer(sentence.masked):
            yield Place(*match.span(), words=sentence.text[match.start() : match.end()])
