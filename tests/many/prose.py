"""Paragraphs, references and lists about a country."""

from random import Random

from pipeline.knowledge import Country
from tests.many import names
from tests.many.sentences import pool
from tests.many.slots import filled
from tests.many.wordings import REFERENCES


def paragraph(random: Random, home: Country, words: int, *, named: bool = False) -> str:
    """Sentences of at least that many words together.

    Args:
        named: Whether the first sentence names the country.
    """
    sentences = [line(_NAMING, random, home)] if named else []
    while not sentences or sum(len(s.split()) for s in sentences) < words:
        sentences.append(pool().sentence(random, home))
    return " ".join(sentences)


def paragraphs(random: Random, home: Country, words: int) -> list[str]:
    """Paragraphs of usual length that hold about that many words together."""
    found: list[str] = []
    while (left := words - length(found)) > 0:
        found.append(paragraph(random, home, min(left, random.randint(40, 120))))
    return found


def references(random: Random, home: Country) -> list[str]:
    """Reference lines under their heading."""
    return ["Citations:", *(line(REFERENCES, random, home) for _ in range(random.randint(1, 3)))]


def line(forms: tuple[str, ...], random: Random, home: Country) -> str:
    """One of the forms, its slots filled, with a capital."""
    text = filled(random.choice(forms), random, home)
    return text[0].upper() + text[1:]


def length(lines: list[str]) -> int:
    """Words of all lines."""
    return sum(len(text.split()) for text in lines)


def about(random: Random) -> Country:
    """The country of a report."""
    return random.choice(names.homes())


_NAMING = (
    "In {country}, {AGENCY} has been in charge of {theme} since {year}.",
    "{country} reformed {theme} in {month} {year}.",
    "Since {year}, {country} has relied on {STRATEGY}.",
    "{theme} in {country} is governed by {LAW}, last amended in {month} {year}.",
    "{country} opened {PLATFORM} in {year}, with {n} bodies taking part.",
    "The state of {theme} in {country} was last reviewed in {month} {year}, by {AGENCY}.",
)
