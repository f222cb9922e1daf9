"""One statement by itself, of one to three sentences: does it grade, and which of four grades?

Read twice. Two logistic regressions (`models/tiers.npz`) see the statement's words and runs of
words, runs of letters, and each content word with the degree word that governs it, so that "rarely
abused" and "widely abused" are different features for every word. What tells prose from a grade,
such as names and circumstances in front, is seen by the first of the two only. A small transformer
(`pipeline.encoder`) reads the statement whole, for grades that no degree word tells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit, log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from pipeline import encoder, knowledge, models
from pipeline.encoder import Encoder
from pipeline.settings import DEFAULT

NONE = 0  # class of sentences that are no statement
MAX_SENTENCES = 3  # of a statement
MAX_WORDS = 80  # of a statement
FILE = "tiers.npz"
_WHOLE = 0.5  # share of the encoder in the log-odds of a grade …
_WHOLE_TIER = 0.6  # … and in the log-probabilities of the tiers; the rest is the words'
_LEAST = 1e-6  # probability
_WORD = r"(?u)\b\w[\w'’-]*\b"
_PLAIN = re.compile(r"[a-z][a-z'’-]*")
_CLAUSE = re.compile(r"[,;:]| and | but | although | while ")
_STEM = 6  # letters
_SHORT = 4  # letters of the shortest content word
_BEFORE, _AFTER = 6, 5  # words between a content word and the degree word that governs it
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]*\s+[A-Z“\"]")
_ANY_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_PUNCTUATION = re.compile(r"[“”\"(%;:]")
_ENDINGS = ("ed", "ing", "ly")
# Words without content: what a grade and prose are made of, whatever they speak of.
_EMPTY = frozenset(
    "the a an of to in on at by for with from and or but nor not no as that which who whose this"
    " these those it its they their there is are be been being was were has have had do does did"
    " can could may might must shall should will would such than then also however although though"
    " while despite both all any some most many few several each every neither either only very"
    " more less least often rarely always never sometimes usually generally largely mostly partly"
    " fully hardly barely".split()
)
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


def n_sentences(words: str) -> int:
    """How many sentences a text has, by full stops and capitals."""
    return 1 + len(_SENTENCE_END.findall(words))


def marks(sentence: str) -> Iterator[str]:
    """What tells prose from a grade beside its subject.

    Its length, names, countries and digits, how it opens and ends, degree words, its words without
    content, and what other words end in.
    """
    words = [word.lower() for word in _ANY_WORD.findall(sentence)]
    degrees, spoken = knowledge.degrees(), _countries()
    yield f"length{min(len(words) // 5, 12)}"
    yield f"sentences{min(n_sentences(sentence), MAX_SENTENCES + 1)}"
    if names := _NAME.findall(sentence):
        yield f"names{min(len(names), 2)}"
    if not spoken.isdisjoint((*words, *map(" ".join, pairwise(words)))):
        yield "country"
    if any(c.isdigit() for c in sentence):
        yield "digit"
    if not sentence.rstrip("”\"'").endswith("."):
        yield "open"
    if fronted(sentence):
        yield "fronted"
    if hedges := _HEDGE.findall(sentence)[:2]:
        yield f"hedges{len(hedges)}"
    yield from sorted(set(_PUNCTUATION.findall(sentence)))
    yield f"degrees{min(3, sum(word in degrees for word in words))}"
    yield f"first {words[0] if words and words[0] in _EMPTY else ''}"
    for word in words:
        if word in degrees:
            yield f"degree {degrees[word]}"
        if word in _EMPTY:
            yield word
        else:
            yield from (ending for ending in _ENDINGS if word.endswith(ending))
    for before, word in pairwise(words):
        if before in _EMPTY and word in _EMPTY:
            yield f"{before} {word}"


@cache
def _countries() -> frozenset[str]:
    """What countries and their peoples are called, in lower case."""
    return frozenset(
        name.lower()
        for country in knowledge.countries()
        for name in (country.name, *country.aliases, *country.adjectives, *country.demonyms)
    )


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
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **_BAG, min_df=20)),
            ("governed", TfidfVectorizer(analyzer=governed, **_BAG, min_df=2)),
            ("marks", TfidfVectorizer(analyzer=marks, **_BAG, min_df=2)),
        ]
    )


_BAG = {"sublinear_tf": True}


class WordModel:
    """Probability of no grade (0) and of each tier (1 best … 4 worst) for single sentences."""

    def __init__(self) -> None:
        self.bags = _bags()
        self.grade = LogisticRegression(C=2.0, class_weight="balanced", max_iter=500)
        self.tier = LogisticRegression(C=10.0, max_iter=500, random_state=DEFAULT.seed)

    def fit(self, sentences: Sequence[str], tiers: Sequence[int]) -> "WordModel":
        """Learn from sentences with their tier, 0 for those that are no grade."""
        truth = np.asarray(tiers)
        table = csr_matrix(self.bags.fit_transform(sentences))
        self.grade.fit(table, truth != NONE)
        self.tier.fit(self._meaning(table[truth != NONE]), truth[truth != NONE])
        return self

    def _meaning(self, table: csr_matrix) -> csr_matrix:
        """The features without the last bag: marks tell prose from grades, not grades apart."""
        return table[:, : -len(self.bags.transformer_list[-1][1].vocabulary_)]

    def predict_proba(self, sentences: Sequence[str]) -> np.ndarray:
        """A row a sentence: no grade, tier 1, 2, 3, 4; rows sum to 1."""
        table = csr_matrix(self.bags.transform(sentences))
        grade = self.grade.predict_proba(table)[:, 1:]
        return np.hstack([1 - grade, grade * self.tier.predict_proba(self._meaning(table))])

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
    def of(cls, arrays: dict[str, np.ndarray]) -> "WordModel":
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


@dataclass(frozen=True, slots=True)
class GradeModel:
    """What the words of a statement tell and what the whole tells, taken together.

    Attributes:
        encoder: None to judge by the words alone.
    """

    words: WordModel
    encoder: Encoder | None = None

    def predict_proba(self, sentences: Sequence[str]) -> np.ndarray:
        """A row a sentence: no grade, tier 1, 2, 3, 4; rows sum to 1."""
        rows = self.words.predict_proba(sentences)
        if self.encoder is None:
            return rows
        odds = self.encoder.odds(sentences)
        grade = np.maximum(1 - rows[:, :1], _LEAST)
        tiers = np.log(rows[:, 1:] / grade + _LEAST)
        by_words = np.log(grade) - np.log(rows[:, :1] + _LEAST)
        grade = expit(_WHOLE * -odds[:, :1] + (1 - _WHOLE) * by_words)
        whole = log_softmax(odds[:, 1:], axis=1)
        tiers = softmax(_WHOLE_TIER * whole + (1 - _WHOLE_TIER) * tiers, axis=1)
        return np.hstack([1 - grade, grade * tiers])


@cache
def load() -> GradeModel:
    """The fitted model.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    return GradeModel(WordModel.of(models.arrays(FILE)), encoder.load())


def probabilities(sentences: Sequence[str]) -> list[tuple[float, ...]]:
    """Probability of each class 0 (no statement), 1 … 4, a row a sentence."""
    if not sentences:
        return []
    return [tuple(float(p) for p in row) for row in load().predict_proba(sentences)]
