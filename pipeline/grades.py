"""One sentence by itself: does it grade, and which of four grades is it?

Two logistic regressions over the same features (`models/tiers.npz`): the sentence's words and runs
of words, runs of letters, and each content word with the degree word that governs it, so that
"rarely abused" and "widely abused" are different features for every word.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from pipeline import knowledge, models
from pipeline.settings import DEFAULT

NONE = 0  # class of sentences that are no statement
FILE = "tiers.npz"
_WORD = r"(?u)\b\w[\w'’-]*\b"
_PLAIN = re.compile(r"[a-z][a-z'’-]*")
_CLAUSE = re.compile(r"[,;:]| and | but | although | while ")
_STEM = 6  # letters
_SHORT = 4  # letters of the shortest content word
_BEFORE, _AFTER = 6, 5  # words between a content word and the degree word that governs it
_INNER_NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]* +[A-Z“\"]")
_HEDGE = re.compile(
    r"\b(?:this|these|it|they|however|appears?|seems?|although|despite|recently|currently|has been"
    r"|have been|had|was|were|still|now|again|since|here)\b",
    re.IGNORECASE,
)


_FRONTED = re.compile(
    r"(?:According|At|Since|Over|During|Under|Today|Currently|Overall|Generally|Recently|Despite"
    r"|Although|While|With|After|Before|By|For|From|On|In)\b(?! (?:most|many|few|some"
    r"|almost|all|no|nearly"
    r"|rare|several|principle)\b)[^,]{0,50},"
)


def fronted(sentence: str) -> bool:
    """Whether a sentence opens with a circumstance: 'In practice', but not 'In most cases'."""
    return _FRONTED.match(sentence) is not None


def named(sentence: str) -> bool:
    """Whether a name stands inside a sentence; acronyms are none."""
    return _NAME.search(sentence) is not None


def several_sentences(words: str) -> bool:
    """Whether a sentence ends before the text does."""
    return _SENTENCE_END.search(words) is not None


def marks(sentence: str) -> Iterator[str]:
    """What tells prose from a grade beside the words: names, digits, hedges, an open end."""
    yield f"length{min(len(sentence.split()) // 6, 6)}"
    if _INNER_NAME.search(sentence):
        yield "name"
    if any(c.isdigit() for c in sentence):
        yield "digit"
    if not sentence.rstrip("”\"'").endswith("."):
        yield "open"
    if several_sentences(sentence):
        yield "several"
    if fronted(sentence):
        yield "fronted"
    for hedge in _HEDGE.findall(sentence)[:2]:
        yield f"hedge {hedge.lower()}"
        yield "hedge"


def governed(sentence: str) -> Iterator[str]:
    """Each content word with the kind of the degree word around it: 'few|abused', 'all|abused'."""
    degrees = knowledge.degrees()
    for clause in _CLAUSE.split(sentence.lower()):
        words = _PLAIN.findall(clause)
        spots = [(i, degrees[w]) for i, w in enumerate(words) if w in degrees]
        for i, word in enumerate(words):
            if word in degrees or len(word) < _SHORT:
                continue
            before = [d for k, d in spots if 0 < i - k <= _BEFORE]
            after = [d for k, d in spots if 0 < k - i <= _AFTER]
            yield f"{(before or after or ['-'])[-1]}|{word[:_STEM]}"


def _bags() -> FeatureUnion:
    """The features of sentences, not fitted."""
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(token_pattern=_WORD, ngram_range=(1, 3), **_BAG, min_df=2)),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 6), **_BAG, min_df=3)),
            ("governed", TfidfVectorizer(analyzer=governed, **_BAG, min_df=2)),
            ("marks", TfidfVectorizer(analyzer=marks)),
        ]
    )


_BAG = {"sublinear_tf": True}


class GradeModel:
    """Probability of no grade (0) and of each tier (1 best … 4 worst) for single sentences."""

    def __init__(self) -> None:
        self.bags = _bags()
        self.grade = LogisticRegression(C=20.0, class_weight="balanced", max_iter=500)
        self.tier = LogisticRegression(C=10.0, max_iter=500, random_state=DEFAULT.seed)

    def fit(self, sentences: Sequence[str], tiers: Sequence[int]) -> "GradeModel":
        """Learn from sentences with their tier, 0 for those that are no grade."""
        truth = np.asarray(tiers)
        table = csr_matrix(self.bags.fit_transform(sentences))
        self.grade.fit(table, truth != NONE)
        self.tier.fit(table[truth != NONE], truth[truth != NONE])
        return self

    def predict_proba(self, sentences: Sequence[str]) -> np.ndarray:
        """A row a sentence: no grade, tier 1, 2, 3, 4; rows sum to 1."""
        table = self.bags.transform(sentences)
        grade = self.grade.predict_proba(table)[:, 1:]
        return np.hstack([1 - grade, grade * self.tier.predict_proba(table)])

    def learned(self) -> dict[str, np.ndarray]:
        """What fitting found, as arrays."""
        arrays: dict[str, np.ndarray] = {}
        for name, bag in self.bags.transformer_list:
            arrays[f"{name}_vocabulary"] = np.array("\n".join(bag.get_feature_names_out()))
            arrays[f"{name}_idf"] = bag.idf_.astype(np.float32)
        for name, regression in (("grade", self.grade), ("tier", self.tier)):
            arrays[f"{name}_classes"] = regression.classes_
            arrays[f"{name}_coef"] = regression.coef_.astype(np.float16)
            arrays[f"{name}_intercept"] = regression.intercept_.astype(np.float64)
        return arrays

    @classmethod
    def of(cls, arrays: dict[str, np.ndarray]) -> "GradeModel":
        """The model that `learned` described."""
        model = cls()
        for name, bag in model.bags.transformer_list:
            terms = str(arrays[f"{name}_vocabulary"]).split("\n")
            bag.vocabulary_ = {term: i for i, term in enumerate(terms)}
            bag.fixed_vocabulary_ = True
            bag.idf_ = arrays[f"{name}_idf"].astype(np.float64)
        for name, regression in (("grade", model.grade), ("tier", model.tier)):
            regression.classes_ = arrays[f"{name}_classes"]
            regression.coef_ = arrays[f"{name}_coef"].astype(np.float64)
            regression.intercept_ = arrays[f"{name}_intercept"]
        return model


@cache
def load() -> GradeModel:
    """The fitted model.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    return GradeModel.of(models.arrays(FILE))


def probabilities(sentences: Sequence[str]) -> list[tuple[float, ...]]:
    """Probability of each class 0 (no statement), 1 … 4, a row a sentence."""
    if not sentences:
        return []
    return [tuple(float(p) for p in row) for row in load().predict_proba(sentences)]
