"""Tier statements of questions never seen: `python -m tests.held_out_questions FOLDER [--errors]`.

FOLDER holds the encoders of each four fifths of the questions, which
`python -m pipeline.train.encoder FOLDER` makes. Whole questions are held out. Single sentences are
judged without their page; pages made of the held-out statements, of country sections and of
sentences that only sound like grades are read as reports are.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score

from pipeline import choice, corpus, grades, layout, tiers
from pipeline.corpus import Example
from pipeline.encoder import Encoder
from pipeline.evaluate.robust import reliability
from pipeline.train.pages import Page
from pipeline.train.statements import ENCODED, FOLDS, cases, fit_choice, fit_fold, folds


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


class Remembering:
    """An encoder that reads no sentence twice; pages are read for their choices and anew."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.read: dict[str, np.ndarray] = {}

    def odds(self, sentences: Sequence[str]) -> np.ndarray:
        """As the encoder says."""
        for text in sentences:
            if text not in self.read:
                self.read[text] = self.encoder.odds([text])
        return np.vstack([self.read[text] for text in sentences])


def remembering(model: grades.GradeModel) -> grades.GradeModel:
    """The same model, quicker where sentences return."""
    return replace(model, encoder=Remembering(model.encoder))


def judged(model: grades.GradeModel | grades.WordModel, held: list[Example]) -> list[Judged]:
    """What a model says of held-out examples."""
    rows = model.predict_proba([e.text for e in held])
    return [Judged(e, tuple(float(p) for p in row)) for e, row in zip(held, rows, strict=True)]


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


def found(text: str) -> list[tuple[str, int]]:
    """The statements that are found on a page, with their tiers."""
    outline = layout.outline(text, "")
    return [(s.text, s.tier) for s in tiers.find(outline, text)]


def main(encoders: Path) -> None:
    """Print the figures for single statements and for pages."""
    single: list[Judged] = []
    by_words: list[Judged] = []
    tallies = {"one sentence": Tally(), "one sentence or two": Tally(), "free wording": Tally()}
    free = corpus.free()
    every = list(folds(corpus.statements(), corpus.passages()))
    models = [remembering(fit_fold(fold, encoders)) for fold in every]
    learned = [cases(fold, model) for fold, model in zip(every, models, strict=True)]
    original = grades.load, choice.weights
    for n, (fold, model) in enumerate(zip(every, models, strict=True)):
        weights = fit_choice([c for k, some in enumerate(learned) if k != n for c in some])
        single += judged(model, fold.held)
        by_words += judged(model.words, fold.held)
        grades.load = lambda model=model: model  # type: ignore[assignment]
        choice.weights = lambda weights=weights: weights  # type: ignore[assignment]
        for kind, pages in (("one sentence", fold.short), ("one sentence or two", fold.long)):
            for page in pages:
                tallies["free wording" if page.family in free else kind].add(page)
    grades.load, choice.weights = original
    report(single)
    for name, some in (("both readings", single), ("by the words alone", by_words)):
        graded = [c for c in some if c.example.tier != grades.NONE]
        loose = [c for c in graded if c.example.family in free]
        print(f"{name}: macro F1 {macro(graded):.3f}, in free wording {macro(loose):.3f}")
    for kind, tally in tallies.items():
        print(f"Statements of {kind}:")
        tally.show()


@dataclass
class Tally:
    """How many pages and statements are right."""

    hits: Counter[str] = field(default_factory=Counter)
    whole: Counter[int] = field(default_factory=Counter)
    right: Counter[int] = field(default_factory=Counter)

    def add(self, page: Page) -> None:
        """Count a page."""
        got, gold = found(page.text), list(page.gold)
        self.whole[len(gold)] += 1
        self.right[len(gold)] += got == gold
        self.hits["found"] += len(got)
        self.hits["gold"] += len(gold)
        self.hits["right"] += len(set(got) & set(gold))
        self.hits["taken"] += len({w for w, _ in got} - {w for w, _ in gold})
        self.hits["sentence"] += len({w for w, _ in got} & {w for w, _ in gold})
        if got != gold and "--errors" in sys.argv:
            print(page.question)
            print(*[f"   {'+' if g in gold else '-'} {g}" for g in got], sep="\n")
            print(*[f"   missed {g}" for g in gold if g not in got], sep="\n")

    def show(self) -> None:
        """Print the shares."""
        hits = self.hits
        found_f1, tier_f1 = (
            2 * hits[k] / (hits["found"] + hits["gold"]) for k in ("sentence", "right")
        )
        for n in sorted(self.whole, reverse=True):
            print(f"pages with {n} statements: {self.right[n]} of {self.whole[n]} wholly right")
        print(f"statements on pages, F1: {found_f1:.4f}, with the right tier {tier_f1:.4f}")
        print(f"other sentences taken for statements: {hits['taken']}")


def report(cases: list[Judged]) -> None:
    """Print the figures for single sentences beside those of the commonest tier."""
    graded = [c for c in cases if c.example.tier != grades.NONE]
    random = Random(1)
    families = {c.example.family for c in graded}
    print(f"{len(graded)} statements of {len(families)} questions, {ENCODED} of {FOLDS} folds")
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
    main(Path(sys.argv[1]))
