"""Which paragraphs of a page are its tier statements, chosen together.

Statements of a page are grades of one thought: they share their words with the question and with
each other, and stand from best to worst. So sets of two to four candidates are weighed against each
other and against no statement at all, by a conditional logit (McFadden 1974) whose weights are
learned from written pages (`pipeline.train.pages`) and stored in `models/choice.npz`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

import numpy as np
from scipy.special import softmax

from pipeline import models
from pipeline.grades import NONE, fronted, named
from pipeline.likeness import content, echoes, frame, opening, overlap, shared
from pipeline.records import BANDS, Block
from pipeline.turning import UNKNOWN, Turn

FILE = "choice.npz"
MAX_CANDIDATES = 14
SIZES = (4, 3, 2)
FEATURES = (
    "four",  # whether so many are chosen
    "three",
    "two",
    "grades",  # log-odds of each to be a grade at all, summed
    "weakest",  # … of the one that grades least
    "tiers",  # log-probability of each to have its tier, were it a grade, summed
    "worst tier",  # … of the one whose tier is least likely
    "question",  # share of words with the question, summed
    "alike",  # shared words of pairs (Jaccard), mean times number
    "least alike",  # … of the pair that shares the fewest
    "frames",  # shared words other than degree words, mean times number
    "opening",  # share of pairs that open alike
    "fronted",  # how many open with a circumstance
    "named",  # how many hold a name
    "digits",  # … a digit
    "first",  # whether the page's first paragraph is chosen
    "length",  # logarithm of their lengths in words, summed
    "uneven",  # … its standard deviation
    "echoes",  # how many say with more words what another candidate says
    "stays",  # how alike the countries before and behind each are, summed (`pipeline.turning`)
    "turns",  # … and how unlike
    "again",  # at how many the alphabet of countries begins anew
)
_SMOOTH = 0.02
_LEAST = float(np.log((0.2 + _SMOOTH) / (0.8 + _SMOOTH)))  # log-odds of a grade by itself
_QUESTION_WEIGHT = 3.0  # of the overlap with the question beside the log-odds of one candidate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that might grade, with the probability of each class 0 (none) to 4.

    Attributes:
        turn: Whether the page turns to another country there.
    """

    block: Block
    text: str
    probabilities: tuple[float, ...]
    turn: Turn = UNKNOWN


@dataclass(frozen=True, slots=True)
class Choices:
    """Every set of candidates with its tiers, and what speaks for it.

    Attributes:
        sets: Positions of the candidates of each set, a row each; -1 where a set is smaller.
        tiers: The tier of each of them, 0 where the set is smaller.
        table: A row a set, a column for each of `FEATURES`.
    """

    sets: np.ndarray
    tiers: np.ndarray
    table: np.ndarray

    def row(self, chosen: Sequence[int], tiers: Sequence[int]) -> int | None:
        """The row of these candidates with these tiers; None if there is none."""
        width = self.sets.shape[1]
        same = (self.sets == [*chosen, *[-1] * (width - len(chosen))]).all(axis=1)
        same &= (self.tiers == [*tiers, *[0] * (width - len(tiers))]).all(axis=1)
        found = np.flatnonzero(same)
        return int(found[0]) if len(found) else None


def likeliest(
    candidates: Sequence[Candidate], question: str, n: int = MAX_CANDIDATES
) -> list[Candidate]:
    """The few candidates that grade most likely, in their order."""
    asked = content(question)

    def alone(candidate: Candidate) -> float:
        grade = 1 - candidate.probabilities[NONE]
        return _logit(grade) + _QUESTION_WEIGHT * overlap(content(candidate.text), asked)

    likely = sorted(candidates, key=alone, reverse=True)[:n]
    return sorted(likely, key=lambda c: c.block.start)


def choices(candidates: Sequence[Candidate], question: str, first: Block | None) -> Choices:
    """All sets of two to four candidates, with tiers from best to worst.

    In each of them one candidate at least might grade by itself.

    Args:
        candidates: In their order.
        first: The first paragraph of the page.
    """
    width = max(SIZES)
    sets, tiers, tables = [], [], []
    single = _singles(candidates, question, first)
    pairs = _pairs([c.text for c in candidates])
    for size in SIZES:
        chosen = _combinations(len(candidates), size)
        chosen = chosen[single.grade[chosen].max(axis=1, initial=-np.inf) > _LEAST]
        if not len(chosen):
            continue
        for some in combinations(BANDS, size):
            sets.append(np.pad(chosen, ((0, 0), (0, width - size)), constant_values=-1))
            tiers.append(np.tile([*some, *[0] * (width - size)], (len(chosen), 1)))
            tables.append(_table(chosen, some, single, pairs))
    if not sets:
        return Choices(*(np.empty((0, n)) for n in (width, width, len(FEATURES))))
    return Choices(np.vstack(sets), np.vstack(tiers), np.vstack(tables))


def probabilities(found: Choices, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Probability of each set, and that the page has no statement."""
    p = softmax(np.append(found.table @ weights, 0.0))
    return p[:-1], float(p[-1])


@cache
def weights() -> np.ndarray:
    """What each of `FEATURES` weighs.

    Raises:
        FileNotFoundError: If the model has not been trained.
    """
    stored = models.arrays(FILE)
    by_name = dict(zip(str(stored["features"]).split("\n"), stored["weights"], strict=True))
    return np.array([by_name[name] for name in FEATURES])


def learned(weights: np.ndarray) -> dict[str, np.ndarray]:
    """Weights with the names of their features, as arrays."""
    return {"features": np.array("\n".join(FEATURES)), "weights": weights.astype(np.float64)}


@lru_cache(maxsize=64)
def _combinations(n: int, size: int) -> np.ndarray:
    return np.array(list(combinations(range(n), size)), dtype=int).reshape(-1, size)


@dataclass(frozen=True, slots=True)
class _Singles:
    grade: np.ndarray
    tier: np.ndarray  # a column for each of none and the four tiers
    question: np.ndarray
    fronted: np.ndarray
    named: np.ndarray
    digits: np.ndarray
    first: np.ndarray
    length: np.ndarray
    echoes: np.ndarray
    turn: np.ndarray  # a column for each field of `Turn`


def _singles(candidates: Sequence[Candidate], question: str, first: Block | None) -> _Singles:
    p = np.array([c.probabilities for c in candidates]).reshape(-1, len(BANDS) + 1)
    none = p[:, :1]
    asked = content(question)
    # The order of the page tells the tier, too.
    within = (p / np.maximum(1 - none, 1e-9) + 1 / len(BANDS)) / 2
    return _Singles(
        grade=np.log((1 - none[:, 0] + _SMOOTH) / (none[:, 0] + _SMOOTH)),
        tier=np.log(within),
        question=np.array([overlap(content(c.text), asked) for c in candidates]),
        fronted=np.array([float(fronted(c.text)) for c in candidates]),
        named=np.array([float(named(c.text)) for c in candidates]),
        digits=np.array([float(any(map(str.isdigit, c.text))) for c in candidates]),
        first=np.array([float(c.block is first) for c in candidates]),
        length=np.log([len(c.text.split()) for c in candidates]),
        echoes=np.array(
            [float(any(echoes(c.text, d.text) for d in candidates)) for c in candidates]
        ),
        turn=np.array([(c.turn.stays, c.turn.turns, c.turn.again) for c in candidates]),
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    alike: np.ndarray
    frame: np.ndarray
    opening: np.ndarray


def _pairs(texts: Sequence[str]) -> _Pairs:
    def table(of: Callable[[str, str], float]) -> np.ndarray:
        return np.array([[of(a, b) for b in texts] for a in texts], dtype=float)

    return _Pairs(
        alike=table(lambda a, b: shared(content(a), content(b))),
        frame=table(lambda a, b: shared(frame(a), frame(b))),
        opening=table(lambda a, b: opening(a) == opening(b)),
    )


def _table(chosen: np.ndarray, tiers: Sequence[int], single: _Singles, pairs: _Pairs) -> np.ndarray:
    size = chosen.shape[1]
    left, right = zip(*combinations(range(size), 2), strict=True)
    at = chosen[:, list(left)], chosen[:, list(right)]
    one = np.ones(len(chosen))
    alike = pairs.alike[at]
    tier = single.tier[chosen, list(tiers)]
    columns = {
        "four": one * (size == 4),
        "three": one * (size == 3),
        "two": one * (size == 2),
        "grades": single.grade[chosen].sum(axis=1),
        "weakest": single.grade[chosen].min(axis=1),
        "tiers": tier.sum(axis=1),
        "worst tier": tier.min(axis=1),
        "question": single.question[chosen].sum(axis=1),
        "alike": size * alike.mean(axis=1),
        "least alike": alike.min(axis=1),
        "frames": size * pairs.frame[at].mean(axis=1),
        "opening": pairs.opening[at].mean(axis=1),
        "fronted": single.fronted[chosen].sum(axis=1),
        "named": single.named[chosen].sum(axis=1),
        "digits": single.digits[chosen].sum(axis=1),
        "first": single.first[chosen[:, 0]],
        "length": single.length[chosen].sum(axis=1),
        "uneven": single.length[chosen].std(axis=1),
        "echoes": single.echoes[chosen].sum(axis=1),
        "stays": single.turn[chosen, 0].sum(axis=1),
        "turns": single.turn[chosen, 1].sum(axis=1),
        "again": single.turn[chosen, 2].sum(axis=1),
    }
    return np.column_stack([columns[name] for name in FEATURES])


def _logit(p: float) -> float:
    return float(np.log(max(p, 1e-4) / max(1 - p, 1e-4)))
