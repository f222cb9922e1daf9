"""Words a second of the journey, or of a spaCy pipeline, over the same texts, in this process.

`python -m tests.benchmarks.words journey|spacy RAW ROUNDS` prints the words and the seconds of
each round as JSON. A first, unmeasured pass loads what has to be loaded; no sentence is remembered
from one round to the next.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import journey, read
from pipeline.extract import reading
from pipeline.files import Source, discover
from pipeline.models import off_the_shelf
from pipeline.records import Unreadable
from pipeline.settings import DEFAULT

MODEL = "en_core_web_md"


def main(what: str, raw: Path, rounds: int) -> None:
    """Print words, and seconds of each round."""
    sources = discover(raw)
    texts = list(filter(None, map(_text, sources)))
    process = _journey(sources) if what == "journey" else _spacy(texts)
    process()
    seconds = []
    for _ in range(rounds):
        reading.read.cache_clear()
        began = time.perf_counter()
        process()
        seconds.append(round(time.perf_counter() - began, 3))
    print(json.dumps({"words": sum(len(text.split()) for text in texts), "rounds": seconds}))


def _text(source: Source) -> str:
    try:
        return read.read(source, DEFAULT).text
    except Unreadable:
        return ""


def _journey(sources: list[Source]) -> Callable[[], None]:
    def process() -> None:
        for source in sources:
            journey.travel(source)

    return process


def _spacy(texts: list[str]) -> Callable[[], None]:
    nlp = off_the_shelf(MODEL)
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]

    def process() -> None:
        for _ in nlp.pipe(paragraphs):
            pass

    return process


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
