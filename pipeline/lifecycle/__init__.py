"""The life of strategies and laws: what each year inside or beside one means.

A year inside a name dates it ("2008 Basic Act"), bounds its period ("ICT Strategy 2015–2020") or
is its aim ("Agenda 2030"). A year beside a name has a role where a word of the same clause says
it: adopted, in force, amended, repealed, begun, running until, aimed at. Every other year has
none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.lifecycle import wordings as say
from pipeline.records import Mention, Outline, YearMeaning, YearRole, mentions_in
from pipeline.sentences import cut


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with the names and years in it; offsets are its own."""

    text: str
    start: int
    things: tuple[Mention, ...]
    years: tuple[Mention, ...]
    topic: Mention | None

    def before(self, mention: Mention) -> str:
        return self.text[: max(0, mention.start - self.start)]


def year_roles(outline: Outline, text: str, mentions: Sequence[Mention]) -> list[YearRole]:
    """The roles of years, in the order of the text; a span has two.

    References are not read: the year there is that of the publication.
    """
    found: list[YearRole] = []
    for block in outline.blocks:
        if block.role not in ("prose", "list_item", "heading"):
            continue
        inside = mentions_in(mentions, block)
        if any(m.label in say.THINGS for m in inside):
            found += _block(block.of(text), block.start, inside)
    return found


def _block(text: str, offset: int, mentions: Sequence[Mention]) -> Iterator[YearRole]:
    topic: Mention | None = None
    for at, words in cut(text):
        start, end = offset + at, offset + at + len(words)
        here = [m for m in mentions if start <= m.start and m.end <= end]
        things = tuple(m for m in here if m.label in say.THINGS)
        years = [m for m in here if m.label == "YEAR"]
        named = topic if say.BACK.match(words) or not things else None
        for year in years:
            if host := next((t for t in things if t.holds(year)), None):
                yield from _inside(year, host, [y for y in years if host.holds(y)])
        rest = tuple(y for y in years if not any(t.holds(y) for t in things))
        yield from _beside(_Clause(words, start, things, rest, named))
        topic = things[-1] if things else topic


def _role(year: Mention, thing: Mention, *roles: YearMeaning) -> Iterator[YearRole]:
    """One row a role; a span gives its first year to the first and its last to the second."""
    assert year.year_start is not None and year.year_end is not None
    values = (year.year_start, year.year_end)
    for role, value in zip(roles, values, strict=False):
        yield YearRole(start=year.start, end=year.end, role=role, year=value, thing=thing)


def _inside(year: Mention, thing: Mention, years: list[Mention]) -> Iterator[YearRole]:
    """The years of a name: the period or the aim of a strategy, the date of a law."""
    if year.year_start != year.year_end:
        yield from _role(year, thing, "period_start", "period_end")
        return
    before = thing.text[: year.start - thing.start]
    if len(years) == 2:
        a, b = years
        if re.fullmatch(
            r"\s+(?:to|and|until|through)\s+",
            thing.text[a.end - thing.start : b.start - thing.start],
        ):
            yield from _role(year, thing, "period_start" if year is a else "period_end")
            return
    leads, dated = not before.strip(), say.OF.search(before)
    aim = leads and re.match(
        r"\s*(?:Agenda|Vision|Goals|Targets?|Objectives)\b", thing.text[year.end - thing.start :]
    )
    if (
        thing.label == "STRATEGY"
        and aim
        or thing.label == "STRATEGY"
        and not leads
        and not (dated and not say.NAME_ENDS.search(before))
    ):
        yield from _role(year, thing, "target")
    else:
        yield from _role(year, thing, "adopted")


def _beside(clause: _Clause) -> Iterator[YearRole]:
    """Roles of the years outside names, each at most one."""
    triggers = [
        m for m in say.TRIGGER.finditer(clause.text) if not _in_name(clause, m.start(), m.end())
    ]
    last: tuple[YearMeaning, Mention] | None = None
    for i, year in enumerate(clause.years):
        if year.year_start != year.year_end:
            if thing := _spanned(clause, year):
                yield from _role(year, thing, "period_start", "period_end")
            last = None
            continue
        at = year.start - clause.start
        if (
            i
            and last
            and say.ADDING.fullmatch(clause.text[clause.years[i - 1].end - clause.start : at])
        ):
            yield from _role(year, last[1], last[0])
            continue
        last = (
            _bracketed(clause, year)
            or _bounded(clause, i)
            or _after(clause, year, triggers)
            or _fronted(clause, year, triggers)
            or _aimed(clause, year)
        )
        if last:
            yield from _role(year, last[1], last[0])


def _in_name(clause: _Clause, start: int, end: int) -> bool:
    return any(t.start - clause.start < end and start < t.end - clause.start for t in clause.things)


def _spanned(clause: _Clause, year: Mention) -> Mention | None:
    """The strategy or law whose period a span is: right behind its name, or after 'covers'."""
    before = clause.before(year)
    thing = _nearest(clause, len(before))
    if thing is None or thing.start > year.start or not say.PERIOD.search(before):
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    return thing if len(gap) < 60 and not say.OTHER_EVENT.search(gap) else None


def _bounded(clause: _Clause, i: int) -> tuple[YearMeaning, Mention] | None:
    """'covers the period from 2019 to 2025'."""
    year = clause.years[i]
    before = clause.before(year)
    thing = _nearest(clause, len(before))
    if thing is None:
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    first = i and re.fullmatch(
        r".*?(?:19|20)\d\d\s+(?:to|and|until|through)\s+(?:the end of\s+)?", gap
    )
    if not say.RUNS.match(gap) or say.OTHER_EVENT.search(gap) or len(gap) > (90 if first else 70):
        return None
    after = clause.text[year.end - clause.start :]
    opens = re.search(r"\b(?:from|between|for|years|period)\s+$", before)
    if opens and re.match(
        r"\s+(?:to|and|until|through)\s+(?:the end of\s+)?(?:19|20)\d\d\b", after
    ):
        return "period_start", thing
    earlier = clause.years[i - 1] if i else None
    if earlier and re.fullmatch(
        r"\s+(?:to|and|until|through)\s+(?:the end of\s+)?",
        clause.text[earlier.end - clause.start : year.start - clause.start],
    ):
        front = clause.before(earlier)
        if re.search(r"\b(?:from|between|for|years|period)\s+$", front):
            return "period_end", thing
    return None


def _after(
    clause: _Clause, year: Mention, triggers: Sequence[re.Match[str]]
) -> tuple[YearMeaning, Mention] | None:
    """'adopted in 2017', 'the adoption of X in 2017', 'repealed by parliament in 2010'."""
    at = year.start - clause.start
    earlier = [m for m in triggers if m.end() <= at]
    if not earlier:
        return None
    trigger = earlier[-1]
    between = clause.text[trigger.end() : at]
    if say.CLAUSE.search(between) or re.search(
        r"\b(?:19|20)\d\d\b", _without_names(clause, trigger.end(), at)
    ):
        return None
    plain = say.BY.sub("", re.sub("#+", "#", _without_names(clause, trigger.end(), at)))
    close = re.fullmatch(say.ON, between, re.IGNORECASE)
    if not close and (
        not re.search(say.ON, plain) or len(plain.strip()) > 55 or say.OTHER_EVENT.search(plain)
    ):
        return None
    if not close and not re.search(
        r"(?:\bsince\s*)?\($|\b(?:in|on|since|from|of|until|by|to|as of)\s+(?:\w+"
        r"\s+){0,2}(?:\d{1,2},?\s*)?$",
        plain,
    ):
        return None
    if say.DENIED.search(clause.text[: trigger.start()][-60:]):
        return None
    role = _named(trigger)
    if role == "in_force" and re.search(r"\buntil\s+(?:\w+\s+){0,3}$", between):
        role = "repealed"
    if (
        role == "adopted"
        and re.search(r"\b(?:to|until|through|by)\s+(?:\w+\s+)?$", between)
        and "back" not in trigger.group()
        and "goes" not in trigger.group()
    ):
        return None
    if (
        role == "period_start"
        and trigger.group().lower().startswith("beg")
        and not re.search(r"\b(?:in|from|on|of)\b", between)
    ):
        return None
    thing = _object(clause, trigger, at)
    return (role, thing) if thing else None


def _fronted(
    clause: _Clause, year: Mention, triggers: Sequence[re.Match[str]]
) -> tuple[YearMeaning, Mention] | None:
    """'In 2017, the government adopted X'."""
    at, end = year.start - clause.start, year.end - clause.start
    if not say.FRONTED.search(clause.text[:at]):
        return None
    later = [m for m in triggers if m.start() >= end]
    if not later:
        return None
    trigger = later[0]
    between = clause.text[end : trigger.start()]
    after = clause.text[trigger.end() :]
    if (
        len(between) > 110
        or say.CLAUSE.search(between)
        or re.search(r"\b(?:19|20)\d\d\b", _without_names(clause, end, trigger.start()))
    ):
        return None
    if re.match(
        r"\s+(?:only |finally )?(?:in|on|since|from)\s+(?:\w+\s+){0,2}(?:19|20)\d\d", after
    ) or say.DENIED.search(between[-60:]):
        return None
    thing = _object(clause, trigger, len(clause.text))
    if thing is None or (
        thing in clause.things
        and abs(thing.start - clause.start - trigger.end()) > 60
        and thing.start - clause.start > trigger.end()
    ):
        return None
    return _named(trigger), thing


def _bracketed(clause: _Clause, year: Mention) -> tuple[YearMeaning, Mention] | None:
    """'General Law on Transparency (2015)', 'the Strategy of 2018', '2015 … Act'."""
    at = year.start - clause.start
    for thing in clause.things:
        gap = clause.text[thing.end - clause.start : at] if thing.end <= year.start else None
        if gap is not None and re.fullmatch(
            r"(?:\s+\([A-Z]\w+\))?\s*(?:\(|of\s+(?:\w+\s+)?|from\s+|,\s*of\s+|dated\s+"
            r"(?:\w+\s+)?|dating from\s+)",
            gap,
        ):
            return "adopted", thing
        lead = clause.text[year.end - clause.start : thing.start - clause.start]
        if year.end <= thing.start and re.fullmatch(r"\s+", lead):
            return "adopted", thing
    return None


def _aimed(clause: _Clause, year: Mention) -> tuple[YearMeaning, Mention] | None:
    """'aims to connect every household by 2025'."""
    before = clause.before(year)
    if not say.GOAL.search(before):
        return None
    thing = _nearest(clause, len(before))
    if thing is None:
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    by = re.search(r"\bby\s+(?:the end of |the year |mid-|early |late )?$", before)
    if say.CLAUSE.search(gap) or (
        not by and not re.search(r"\b(?:to|until|towards|before)\s+(?:\w+\s+)*$", before)
    ):
        return None
    return ("target", thing) if say.AIM.search(gap) else None


def _object(clause: _Clause, trigger: re.Match[str], limit: int) -> Mention | None:
    """What a verb or noun speaks of: its subject if passive, else what follows it."""
    before = clause.text[: trigger.start()]
    following = [
        t
        for t in clause.things
        if trigger.end() <= t.start - clause.start < max(limit, trigger.end() + 1)
        and t.start - clause.start - trigger.end() < 60
    ]
    by_another = re.match(r"\s+by\b", clause.text[trigger.end() :])
    passive = say.PASSIVE.search(before)
    noun = trigger.group().lower().endswith(("ion", "al", "age", "ment", "ments", "y"))
    if not _has_object(clause, trigger, bool(passive), noun, bool(following)):
        return None
    if (
        following
        and not by_another
        and (noun or not passive)
        and trigger.group().lower() not in ("followed",)
    ):
        gap = clause.text[trigger.end() : following[0].start - clause.start]
        direct = re.sub(r"^\s*(?:of|on|to)\s", "", gap)
        if noun or (len(direct.split()) <= say.GAP and not say.PREPOSITION.search(direct)):
            return following[0]
    thing = _nearest(clause, trigger.start())
    if thing is clause.topic and thing is not None and not noun and not say.SUBJECT.search(before):
        return None
    if thing in clause.things and thing is not None and not _is_subject(clause, thing, trigger):
        return None
    if thing in clause.things and thing is not None and say.ABOUT.search(clause.before(thing)):
        return None  # the review of a plan was published
    return thing


def _is_subject(clause: _Clause, thing: Mention, trigger: re.Match[str]) -> bool:
    """Whether no other subject stands between a thing and the verb behind it."""
    if thing.end - clause.start > trigger.start():
        return True
    gap = clause.text[thing.end - clause.start : trigger.start()]
    if relative := say.RELATIVE.search(gap):
        return not gap[: relative.start()].strip(" ,()'")
    loose = _named(trigger) in ("period_start", "period_end")
    return not loose or len(gap.split()) <= say.GAP


def _has_object(
    clause: _Clause, trigger: re.Match[str], passive: bool, noun: bool, following: bool
) -> bool:
    """Whether a verb speaks of a known thing: not 'the guidelines issued by the Ombudsman'."""
    if passive or noun or following or say.INTRANSITIVE.search(trigger.group()):
        return True
    if say.PRONOUN.match(clause.text[trigger.end() :]):
        return True
    at = trigger.start() + clause.start
    return any(0 <= at - t.end <= 12 for t in clause.things)


def _nearest(clause: _Clause, at: int) -> Mention | None:
    """The last thing named before a position, else what the sentence before spoke of."""
    before = [t for t in clause.things if t.end - clause.start <= at]
    if not before and not clause.topic:
        first = clause.things[0] if clause.things else None
        led = first and re.search(r",\s+(?:the\s+)?(?:[A-Z]\w+(?:'s)?\s+)?$", clause.before(first))
        return first if first and led and first.start - clause.start - at < 90 else None
    if not before:
        return clause.topic
    if (
        len(before) > 1
        and clause.text[before[-2].end - clause.start : before[-1].start - clause.start] == " ("
    ):
        return before[-2]
    if say.BACK.match(clause.text) and clause.topic and at < before[0].start - clause.start:
        return clause.topic
    return before[-1]


def _named(trigger: re.Match[str]) -> YearMeaning:
    return cast(YearMeaning, trigger.lastgroup)


def _without_names(clause: _Clause, start: int, end: int) -> str:
    """A stretch of the clause with the names in it blotted out."""
    text = clause.text
    for t in clause.things:
        a, b = t.start - clause.start, t.end - clause.start
        text = text[:a] + "#" * (b - a) + text[b:]
    return text[start:end]
