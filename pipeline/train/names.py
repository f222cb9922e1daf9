"""The two classifiers of names, fitted on annotated passages.

The second is fitted on what the first says of passages it has not seen (folds of whole
documents: passages in a row about one country).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from thinc.api import Config

from pipeline.corpus import Passage
from pipeline.extract import agreement
from pipeline.extract.agreement import Placed
from pipeline.extract.features import rows
from pipeline.extract.reading import reading, tokenizer
from pipeline.extract.weights import NAMES, Weights
from pipeline.extract.words import Bounds, Sentence, sentences
from pipeline.records import Label
from pipeline.settings import DEFAULT, MODELS
from pipeline.train.copies import swapped

NONE = "NONE"
_LONGEST = 12  # passages of one document


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the names' model is trained; `models/train.cfg`.

    Attributes:
        copies: Copies of the corpus with other names.
        kept: Share of names that stay in a copy.
        forgotten: Share of known names that `reference/` is taken not to hold.
        min_count: Rarer features are left out.
        strength: Inverse strength of the first classifier's regularisation.
        agreement_strength: … of the second's.
        folds: Parts in which the first is fitted for the second.
        scales: Factor of the features that begin so; a greater one is regularised less.
    """

    copies: int
    kept: float
    forgotten: float
    min_count: int
    strength: float
    agreement_strength: float
    folds: int
    scales: list[tuple[str, float]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path = MODELS / "train.cfg") -> "Recipe":
        """The recipe in a configuration file."""
        return cls(**Config().from_disk(path)["names"])


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its candidates, their features and true labels."""

    sentence: Sentence
    bounds: list[Bounds]
    features: list[list[str]]
    labels: list[str]


Document = list[Lesson]


def fit_names(passages: list[Passage], recipe: Recipe) -> Weights:
    """Both classifiers, fitted on passages and on copies with other names."""
    editions = [documents(passages, recipe)]
    for n, copy in enumerate(swapped(passages, recipe.copies, recipe.kept, DEFAULT.seed), 1):
        editions.append(documents(copy, recipe, salt=n))
    tables, labels = [], []
    for fold in range(recipe.folds):
        rest = [d for e in editions for i, d in enumerate(e) if i % recipe.folds != fold]
        weights = _first(rest, recipe)
        for edition in editions[:2]:
            for i, document in enumerate(edition):
                if i % recipe.folds == fold:
                    tables += _agreement(document, weights)
                    labels += [label for lesson in document for label in lesson.labels]
    final = _first([d for e in editions for d in e], recipe)
    final.agreement = _second(np.concatenate(tables), labels, recipe)
    return final


def grouped(passages: list[Passage]) -> list[list[Passage]]:
    """The passages in a row about one country together, as documents."""
    found: list[list[Passage]] = []
    for passage in passages:
        last = found[-1] if found else []
        if not last or last[-1].country != passage.country or len(last) == _LONGEST:
            found.append([])
        found[-1].append(passage)
    return found


def documents(passages: list[Passage], recipe: Recipe, salt: int = 0) -> list[Document]:
    """The documents as lessons.

    Args:
        salt: Number of the copy; of a copy only the passages with names are taken.
    """
    return [
        [
            lesson
            for n, passage in enumerate(group)
            if passage.spans or not salt
            for lesson in lessons(passage, partial(_forgotten, recipe.forgotten, f"{salt} {d} {n}"))
        ]
        for d, group in enumerate(grouped(passages))
    ]


def lessons(passage: Passage, forget: Callable[[str], bool] | None = None) -> list[Lesson]:
    """The sentences of a passage."""
    text = passage.text.replace("\n", " ")
    register = "citation" if passage.register == "citation" else "body"
    found = []
    for start, end in sentences(text):
        doc = tokenizer().make_doc(text[start:end])
        sentence = Sentence(doc, register=register, country=passage.country)
        gold: dict[Bounds | None, Label] = {
            sentence.at(s - start, e - start): label for s, e, label in passage.spans if s >= start
        }
        bounds, features = rows(sentence, forget)
        labels = [str(gold.get(b, NONE)) for b in bounds]
        found.append(Lesson(sentence, bounds, features, labels))
    return found


def _forgotten(share: float, salt: str, form: str) -> bool:
    return crc32(f"{form} {salt}".encode()) % 1000 < 1000 * share


def _first(training: list[Document], recipe: Recipe) -> Weights:
    """The classifier of candidates by their own features."""
    features = [row for d in training for lesson in d for row in lesson.features]
    labels = [label for d in training for lesson in d for label in lesson.labels]
    counts = Counter(f for row in features for f in row)
    names = sorted(f for f, n in counts.items() if n >= recipe.min_count)
    scale = np.array([_scale(name, recipe.scales) for name in names], np.float32)
    table = _matrix(features, {name: i for i, name in enumerate(names)}, scale)
    fitted = LogisticRegression(C=recipe.strength, max_iter=500, tol=1e-4).fit(table, labels)
    classes = [str(c) for c in fitted.classes_]
    none, ours = classes.index(NONE), [classes.index(name) for name in NAMES]
    coefficients = fitted.coef_[ours] - fitted.coef_[none]
    bias = fitted.intercept_[ours] - fitted.intercept_[none]
    return Weights(
        names,
        (coefficients * scale).T.astype(np.float32),
        bias.astype(np.float32),
        np.zeros(agreement.SIZE + 1, np.float32),
    )


def _scale(feature: str, scales: list[tuple[str, float]]) -> float:
    return next((value for start, value in scales if feature.startswith(start)), 1.0)


def _matrix(
    features: list[list[str]], places: dict[str, int], scale: NDArray[np.float32]
) -> csr_matrix:
    found: list[int] = []
    ends = [0]
    for row in features:
        found += [places[f] for f in row if f in places]
        ends.append(len(found))
    columns = np.array(found, np.int32)
    return csr_matrix(
        (scale[columns], columns, np.array(ends, np.int32)), shape=(len(features), len(places))
    )


def _agreement(document: Document, weights: Weights) -> list[NDArray[np.float32]]:
    placed = [Placed(0, reading(x.sentence, x.bounds, weights.odds(x.features))) for x in document]
    return agreement.table(placed)


def _second(table: NDArray[np.float32], labels: list[str], recipe: Recipe) -> NDArray[np.float32]:
    """The classifier of pairs of candidate and label."""
    truth = np.array(labels)[:, None] == np.array(NAMES)[None]
    fitted = LogisticRegression(C=recipe.agreement_strength, max_iter=2000)
    fitted.fit(table.reshape(-1, table.shape[-1]), truth.ravel())
    return np.append(fitted.coef_[0], fitted.intercept_[0]).astype(np.float32)
