"""One decision over a whole page: where sections start and whose they are.

The page is a chain of blocks. A state is (country, number of times the alphabet has started
again in this tier). A block either goes on with its country or starts the section of another:
alphabetically later, or earlier at the price of one more start of the alphabet. That a country
stands once is relaxed with Lagrange multipliers, one a country, moved for a few rounds towards
each being expected once (iterative scaling; for dual decomposition see Rush & Collins 2012, "A
Tutorial on Dual Decomposition and Lagrangian Relaxation"). The chain itself is found by a beam
search over (state, countries used) whose bound on the future is the exact solution of the relaxed
problem; the relaxed problem also bounds how much a better chain could be worth (`Decision.gap`).
Forward-backward gives the posterior.

Cost: rounds × blocks × countries × alphabets, and beam × candidates for each block: linear in the
length of the page for a given number of countries.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in numbers; all scores are log-odds or sums of them.

    Attributes:
        evidence: blocks × countries, what each block says for each country; the countries are
            in alphabetical order.
        start: For each block, how much it looks like the start of a section.
        bands: For each block that opens a tier, the number of scores in its band, else 0.
        opening: blocks × countries, added where a block starts a country's section.
        enter: For each country, how plausible it is on this page.
        missing: Price of a country that is expected and has no section.
    """

    evidence: Array
    opening: Array
    start: Array
    bands: Ints
    enter: Array
    missing: Array


@dataclass(frozen=True, slots=True)
class Decision:
    """Where sections start and whose they are.

    Attributes:
        country: For each block the position of its country.
        starts: For each block whether it starts a section.
        posterior: blocks × countries, the probability of each country.
        gap: The most that a better chain could score above this one; 0 means proven best.
    """

    country: Ints
    starts: Flags
    posterior: Array
    gap: float


_AGAIN = -1.0  # the alphabet starts again
_TOO_OFTEN = -4.0  # more alphabets than the band has scores
_REPEATED = -8.0  # a country that stands twice
_ALPHABETS = 4
_ROUNDS = 4
_CLOSE = 0.02
_GREATEST = -_REPEATED  # multiplier; above it the bound would not hold
_STRONGEST = 150.0  # evidence of one block, so that products stay within range
_BEAM = 64
_CANDIDATES = 16  # countries tried at a start
_NEVER = -1e9


def decode(page: Page) -> Decision:
    """The most probable sections of a page, each country once."""
    multipliers = np.zeros(page.enter.size)
    chain = _Relaxed(page, multipliers)
    for _ in range(_ROUNDS):
        step = np.log(np.maximum(chain.expected_starts(), 1e-12))
        moved = np.clip(multipliers + step, -page.missing, _GREATEST)
        if np.abs(moved - multipliers).max(initial=0.0) < _CLOSE:
            break
        multipliers = moved
        chain = _Relaxed(page, multipliers)
    country, starts, gap = _search(page, multipliers)
    return Decision(country, starts, chain.posterior(), gap)


def _costs(page: Page) -> Array:
    """Price of arriving in each alphabet of a block's tier by starting it again."""
    band = 1
    table = np.zeros((len(page.start), _ALPHABETS))
    for t, opened in enumerate(page.bands):
        band = int(opened) or band
        table[t] = [_AGAIN + (_TOO_OFTEN if r >= band else 0.0) for r in range(_ALPHABETS)]
    return table


def _opened(page: Page) -> Flags:
    """Blocks that open a tier, the first block always."""
    opened: Flags = page.bands > 0
    if opened.size:
        opened[0] = True
    return opened


def _before(a: Array, out: Array) -> Array:
    """For each country the sum over those earlier in the alphabet; `out` starts as zeros."""
    np.add.accumulate(a[:, :-1], axis=1, out=out[:, 1:])
    return out


def _after(a: Array, out: Array) -> Array:
    """For each country the sum over those later in the alphabet; `out` starts as zeros."""
    np.add.accumulate(a[:, :0:-1], axis=1, out=out[:, -2::-1])
    return out


class _Relaxed:
    """Forward-backward over the chain in which a country may stand more than once, at a price.

    All weights are probabilities up to a factor; each block is scaled to sum to one.
    """

    def __init__(self, page: Page, multipliers: Array) -> None:
        self._opened = _opened(page)
        evidence = np.minimum(page.evidence, _STRONGEST)
        self._says = np.exp(evidence - evidence.max(axis=1, keepdims=True, initial=0.0))
        start = np.where(self._opened, 0.0, page.start)
        self._enter = np.exp(page.enter - multipliers + page.opening + start[:, None])
        self._again = np.exp(_costs(page))[:, :, None]
        self._forward()
        self._backward()

    def _forward(self) -> None:
        n, size = self._says.shape
        self._alpha = np.zeros((n, _ALPHABETS, size))
        self._began = np.zeros((n, _ALPHABETS, size))
        self._scale = np.ones(n)
        earlier, later = np.zeros((_ALPHABETS, size)), np.zeros((_ALPHABETS, size))
        for t in range(n):
            began, alpha = self._began[t], self._alpha[t]
            if self._opened[t]:
                began[0] = self._enter[t]
            else:
                last = self._alpha[t - 1]
                _before(last, earlier)
                _after(last, later)
                again = self._again[t]
                np.multiply(later[:-1], again[1:], out=began[1:])
                began[-1] += later[-1] * again[-1]
                began += earlier
                began *= self._enter[t]
                alpha += last
            alpha += began
            alpha *= self._says[t]
            scale = self._scale[t] = alpha.sum()
            alpha /= scale
            began *= self._says[t] / scale

    def _backward(self) -> None:
        n, size = self._says.shape
        self._beta = np.ones((n, _ALPHABETS, size))
        earlier, later = np.zeros((_ALPHABETS, size)), np.zeros((_ALPHABETS, size))
        for t in range(n - 1, 0, -1):
            beta = self._beta[t - 1]
            np.multiply(self._beta[t], self._says[t] / self._scale[t], out=beta)
            begin = beta * self._enter[t]
            if self._opened[t]:
                beta[:] = begin[0].sum()
                continue
            _before(begin, earlier)
            earlier *= self._again[t]
            beta += _after(begin, later)
            beta[:-1] += earlier[1:]
            beta[-1] += earlier[-1]

    def expected_starts(self) -> Array:
        """Expected number of sections of each country."""
        expected: Array = (self._began * self._beta).sum(axis=(0, 1))
        return expected

    def posterior(self) -> Array:
        """The probability of each country at each block."""
        joint = (self._alpha * self._beta).sum(axis=1)
        shares: Array = joint / joint.sum(axis=1, keepdims=True)
        return shares


def _best_future(page: Page, multipliers: Array) -> Array:
    """The most that can follow each state of each block in the relaxed problem."""
    n, size = page.evidence.shape
    opened, costs = _opened(page), _costs(page)[:, :, None]
    enter = page.enter - multipliers + page.opening
    best = np.zeros((n, _ALPHABETS, size))
    nothing = np.full((_ALPHABETS, 1), _NEVER)
    for t in range(n - 1, 0, -1):
        after = best[t] + page.evidence[t]
        if opened[t]:
            best[t - 1] = (after[0] + enter[t]).max()
            continue
        begin = after + enter[t] + page.start[t]
        later = np.maximum.accumulate(begin[:, ::-1], axis=1)[:, ::-1]
        later = np.concatenate([later[:, 1:], nothing], axis=1)
        earlier = np.maximum.accumulate(begin, axis=1) + costs[t]
        earlier = np.concatenate([nothing, earlier[:, :-1]], axis=1)
        flow = np.maximum(after, later)
        flow[:-1] = np.maximum(flow[:-1], earlier[1:])
        flow[-1] = np.maximum(flow[-1], earlier[-1])
        best[t - 1] = flow
    return best


@dataclass(slots=True)
class _Beam:
    """Partial chains, one a row: state, countries used, score, and the way back."""

    r: Ints
    c: Ints
    used: Flags
    marks: npt.NDArray[np.uint64]  # hash of the countries used
    score: Array  # what the chain is worth
    relaxed: Array  # what it is worth in the relaxed problem


def _search(page: Page, multipliers: Array) -> tuple[Ints, Flags, float]:
    """The best chain in which repeats are paid for: beam search with the relaxed future as bound.

    The relaxed score and its bound choose which chains are kept, the true score which one wins.
    """
    n, size = page.evidence.shape
    costs, opened = _costs(page), _opened(page)
    future = _best_future(page, multipliers)
    draw = np.random.default_rng(0).integers(1, 2**63, size=(_ALPHABETS + 1, size), dtype=np.uint64)
    mark, state_mark = draw[0], draw[1:]
    enter = page.enter + page.opening + page.evidence
    enter[~opened] += page.start[~opened, None]
    promise = enter - multipliers + future.max(axis=1)
    tried = np.sort(np.argsort(-promise, axis=1, kind="stable")[:, :_CANDIDATES], axis=1)
    beam = _Beam(
        np.zeros(1, np.int64),
        np.full(1, -1),
        np.zeros((1, size), dtype=bool),
        np.zeros(1, np.uint64),
        np.zeros(1),
        np.zeros(1),
    )
    back: list[tuple[Ints, Ints, Flags]] = []
    bound_of_all = _NEVER
    for t in range(n):
        width, k = len(beam.c), tried.shape[1]
        c_new, parent = np.tile(tried[t], width), np.repeat(np.arange(width), k)
        again = c_new < beam.c[parent]
        r_new = np.minimum(beam.r[parent] + again, _ALPHABETS - 1)
        gain = enter[t, c_new]
        if opened[t]:
            r_new = np.zeros_like(r_new)
            stay = np.full(width, _NEVER)
        else:
            gain = gain + np.where(again, costs[t, r_new], 0.0)
            gain = np.where(c_new == beam.c[parent], _NEVER, gain)
            stay = page.evidence[t, beam.c]
        twice = beam.used[parent, c_new]
        price = np.where(twice, _REPEATED, page.missing[c_new])
        parent = np.concatenate([np.arange(width), parent])
        c, r = np.concatenate([beam.c, c_new]), np.concatenate([beam.r, r_new])
        score = beam.score[parent] + np.concatenate([stay, gain + price])
        free = gain - multipliers[c_new] + np.where(twice, _REPEATED, 0.0)
        relaxed = beam.relaxed[parent] + np.concatenate([stay, free])
        fresh = np.concatenate([np.zeros(width, np.uint64), np.where(twice, 0, mark[c_new])])
        marks = beam.marks[parent] ^ fresh.astype(np.uint64)
        bound = relaxed + future[t, r, c]
        if t == 0:
            bound_of_all = float(bound.max())
        kept = _distinct(_best(bound, 3 * _BEAM), marks ^ state_mark[r, c])
        kept = kept[bound[kept] > _NEVER / 2]
        used = beam.used[parent[kept]]
        used[np.arange(len(kept)), c[kept]] = True
        back.append((parent[kept], c[kept], kept >= width))
        beam = _Beam(r[kept], c[kept], used, marks[kept], score[kept], relaxed[kept])
    won = int(np.argmax(beam.score))
    most = bound_of_all + float((multipliers + page.missing).sum())
    gap = max(0.0, most - float(beam.score[won]))
    return *_trace(back, won), gap


def _best(bound: Array, most: int) -> Ints:
    """Positions of the greatest bounds, the greatest first; ties in the order of the positions."""
    if len(bound) > most:
        least = np.partition(bound, len(bound) - most)[len(bound) - most]
        candidates = np.flatnonzero(bound >= least)
    else:
        candidates = np.arange(len(bound))
    return candidates[np.argsort(-bound[candidates], kind="stable")][:most]


def _distinct(ranked: Ints, marks: npt.NDArray[np.uint64]) -> Ints:
    """Of chains with the same state and the same countries used only the best, at most _BEAM."""
    _, first = np.unique(marks[ranked], return_index=True)
    chosen: Ints = ranked[np.sort(first)][:_BEAM]
    return chosen


def _trace(back: list[tuple[Ints, Ints, Flags]], at: int) -> tuple[Ints, Flags]:
    """Follow the best chain back to the top of the page."""
    country = np.zeros(len(back), dtype=np.int64)
    starts = np.zeros(len(back), dtype=bool)
    for t in range(len(back) - 1, -1, -1):
        parent, c, started = back[t]
        country[t], starts[t] = c[at], started[at]
        at = int(parent[at])
    return country, starts
