"""Models on what they have not seen: `python -m tests.crossvalidate [sections] [names]`.

The confidence of country sections on spoilt pages, whole pages held out; names in the corpus,
whole documents held out. Tier statements have `tests.held_out_questions`.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np

from pipeline import corpus, generator
from pipeline.evaluate.robust import reliability
from pipeline.extract import agreement
from pipeline.extract.agreement import Placed
from pipeline.extract.model import Guess, chosen, guesses
from pipeline.extract.reading import reading
from pipeline.extract.weights import NAMES, Weights
from pipeline.segment.confidence import logit
from pipeline.settings import DEFAULT
from pipeline.train import COPIES, fit_sections, section_table
from pipeline.train.names import Recipe, fit_names, grouped, lessons

NAME_FOLDS = 2


def sections() -> None:
    """Print the reliability table and the calibration error, raw and calibrated."""
    posteriors, right, groups = section_table(list(generator.corpus()), COPIES)
    cases = list(zip(posteriors, right, groups, strict=True))
    judged = []
    for page in sorted(set(groups)):
        seen = [(p, r) for p, r, n in cases if n != page]
        slope, intercept = fit_sections([p for p, _ in seen], [r for _, r in seen])
        for p, r, n in cases:
            if n == page:
                judged.append((1 / (1 + math.exp(-slope * logit(p) - intercept)), r))
    pages = len(set(groups))
    print(f"{pages} pages, {pages * COPIES} spoilt copies, {len(right)} sections")
    for name, pairs in (("posterior", [(p, r) for p, r, _ in cases]), ("calibrated", judged)):
        bins = list(reliability(pairs))
        error = sum(b.n * abs(b.confidence - b.right) for b in bins) / len(pairs)
        print(f"{name}: expected calibration error {error:.4f}")
        for b in bins:
            print(f"  {b.low:.1f}-{b.high:.1f} {b.n:6d} {b.confidence:.3f} {b.right:.3f}")


def names() -> None:
    """Print exact scores by label, what confidences are worth, and the price of a threshold."""
    recipe, passages = Recipe.read(), corpus.passages()
    documents = grouped(passages)
    judged: list[Judged] = []
    for fold in range(NAME_FOLDS):
        rest = [p for i, d in enumerate(documents) if i % NAME_FOLDS != fold for p in d]
        weights = fit_names(rest, recipe)
        for i, document in enumerate(documents):
            if i % NAME_FOLDS == fold:
                judged += judge(document, weights)
    gold = Counter(label for passage in passages for *_, label in passage.spans)
    print(f"{len(documents)} documents, {len(passages)} passages, {gold.total()} names")
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        right = [r for _, _, r in cases(judged, threshold)]
        print(f"threshold {threshold}: P {np.mean(right):.3f}  R {sum(right) / gold.total():.3f}")
    found = list(cases(judged, DEFAULT.mention_threshold))
    for label in NAMES:
        right = [r for name, _, r in found if name == label]
        n, hits = len(right), sum(right)
        f1 = 2 * hits / max(1, n + gold[label])
        print(
            f"{label:<9} P {hits / max(1, n):.3f}  R {hits / max(1, gold[label]):.3f}"
            f"  F1 {f1:.3f}  ({gold[label]} gold)"
        )
    bins = list(reliability([(p, right) for _, p, right in found]))
    error = sum(b.n * abs(b.confidence - b.right) for b in bins) / len(found)
    print(f"expected calibration error {error:.4f}")
    for b in bins:
        print(f"  {b.low:.1f}-{b.high:.1f} {b.n:6d} {b.confidence:.3f} {b.right:.3f}")


# The guesses of a sentence, and the true labels by offsets.
Judged = tuple[list[Guess], dict[tuple[int, int], str]]


def judge(document: list[corpus.Passage], weights: Weights) -> Iterator[Judged]:
    """Every guess about the sentences of a document."""
    taught = [lesson for passage in document for lesson in lessons(passage)]
    placed = [Placed(0, reading(x.sentence, x.bounds, weights.odds(x.features))) for x in taught]
    for lesson, place, table in zip(taught, placed, agreement.table(placed), strict=True):
        if len(table):
            chances = agreement.probabilities(table, weights.agreement)
            truth = {
                (lesson.sentence.starts[s], lesson.sentence.ends[e - 1]): label
                for (s, e), label in zip(lesson.bounds, lesson.labels, strict=True)
            }
            yield guesses(place.reading, chances, 0, set(place.reading.generic)), truth


def cases(judged: list[Judged], threshold: float) -> Iterator[tuple[str, float, bool]]:
    """Label, confidence and truth of every name chosen at a threshold."""
    for found, truth in judged:
        for guess in chosen(found, threshold):
            right = truth.get((guess.start, guess.end)) == guess.label
            yield guess.label, guess.probability, right


if __name__ == "__main__":
    asked = sys.argv[1:] or ["sections", "names"]
    if "sections" in asked:
        sections()
    if "names" in asked:
        names()
