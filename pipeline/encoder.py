"""A statement read whole, by a small transformer that minds order, negation and who does what.

all-MiniLM-L6-v2 (22 million parameters, Apache-2.0), fine-tuned on written answer scales by
`python -m pipeline.train.encoder` and kept as an ONNX graph with weights of eight bits
(`models/encoder/`). It is run on one core and a statement at a time, so that what it says of one
does not depend on its neighbours.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from pipeline.settings import MODELS

FOLDER = MODELS / "encoder"
GRAPH, PIECES = "model.onnx", "tokenizer.json"
MAX_PIECES = 128  # of words; a statement of 80 words has fewer


class Encoder:
    """Log-odds of no grade, and of each tier, for statements."""

    def __init__(self, graph: Path, pieces: Path = FOLDER / PIECES) -> None:
        """Read a graph.

        Args:
            graph: `.onnx` file that takes `pieces`, shape (1, n), and gives `odds`, shape (1, 5).
            pieces: The word pieces that it was trained with.

        Raises:
            FileNotFoundError: If one of the files is missing.
        """
        for path in (graph, pieces):
            if not path.is_file():
                raise FileNotFoundError(f"{path} is missing; `python -m pipeline.train.encoder`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Widens the weights once, when the graph is read, and not for each statement.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        providers = ["CPUExecutionProvider"]
        self._session = onnxruntime.InferenceSession(
            graph.read_bytes(), options, providers=providers
        )
        self._tokenizer = tokenizer(pieces)

    def odds(self, sentences: Sequence[str]) -> np.ndarray:
        """A row a sentence: log-odds of no grade; up to a constant, log-odds of tiers 1 … 4."""
        cut = [self._tokenizer.encode(sentence).ids for sentence in sentences]
        rows = [self._session.run(["odds"], {"pieces": np.array([ids])})[0] for ids in cut]
        return np.vstack(rows).astype(np.float64) if rows else np.empty((0, 5))


def tokenizer(pieces: Path) -> Tokenizer:
    """What cuts words into pieces, without padding."""
    found = Tokenizer.from_buffer(pieces.read_bytes())
    found.no_padding()
    found.enable_truncation(MAX_PIECES)
    return found


@cache
def load() -> Encoder:
    """The shipped encoder.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    return Encoder(FOLDER / GRAPH)
