"""Corpus -> models: tiers, spans and the calibration of sections, with fixed seeds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import spacy
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from pipeline import corpus, generator, knowledge, layout, tiers
from pipeline.extract.classifier import NONE, rows
from pipeline.models import SPANS, TIERS, save, span_model, tier_model
from pipeline.segment import confidence
from pipeline.segment.comparative import uncalibrated
from pipeline.settings import DEFAULT

COPIES = 40  # perturbed copies of each page
_COPIES = 2
_KEPT = 0.3  # share of names that stay in a copy
_ENOUGH = 5  # names of a country and label from which on only they are used


def train() -> Iterator[tuple[Path, str]]:
    """Fit and write all models, one after the other.

    Yields:
        Path of each model, and what it was fitted on.
    """
    examples = corpus.statements()
    yield save(fit_tiers(examples), TIERS), f"{len(examples)} sentences"
    passages = corpus.passages()
    yield save(fit_spans(passages), SPANS), f"{len(passages)} passages"
    posteriors, right, _ = section_table(list(generator.corpus()), COPIES)
    curve = fit_sections(posteriors, right)
    yield confidence.save(*curve), f"{len(right)} sections of spoilt pages"


def fit_sections(posteriors: list[float], right: list[bool]) -> tuple[float, float]:
    """Slope and intercept of the logistic curve from a posterior's log-odds to being right."""
    odds = [[confidence.logit(p)] for p in posteriors]
    fitted = LogisticRegression(C=1e3, max_iter=1000).fit(odds, right)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def section_table(
    pages: list[generator.ComparativePage], copies: int
) -> tuple[list[float], list[bool], list[int]]:
    """Posterior of every section of perturbed pages, whether it is right, and its page's number.

    A section is right if most of its characters are its country's.

    Args:
        copies: Perturbed copies of each page.
    """
    posteriors, right, groups = [], [], []
    for n, page in enumerate(pages):
        for copy in range(copies):
            spoilt = generator.perturbed(page, Random(f"{DEFAULT.seed} {n} {copy}"))
            text, gold = spoilt.written()
            statements = generator.statements(text, gold)
            outline = layout.with_statements(layout.outline(text, ""), text, statements)
            for segment in uncalibrated(outline, text, statements):
                posteriors.append(segment.country_confidence)
                right.append(generator.owner(gold, segment) == segment.country)
                groups.append(n)
    return posteriors, right, groups


def fit_tiers(examples: list[corpus.Example]) -> Pipeline:
    """The tier classifier fitted on written statement families and look-alikes."""
    return tier_model().fit([tiers.features(e.text) for e in examples], [e.tier for e in examples])


def fit_spans(passages: list[corpus.Passage]) -> Pipeline:
    """The span classifier fitted on annotated passages and on copies with other names.

    In every second copy the features that say a name is known are left out, so that the
    classifier also learns to recognise what `reference/` does not hold.
    """
    table, labels, _ = span_table(passages)
    for i, copies in enumerate(swapped(passages, _COPIES)):
        more, more_labels, _ = span_table(copies)
        table += [_forget(row) for row in more] if i % 2 == 0 else more
        labels += more_labels
    return span_model().fit(table, labels)


def _forget(row: str) -> str:
    return " ".join(
        f for f in row.split(" ") if not f.startswith(("known=", "inknown=", "hasknown"))
    )


def swapped(passages: list[corpus.Passage], copies: int) -> Iterator[list[corpus.Passage]]:
    """Copies of the passages that hold names, each name replaced by another of its label.

    The other names come from `reference/`, of the passage's country where there are enough.
    """
    random = Random(DEFAULT.seed)
    pool: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for name in knowledge.names():
        for country in (name.country_iso3, None):
            pool[name.label, country].append(name.name)
            if name.native_name:
                pool[name.label, country].append(name.native_name)
    for _ in range(copies):
        yield [_swap(p, pool, random) for p in passages if p.spans]


def _swap(
    passage: corpus.Passage, pool: dict[tuple[str, str | None], list[str]], random: Random
) -> corpus.Passage:
    text, spans, at = "", [], 0
    for start, end, label in passage.spans:
        old = passage.text[start:end]
        own = pool.get((label, passage.country), [])
        names = own if len(own) >= _ENOUGH else pool[label, None]
        new = old if old.isupper() or random.random() < _KEPT else random.choice(names)
        text += passage.text[at:start]
        spans.append((len(text), len(text) + len(new), label))
        text += new
        at = end
    return replace(passage, text=text + passage.text[at:], spans=tuple(spans))


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
