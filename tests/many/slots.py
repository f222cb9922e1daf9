"""What varies inside a sentence: names, countries, years, months, numbers, frequent words."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from math import prod
from random import Random

from pipeline.knowledge import Country
from tests.many import names
from tests.many.wordings import ADVERBIALS, SYNONYMS, THEMES

Fill = Callable[[Random, Country], str]
Part = str | Fill

HIDDEN = 0xE000  # names stand in for themselves as characters of the private use area
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_COUNTED = ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_OPTIONS = {option: options for options in (*SYNONYMS, _COUNTED) for option in options}
_YEARS = range(1950, 2026)
_AFTER_VERB = (*("",) * len(ADVERBIALS), *(f" {adverbial}" for adverbial in ADVERBIALS))
_ANY_MONTH = "|".join(_MONTHS)
_SLOT = re.compile(
    r"(?P<name>(?:\b[Aa]n? )?[\ue000-\uf8ff])"
    rf"|(?P<day>\b\d{{1,2}})(?= (?:{_ANY_MONTH})\b)"
    r"|(?P<year>(?<![/.])\b(?:19[5-9]|20[0-2])\d(?:[–/-]\d\d(?:\d\d)?)?\b(?![.,–/-]\d|%))"
    rf"|\b(?P<month>{_ANY_MONTH})(?= \d{{4}})"
    r"|(?<![\w.,/–-])(?P<number>\d{1,3}(?:,\d{3})+|[2-9]\d{0,5}|1\d{1,5})(?![\w/–-]|[.,]\d)"
    r"|\b(?P<verb>is|are|was|were|has|have|had)\b(?= [a-z])"
    r"|\b(?P<word>[A-Za-z]{3,})\b(?! of\b)"
)
_WAYS = {"name": 40, "day": 28, "year": 8, "month": 12, "number": 9, "verb": 8, "word": 3}
_VOWEL = re.compile(r"[AEIOaeio]|[Uu]n[^i]")


def parts(coded: str, hidden: list[Fill]) -> Iterator[Part]:
    """A sentence as what stays and what varies, in order.

    Args:
        hidden: What fills the places of the characters from HIDDEN on.
    """
    at = 0
    for match in _matches(coded):
        if fill := _fill(match, hidden):
            yield coded[at : match.start()]
            yield fill
            at = match.end()
    yield coded[at:]


def fixed(coded: str) -> str:
    """What is left of a sentence without its slots."""
    left, at = "", 0
    for match in _matches(coded):
        left += coded[at : match.start()]
        at = match.end()
    return left + coded[at:]


def free(coded: str) -> int:
    """About how many ways there are to fill a sentence."""
    return prod(_WAYS[str(match.lastgroup)] for match in _matches(coded))


def _matches(coded: str) -> Iterator[re.Match[str]]:
    for match in _SLOT.finditer(coded):
        if match.lastgroup != "word" or match.group().lower() in _OPTIONS:
            yield match


def filled(form: str, random: Random, home: Country) -> str:
    """A wording with its slots filled.

    Args:
        form: As in 'as {AGENCY} noted in {year}'.
    """
    return joined(_wording(form), random, home)


def joined(sentence: tuple[Part, ...], random: Random, home: Country) -> str:
    """The parts of a sentence with all slots filled."""
    return "".join([p if isinstance(p, str) else p(random, home) for p in sentence])


@cache
def _wording(form: str) -> tuple[Part, ...]:
    found = re.split(r"\{(\w+)\}", form)
    return tuple(_NAMED[part] if i % 2 else part for i, part in enumerate(found) if part)


def _named(label: str) -> Fill:
    def fill(random: Random, home: Country) -> str:
        if random.random() < 0.75:
            return f"the {names.name(label, home, random, articled=True)}"
        return names.name(label, home, random, articled=False)

    return fill


_NAMED: dict[str, Fill] = {
    **{label: _named(label) for label in ("AGENCY", "STRATEGY", "LAW", "PLATFORM", "INDEX")},
    "place": lambda random, home: home.capital or home.name,
    "country": lambda random, home: names.spoken(home),
    "year": lambda random, home: str(random.randint(2009, 2024)),
    "month": lambda random, home: random.choice(_MONTHS),
    "day": lambda random, home: str(random.randint(1, 28)),
    "n": lambda random, home: str(random.randint(3, 240)),
    "theme": lambda random, home: random.choice(THEMES),
}


def _fill(match: re.Match[str], hidden: list[Fill]) -> Fill | None:
    text = match.group()
    match match.lastgroup:
        case "name":
            return _after_article(text[:-1], hidden[ord(text[-1]) - HIDDEN])
        case "day":
            return _NAMED["day"]
        case "month":
            return _NAMED["month"]
        case "year":
            return _year(text)
        case "number":
            return _number(text)
        case "verb":
            return lambda random, home: text + random.choice(_AFTER_VERB)
    before = " " + match.string[: match.start()].lower()
    options = _OPTIONS[text.lower()]
    if before.endswith((" a ", " an ")):
        options = tuple(o for o in options if bool(_VOWEL.match(o)) == before.endswith(" an "))
    return _one_of(text, options) if options else None


def _after_article(article: str, fill: Fill) -> Fill:
    """'a ' or 'an ' before a name, as the name begins."""
    if not article:
        return fill

    def agreeing(random: Random, home: Country) -> str:
        name = fill(random, home)
        return article[0] + ("n " if _VOWEL.match(name) else " ") + name

    return agreeing


def _year(text: str) -> Fill:
    first, rest = int(text[:4]), text[4:]
    last = int(text[: 4 - len(rest[1:])] + rest[1:]) if rest else first
    shifts = [n for n in range(-4, 4) if first + n in _YEARS]

    def fill(random: Random, home: Country) -> str:
        shift = random.choice(shifts)
        return str(first + shift) + (rest[:1] + str(last + shift)[-len(rest[1:]) :] if rest else "")

    return fill


def _number(text: str) -> Fill:
    value = int(text.replace(",", ""))
    low, high = max(2, value * 6 // 10), max(5, value * 15 // 10)
    high = min(high, 10 ** len(str(value)) - 1)

    def fill(random: Random, home: Country) -> str:
        number = random.randint(low, high)
        return f"{number:,}" if "," in text else str(number)

    return fill


def _one_of(text: str, options: tuple[str, ...]) -> Fill:
    chosen = tuple(o[0].upper() + o[1:] for o in options) if text[0].isupper() else options
    return lambda random, home: random.choice(chosen)
