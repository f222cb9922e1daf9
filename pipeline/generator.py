"""Comparative pages in parts, written out with or without headings and spoilt on purpose.

A page comes from a text with gold annotations or from the corpus; `written` gives it back as a
report together with its gold. Perturbations take a page and a random generator and return another
page: sections left out, countries' names masked, the order broken, paragraphs merged, empty lines
or references lost. They serve the tests, the benchmark and the calibration of confidences.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from pipeline import knowledge, normalise
from pipeline.evidence import naming
from pipeline.layout.citations import is_citation
from pipeline.records import BANDS, Span, TierStatement
from pipeline.settings import MODELS
from pipeline.tiers import tier_of

PAGES = MODELS / "corpus" / "pages"

_FIELD = re.compile(r"# (?P<name>title|question|edition|tier (?P<tier>[1-4])[^:]*): (?P<value>.+)")
_SECTION = re.compile(r"== (?P<country>[A-Z]{3}) (?P<score>10|[1-9])")
_HEADING = re.compile(r"==.*")
_EMPTY = re.compile(r"\n\s*\n+")
_PRINTED = {"GBR": "UK", "USA": "USA"}


@dataclass(frozen=True, slots=True)
class Section:
    """One country's text on a page, without its heading."""

    country: str
    score: int
    text: str

    @property
    def tier(self) -> int:
        """1 best … 4."""
        return tier_of(self.score)


@dataclass(frozen=True, slots=True)
class ComparativePage:
    """A page of country sections under the statements of their tiers, in the order of the page.

    Attributes:
        statements: The statement of each tier.
    """

    title: str
    question: str
    statements: dict[int, str]
    sections: tuple[Section, ...]

    def written(self, *, headings: bool = False) -> tuple[str, dict[str, Any]]:
        """The page as a report, and its gold in the stand-off format.

        Args:
            headings: Whether scores and countries stand above their sections. Without them the
                page looks as browsers save it: headings of several words survive.
        """
        text = f"{self.title}\n\n{self.question}\n\n"
        segments: list[dict[str, Any]] = []
        statements: list[dict[str, Any]] = []
        score = tier = 0
        for section in self.sections:
            low, high = BANDS[section.tier]
            if section.tier != tier and (statement := self.statements.get(section.tier)):
                at = len(text)
                text += statement + "\n"
                statements.append(_span(at, statement, section.tier, low, high))
            if headings and section.score != score:
                text += f"{section.score}\n"
            tier, score = section.tier, section.score
            at, head = len(text), heading(section.country)
            text += f"{head}\n" if headings or " " in head else ""
            text += section.text + "\n"
            segments.append(
                {
                    "country": section.country,
                    "start": at,
                    "end": len(text) - 1,
                    "tier": section.tier,
                    "score_min": section.score,
                    "score_max": section.score,
                }
            )
        return text, {"segments": segments, "tier_statements": statements}


def _span(at: int, statement: str, tier: int, low: int, high: int) -> dict[str, Any]:
    return {
        "start": at,
        "end": at + len(statement),
        "tier": tier,
        "score_min": low,
        "score_max": high,
    }


def heading(country: str) -> str:
    """The country's name as such pages print it."""
    names = {c.country_iso3: c.name for c in knowledge.countries()}
    return _PRINTED.get(country, names[country])


def statements(text: str, gold: dict[str, Any]) -> list[TierStatement]:
    """The tier statements of a written page, as the tier stage would find them."""
    return [
        TierStatement(
            start=s["start"],
            end=s["end"],
            text=text[s["start"] : s["end"]],
            tier=s["tier"],
            score_min=s["score_min"],
            score_max=s["score_max"],
            confidence=1.0,
            runner_up_tier=None,
        )
        for s in gold["tier_statements"]
    ]


def owner(gold: dict[str, Any], span: Span) -> str | None:
    """The country that most characters of a span belong to."""
    shares: Counter[str] = Counter()
    for s in gold["segments"]:
        shares[s["country"]] += max(0, min(s["end"], span.end) - max(s["start"], span.start))
    country, most = max(shares.items(), key=lambda share: share[1], default=(None, 0))
    return country if most else None


def ordered(page: ComparativePage) -> ComparativePage:
    """The page with its sections as they are published: by score, then by the alphabet."""
    place = {c.country_iso3: i for i, c in enumerate(knowledge.countries())}
    by_rule = sorted(page.sections, key=lambda s: (-s.score, place[s.country]))
    return replace(page, sections=tuple(by_rule))


def annotated(text: str, gold: dict[str, Any], *, title: str, question: str) -> ComparativePage:
    """The parts of a report with gold segments; a heading line at a section's start is dropped.

    Raises:
        ValueError: If a segment has no score.
    """
    if any(s.get("score_min") is None for s in gold["segments"]):
        raise ValueError("a page can only be taken apart where every section has a score")
    sections = []
    for s in gold["segments"]:
        first, _, rest = text[s["start"] : s["end"]].partition("\n")
        body = rest if normalise.country(first) == s["country"] else text[s["start"] : s["end"]]
        sections.append(Section(s["country"], s["score_min"], body.strip()))
    statements = {s["tier"]: text[s["start"] : s["end"]] for s in gold["tier_statements"]}
    return ComparativePage(title, question, statements, tuple(sections))


def corpus(folder: Path = PAGES) -> Iterator[ComparativePage]:
    """The pages that were written for this project, in the order of their files."""
    for path in sorted(folder.glob("*.txt")):
        yield parsed(path.read_text(encoding="utf-8"))


def parsed(source: str) -> ComparativePage:
    """A page of the corpus: `# question: …`, `# tier 1 9-10: …`, then `== EST 9` and its text.

    Raises:
        ValueError: If title or question, or the statement of a tier that is used, are missing; if a
            section's line cannot be read, or a country is unknown or stands twice.
    """
    known = {c.country_iso3 for c in knowledge.countries()}
    head, statements, sections = {}, {}, []
    country, score, lines = "", 0, list[str]()
    for line in [*source.splitlines(), "== END 1"]:
        if begins := _SECTION.fullmatch(line):
            if country:
                sections.append(Section(country, score, "\n".join(lines).strip()))
            country, score, lines = begins["country"], int(begins["score"]), []
            if country in {s.country for s in sections} or country not in known | {"END"}:
                raise ValueError(f"{country} is no country, or stands twice")
        elif _HEADING.match(line):
            raise ValueError(f"{line!r} does not begin a section")
        elif (found := _FIELD.fullmatch(line)) and not country:
            if found["tier"]:
                statements[int(found["tier"])] = found["value"]
            else:
                head[found["name"]] = found["value"]
        else:
            lines.append(line.strip())
    if {"title", "question"} - head.keys() or {s.tier for s in sections} - statements.keys():
        raise ValueError("a page needs a title, a question and a statement for each tier")
    return ordered(ComparativePage(head["title"], head["question"], statements, tuple(sections)))


def fewer(page: ComparativePage, random: Random, least: float = 0.3) -> ComparativePage:
    """Some sections left out; at least `least` of them stay, and never fewer than three."""
    size = max(3, round(len(page.sections) * random.uniform(least, 0.95)))
    kept = set(random.sample(range(len(page.sections)), min(size, len(page.sections))))
    return replace(page, sections=tuple(s for i, s in enumerate(page.sections) if i in kept))


def masked(page: ComparativePage, random: Random, share: float | None = None) -> ComparativePage:
    """Names, adjectives and demonyms of countries masked in a share of the sections."""
    part = random.uniform(0.1, 0.6) if share is None else share
    return _each(page, lambda s: _mask(s.text) if random.random() < part else s.text)


def _mask(text: str) -> str:
    for hit in reversed(naming(text)):
        before = text[: hit.start]
        word = "the country" if hit.kind == "name" else "national"
        if word == "the country" and before.casefold().endswith("the "):
            word = "country"
        if not before or before.endswith((". ", "\n")):
            word = word[0].upper() + word[1:]
        text = before + word + text[hit.end :]
    return text


def disordered(page: ComparativePage, random: Random) -> ComparativePage:
    """A few neighbours exchanged within their tier, and once in a while a section elsewhere."""
    sections = list(page.sections)
    if len(sections) < 2:
        return page
    for _ in range(random.randint(1, 4)):
        i = random.randrange(len(sections) - 1)
        if sections[i].tier == sections[i + 1].tier:
            sections[i], sections[i + 1] = sections[i + 1], sections[i]
    if random.random() < 0.5:
        i = random.randrange(len(sections))
        same = [k for k, s in enumerate(sections) if s.tier == sections[i].tier]
        sections.insert(random.choice(same), sections.pop(i))
    return replace(page, sections=tuple(sections))


def merged(page: ComparativePage, random: Random) -> ComparativePage:
    """The paragraphs of some sections run together into one."""
    return _each(page, lambda s: _merge(s.text) if random.random() < 0.4 else s.text)


def _merge(text: str) -> str:
    prose: list[str] = []
    rest: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        (rest if rest or is_citation(line) else prose).append(line)
    return "\n".join([" ".join(prose), *rest]) if prose else text


def unspaced(page: ComparativePage, random: Random) -> ComparativePage:
    """All empty lines lost."""
    del random
    return _each(page, lambda s: _EMPTY.sub("\n", s.text))


def without_references(page: ComparativePage, random: Random) -> ComparativePage:
    """All lines of references lost."""
    del random
    return _each(page, lambda s: _prose(s.text))


def _prose(text: str) -> str:
    kept, after = [], False
    for line in text.split("\n"):
        after = bool(line.strip()) and is_citation(line, after_citation=after)
        if not after:
            kept.append(line)
    return "\n".join(kept).strip() or text


def _each(page: ComparativePage, change: Callable[[Section], str]) -> ComparativePage:
    return replace(page, sections=tuple(replace(s, text=change(s)) for s in page.sections))


Perturbation = Callable[[ComparativePage, Random], ComparativePage]
PERTURBATIONS: tuple[Perturbation, ...] = (
    fewer, masked, disordered, merged, unspaced, without_references,
)  # fmt: skip


def perturbed(page: ComparativePage, random: Random) -> ComparativePage:
    """The page after one to three perturbations, in the order of `PERTURBATIONS`."""
    chosen = random.sample(range(len(PERTURBATIONS)), random.randint(1, 3))
    for i in sorted(chosen):
        page = PERTURBATIONS[i](page, random)
    return page
