"""Models on what they have not seen: `python -m tests.crossvalidate [tiers] [sections] [names]`.

Tier statements one by one, whole families held out; the confidence of country sections on spoilt
pages, whole pages held out; names in the corpus, whole documents held out.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.metrics import classification_report, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline import corpus, generator, tiers
from pipeline.evaluate.robust import reliability
from pipeline.extract import agreement
from pipeline.extract.agreement import Placed
from pipeline.extract.model import Guess, chosen, guesses
from pipeline.extract.reading import reading
from pipeline.extract.weights import NAMES, Weights
from pipeline.models import tier_model
from pipeline.segment.confidence import logit
from pipeline.settings import DEFAULT
from pipeline.train import COPIES, fit_sections, section_table
from pipeline.train.names import Recipe, fit_names, grouped, lessons

FOLDS = 8
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


def statements() -> None:
    """Print precision, recall and F1 of each class, and the macro F1 beside a baseline's."""
    examples = corpus.statements()
    texts = np.array([tiers.features(e.text) for e in examples])
    classes = np.array([e.tier for e in examples])
    families = [e.family for e in examples]
    folds = GroupKFold(FOLDS)
    found = cross_val_predict(tier_model(), texts, classes, groups=families, cv=folds)
    plain = DummyClassifier(strategy="most_frequent")
    base = cross_val_predict(plain, texts, classes, groups=families, cv=folds)
    print(classification_report(classes, found, digits=3))
    for name, predicted in (("ours", found), ("always the most frequent class", base)):
        print(f"macro F1, {name}: {f1_score(classes, predicted, average='macro'):.3f}")


if __name__ == "__main__":
    asked = sys.argv[1:] or ["tiers", "sections", "names"]
    if "tiers" in asked:
        statements()
    if "sections" in asked:
        sections()
    if "names" in asked:
        names()
