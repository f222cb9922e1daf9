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


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading with the section it stands in; what sections say stays theirs."""

    section: int
    reading: Reading


def table(sentences: Sequence[Placed]) -> list[NDArray[np.float32]]:
    """For each sentence an array of candidates x labels x features."""
    memory = _Memory(sentences)
    return [_sentence(placed, memory) for placed in sentences]


def probabilities(features: NDArray[np.float32], weights: NDArray[np.float32]) -> Odds:
    """Probability of each label for each candidate; what is missing to 1 is 'no name'."""
    score = np.clip(features @ weights[:-1] + weights[-1], -20, 20)
    likely = np.exp(score)
    chances: Odds = (likely / (1 + likely.sum(1, keepdims=True))).astype(np.float32)
    return chances


@dataclass(slots=True)
class _Form:
    """What all occurrences of a form in a section say together."""

    count: int
    total: Odds
    top: Odds
    second: Odds

    def add(self, odds: Odds) -> None:
        self.count += 1
        self.total = self.total + odds
        self.second = np.maximum(self.second, np.minimum(self.top, odds))
        self.top = np.maximum(self.top, odds)

    def without(self, odds: Odds) -> tuple[Odds, Odds]:
        """Greatest and mean odds of the other occurrences."""
        rest: Odds = np.where(odds == self.top, self.second, self.top)
        mean: Odds = ((self.total - odds) / (self.count - 1)).astype(np.float32)
        return rest, mean


class _Memory:
    """What each section says: its forms, what its acronyms stand for, its words in lower case."""

    def __init__(self, sentences: Sequence[Placed]) -> None:
        self.forms: dict[tuple[int, str], _Form] = {}
        self.long: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.lowered: dict[int, set[str]] = defaultdict(set)
        for placed in sentences:
            section, reading = placed.section, placed.reading
            self.lowered[section] |= reading.lowered
            for candidate, odds in zip(reading.candidates, reading.odds, strict=True):
                key = section, candidate.form
                if key in self.forms:
                    self.forms[key].add(odds)
                else:
                    self.forms[key] = _Form(1, odds, odds, np.full_like(odds, -np.inf))
            for long, short in reading.defined:
                self.long[section, long].add(short)
                self.long[section, short].add(long)

    def linked(self, section: int, form: str) -> list[Odds]:
        """Odds of the acronym of a long form, or of the long form of an acronym."""
        others = sorted(self.long.get((section, form), ()))
        return [self.forms[section, o].top for o in others if (section, o) in self.forms]


def _sentence(placed: Placed, memory: _Memory) -> NDArray[np.float32]:
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
        same = memory.forms[section, candidate.form]
        if same.count > 1:
            top, mean = same.without(odds[i])
            rest = _rest(top)
            row[:, 9], row[:, 10] = 1, np.log1p(same.count - 1)
            row[:, 11], row[:, 12], row[:, 13] = top, mean, rest
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
