"""What in a text speaks for a country: names, leaders, parties, native terms, domains."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline import normalise
from pipeline.evidence import terms, tongues
from pipeline.records import Span

# How much one hit of a kind says, a country's name being 1.
WEIGHTS: dict[str, float] = {
    "name": 1.0,
    "adjective": 1.0,
    "demonym": 0.8,
    "capital": 0.3,
    "leader": 1.0,
    "party": 0.8,
    "parliament": 1.0,
    "office": 0.8,
    "subnational": 0.6,
    "currency": 0.7,
    "media": 0.7,
    "cctld": 0.7,
    "word": 0.3,
    "system": 0.5,
    "body": 0.75,
    "plain_body": 0.45,  # a name of words that bodies of many countries have in theirs
    "described": 0.3,
    "script": 0.5,
    "language": 0.6,
    "notion": 0.04,  # times the logarithm of how far it narrows the countries down
    "union": 0.12,  # how the members of the European Union speak of the others
    "letter": 0.3,
}
_USUAL = 41  # countries of a comparative page
_TITLE = re.compile(
    r"\b(?:Prime Minister|President|Chancellor|Premier|Taoiseach) "
    r"(?P<name>[\w-]+)(?![\w-])(?! [A-Z])"
)
_RULE = re.compile(r" (?:governments?|administration|cabinet|coalition|presidency)\b")
_LAST_WORD = re.compile(r"[\w-]+\Z")
_LONGEST_NAME = 40
_ANY: terms.Years = (None, None)
# Surnames of leaders that are also words: 'Key government ministries' are not John Key's.
_WORDS = frozenset(
    "Key Major May King Brown Prior Grand Day Hope Young Rich Long Good Bush".split()
)
_COMPARED = 0.3
_COMPARISON = re.compile(
    r"\b(?:unlike|than|compared (?:to|with)|comparison (?:to|with)|contrast (?:to|with)|like"
    r"|such as|as in|similar to|following|after|before|example of|model of|neighbou?ring|behind"
    r"|ahead of|outside|between|along with|in addition to|including|e\.g\.,?)"
    r"(?:\s+(?:in|of|for|by|from))?\s+(?:the\s+|that of\s+)?$",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?")
_HOST = re.compile(r"\b[\w-]+(?:\.[a-z][a-z-]+)+(?!\w|\.\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Span):
    """A term that speaks for one or several countries; `Spain` in "unlike Spain" is compared.

    Attributes:
        weight: How much it says, a country's name being 1.
        first_year: When what it names began to matter, as a leader's time in office; None if
            unknown or always.
        last_year: … and when it ended.
    """

    kind: str
    countries: tuple[str, ...]
    weight: float
    compared: bool = False
    first_year: int | None = None
    last_year: int | None = None


def _titled(text: str) -> Iterable[tuple[int, int, list[tuple[str, str]]]]:
    """How prose speaks of a leader by surname: 'Draghi government', 'Chancellor Kurz'."""
    for match in _TITLE.finditer(text):
        if pairs := terms.surnames().get(match["name"]):
            yield match.start(), match.end(), pairs
    for match in _RULE.finditer(text):
        before = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        name = before.group() if before else ""
        if before and name not in _WORDS and (pairs := terms.surnames().get(name)):
            yield before.start(), match.end(), pairs


def naming(text: str) -> list[Hit]:
    """Names and adjectives of countries wherever they stand, also within other names."""
    words = terms.Words(normalise.tame(text))
    named = [(start, end, terms.meaning()[term]) for start, end, term in terms.naming().find(words)]
    found: list[Hit] = []
    for start, end, known in _longest(named):
        if known:
            found.append(_hit(text, start, end, known, found[-1] if found else None))
    return found


def _longest(
    found: Iterable[tuple[int, int, list[tuple[str, str]]]],
) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Of matches that overlap the longest, then the first; in the order of the text."""
    kept: list[tuple[int, int, list[tuple[str, str]]]] = []
    taken: set[int] = set()
    for match in sorted(found, key=lambda m: (m[0] - m[1], m[0])):
        if match[0] not in taken and match[1] - 1 not in taken:
            taken.update(range(match[0], match[1]))
            kept.append(match)
    return sorted(kept, key=lambda m: m[0])


def hits(text: str, *, reference: bool = False) -> list[Hit]:
    """Everything in `text` that speaks for a country, in order.

    Args:
        reference: Whether the text is a reference line, whose parts may be titles in the
            country's language.
    """
    text = normalise.tame(text)
    words = terms.Words(text)
    named = [
        (start, end, terms.meaning()[term]) for start, end, term in terms.phrases().find(words)
    ]
    described = [(a, b, terms.described()[term]) for a, b, term in terms.descriptions().find(words)]
    found: list[Hit] = []
    for start, end, known in _longest([*named, *_titled(text), *described]):
        if known:
            found.append(_hit(text, start, end, known, found[-1] if found else None))
    found += [
        Hit(start=m.start(), end=m.end(), kind="cctld", countries=(iso3,), weight=WEIGHTS["cctld"])
        for m in _HOST.finditer(text)
        if (iso3 := _domain_country(m.group()))
    ]
    for start, end, kind, countries in (
        *tongues.written(text),
        *tongues.spoken(text, reference=reference),
    ):
        found.append(
            Hit(start=start, end=end, kind=kind, countries=countries, weight=WEIGHTS[kind])
        )
    return sorted(found, key=lambda hit: hit.start)


def _domain_country(host: str) -> str | None:
    """The country of a host name, its longest known ending deciding."""
    labels = host.split(".")
    endings = [host, *("." + ".".join(labels[i:]) for i in range(1, len(labels)))]
    return next((terms.domains()[e] for e in endings if e in terms.domains()), None)


def _hit(text: str, start: int, end: int, pairs: list[tuple[str, str]], before: Hit | None) -> Hit:
    compared = _COMPARISON.search(text[max(0, start - 30) : start]) is not None
    if before and before.compared and _ALSO.fullmatch(text[before.end : start]):
        compared = True
    weight = max(WEIGHTS[kind] for kind, _ in pairs)
    timed = pairs[0][0] == "leader"
    term = text[start:end] if timed else ""
    first, last = next(
        (terms.times()[w] for w in (term, *term.split()) if w in terms.times()), _ANY
    )
    if pairs[0][0] == "notion":
        weight *= math.log(_USUAL / min(_USUAL - 1, len(pairs)))
    return Hit(
        start=start,
        end=end,
        kind=pairs[0][0],
        countries=tuple(dict.fromkeys(iso3 for _, iso3 in pairs)),
        weight=weight * (_COMPARED if compared else 1.0),
        compared=compared,
        first_year=first,
        last_year=last,
    )


def tally(found: Iterable[Hit]) -> dict[str, float]:
    """The summed weight for each country.

    A term of n countries counts 1/√n for each; notions count in full, their weight says how rare
    they are.
    """
    total: dict[str, float] = defaultdict(float)
    for hit in found:
        shared = 1.0 if hit.kind in ("notion", "union") else len(hit.countries) ** 0.5
        for iso3 in hit.countries:
            total[iso3] += hit.weight / shared
    return dict(total)
