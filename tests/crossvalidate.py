"""Tier statements one by one, whole families held out: `python -m tests.crossvalidate`."""

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.metrics import classification_report, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline import corpus, tiers
from pipeline.models import tier_model

FOLDS = 8


def main() -> None:
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
    main()
