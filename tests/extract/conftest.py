"""Sentences and weights made by hand: no trained model is needed."""

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.extract.agreement import SIZE
from pipeline.extract.reading import tokenizer
from pipeline.extract.weights import NAMES, Weights
from pipeline.extract.words import Sentence
from pipeline.records import Label

OWN = 0  # the column of a candidate's own odds in what `agreement` says


@pytest.fixture(scope="session")
def sentence() -> Callable[..., Sentence]:
    """Make a sentence from its text."""

    def make(text: str, *, register: str = "body", country: str | None = None) -> Sentence:
        return Sentence(tokenizer().make_doc(text), register=register, country=country)

    return make


@pytest.fixture(scope="session")
def weights() -> Callable[..., Weights]:
    """Make weights from what features say; anything else is no name, at odds of -6."""

    def make(
        said: dict[str, dict[Label, float]] | None = None,
        agreement: dict[int, float] | None = None,
    ) -> Weights:
        said = said or {}
        table = np.zeros((len(said), len(NAMES)), np.float32)
        for row, odds in zip(table, said.values(), strict=True):
            for label, value in odds.items():
                row[NAMES.index(label)] = value
        second = np.zeros(SIZE + 1, np.float32)
        for column, value in (agreement or {OWN: 1.0}).items():
            second[column] = value
        return Weights(list(said), table, np.full(len(NAMES), -6, np.float32), second)

    return make
