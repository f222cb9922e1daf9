"""Many reports for benchmarks, made of the samples and the corpus, with hardly a sentence twice.

govtable does not read a sentence again that it has just read, so reports that were only put
together anew would flatter it; see `tests.many.sentences` for how sentences vary. Report `i` is the
same whatever the number of reports: the first 1,000 of 10,000 are the 1,000.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.many import assessments, pages

WORDS = 500  # of a report, on average
SEED = 0

Form = Callable[[Random, int], str]
# Kind, share of all reports, ending of the file name, and how it is written.
KINDS: tuple[tuple[str, float, str, Form], ...] = (
    ("page", 0.35, "txt", lambda random, n: pages.plain(pages.page(random, n))),
    ("page", 0.12, "html", lambda random, n: pages.html(pages.page(random, n))),
    ("page", 0.06, "md", lambda random, n: pages.markdown(pages.page(random, n))),
    ("strategy", 0.15, "txt", lambda random, n: pages.plain(pages.strategy(random, n))),
    ("chapter", 0.14, "txt", assessments.chapter),
    ("headings", 0.1, "txt", lambda r, n: assessments.comparative(r, n, headings=True)),
    ("saved", 0.08, "txt", lambda r, n: assessments.comparative(r, n, headings=False)),
)
_SPREAD = 0.62  # of the logarithm of the number of words
_LEAST, _MOST = 150, 3_000
_OVER = 0.77  # reports end with the sentence that reaches the number of words
_TAG = re.compile(r"<[^>]+>")
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_SHORT = 5  # words of a line that may come again: a heading, a score


@dataclass(frozen=True, slots=True)
class Written:
    """A report: the name of its file and its text."""

    name: str
    text: str


def report(i: int, *, seed: int = SEED, words: int = WORDS) -> Written:
    """The report of that number.

    Args:
        words: Number of words of a report on average.
    """
    random = Random(f"{seed}/{i}")
    shares = [share for _, share, _, _ in KINDS]
    (kind, _, ending, form) = random.choices(KINDS, shares)[0]
    mean = math.log(words) - _SPREAD**2 / 2
    length = random.lognormvariate(mean, _SPREAD) * _OVER
    text = form(random, round(min(max(length, _LEAST), _MOST)))
    return Written(f"report-{i:06}-{kind}.{ending}", text)


def write(
    numbers: Iterable[int], folder: Path, *, seed: int = SEED, words: int = WORDS
) -> list[Path]:
    """Write the reports of these numbers into a folder.

    Returns:
        Their paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i in numbers:
        made = report(i, seed=seed, words=words)
        path = folder / made.name
        path.write_text(made.text, encoding="utf-8")
        paths.append(path)
    return paths


def sentences(text: str) -> list[str]:
    """The sentences of a report, without headings and the like."""
    found = _END.split(_TAG.sub("", text))
    return [sentence for sentence in found if len(sentence.split()) >= _SHORT]


def distinct(texts: Iterable[str]) -> float:
    """The share of sentences in the texts that had not come before."""
    seen: set[str] = set()
    total = 0
    for text in texts:
        found = sentences(text)
        total += len(found)
        seen.update(found)
    return len(seen) / total if total else 1.0
