"""Models on what they have not seen: `python -m tests.crossvalidate [tiers] [sections]`.

Tier statements one by one, whole families held out; the confidence of country sections on spoilt
pages, whole pages held out.
"""

import math
import sys

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.metrics import classification_report, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline import corpus, generator, tiers
from pipeline.evaluate.robust import reliability
from pipeline.models import tier_model
from pipeline.segment.confidence import logit
from pipeline.train import COPIES, fit_sections, section_table

FOLDS = 8


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
    asked = sys.argv[1:] or ["tiers", "sections"]
    if "tiers" in asked:
        statements()
    if "sections" in asked:
        sections()
