"""Documents built by hand: no trained model is needed."""

import pytest
import spacy
from spacy.tokens import Doc


@pytest.fixture(scope="session")
def doc():
    """Make a document whose tokens are the blank-parted parts of a string."""
    vocab = spacy.blank("en").vocab

    def make(tokens: str) -> Doc:
        return Doc(vocab, words=tokens.split(" ") if tokens else [])

    return make
