"""Corpus -> models: the tier classifier and the span classifier, with fixed seeds."""

from collections.abc import Iterator
from pathlib import Path

import spacy
from sklearn.pipeline import Pipeline

from pipeline import corpus, tiers
from pipeline.extract.classifier import NONE, rows
from pipeline.models import SPANS, TIERS, save, span_model, tier_model


def train() -> Iterator[tuple[Path, str]]:
    """Fit and write all models, one after the other.

    Yields:
        Path of each model, and what it was fitted on.
    """
    examples = corpus.statements()
    yield save(fit_tiers(examples), TIERS), f"{len(examples)} sentences"
    passages = corpus.passages()
    yield save(fit_spans(passages), SPANS), f"{len(passages)} passages"


def fit_tiers(examples: list[corpus.Example]) -> Pipeline:
    """The tier classifier fitted on written statement families and look-alikes."""
    return tier_model().fit([tiers.features(e.text) for e in examples], [e.tier for e in examples])


def fit_spans(passages: list[corpus.Passage]) -> Pipeline:
    """The span classifier fitted on annotated passages."""
    table, labels, _ = span_table(passages)
    return span_model().fit(table, labels)


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
            chars = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            table.append(row)
            labels.append(str(gold.get(chars, NONE)))
            groups.append(n)
    return table, labels, groups
