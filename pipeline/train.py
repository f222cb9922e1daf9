"""Corpus -> models: the tier classifier and the span classifier, with fixed seeds."""

import spacy
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from pipeline import corpus, tiers
from pipeline.extract.classifier import NONE, rows
from pipeline.settings import DEFAULT


def tier_model() -> Pipeline:
    """An unfitted classifier of sentences into no statement (0) and tiers 1 to 4."""
    words = TfidfVectorizer(
        token_pattern=r"(?u)\b\w[\w'’-]*\b", ngram_range=(1, 3), sublinear_tf=True, min_df=2
    )
    return make_pipeline(
        words, LogisticRegression(C=20.0, class_weight="balanced", max_iter=2000, random_state=DEFAULT.seed)
    )


def fit_tiers(examples: list[corpus.Example]) -> Pipeline:
    """The classifier fitted on written statement families and look-alikes."""
    model = tier_model()
    return model.fit([tiers.features(e.text) for e in examples], [e.tier for e in examples])


def span_model() -> Pipeline:
    """An unfitted classifier of candidate names into labels and 'NONE'."""
    bag = CountVectorizer(token_pattern=r"\S+", lowercase=False, binary=True, min_df=2)
    return make_pipeline(
        bag, LogisticRegression(C=1.0, max_iter=1000, random_state=DEFAULT.seed)
    )


def span_table(passages: list[corpus.Passage]) -> tuple[list[str], list[str], list[int]]:
    """Features, labels and passage number of every candidate of every passage."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    table, labels, groups = [], [], []
    for n, passage in enumerate(passages):
        doc = nlp(passage.text.replace("\n", " "))
        gold = {(start, end): label for start, end, label in passage.spans}
        bounds, features = rows(doc, "citation" if passage.register == "citation" else "body")
        for (start, end), row in zip(bounds, features, strict=True):
            table.append(row)
            chars = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            labels.append(gold.get(chars, NONE))
            groups.append(n)
    return table, labels, groups


def fit_spans(passages: list[corpus.Passage]) -> Pipeline:
    """The classifier fitted on annotated passages."""
    table, labels, _ = span_table(passages)
    return span_model().fit(table, labels)
