"""Classes of English words of like meaning, coarse and fine (`models/clusters.tsv`).

Made by `python -m pipeline.train.clusters` from the word vectors of en_core_web_md.
"""

from functools import cache

from pipeline.settings import MODELS

FILE = MODELS / "clusters.tsv"
_ENDINGS = tuple("s es d ed ing ly al ally er ers ment ments ized ised".split())


@cache
def _clusters() -> dict[str, tuple[str, str]]:
    if not FILE.exists():
        raise FileNotFoundError(f"{FILE} is missing; `python -m pipeline.train.clusters` makes it")
    found = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        word, coarse, fine = line.split("\t")
        found[word] = (coarse, fine)
    return found


def cluster(word: str) -> tuple[str, str] | None:
    """The coarse and the fine class of a lower-case word, None where it is unknown."""
    return _clusters().get(word)


def is_english(word: str) -> bool:
    """Whether a lower-case word is a common English one, in any of its endings."""
    table = _clusters()
    return word in table or any(
        word.endswith(end) and (word[: -len(end)] in table or word[: -len(end)] + "e" in table)
        for end in _ENDINGS
    )
