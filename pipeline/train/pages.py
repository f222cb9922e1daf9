"""Pages of written statements, made as those are that reports save without headings.

Question, then a statement and its sections, over and over; among them sentences that only sound
like grades.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from pipeline import corpus, generator, grades, knowledge
from pipeline.corpus import Example, Passage
from pipeline.generator import ComparativePage
from pipeline.grades import n_sentences
from pipeline.records import BANDS

STREWN = {1: 3, 2: 3, 3: 4, 4: 2}  # sections of each tier on a page of strewn paragraphs
MOST = 3  # paragraphs of a section there
LENGTH = 35  # words that a paragraph has at least, unless it is an excerpt
COMPARED = (10, 25)  # sections of a comparative page, least and most
ORDERLY = 0.5  # share of pages whose sections are those of a comparative page
SPOILT = 0.5  # … of these that are spoilt
NEAR = 0.4  # share of sections with a sentence that only sounds like a grade
AGAIN = 0.1  # share of sections that repeat a paragraph of the one before, with a sentence more
TWO = 0.6  # share of statements with two sentences on pages that have such
# What a section's own sentence adds to a thought that a statement has, too.
BEFORE = ("At present, ", "According to observers, ", "Since the last election, ", "In {}, ")
BEHIND = (" in {}", ", observers say", ", as in earlier years", ", although this is changing")
# Tiers whose statement is not printed: mostly none, at times an end, at times all.
MISSING = (*[()] * 16, (4,), (1,), (1, 4), (1, 2, 3, 4))
Sections = dict[int, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A written page with its statements and their tiers."""

    question: str
    text: str
    gold: tuple[tuple[str, int], ...]
    family: str = ""


def pages(
    held: Sequence[Example],
    questions: dict[str, str],
    passages: Sequence[Passage],
    random: Random,
    *,
    long: bool,
) -> Iterator[Page]:
    """A page of each question.

    Args:
        held: Statements, and sentences that only sound like such.
        passages: Of which sections are made.
        long: Whether statements may have several sentences: as they are written, or two wordings
            of a grade. Else questions that have such statements are left out.
    """
    prose = told(passages, excerpts=long)
    written = list(generator.corpus())
    near = [e.text for e in held if e.tier == grades.NONE and len(e.text.split()) >= 6]
    families: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for e in held:
        if e.tier != grades.NONE:
            families[e.family][e.tier].append(e.text)
    for family, wordings in sorted(families.items()):
        if not long and any(n_sentences(text) > 1 for some in wordings.values() for text in some):
            continue
        k = random.randrange(len(wordings[1]))
        if long and len(wordings[1]) > 1:
            some = [random.random() < TWO for _ in wordings]
            wordings = {
                t: [f"{a} {b}" if two else a for a, b in zip(w, [*w[1:], w[0]], strict=True)]
                for (t, w), two in zip(wordings.items(), some, strict=True)
            }
        other = wordings[random.randint(1, 4)][k - 1]
        echo = echoed(other, random)
        without = random.choice(MISSING)
        shown = {tier: texts[k] for tier, texts in wordings.items() if tier not in without}
        sections = (
            compared(random.choice(written), random)
            if random.random() < ORDERLY
            else strewn(prose, random)
        )
        text = page(shown, questions[family], echo, sections, near, random)
        yield Page(questions[family], text, tuple((shown[t], t) for t in sorted(shown)), family)


def echoed(statement: str, random: Random) -> str:
    """A sentence of a section that says nearly what a statement says."""
    addition = random.choice((*BEFORE, *BEHIND))
    country = random.choice(knowledge.countries()).name
    if addition in BEHIND:
        return statement.rstrip(".") + addition.format(country) + "."
    return addition.format(country) + statement[0].lower() + statement[1:]


def page(
    wordings: dict[int, str],
    question: str,
    echo: str,
    sections: Sections,
    near: list[str],
    random: Random,
) -> str:
    """A page saved without its headings: a statement, then sections, over and over.

    Args:
        wordings: The statement of each tier that some country has; none if none is printed.
        echo: A sentence of a section that says nearly the same as a statement.
        sections: The paragraphs of the country sections of each tier.
        near: Sentences that only sound like grades, each a paragraph.
    """
    spot = random.randrange(sum(map(len, sections.values())))
    lines, before, n = [question, ""], "", 0
    for tier in BANDS:
        if tier in wordings:
            lines.append(wordings[tier])
        elif wordings:
            n += len(sections[tier])
            continue  # no country has this tier
        for paragraphs in sections[tier]:
            section = list(paragraphs)
            if n == spot:
                section.insert(random.randint(0, len(section)), echo)
            if random.random() < NEAR:
                section.insert(random.randint(1, len(section)), random.choice(near))
            if before and random.random() < AGAIN:
                section.append(f"{before} {random.choice(near)}")
            before = section[0]
            lines += section
            n += 1
    return "Topic\n\n" + "\n".join(lines) + "\n"


def told(passages: Sequence[Passage], *, excerpts: bool) -> dict[str, list[str]]:
    """The paragraphs about each country, of more than a sentence or two.

    Args:
        excerpts: Whether pieces of one to three sentences are there, too.
    """
    by_country: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.country:
            by_country[passage.country].append(passage)
    return {
        country: [p.text for p in some if len(p.text.split()) > LENGTH and "\n" not in p.text]
        + ([e.text for e in corpus.excerpts(some)] if excerpts else [])
        for country, some in by_country.items()
    }


def strewn(prose: dict[str, list[str]], random: Random) -> Sections:
    """Sections about one country each, whose paragraphs have nothing else in common."""
    order = [c.country_iso3 for c in knowledge.countries()]
    enough = [iso3 for iso3 in order if len(prose.get(iso3, ())) >= MOST]
    countries = iter(random.sample(enough, sum(STREWN.values())))
    return {
        tier: [
            random.sample(prose[country], random.randint(1, MOST))
            for country in sorted(islice(countries, n), key=order.index)
        ]
        for tier, n in STREWN.items()
    }


def compared(written: ComparativePage, random: Random) -> Sections:
    """Sections of a written comparative page with other scores, in their order; at times spoilt."""
    sections = random.sample(
        written.sections, min(len(written.sections), random.randint(*COMPARED))
    )
    scored = (replace(s, score=random.randint(1, 10)) for s in sections)
    made = generator.ordered(replace(written, sections=tuple(scored)))
    if random.random() < SPOILT:
        made = generator.perturbed(made, random)
    return {
        tier: [
            [
                *([head] if " " in (head := generator.heading(s.country)) else []),
                *s.text.split("\n"),
            ]
            for s in made.sections
            if s.tier == tier
        ]
        for tier in BANDS
    }
