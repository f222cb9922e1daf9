"""The spaCy component that chooses names among the candidates.

Each candidate gets a probability for each label and for 'no name' from a logistic regression
(`models/spans.npz`); the text's names are the non-overlapping candidates with the greatest sum
of log-odds (weighted interval scheduling).
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.extract.candidates import candidates
from pipeline.extract.features import Context, features
from pipeline.extract.rules import Bounds
from pipeline.models import SPANS, load
from pipeline.settings import DEFAULT

GROUP = "names"
NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate with its best label and that label's probability."""

    start: int
    end: int
    label: str
    probability: float

    @property
    def gain(self) -> float:
        """Log-odds of being a name, above the threshold's."""
        return _logit(self.probability) - _logit(DEFAULT.mention_threshold)


@cache
def pipeline() -> Language:
    """The spaCy pipeline: tokenizer, sentences, names in `doc.spans["names"]`."""
    nlp = spacy.blank("en")
    nlp.max_length = DEFAULT.max_bytes * 2
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("govtable_names")
    return nlp


@Language.component("govtable_names", assigns=["doc.spans"])
def names(doc: Doc) -> Doc:
    """Set `doc.spans["names"]`; probabilities are in the span group's attributes.

    `doc.user_data["register"]` says whether the text is a reference ('citation') or 'body'.
    """
    chosen = choose(guess(doc, str(doc.user_data.get("register", "body"))))
    group = SpanGroup(
        doc,
        name=GROUP,
        spans=[Span(doc, g.start, g.end, label=g.label) for g in chosen],
        attrs={"probabilities": [g.probability for g in chosen]},
    )
    doc.spans[GROUP] = group
    return doc


def rows(doc: Doc, register: str) -> tuple[list[Bounds], list[str]]:
    """The candidates of a text and their features."""
    lowered = frozenset(t.text for t in doc if t.is_lower)
    context = Context(doc, register, lowered)
    bounds = candidates(doc)
    return bounds, [features(context, start, end) for start, end in bounds]


def guess(doc: Doc, register: str) -> list[Guess]:
    """Every candidate with its best label."""
    bounds, table = rows(doc, register)
    if not bounds:
        return []
    model: Any = load(SPANS)
    labels = [str(label) for label in model.classes_]
    none = labels.index(NONE)
    found = []
    for (start, end), p in zip(bounds, model.predict_proba(table), strict=True):
        best = max((i for i in range(len(labels)) if i != none), key=lambda i: p[i])
        found.append(Guess(start, end, labels[best], float(p[best])))
    return found


def _logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return log(p / (1 - p))


def choose(guesses: list[Guess]) -> list[Guess]:
    """The non-overlapping guesses with the greatest sum of log-odds, in order."""
    ordered = sorted(guesses, key=lambda g: (g.end, g.start))
    ends = [g.end for g in ordered]
    best: list[tuple[float, list[Guess]]] = [(0.0, [])]
    for i, guess in enumerate(ordered):
        before = best[bisect_right(ends, guess.start, hi=i)]
        taken = before[0] + guess.gain
        best.append((taken, [*before[1], guess]) if taken > best[-1][0] else best[-1])
    return best[-1][1]
