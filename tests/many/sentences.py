"""Sentences of the corpus and the samples as templates that are filled anew each time.

Names, countries, years, numbers and frequent words become slots; clauses change places; something
is put before or after. What names nothing that is only its own country's is told of any country.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pipeline import corpus, generator
from pipeline.knowledge import Country
from pipeline.sentences import cut
from tests.many import names, slots
from tests.many.slots import HIDDEN, Fill, Part
from tests.many.wordings import ENDS, OPENINGS

Spans = tuple[tuple[int, int, str], ...]

_RAW = Path(__file__).parents[2] / "raw"
_SAMPLES = {
    "agency-canada.txt": "CAN", "chapter-norway.txt": "NOR", "chapter-portugal.txt": "PRT",
    "ministry-estonia.txt": "EST", "strategy-ireland.txt": "IRL",
}  # fmt: skip
_REGISTERS = ("assessment", "chapter", "strategy", "webpage")
_FREE = 20  # ways to fill a template, below which something is always put before or after
_LONGER = 0.2  # share of the others that get something before or after
_OPENED = 0.4  # share of these that get it before
_OWN = 0.35  # share of sentences that suit their own country only

_CLAUSE = r"[^,;:—“”\"()]"
_FOLLOWS = re.compile(
    rf"(?P<main>{_CLAUSE}{{12,}}), (?P<word>although|while|because|whereas|unless) "
    rf"(?P<sub>{_CLAUSE}{{8,}})\."
)
_PRECEDES = re.compile(
    rf"(?P<word>Although|While|Because|After|Before|When|If|Unless|Once) (?P<sub>{_CLAUSE}{{8,}}), "
    rf"(?P<main>{_CLAUSE}{{12,}})\."
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|are|was|were|a|an|for|by|has|have)\b")
_CAPITAL = re.compile(r"(?<!^)\b[A-ZÀ-ÞŠŽČĐ]")
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots.

    Attributes:
        forms: Its parts, in one or two orders of its clauses.
        free: About how many ways there are to fill it.
        opens: Whether its first word may stand inside a sentence, in lower case.
    """

    forms: tuple[tuple[Part, ...], ...]
    free: int
    opens: bool

    def filled(self, random: Random, home: Country) -> str:
        """A sentence about that country."""
        text = slots.joined(random.choice(self.forms), random, home)
        if self.free < _FREE or random.random() < _LONGER:
            text = self._longer(text, random, home)
        return text[0].upper() + text[1:]

    def _longer(self, text: str, random: Random, home: Country) -> str:
        if self.opens and random.random() < _OPENED:
            opening = slots.filled(random.choice(OPENINGS), random, home)
            return opening + text[0].lower() + text[1:]
        return text[:-1] + slots.filled(random.choice(ENDS), random, home) + "."


@dataclass(frozen=True, slots=True)
class Pool:
    """Templates for any country, and by country those that suit no other."""

    common: tuple[Template, ...]
    own: dict[str, tuple[Template, ...]]

    def sentence(self, random: Random, home: Country) -> str:
        """A new sentence about a country."""
        own = self.own.get(home.country_iso3, ())
        templates = own if own and random.random() < _OWN else self.common
        return random.choice(templates).filled(random, home)


@cache
def pool() -> Pool:
    """All templates, made once, in a few seconds."""
    common: list[Template] = []
    own: dict[str, list[Template]] = {}
    for text, spans, iso3 in dict.fromkeys(_sentences()):
        home = _home(iso3)
        coded, fills = _hidden(text, spans)
        if home is None or not _usable(coded):
            continue
        coded = _without_country(coded, fills, home)
        template = _template(coded, fills)
        anywhere = not _CAPITAL.search(slots.fixed(coded)) and template.opens
        (common if anywhere else own.setdefault(iso3, [])).append(template)
    return Pool(tuple(common), {iso3: tuple(found) for iso3, found in own.items()})


@cache
def _sentences() -> tuple[tuple[str, Spans, str], ...]:
    """Every sentence with its names and its country."""
    return (*_annotated(), *_plain())


def _annotated() -> Iterator[tuple[str, Spans, str]]:
    for passage in corpus.passages():
        if passage.register not in _REGISTERS or not passage.country:
            continue
        for start, words in cut(passage.text):
            end = start + len(words)
            within = [s for s in passage.spans if s[0] < end and s[1] > start]
            if all(start <= s[0] and s[1] <= end for s in within):
                moved = tuple((a - start, b - start, label) for a, b, label in within)
                yield passage.text[start:end].replace("\n", " "), moved, passage.country


def _plain() -> Iterator[tuple[str, Spans, str]]:
    """Those of pages and samples, whose names are not known."""
    written = [(s.country, s.text) for page in generator.corpus() for s in page.sections]
    for name, iso3 in _SAMPLES.items():
        written.append((iso3, (_RAW / name).read_text(encoding="utf-8-sig")))
    for iso3, text in written:
        for line in text.split("\nCitations:")[0].splitlines():
            if len(line) > 120:
                yield from ((line[at : at + len(words)], (), iso3) for at, words in cut(line))


@cache
def _inner_words() -> frozenset[str]:
    """Words that stand inside sentences in lower case, and hardly ever with a capital."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text, _, _ in _sentences():
        for word in _WORD.findall(text)[1:]:
            (lower if word.islower() else upper)[word.lower()] += 1
    return frozenset(word for word, n in lower.items() if n > 10 * upper[word])


@cache
def _home(iso3: str) -> Country | None:
    return next((home for home in names.homes() if home.country_iso3 == iso3), None)


def _usable(coded: str) -> bool:
    """Whether it is an English sentence of usual length."""
    return (
        coded.endswith(".")
        and 25 < len(coded) < 400
        and (coded[0].isupper() or ord(coded[0]) >= HIDDEN)
        and len(_ENGLISH.findall(coded)) >= 2
    )


def _hidden(text: str, spans: Spans) -> tuple[str, list[Fill]]:
    """The sentence with a character in place of each name, and what fills it."""
    coded, fills, at = "", list[Fill](), 0
    for start, end, label in spans:
        coded += text[at:start] + chr(HIDDEN + len(fills))
        articled = coded[:-1].lower().endswith("the ") or names.articled_form(text[start:end])
        fills.append(_renamed(label, articled))
        at = end
    return coded + text[at:], fills


def _renamed(label: str, articled: bool) -> Fill:
    return lambda random, home: names.name(label, home, random, articled=articled)


def _without_country(coded: str, fills: list[Fill], home: Country) -> str:
    """The country's name, adjective and capital become slots, too; `fills` grows."""
    for pattern, fill in (
        (rf"(?:[Tt]he )?{re.escape(home.name)}", lambda random, home: names.spoken(home)),
        ("|".join(map(re.escape, home.adjectives)), lambda random, home: home.adjectives[0]),
        (re.escape(home.capital or home.name), lambda random, home: home.capital or home.name),
    ):
        mark = chr(HIDDEN + len(fills))
        found = re.sub(rf"\b(?:{pattern})\b", mark, coded)
        if found != coded:
            coded = found
            fills.append(fill)
    return coded


def _template(coded: str, fills: list[Fill]) -> Template:
    first = _WORD.match(coded)
    opens = bool(first and first.group().lower() in _inner_words())
    orders = {coded}
    if opens and (match := _FOLLOWS.fullmatch(coded)):
        main = match["main"][0].lower() + match["main"][1:]
        orders.add(f"{match['word'].capitalize()} {match['sub']}, {main}.")
    if match := _PRECEDES.fullmatch(coded):
        main = match["main"][0].upper() + match["main"][1:]
        orders.add(f"{main} {match['word'].lower()} {match['sub']}.")
    forms = tuple(tuple(slots.parts(order, fills)) for order in sorted(orders))
    return Template(forms, len(orders) * slots.free(coded), opens)
