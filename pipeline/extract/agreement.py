"""Second look: what the rest of a section says about a candidate.

The same form elsewhere, the long form of an acronym, the native name in a bracket, and the
candidates that overlap each say something about a label. One logistic regression, shared by all
labels, weighs these for every pair of candidate and label.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.reading import Candidate, Odds, Reading
from pipeline.extract.weights import NAMES

SIZE = 35 + len(NAMES)
Place = tuple[int, int]  # number of the sentence and of the candidate in it


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading with the section it stands in; what sections say stays theirs."""

    section: int
    reading: Reading


def table(sentences: Sequence[Placed]) -> list[NDArray[np.float32]]:
    """For each sentence an array of candidates x labels x features."""
    memory = _Memory(sentences)
    return [_sentence(n, placed, memory) for n, placed in enumerate(sentences)]


def probabilities(features: NDArray[np.float32], weights: NDArray[np.float32]) -> Odds:
    """Probability of each label for each candidate; what is missing to 1 is 'no name'."""
    score = np.clip(features @ weights[:-1] + weights[-1], -20, 20)
    likely = np.exp(score)
    chances: Odds = (likely / (1 + likely.sum(1, keepdims=True))).astype(np.float32)
    return chances


class _Memory:
    """What each section says: its forms, what its acronyms stand for, its words in lower case."""

    def __init__(self, sentences: Sequence[Placed]) -> None:
        self.forms: dict[tuple[int, str], list[tuple[Place, Odds]]] = defaultdict(list)
        self.long: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.lowered: dict[int, set[str]] = defaultdict(set)
        for n, placed in enumerate(sentences):
            section, reading = placed.section, placed.reading
            self.lowered[section] |= reading.lowered
            for i, candidate in enumerate(reading.candidates):
                self.forms[section, candidate.form].append(((n, i), reading.odds[i]))
            for long, short in reading.defined:
                self.long[section, long].add(short)
                self.long[section, short].add(long)

    def others(self, section: int, form: str, place: Place) -> list[Odds]:
        """Odds of the same form elsewhere in the section."""
        return [odds for there, odds in self.forms[section, form] if there != place]

    def linked(self, section: int, form: str) -> list[Odds]:
        """Odds of the acronym of a long form, or of the long form of an acronym."""
        return [
            odds
            for other in sorted(self.long.get((section, form), ()))
            for _, odds in self.forms.get((section, other), ())
        ]


def _sentence(n: int, placed: Placed, memory: _Memory) -> NDArray[np.float32]:
    section, reading = placed.section, placed.reading
    odds = reading.odds
    found = np.zeros((len(reading.candidates), len(NAMES), SIZE), np.float32)
    renames: dict[int, list[int]] = defaultdict(list)
    for i, j in sorted(reading.renames):
        renames[i].append(j)
    if not len(found):
        return found
    found[:, :, 35:] = np.eye(len(NAMES), dtype=np.float32)
    found[:, :, 23:32] = _rivals(reading, odds.max(1))[:, None]
    for i, candidate in enumerate(reading.candidates):
        row = found[i]
        short = candidate.kind != "words"
        _own(row, odds[i], candidate, citation=reading.citation)
        others = memory.others(section, candidate.form, (n, i))
        if others:
            top, rest = _strongest(others)
            row[:, 9], row[:, 10] = 1, np.log1p(len(others))
            row[:, 11], row[:, 12], row[:, 13] = top, np.mean(others, axis=0), rest
            row[:, 14], row[:, 15], row[:, 16] = top * short, rest * short, short
        linked = [odds[j] for j in renames[i]] + memory.linked(section, candidate.form)
        if linked:
            top, rest = _strongest(linked)
            acronym = candidate.kind == "acronym"
            row[:, 17], row[:, 18], row[:, 19] = 1, top, rest
            row[:, 20], row[:, 21], row[:, 22] = top * acronym, rest * acronym, acronym
        first = candidate.form.split(" ", 1)[0]
        row[:, 32] = candidate.first == 0 and first.lower() in memory.lowered[section]
        row[:, 33] = candidate.form.lower() == candidate.form
        row[:, 34] = min(candidate.stop - candidate.first, 8) / 8
    return found


def _own(row: NDArray[np.float32], odds: Odds, candidate: Candidate, *, citation: bool) -> None:
    acronym, word = candidate.kind == "acronym", candidate.kind == "word"
    rest = _rest(odds)
    row[:, 0], row[:, 1], row[:, 2] = odds, rest, np.maximum(odds - rest, 0)
    row[:, 3], row[:, 4], row[:, 5] = acronym, word, citation
    row[:, 6], row[:, 7], row[:, 8] = odds * acronym, odds * word, odds * citation


def _rest(odds: Odds) -> Odds:
    """For each label the greatest odds of another."""
    second, first = np.sort(odds)[-2:]
    rest: Odds = np.where(odds == first, second, first)
    return rest


def _strongest(several: list[Odds]) -> tuple[Odds, Odds]:
    top = np.max(several, axis=0)
    return top, _rest(top)


def _rivals(reading: Reading, best: Odds) -> NDArray[np.float32]:
    """The best of the candidates that hold one, that it holds, and that it cuts (candidates x 9).

    For each of the three: whether there is any, its odds, and by how much the candidate leads.
    """
    first = np.array([c.first for c in reading.candidates])
    stop = np.array([c.stop for c in reading.candidates])
    apart = (stop[None] <= first[:, None]) | (stop[:, None] <= first[None])
    near = ~apart & ~np.eye(len(first), dtype=bool)
    holds = near & (first[None] <= first[:, None]) & (stop[:, None] <= stop[None])
    held = near & (first[:, None] <= first[None]) & (stop[None] <= stop[:, None])
    found = np.zeros((len(first), 9), np.float32)
    for k, mask in enumerate((holds, held, near & ~holds & ~held)):
        some = mask.any(1)
        top = np.where(mask, best[None], -np.inf).max(1, initial=-np.inf)[some]
        found[some, 3 * k], found[some, 3 * k + 1] = 1, top
        found[some, 3 * k + 2] = best[some] - top
    return found
