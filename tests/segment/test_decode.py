"""The decision over a page: small pages of numbers, where all chains can be tried."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from pipeline.segment.decode import Page, decode

Chain = list[tuple[int, bool]]  # for each block its country, and whether it starts a section
AGAIN, TOO_OFTEN = -1.0, -4.0  # prices of one more alphabet, as the module documents them


def page(evidence, *, start=None, bands=None, missing=0.0) -> Page:
    """A page whose first block opens a tier with two scores, unless `bands` says otherwise."""
    table = np.array(evidence, dtype=float)
    n, size = table.shape
    return Page(
        evidence=table,
        opening=np.zeros_like(table),
        start=np.zeros(n) if start is None else np.array(start, dtype=float),
        bands=np.array([2] + [0] * (n - 1) if bands is None else bands, dtype=np.int64),
        enter=np.zeros(size),
        missing=np.full(size, missing),
    )


def decoded(of: Page) -> Chain:
    decision = decode(of)
    return list(zip(decision.country.tolist(), decision.starts.tolist(), strict=True))


def chains(of: Page) -> Iterator[Chain]:
    """Every chain in which each country has at most one section."""
    n, size = of.evidence.shape
    for moves in product((None, *range(size)), repeat=n):
        started = [m for m in moves if m is not None]
        opened = [t == 0 or of.bands[t] > 0 for t in range(n)]
        if len(set(started)) < len(started):
            continue
        if any(m is None and new for m, new in zip(moves, opened, strict=True)):
            continue
        chain: Chain = []
        for m in moves:
            chain.append((chain[-1][0], False) if m is None else (m, True))
        yield chain


def value(of: Page, chain: Chain) -> float:
    """Score of a chain, from the definition of `Page`."""
    total, band, alphabets, before = 0.0, 1, 0, -1
    for t, (country, starts) in enumerate(chain):
        band = int(of.bands[t]) or band
        total += of.evidence[t, country]
        if starts:
            total += of.enter[country] + of.opening[t, country]
        if t == 0 or of.bands[t]:
            alphabets = 0
        elif starts:
            total += of.start[t]
            if country < before:
                alphabets = min(alphabets + 1, 3)
                total += AGAIN + (TOO_OFTEN if alphabets >= band else 0.0)
        before = country
    present = {country for country, _ in chain}
    return total - sum(price for c, price in enumerate(of.missing) if c not in present)


def written(seed: int) -> Page:
    """A page as reports are: true sections in order, with partial evidence and some noise."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 5))
    half = int(rng.integers(1, size))
    shuffled = rng.permutation(size).tolist()
    rows = []
    for tier in (shuffled[:half], shuffled[half:]):
        score = dict(zip(tier, rng.integers(0, 2, len(tier)), strict=True))
        for i, country in enumerate(sorted(tier, key=lambda c: (score[c], c))):
            rows += [(country, k == 0, 2 * (i == k == 0)) for k in range(rng.integers(1, 3))]
    rows = rows[:6]
    evidence = np.zeros((len(rows), size))
    for t, (country, _, _) in enumerate(rows):
        evidence[t, country] = 8 * rng.random() * (rng.random() < 0.7)
        evidence[t, rng.integers(size)] += 2 * rng.random() * (rng.random() < 0.2)
    start = [rng.normal(2 if starts else -2) for _, starts, _ in rows]
    bands = [band for _, _, band in rows]
    return page(evidence, start=start, bands=bands, missing=3.0 * (seed % 2))


@pytest.mark.parametrize("seed", range(50))
def test_the_chain_is_the_best_of_all(seed):
    small = written(seed)
    best = max(value(small, chain) for chain in chains(small))
    assert value(small, decoded(small)) == pytest.approx(best)


def test_a_block_about_a_neighbour_does_not_cost_a_section_its_country():
    # 1, 0, 1 by evidence: one section of country 1 is worth 8, one of country 0 only 4.
    small = page([[0, 4], [4, 0], [0, 4]], start=[2, 1, 0])
    assert value(small, decoded(small)) == max(value(small, chain) for chain in chains(small))


@pytest.mark.parametrize("seed", range(50))
def test_each_country_stands_once(seed):
    started = [country for country, starts in decoded(written(seed)) if starts]
    assert len(set(started)) == len(started)


def test_evidence_decides():
    assert decoded(page([[5, 0, 0], [0, 0, 5]])) == [(0, True), (2, True)]


def test_the_order_decides_where_there_is_no_evidence():
    # The middle block says nothing; between 0 and 2 the alphabet leaves only 1.
    found = decoded(page([[9, 0, 0], [0, 0, 0], [0, 0, 9]], start=[0, 3, 3], bands=[1, 0, 0]))
    assert found == [(0, True), (1, True), (2, True)]


def test_without_evidence_and_order_sections_stay_within_the_alphabets_of_the_band():
    found = decoded(page(np.zeros((3, 3)), start=[3, 3, 3], bands=[1, 0, 0]))
    assert found == [(0, True), (1, True), (2, True)]


def test_strong_evidence_starts_the_alphabet_again():
    assert decoded(page([[0, 0, 6], [6, 0, 0]])) == [(2, True), (0, True)]


def test_weak_evidence_does_not_start_the_alphabet_again_where_the_band_forbids_it():
    found = decoded(page([[0, 0, 6], [2, 0, 0]], start=[0, 0], bands=[1, 0]))
    assert found == [(2, True), (2, False)]


def test_a_block_that_looks_like_no_start_goes_on():
    assert decoded(page([[4, 0], [0, 1]], start=[0, -6])) == [(0, True), (0, False)]


def test_a_tier_always_opens_a_section():
    # However unlike a start the block looks: a statement stands above it.
    found = decoded(page([[5, 0], [0, 0]], start=[-9, -9], bands=[2, 2]))
    assert [starts for _, starts in found] == [True, True]


def test_a_new_tier_starts_the_alphabet_at_no_price():
    assert decoded(page([[0, 3], [3, 0]], bands=[1, 1])) == [(1, True), (0, True)]


def test_a_country_that_is_expected_is_found_a_section():
    silent = [[6, 0], [0, 0]]
    assert decoded(page(silent, start=[0, -2], missing=0)) == [(0, True), (0, False)]
    assert decoded(page(silent, start=[0, -2], missing=3)) == [(0, True), (1, True)]


def test_one_block_is_one_section():
    found = decode(page([[1, 3, 0]]))
    assert found.country.tolist() == [1]
    assert found.starts.tolist() == [True]
    assert found.posterior[0].argmax() == 1


def test_one_country_is_sure():
    found = decode(page([[1], [0], [2]], start=[0, 5, 5]))
    assert found.country.tolist() == [0, 0, 0]
    assert found.posterior == pytest.approx(np.ones((3, 1)))


@pytest.mark.parametrize("seed", range(10))
def test_the_posterior_is_a_distribution(seed):
    posterior = decode(written(seed)).posterior
    assert posterior.min() >= 0
    assert posterior.sum(axis=1) == pytest.approx(np.ones(len(posterior)))


@pytest.mark.parametrize("seed", range(10))
def test_equal_pages_give_equal_decisions(seed):
    first, second = decode(written(seed)), decode(written(seed))
    assert first.country.tolist() == second.country.tolist()
    assert first.posterior.tobytes() == second.posterior.tobytes()


@pytest.mark.parametrize("seed", range(50))
def test_the_gap_is_never_smaller_than_what_is_missed(seed):
    small = written(seed)
    best = max(value(small, chain) for chain in chains(small))
    gap = decode(small).gap
    assert gap >= 0
    assert gap >= best - value(small, decoded(small)) - 1e-6


@pytest.mark.parametrize(
    "small",
    [
        pytest.param([[5, 0, 0], [0, 0, 5]], id="clear evidence"),
        pytest.param([[0, 0, 6], [6, 0, 0]], id="the alphabet again"),
        pytest.param([[1, 3, 0]], id="one block"),
    ],
)
def test_what_is_clear_is_all_but_proven(small):
    assert decode(page(small)).gap < 1


def long(n: int, size: int = 41) -> tuple[Page, list[int]]:
    """`n` sections of two blocks, in tiers of `size` with the alphabet once, or a country anew."""
    rng = np.random.default_rng(0)
    truth = [c for _ in range(n // size + 1) for c in range(size)][:n]
    evidence = np.zeros((2 * n, size))
    for i, c in enumerate(truth):
        evidence[2 * i, c] = 12
        evidence[2 * i + 1, c] = 6 * rng.random()
    start = np.tile([2.0, -3.0], n)
    bands = [2 if i % (2 * size) == 0 else 0 for i in range(2 * n)]
    return page(evidence, start=start, bands=bands), truth


def test_a_page_of_200_sections_decodes():
    of, truth = long(200, size=200)
    decision = decode(of)
    assert decision.starts.tolist() == [True, False] * 200
    assert decision.country[::2].tolist() == truth
    assert np.isfinite(decision.posterior).all()
    assert decision.gap >= 0


def test_a_page_of_more_sections_than_countries_decodes():
    of, _ = long(200)
    decision = decode(of)
    assert decision.starts[0]
    assert np.isfinite(decision.posterior).all()
    assert decision.gap >= 0


def test_evidence_beyond_all_measure_stays_within_range():
    decision = decode(page([[1e4, 0], [0, 1e4]], start=[0, 2]))
    assert decision.country.tolist() == [0, 1]
    assert np.isfinite(decision.posterior).all()
