"""The spaCy pipeline that finds names, as it is trained, stored and loaded.

`spacy.load("models/names")` gives a pipeline whose documents hold the names in
`doc.spans["names"]`; the component is registered as an entry point of the package.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import log
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.extract import agreement
from pipeline.extract.agreement import Placed
from pipeline.extract.reading import Candidate, Odds, Reading, read
from pipeline.extract.weights import NAMES, Weights
from pipeline.extract.words import sentences
from pipeline.records import Label
from pipeline.settings import DEFAULT, MODELS

FOLDER = MODELS / "names"
GROUP = "names"
_FILE = "weights.npz"


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate with its best label and that label's probability; offsets into its text."""

    start: int
    end: int
    label: Label
    probability: float

    def gain(self, threshold: float) -> float:
        """Log-odds of being a name, above the threshold's."""
        return _logit(self.probability) - _logit(threshold)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text without line breaks, with what is known of its place.

    Attributes:
        section: Passages of one section agree on their names.
        country: ISO 3166-1 alpha-3 of the section's country.
    """

    text: str
    register: str = "body"
    country: str | None = None
    section: int = 0


class Names:
    """Finds names; a component of spaCy pipelines.

    Args:
        weights: What training learned.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["names"]`; probabilities are in the span group's attributes.

        `doc.user_data` may hold 'register' ('citation' for references) and 'country'.
        """
        said = doc.user_data
        passage = Passage(
            doc.text.replace("\n", " "), str(said.get("register", "body")), said.get("country")
        )
        spans: list[Span] = []
        probabilities: list[float] = []
        for guess in self.find([passage])[0]:
            span = doc.char_span(guess.start, guess.end, guess.label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                probabilities.append(guess.probability)
        doc.spans[GROUP] = SpanGroup(
            doc, name=GROUP, spans=spans, attrs={"probabilities": probabilities}
        )
        return doc

    def find(
        self, passages: Sequence[Passage], threshold: float = DEFAULT.mention_threshold
    ) -> list[list[Guess]]:
        """The names in each passage of one document, in order, without overlaps.

        Args:
            threshold: Least probability of a name.

        Raises:
            ValueError: If the component has no weights.
        """
        if self.weights is None:
            raise ValueError("the component 'govtable_names' has no weights; `govtable train`")
        cut = [(n, s, e) for n, p in enumerate(passages) for s, e in sentences(p.text)]
        placed = []
        for n, start, end in cut:
            p = passages[n]
            reading = read(p.text[start:end], p.register, p.country, self.weights)
            placed.append(Placed(p.section, reading))
        generic: dict[int, set[str]] = defaultdict(set)
        for place in placed:
            generic[place.section] |= place.reading.generic
        found: list[list[Guess]] = [[] for _ in passages]
        for (n, start, _), place, table in zip(cut, placed, agreement.table(placed), strict=True):
            if len(table):
                chances = agreement.probabilities(table, self.weights.agreement)
                options = guesses(place.reading, chances, start, generic[place.section])
                found[n] += chosen(options, threshold)
        return found

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into a folder."""
        if self.weights is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            self.weights.save(Path(path) / _FILE)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Names":
        """Read the weights from a folder.

        Raises:
            FileNotFoundError: If it has not been trained.
        """
        self.weights = Weights.load(Path(path) / _FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights as bytes."""
        buffer = BytesIO()
        if self.weights is not None:
            self.weights.save(buffer)
        return buffer.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Names":
        """Take the weights from bytes."""
        self.weights = Weights.load(BytesIO(data)) if data else None
        return self


@Language.factory("govtable_names", assigns=["doc.spans"])
def make(nlp: Language, name: str) -> Names:
    """The component without weights, for `nlp.add_pipe("govtable_names")`."""
    return Names()


def guesses(reading: Reading, chances: Odds, offset: int, generic: set[str]) -> list[Guess]:
    """Each candidate with its likeliest label.

    Args:
        chances: Probability of each label for each candidate.
        offset: Where the sentence starts in its passage.
        generic: Forms that are common nouns here.
    """
    best = chances.argmax(1)
    return [
        _guess(candidate, NAMES[label], float(row[label]), offset)
        for candidate, label, row in zip(reading.candidates, best, chances, strict=True)
        if candidate.form not in generic
    ]


def _guess(candidate: Candidate, label: Label, probability: float, offset: int) -> Guess:
    return Guess(offset + candidate.start, offset + candidate.end, label, probability)


def _logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return log(p / (1 - p))


def chosen(found: list[Guess], threshold: float = DEFAULT.mention_threshold) -> list[Guess]:
    """The non-overlapping guesses with the greatest sum of log-odds, in order.

    That is weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 6.1).

    Args:
        threshold: Least probability.
    """
    likely = [g for g in found if g.probability > threshold]
    ordered = sorted(likely, key=lambda g: (g.end, g.start))
    ends = [g.end for g in ordered]
    best: list[tuple[float, list[Guess]]] = [(0.0, [])]
    for i, guess in enumerate(ordered):
        before = best[bisect_right(ends, guess.start, hi=i)]
        taken = before[0] + guess.gain(threshold)
        best.append((taken, [*before[1], guess]) if taken > best[-1][0] else best[-1])
    return best[-1][1]


@lru_cache(maxsize=1)
def names() -> Names:
    """The trained component.

    Raises:
        FileNotFoundError: If it has not been trained.
    """
    return Names().from_disk(FOLDER / "govtable_names")


def save(weights: Weights) -> Path:
    """Write a spaCy pipeline with these weights under `models/`."""
    nlp = spacy.blank("en")
    nlp.meta.update(name="govtable_names", license="MIT", version="0")
    nlp.add_pipe("govtable_names")
    component = nlp.get_pipe("govtable_names")
    assert isinstance(component, Names)
    component.weights = weights
    nlp.to_disk(FOLDER)
    names.cache_clear()
    read.cache_clear()
    return FOLDER
