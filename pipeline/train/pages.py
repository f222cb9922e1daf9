"""Pages of written statements, made as those are that reports save without headings.

Question, then a statement and its sections, over and over; among them sentences that only sound
like grades.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from pipeline import corpus, grades, knowledge
from pipeline.corpus import Example, Passage

SECTIONS = 12
AGAIN = 0.1  # share of sections that repeat a paragraph of the one before, with a sentence more
TWO = 0.6  # share of statements with two sentences on pages that have such
# What a section's own sentence adds to a thought that a statement has, too.
BEFORE = ("At present, ", "According to observers, ", "Since the last election, ", "In {}, ")
BEHIND = (" in {}", ", observers say", ", as in earlier years", ", although this is changing")
# Tiers whose statement is not printed: mostly none, at times an end, at times all.
MISSING = (*[()] * 16, (4,), (1,), (1, 4), (1, 2, 3, 4))
BANDS = {1: (0, 3), 2: (3, 6), 3: (6, 10), 4: (10, 12)}


@dataclass(frozen=True, slots=True)
class Page:
    """A written page with its statements and their tiers."""

    question: str
    text: str
    gold: tuple[tuple[str, int], ...]


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
        long: Whether statements have two sentences: two wordings of a grade.
    """
    prose = [p.text for p in passages if len(p.text.split()) > 35 and "\n" not in p.text]
    if long:
        prose += [e.text for e in corpus.excerpts(passages)]
    near = [e.text for e in held if e.tier == grades.NONE and len(e.text.split()) >= 6]
    families: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for e in held:
        if e.tier != grades.NONE:
            families[e.family][e.tier].append(e.text)
    for family, wordings in sorted(families.items()):
        k = random.randrange(len(wordings[1]))
        if long:
            some = [random.random() < TWO for _ in wordings]
            wordings = {
                t: [f"{a} {b}" if two else a for a, b in zip(w, [*w[1:], w[0]], strict=True)]
                for (t, w), two in zip(wordings.items(), some, strict=True)
            }
        other = wordings[random.randint(1, 4)][k - 1]
        echo = echoed(other, random)
        without = random.choice(MISSING)
        shown = {tier: texts[k] for tier, texts in wordings.items() if tier not in without}
        text = page(shown, questions[family], echo, prose, near, random)
        yield Page(questions[family], text, tuple((shown[t], t) for t in sorted(shown)))


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
    prose: list[str],
    near: list[str],
    random: Random,
) -> str:
    """A page saved without its headings: a statement, then sections, over and over.

    Args:
        wordings: The statement of each tier that some country has; none if none is printed.
        echo: A sentence of a section that says nearly the same as a statement.
        prose: Paragraphs of country sections.
        near: Sentences that only sound like grades, each a paragraph.
    """
    spot = random.randrange(SECTIONS)
    paragraphs = iter(random.sample(prose, 3 * SECTIONS))
    lines, before = [question, ""], ""
    for tier, (first, stop) in BANDS.items():
        if tier in wordings:
            lines.append(wordings[tier])
        elif wordings:
            continue  # no country has this tier
        for i in range(first, stop):
            section = [next(paragraphs) for _ in range(random.randint(1, 3))]
            if i == spot:
                section.insert(random.randint(0, len(section)), echo)
            if random.random() < 0.4:
                section.insert(random.randint(1, len(section)), random.choice(near))
            if before and random.random() < AGAIN:
                section.append(f"{before} {random.choice(near)}")
            before = section[0]
            lines += section
    return "Topic\n\n" + "\n".join(lines) + "\n"
