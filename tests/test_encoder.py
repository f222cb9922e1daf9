"""The encoder of statements: what it says of one, and that nothing else decides it."""

import numpy as np
import pytest

from pipeline import encoder
from pipeline.encoder import FOLDER, GRAPH, PIECES, Encoder

SENTENCES = [
    "Nobody who complains about a harbour office has to fear for a licence.",
    "Whoever complains about a harbour office can bury all hopes of a licence.",
    "In May, the mayor of Bergen opened the third ferry quay.",
]


@pytest.fixture(scope="module")
def shipped():
    return encoder.load()


def test_a_row_a_statement(shipped):
    assert shipped.odds(SENTENCES).shape == (3, 5)
    assert shipped.odds([]).shape == (0, 5)


def test_a_statement_is_judged_whatever_stands_beside_it(shipped):
    together = shipped.odds(SENTENCES)
    alone = np.vstack([shipped.odds([sentence]) for sentence in reversed(SENTENCES)])
    assert (together == alone[::-1]).all()


def test_the_sense_decides_where_the_words_are_the_same(shipped):
    best, worst, news = shipped.odds(SENTENCES)
    assert best[1:].argmax() < 2 <= worst[1:].argmax()
    assert news[0] > 0 > max(best[0], worst[0])


@pytest.mark.parametrize("text", ["", " ", "?" * 3000, "word " * 2000, "\x00\ud7ff", "日本語。"])
def test_odd_text_has_odds_too(shipped, text):
    assert np.isfinite(shipped.odds([text])).all()


@pytest.mark.parametrize("missing", [GRAPH, PIECES])
def test_a_missing_file_is_told(tmp_path, missing):
    paths = [tmp_path / name if name == missing else FOLDER / name for name in (GRAPH, PIECES)]
    with pytest.raises(FileNotFoundError, match=r"pipeline\.train\.encoder"):
        Encoder(*paths)
