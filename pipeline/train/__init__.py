"""Corpus -> models: tiers, names and the calibration of sections, with fixed seeds."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from sklearn.linear_model import LogisticRegression

from pipeline import choice, corpus, generator, grades, layout
from pipeline.extract import model
from pipeline.models import save
from pipeline.segment import confidence
from pipeline.segment.comparative import uncalibrated
from pipeline.settings import DEFAULT
from pipeline.train.names import Recipe, fit_names
from pipeline.train.statements import cases, fit_choice, fit_fold, fit_tiers, folds

COPIES = 40  # perturbed copies of each page


def train(encoders: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Fit and write the models, one after the other.

    Args:
        encoders: Folder that `python -m pipeline.train.encoder` filled; without it the weights of
            `pipeline.choice` stay as they are.

    Yields:
        Path of each model, and what it was fitted on.
    """
    examples, passages = corpus.statements(), corpus.passages()
    yield save(fit_tiers(examples, passages).learned(), grades.FILE), f"{len(examples)} sentences"
    grades.load.cache_clear()
    if encoders:
        judged = (cases(f, fit_fold(f, encoders)) for f in folds(examples, passages))
        pages = [case for some in judged for case in some]
        yield save(choice.learned(fit_choice(pages)), choice.FILE), f"{len(pages)} written pages"
        choice.weights.cache_clear()
    yield model.save(fit_names(passages, Recipe.read())), f"{len(passages)} passages"
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
