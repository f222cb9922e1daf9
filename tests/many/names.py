"""What things are called in a country: names that are known, names of the corpus, made-up ones."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from random import Random

from pipeline import corpus, knowledge
from pipeline.knowledge import Country
from tests.many.wordings import THEMES

_ARTICLE = re.compile(
    r"(?:Ministry|Department|Office|Agency|Authority|Commission|Council|Board|Committee|Cent(?:re|er)"
    r"|Institute|Inspectorate|Court|Bank|Fund|Service|Secretariat|Directorate|Chancellery|Bureau"
    r"|Act|Law|Code|Regulation|Directive|Ordinance|Decree|Strategy|Plan|Programme|Program|Agenda"
    r"|Framework|Policy|Roadmap|Pact|Portal|Register|Registry|System|Platform|Network|Gateway"
    r"|Database|Dashboard|Index|Survey|Benchmark|Report|Scoreboard|Ranking|Barometer)"
    r"(?: \d{4}(?:[–-]\d{2,4})?| of .+| for .+| on .+)?"
)
_MADE = {
    "AGENCY": (
        "Agency for {a} and {b}", "Office for {a}", "{a} Authority", "Council on {a} and {b}",
        "Directorate for {a} and {b}", "Inspectorate for {a}", "Commission on {a} and {b}",
    ),
    "LAW": ("{a} Act", "Law on {a} and {b}", "{a} and {b} Act", "{a} Code"),
    "STRATEGY": ("National Strategy for {a} and {b}", "{a} Action Plan", "{a} and {b} Roadmap"),
    "PLATFORM": ("{a} Portal", "{a} and {b} Register", "National {a} Database"),
    "INDEX": ("{a} Index", "{a} and {b} Survey"),
}  # fmt: skip
_NEW = 0.1  # share of names that no list holds
_YEARS = {"LAW": " {y}", "STRATEGY": " {y}–{z}"}
_THE = re.compile(r"United |Netherlands$")


@dataclass(frozen=True, slots=True)
class Roster:
    """Names with one label in one country: those that follow 'the', and all others."""

    articled: tuple[str, ...]
    bare: tuple[str, ...]


@cache
def homes() -> tuple[Country, ...]:
    """The countries that reports are about."""
    return tuple(country for country in knowledge.countries() if country.sgi41)


@cache
def rosters() -> dict[tuple[str, str], Roster]:
    """By label and country."""
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in knowledge.names():
        forms[name.label, name.country_iso3 or ""].update(name.forms)
    for passage in corpus.passages():
        for start, end, label in passage.spans:
            if passage.register != "citation":
                form = passage.text[start:end].replace("\n", " ")
                forms[label, passage.country or ""].add(form)
    return {
        (label, home.country_iso3): _roster(forms[label, home.country_iso3] | forms[label, ""])
        if label == "INDEX"
        else _roster(forms[label, home.country_iso3])
        for label in _MADE
        for home in homes()
    }


def _roster(forms: set[str]) -> Roster:
    usual = sorted(form for form in forms if form[0].isupper() and len(form) < 90)
    articled = [form for form in usual if articled_form(form)]
    return Roster(tuple(articled), tuple(form for form in usual if form not in set(articled)))


def articled_form(form: str) -> bool:
    """Whether 'the' goes before a name: 'Digital Skills Act', not 'Riigikogu'.

    Example:
        >>> articled_form("Ministry of Finance"), articled_form("Statistics Estonia")
        (True, False)
    """
    words = form.split()
    return len(words) > 1 and any(
        _ARTICLE.fullmatch(" ".join(words[i:])) for i in range(len(words))
    )


def name(label: str, home: Country, random: Random, *, articled: bool) -> str:
    """A name; now and then one that nobody has read before."""
    roster = rosters()[label, home.country_iso3]
    known = roster.articled if articled else roster.bare
    if articled and (not known or random.random() < _NEW):
        return made(label, random)
    return random.choice(known or roster.articled)


def made(label: str, random: Random) -> str:
    """A name put together from themes: 'Agency for Water Supply and Open Data'."""
    a, b = (theme.title().replace(" And ", " and ") for theme in random.sample(THEMES, 2))
    year = random.randint(1996, 2024)
    form = random.choice(_MADE[label]) + _YEARS.get(label, "")
    return form.format(a=a, b=b, y=year, z=year + random.choice((3, 4, 5, 7)))


@cache
def spoken(home: Country) -> str:
    """The country's name inside a sentence."""
    return f"the {home.name}" if _THE.match(home.name) else home.name
