"""Whose is it? The country that the words around a mention give it to, instead of the section's.

A section about Latvia may speak of Estonia's X-Road, of the Danish Agency for Digitisation, or of
what the Government Office does "in Estonia". Where nothing says so, a mention is the section's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.acronyms import is_acronym
from pipeline.evidence import Hit, naming
from pipeline.knowledge import names_of
from pipeline.records import Mention, Span

_BEFORE = re.compile(
    r"(?:’s|'s|s’|s'|’|')?\s(?:(?:own|new|national|federal)\s)?[“\"‘]?|:\s+"  # 'Estonia: X-Road'
)
_AFTER = re.compile(
    r"[”\"’]?(?:\s*\([^()\n]{1,20}\))?"
    r"(?:(?P<aside>\s*[,(]\s*)|,?\s+(?:developed (?:in|by)|used in|in use in|run by)\s+"
    r"|\s+(?:of|in|from)\s+)(?:the\s+)?"
)
_CLOSED = re.compile(r"\s*(?:[),;.:]|’s|'s|$)|\s+(?:and|or|which|where|was|is|has|had)\b")
_ASIDE_CLOSED = re.compile(r"\s*(?:[),;.:]|$)")
_JOINED = re.compile(r"\s*(?:,|/|and|or)\s*(?:and\s+)?(?:the\s+)?")
_AND = re.compile(r"\s*(?:/|and|or)\s*(?:the\s+)?")
_SAME = re.compile(r"\s*[(“\"]+|\s*\([^()\n]{0,60}[,;] ")  # 'Danish Agency … (DIGST'
_SCENE = re.compile(r"(?:[•▪–—*·-]\s*|\d{1,2}[.)]\s*)?In\s+(?:the\s+)?")
_SENTENCE_END = re.compile(r"(?<!\.[A-Z])[.!?][”\"’)]*\s+(?=[A-Z“\"‘(])")


@dataclass(frozen=True, slots=True)
class _Sentence(Span):
    """A sentence with the countries it names."""

    countries: tuple[Hit, ...] = ()


def owners(mentions: list[Mention], text: str) -> dict[int, str]:
    """For the start of each mention that the text gives to a country, that country."""
    found: dict[int, str] = {}
    sentences: dict[int, list[_Sentence]] = {}
    last: Mention | None = None
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.label == "YEAR":
            continue
        if last and last.start in found and _SAME.fullmatch(text, last.end, mention.start):
            found[mention.start] = found[last.start]
            last = mention
            continue
        last = mention
        start = text.rfind("\n", 0, mention.start) + 1
        if start not in sentences:
            sentences[start] = list(_sentences(text, start))
        sentence = next((s for s in sentences[start] if mention.start < s.end), None)
        if sentence and (owner := _owner(mention, sentence, text)):
            found[mention.start] = owner
    return found


def _sentences(text: str, start: int) -> Iterable[_Sentence]:
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)]
    named = [h for h in naming(line) if h.kind != "demonym" and len(h.countries) == 1]
    at = 0
    for end in (*(m.end() for m in _SENTENCE_END.finditer(line)), len(line)):
        if line[at:end].strip():
            inside = (h for h in named if at <= h.start < end)
            yield _Sentence(
                start=start + at, end=start + end, countries=tuple(_moved(h, start) for h in inside)
            )
        at = end


def _moved(hit: Hit, by: int) -> Hit:
    return Hit(
        start=hit.start + by,
        end=hit.end + by,
        kind=hit.kind,
        countries=hit.countries,
        weight=hit.weight,
        compared=hit.compared,
    )


def _owner(mention: Mention, sentence: _Sentence, text: str) -> str | None:
    named = sentence.countries
    inside = {h.countries[0] for h in named if mention.holds(h)}
    if inside:
        return inside.pop() if len(inside) == 1 else None
    before = [h for h in named if h.end <= mention.start]
    if before and _BEFORE.fullmatch(text, before[-1].end, mention.start):
        joined = len(before) > 1 and _AND.fullmatch(text, before[-2].end, before[-1].start)
        return None if joined else before[-1].countries[0]
    after = [h for h in named if h.start >= mention.end and h.kind == "name"]
    if after and (link := _AFTER.fullmatch(text, mention.end, after[0].start)):
        joined = len(after) > 1 and _JOINED.fullmatch(text, after[0].end, after[1].start)
        closed = (_ASIDE_CLOSED if link["aside"] else _CLOSED).match(text, after[0].end)
        if closed and not joined:
            return after[0].countries[0]
    if known := _known(mention, {h.countries[0] for h in named}):
        return known
    scene = named[0] if named and _SCENE.fullmatch(text, sentence.start, named[0].start) else None
    if scene and text.startswith(",", scene.end) and scene.kind == "name":
        return scene.countries[0]
    return None


def _known(mention: Mention, named: set[str]) -> str | None:
    """The only country that is known to have a thing of that name, if the sentence names it."""
    if is_acronym(mention.text):
        return None
    countries = {n.country_iso3 for n in names_of(mention.text) if n.label == mention.label}
    only = countries.pop() if len(countries) == 1 else None
    return only if only in named else None
