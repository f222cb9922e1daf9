"""Country chapters and comparative pages: answers to questions on a scale of ten."""

import json
from dataclasses import dataclass
from functools import cache
from random import Random

from pipeline.corpus import CORPUS
from pipeline.generator import ComparativePage, Section, ordered
from pipeline.records import BANDS
from tests.many import names
from tests.many.prose import about, length, paragraph, paragraphs, references
from tests.many.wordings import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the statement of each tier."""

    topic: str
    text: str
    statements: dict[int, str]


def chapter(random: Random, words: int) -> str:
    """A country chapter: dimensions, questions with their scale, indicators, citations."""
    home = about(random)
    asked = random.sample(questions(), max(1, words // 400))
    share = words // (2 * len(asked) + 1)
    lines = [home.name, *_dimension(random), "Key Findings", *paragraphs(random, home, share)]
    for question in asked:
        lines += ["", question.text, *_scale(question), question.topic]
        lines += [str(random.randint(1, 10)), *paragraphs(random, home, share)]
        lines += ["", *references(random, home)]
    if (left := words - length(lines)) > 0:
        lines += ["", *_dimension(random), *paragraphs(random, home, left)]
    return "\n".join(lines) + "\n"


def _dimension(random: Random) -> list[str]:
    return [random.choice(DIMENSIONS), f"#{random.randint(1, 41)}"]


def _scale(question: Question) -> list[str]:
    """The scores, each tier's statement under the second best of its own."""
    lines: list[str] = []
    for tier, (low, high) in sorted(BANDS.items()):
        scores = [f" {score}" if score < 10 else "10" for score in range(high, low - 1, -1)]
        lines += [*scores, question.statements[tier]]
    return lines


def comparative(random: Random, words: int, *, headings: bool) -> str:
    """A page of 8 to 12 countries, with their headings or, as browsers save it, without."""
    question = random.choice(questions())
    homes = random.sample(names.homes(), random.randint(8, 12))
    share = max(25, words // len(homes) - 15)
    sections = []
    for home in homes:
        lines = [paragraph(random, home, share, named=True)]
        if random.random() < 0.6:
            lines += references(random, home)
        sections.append(Section(home.country_iso3, random.randint(1, 10), "\n".join(lines)))
    page = ComparativePage(question.topic, question.text, question.statements, tuple(sections))
    return ordered(page).written(headings=headings)[0]


@cache
def questions() -> tuple[Question, ...]:
    """All questions of the corpus, once with each set of statements."""
    found: list[Question] = []
    for row in (CORPUS / "tiers" / "families.jsonl").read_text(encoding="utf-8").splitlines():
        family = json.loads(row)
        topic, text = str(family["topic"]).capitalize(), str(family["question"])
        for statements in zip(*(family["tiers"][tier] for tier in "1234"), strict=False):
            found.append(Question(topic, text, dict(enumerate(statements, start=1))))
    return tuple(found)
