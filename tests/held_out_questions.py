"""Tier statements of questions never seen: `python -m tests.held_out_questions [--errors]`.

Whole questions are held out. Single sentences are judged without their page; pages made of the
held-out statements, of country sections and of sentences that only sound like grades are read as
reports are.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score
from sklearn.model_selection import GroupKFold

from pipeline import corpus, grades, layout, tiers
from pipeline.corpus import Example
from pipeline.evaluate.robust import reliability
from pipeline.train import fit_tiers
from pipeline.train.names import grouped

FOLDS = 5
SECTIONS = 12
ECHOES = ("At present, ", "In practice, ", "According to observers, ", "Since the last election, ")
# Tiers without a country, whose statements are not printed: mostly none, at times an end.
MISSING = ((), (), (), (), (), (), (4,), (4,), (1,), (1, 4))
BANDS = {1: (0, 3), 2: (3, 6), 3: (6, 10), 4: (10, 12)}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its tier and what a model that never saw its question says."""

    example: Example
    row: tuple[float, ...]

    @property
    def tier(self) -> int:
        """The likeliest tier, were it a grade."""
        return 1 + int(np.argmax(self.row[1:]))

    @property
    def confidence(self) -> float:
        """Its probability among the four."""
        return max(self.row[1:]) / max(1e-9, sum(self.row[1:]))


def folds() -> Iterator[tuple[list[Example], list[Example]]]:
    """Examples to learn from and examples of other questions to judge."""
    examples = corpus.statements()
    families = [e.family for e in examples]
    for seen, held in GroupKFold(FOLDS).split(examples, groups=families):
        yield [examples[i] for i in seen], [examples[i] for i in held]


def judged(seen: list[Example], held: list[Example]) -> tuple[grades.GradeModel, list[Judged]]:
    """The model of the rest, and what it says."""
    model = fit_tiers(seen)
    rows = model.predict_proba([e.text for e in held])
    return model, [
        Judged(e, tuple(float(p) for p in row)) for e, row in zip(held, rows, strict=True)
    ]


def interval(
    cases: Sequence[Judged], score, random: Random, draws: int = 200
) -> tuple[float, float]:
    """95 % interval of a score, whole questions drawn with replacement."""
    by_family: dict[str, list[Judged]] = defaultdict(list)
    for case in cases:
        by_family[case.example.family].append(case)
    families = sorted(by_family)
    found = sorted(
        score([c for f in random.choices(families, k=len(families)) for c in by_family[f]])
        for _ in range(draws)
    )
    return found[int(0.025 * draws)], found[int(0.975 * draws) - 1]


def macro(cases: Sequence[Judged]) -> float:
    """Macro F1 over the four tiers."""
    truth, said = [c.example.tier for c in cases], [c.tier for c in cases]
    return float(f1_score(truth, said, average="macro"))


def kappa(cases: Sequence[Judged]) -> float:
    """Quadratic kappa."""
    truth, said = [c.example.tier for c in cases], [c.tier for c in cases]
    return float(cohen_kappa_score(truth, said, weights="quadratic"))


def within_one(cases: Sequence[Judged]) -> float:
    """Share that is at most one tier off."""
    return float(np.mean([abs(c.tier - c.example.tier) <= 1 for c in cases]))


def coverage(cases: Sequence[Judged], error: float) -> float:
    """Share of the sentences that can be graded, the surest first, at that share of errors."""
    best = wrong = 0
    for n, case in enumerate(sorted(cases, key=lambda c: -c.confidence), start=1):
        wrong += case.tier != case.example.tier
        if wrong <= error * n:
            best = n
    return best / max(1, len(cases))


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
        wordings: The statement of each tier.
        echo: A sentence of a section that says nearly the same as a statement.
        prose: Paragraphs of country sections.
        near: Sentences that only sound like grades, each a paragraph.
    """
    echoed = random.randrange(SECTIONS)
    paragraphs = iter(random.sample(prose, 3 * SECTIONS))
    lines = [question, ""]
    for tier, (first, stop) in BANDS.items():
        if tier not in wordings:
            continue
        lines.append(wordings[tier])
        for i in range(first, stop):
            section = [next(paragraphs) for _ in range(random.randint(1, 3))]
            if i == echoed:
                section.insert(random.randint(0, len(section)), echo)
            if random.random() < 0.4:
                section.insert(random.randint(1, len(section)), random.choice(near))
            lines += section
    return "Topic\n\n" + "\n".join(lines) + "\n"


def found(text: str) -> list[tuple[str, int]]:
    """The statements that are found on a page, with their tiers."""
    outline = layout.outline(text, "")
    return [(s.text, s.tier) for s in tiers.find(outline, text)]


def pages(
    held: list[Example], questions: dict[str, str], random: Random
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """A page of each held-out question, and its statements."""
    prose = [p.text for d in grouped(corpus.passages()) for p in d if len(p.text.split()) > 35]
    prose = [p for p in prose if "\n" not in p]
    near = [e.text for e in held if e.tier == grades.NONE and len(e.text.split()) >= 6]
    families: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for e in held:
        if e.tier != grades.NONE:
            families[e.family][e.tier].append(e.text)
    for family, wordings in sorted(families.items()):
        k = random.randrange(len(wordings[1]))
        other = wordings[random.randint(1, 4)][k - 1]
        echo = random.choice(ECHOES) + other[0].lower() + other[1:]
        without = random.choice(MISSING)
        shown = {tier: texts[k] for tier, texts in wordings.items() if tier not in without}
        yield (
            page(shown, questions[family], echo, prose, near, random),
            [(shown[t], t) for t in sorted(shown)],
        )


def main() -> None:
    """Print the figures for single sentences and for pages."""
    cases: list[Judged] = []
    hits: Counter[str] = Counter()
    whole: Counter[int] = Counter()
    right: Counter[int] = Counter()
    questions = corpus.questions()
    original = grades.load
    for n, (seen, held) in enumerate(folds()):
        model, some = judged(seen, held)
        cases += some
        grades.load = lambda model=model: model  # type: ignore[assignment]
        for text, gold in pages(held, questions, Random(n)):
            got = found(text)
            whole[len(gold)] += 1
            right[len(gold)] += got == gold
            hits["found"] += len(got)
            hits["gold"] += len(gold)
            hits["right"] += len(set(got) & set(gold))
            hits["taken"] += len({w for w, _ in got} - {w for w, _ in gold})
            hits["sentence"] += len({w for w, _ in got} & {w for w, _ in gold})
            if got != gold and "--errors" in sys.argv:
                print(
                    questions_of(text),
                    *[f"   {'+' if g in gold else '-'} {g}" for g in got],
                    sep="\n",
                )
                print(*[f"   missed {g}" for g in gold if g not in got], sep="\n")
    grades.load = original
    report(cases)
    found_f1, tier_f1 = (
        2 * hits[k] / (hits["found"] + hits["gold"]) for k in ("sentence", "right")
    )
    for n in sorted(whole, reverse=True):
        print(f"pages with {n} statements: {right[n]} of {whole[n]} wholly right")
    print(f"statements on pages, F1: {found_f1:.4f}, with the right tier {tier_f1:.4f}")
    print(f"other sentences taken for statements: {hits['taken']}")


def questions_of(text: str) -> str:
    """The question of a page."""
    return text.split("\n")[2]


def report(cases: list[Judged]) -> None:
    """Print the figures for single sentences beside those of the commonest tier."""
    graded = [c for c in cases if c.example.tier != grades.NONE]
    random = Random(1)
    families = {c.example.family for c in graded}
    print(f"{len(graded)} statements of {len(families)} questions, {FOLDS} folds")
    for name, score in (
        ("macro F1", macro),
        ("quadratic kappa", kappa),
        ("within one tier", within_one),
    ):
        low, high = interval(graded, score, random)
        print(f"{name:<18}{score(graded):.3f}  ({low:.3f}-{high:.3f})")
    for error in (0.01, 0.05, 0.1):
        print(f"share graded at {error:.0%} errors: {coverage(graded, error):.3f}")
    print(confusion_matrix([c.example.tier for c in graded], [c.tier for c in graded]))
    for b in reliability([(c.confidence, c.tier == c.example.tier) for c in graded]):
        print(f"  {b.low:.1f}-{b.high:.1f} {b.n:6d} {b.confidence:.3f} {b.right:.3f}")
    said = [(1 - c.row[0] >= 0.5, c.example.tier != grades.NONE) for c in cases]
    print(f"grade or none, F1: {f1_score([t for _, t in said], [s for s, _ in said]):.3f}")
    print("baseline, always one tier: macro F1 0.100, quadratic kappa 0")


if __name__ == "__main__":
    main()
