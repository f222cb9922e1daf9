"""Loading what `govtable train` made: scikit-learn models in skops files, no code inside."""

from functools import cache
from pathlib import Path
from typing import Any

import skops.io

from pipeline.settings import MODELS

FILES = ("tiers.skops", "spans.skops")


@cache
def load(name: str) -> Any:
    """The model of that file name under `models/`.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    path = MODELS / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `govtable train` makes it")
    return skops.io.load(path)


def save(model: Any, name: str) -> Path:
    """Write a fitted model under `models/`."""
    path = MODELS / name
    skops.io.dump(model, path)
    return path
