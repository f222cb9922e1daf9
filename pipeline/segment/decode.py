"""One decision over a whole page: where sections start and whose they are.

The page is a chain of blocks. A state is (country, number of times the alphabet has started
again in this tier). A block either goes on with its country or starts the section of another:
alphabetically later, or earlier at the price of one more start of the alphabet. That a country
stands once is relaxed with Lagrange multipliers, one a country, moved until each is expected
about once (dual ascent, see Rush & Collins 2012, "A Tutorial on Dual Decomposition"); the chain
itself is found by a beam search over (state, countries used) whose bound on the future is the
exact solution of the relaxed problem. Forward-backward gives the posterior.

Cost: rounds × blocks × countries × alphabets, and beam × countries for each block: linear in the
length of the page for a given number of countries.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
_NEVER = -1e9


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
    bands: npt.NDArray[np.int64]
    enter: Array
    missing: Array


@dataclass(frozen=True, slots=True)
class Decision:
    """For each block its country, whether it starts a section, and the posterior."""

    country: npt.NDArray[np.int64]
    starts: npt.NDArray[np.bool_]
    posterior: Array


_AGAIN = -1.0  # the alphabet starts again
_TOO_OFTEN = -4.0  # more alphabets than the band has scores
_REPEATED = -8.0  # a country that stands twice
_ALPHABETS = 4
_ROUNDS = 30
_RATE = 3.0
_CLOSE = 0.1
_BEAM = 400


def decode(page: Page) -> Decision:
    """The most probable sections of a page, each country once."""
    multipliers = _multipliers(page)
    alpha, beta = _forward(page, multipliers)[0], _backward(page, multipliers, np.logaddexp)
    joint = alpha + beta
    joint -= np.logaddexp.reduce(joint, axis=(1, 2))[:, None, None]
    country, starts = _search(page, multipliers)
    return Decision(country, starts, np.exp(joint).sum(axis=1))


def _multipliers(page: Page) -> Array:
    """Multipliers under which each country is expected about once, by dual ascent."""
    multipliers = np.zeros(page.enter.size)
    for turn in range(_ROUNDS):
        gap = _expected_starts(page, multipliers) - 1.0
        bound = (multipliers <= -page.missing) & (gap < 0)
        if np.all(np.abs(gap[~bound]) < _CLOSE):
            break
        step = _RATE / (1.0 + 0.1 * turn)
        multipliers = np.clip(multipliers + step * gap, -page.missing, 30.0)
    return multipliers


def _costs(page: Page) -> Array:
    """Price of arriving in each alphabet of a block's tier by starting it again."""
    band = 1
    table = np.zeros((len(page.start), _ALPHABETS))
    for t, opened in enumerate(page.bands):
        band = int(opened) or band
        table[t] = [_AGAIN + (_TOO_OFTEN if r >= band else 0.0) for r in range(_ALPHABETS)]
    return table


def _shift(a: Array) -> Array:
    """Exclusive prefix: position c holds what stood at c - 1."""
    out = np.full_like(a, _NEVER)
    out[:, 1:] = a[:, :-1]
    return out


def _inflow(before: Array, cost: Array) -> Array:
    """Log-sum of starting each (alphabet, country) from the states of the block before."""
    earlier = _shift(np.logaddexp.accumulate(before, axis=1))
    later = _shift(np.logaddexp.accumulate(before[:, ::-1], axis=1))[:, ::-1]
    flow = earlier.copy()
    flow[1:] = np.logaddexp(flow[1:], later[:-1] + cost[1:, None])
    return flow


def _forward(page: Page, multipliers: Array) -> tuple[Array, Array]:
    """Log-sums of all ways into each state of each block, and of having started there."""
    n, size = page.evidence.shape
    enter, costs = page.enter - multipliers, _costs(page)
    alpha = np.full((n, _ALPHABETS, size), _NEVER)
    began = np.full((n, _ALPHABETS, size), _NEVER)
    for t in range(n):
        if t == 0 or page.bands[t]:
            total = 0.0 if t == 0 else np.logaddexp.reduce(alpha[t - 1], axis=None)
            began[t, 0] = total + enter + page.opening[t]
            alpha[t] = began[t] + page.evidence[t]
            continue
        began[t] = _inflow(alpha[t - 1], costs[t]) + page.start[t] + enter + page.opening[t]
        alpha[t] = np.logaddexp(alpha[t - 1], began[t]) + page.evidence[t]
    return alpha, began


def _backward(page: Page, multipliers: Array, add: np.ufunc) -> Array:
    """Log-sum (or, with `np.maximum`, the best) of everything that can follow each state."""
    n, size = page.evidence.shape
    enter, costs = page.enter - multipliers, _costs(page)
    beta = np.zeros((n, _ALPHABETS, size))
    for t in range(n - 1, 0, -1):
        after = beta[t] + page.evidence[t]
        if page.bands[t]:
            beta[t - 1] = add.reduce(after[0] + enter + page.opening[t])
            continue
        begin = after + enter + page.start[t] + page.opening[t]
        flow = _shift(add.accumulate(begin[:, ::-1], axis=1))[:, ::-1].copy()
        earlier = _shift(add.accumulate(begin, axis=1))
        flow[:-1] = add(flow[:-1], earlier[1:] + costs[t][1:, None])
        beta[t - 1] = add(after, flow)
    return beta


def _expected_starts(page: Page, multipliers: Array) -> Array:
    """Expected number of sections of each country."""
    alpha, began = _forward(page, multipliers)
    beta = _backward(page, multipliers, np.logaddexp)
    total = np.logaddexp.reduce(alpha[-1], axis=None)
    joint = began + page.evidence[:, None, :] + beta - total
    expected: Array = np.exp(np.minimum(joint, 0.0)).sum(axis=(0, 1))
    return expected


@dataclass(slots=True)
class _Beam:
    """Partial chains, one a row: state, countries used, score, and the way back."""

    r: npt.NDArray[np.int64]
    c: npt.NDArray[np.int64]
    used: npt.NDArray[np.bool_]
    score: Array  # what the chain is worth
    relaxed: Array  # what it is worth in the relaxed problem


def _search(page: Page, multipliers: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The best chain in which repeats are paid for: beam search with the relaxed future as bound.

    The relaxed score and its bound choose which chains are kept, the true score which one wins.
    """
    n, size = page.evidence.shape
    costs = _costs(page)
    future = _backward(page, multipliers, np.maximum)
    nothing = np.zeros((1, size), dtype=bool)
    beam = _Beam(np.zeros(1, np.int64), np.full(1, -1), nothing, np.zeros(1), np.zeros(1))
    back: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]] = []
    for t in range(n):
        opened = t == 0 or bool(page.bands[t])
        width = len(beam.c)
        begin, r_new = _begin(page, beam, costs[t], t, opened=opened)
        stay = np.full(width, _NEVER) if opened else page.evidence[t, beam.c]
        parent = np.concatenate([np.arange(width), np.repeat(np.arange(width), size)])
        c = np.concatenate([beam.c, np.tile(np.arange(size), width)])
        r = np.concatenate([beam.r, r_new.ravel()])
        started = np.arange(len(c)) >= width
        gain = np.concatenate([stay, begin.ravel()])
        again = started & beam.used[parent, c]
        true = np.where(again, _REPEATED, np.where(started, page.missing[c], 0.0))
        score = beam.score[parent] + gain + true
        relaxed = beam.relaxed[parent] + gain - np.where(started, multipliers[c], 0.0)
        relaxed += np.where(again, _REPEATED, 0.0)
        bound = relaxed + future[t, r, c]
        kept = _best(bound, 2 * _BEAM)
        kept = _distinct(kept[bound[kept] > _NEVER / 2], r, c, beam.used, parent, started)
        used = beam.used[parent[kept]].copy()
        used[np.arange(len(kept)), c[kept]] = True
        back.append((parent[kept], c[kept], started[kept]))
        beam = _Beam(r[kept], c[kept], used, score[kept], relaxed[kept])
    return _trace(back, int(np.argmax(beam.score)))


def _best(bound: Array, most: int) -> npt.NDArray[np.int64]:
    """Positions of the greatest bounds, the greatest first; ties in the order of the positions."""
    if len(bound) > most:
        least = np.partition(bound, len(bound) - most)[len(bound) - most]
        candidates = np.flatnonzero(bound >= least)
    else:
        candidates = np.arange(len(bound))
    return candidates[np.argsort(-bound[candidates], kind="stable")][:most]


def _begin(
    page: Page, beam: _Beam, cost: Array, t: int, *, opened: bool
) -> tuple[Array, npt.NDArray[np.int64]]:
    """What starting each country adds to each chain of the beam, and its alphabet then."""
    columns = np.arange(page.enter.size)
    gain = np.tile(page.enter + page.evidence[t] + page.opening[t], (len(beam.c), 1))
    if opened:
        return gain, np.zeros(gain.shape, np.int64)
    again = columns < beam.c[:, None]
    r_new = np.minimum(beam.r[:, None] + again, _ALPHABETS - 1)
    gain = gain + page.start[t] + np.where(again, cost[r_new], 0.0)
    return np.where(columns == beam.c[:, None], _NEVER, gain), r_new


def _distinct(
    kept: npt.NDArray[np.int64],
    r: npt.NDArray[np.int64],
    c: npt.NDArray[np.int64],
    used: npt.NDArray[np.bool_],
    parent: npt.NDArray[np.int64],
    started: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Of chains with the same state and the same countries used only the best, at most _BEAM."""
    seen: set[tuple[int, int, bytes]] = set()
    chosen = []
    for i in kept:
        row = used[parent[i]]
        if started[i] and not row[c[i]]:
            row = row.copy()
            row[c[i]] = True
        key = (int(r[i]), int(c[i]), row.tobytes())
        if key not in seen:
            seen.add(key)
            chosen.append(i)
        if len(chosen) == _BEAM:
            break
    return np.array(chosen, dtype=np.int64)


def _trace(
    back: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]], at: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Follow the best chain back to the top of the page."""
    country = np.zeros(len(back), dtype=np.int64)
    starts = np.zeros(len(back), dtype=bool)
    for t in range(len(back) - 1, -1, -1):
        parent, c, started = back[t]
        country[t], starts[t] = c[at], started[at]
        at = int(parent[at])
    return country, starts
