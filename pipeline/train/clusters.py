"""Word vectors -> `models/clusters.tsv`; needs the extra `train`.

The 20,000 vectors of en_core_web_md are those of its most frequent words; each lower-case word
that owns one is put into one of 60 coarse and one of 400 fine classes (k-means on unit vectors).
"""

from collections.abc import Iterator

import numpy as np
from sklearn.cluster import KMeans

from pipeline.extract.clusters import FILE
from pipeline.models import off_the_shelf

COARSE, FINE = 60, 400


def lines() -> Iterator[str]:
    """Word, coarse class and fine class, parted by tabulators.

    Raises:
        ValueError: If en_core_web_md is not installed.
    """
    vocab = off_the_shelf("en_core_web_md").vocab
    owners: dict[int, str] = {}
    for key, row in vocab.vectors.key2row.items():
        word = vocab.strings[key]
        if word.isalpha() and word.islower():
            owners.setdefault(row, word)
    vectors = vocab.vectors.data[list(owners)]
    vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    classes = [
        KMeans(n, random_state=0, n_init=1, max_iter=rounds).fit_predict(vectors)
        for n, rounds in ((COARSE, 300), (FINE, 50))
    ]
    for word, coarse, fine in zip(owners.values(), *classes, strict=True):
        yield f"{word}\t{coarse}\t{fine}"


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()), encoding="utf-8")
