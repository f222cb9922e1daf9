"""Which paragraphs of a page are its statements: sets, what speaks for them, and the decision."""

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from pipeline import choice
from pipeline.choice import FEATURES, Candidate, choices, likeliest
from pipeline.records import Block
from pipeline.turning import Turn

QUESTION = "How often do harbour offices publish their tariffs?"
GRADES = (
    "Harbour offices always publish their tariffs.",
    "Harbour offices mostly publish their tariffs.",
    "Harbour offices seldom publish their tariffs.",
    "Harbour offices never publish their tariffs.",
)
OTHER = "In May, a minister from Bergen went home early with 3 others."


def candidate(text: str, at: int, tier: int = 0, p: float = 0.8) -> Candidate:
    row = [(1 - p) / 4] * 5
    row[tier] = p
    return Candidate(Block(start=at, end=at + len(text), role="prose"), text, tuple(row))


def scale(*texts: str) -> list[Candidate]:
    tiers = {text: tier for tier, text in enumerate(GRADES, 1)}
    return [candidate(text, 100 * i, tiers.get(text, 0)) for i, text in enumerate(texts)]


def column(found: choice.Choices, row: int | None, name: str) -> float:
    assert row is not None
    return float(found.table[row, FEATURES.index(name)])


def test_every_set_is_there_once_with_every_ascending_row_of_tiers():
    found = choices(scale(*GRADES, OTHER), QUESTION, None)
    assert len(found.table) == comb(5, 4) + 4 * comb(5, 3) + 6 * comb(5, 2)
    rows = {(*s, *t) for s, t in zip(found.sets.tolist(), found.tiers.tolist(), strict=True)}
    assert len(rows) == len(found.table)
    assert found.table.shape[1] == len(FEATURES)


def test_a_row_is_found_by_its_candidates_and_tiers():
    found = choices(scale(*GRADES), QUESTION, None)
    row = found.row([0, 2, 3], [1, 3, 4])
    assert found.sets[row].tolist() == [0, 2, 3, -1]
    assert found.tiers[row].tolist() == [1, 3, 4, 0]
    assert found.row([2, 0], [1, 2]) is None


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_candidates_make_no_set(n):
    found = choices(scale(*GRADES[:n]), QUESTION, None)
    assert len(found.table) == len(found.sets) == len(found.tiers) == 0
    p, none = choice.probabilities(found, np.zeros(len(FEATURES)))
    assert (len(p), none) == (0, 1.0)


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("grades", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("tiers", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("question", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("alike", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("least alike", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("frames", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("opening", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("fronted", [0, 1, 2, 4], [0, 1, 2, 3]),
        ("weakest", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("worst tier", [0, 1, 2, 3], [0, 1, 2, 4]),
        ("named", [0, 1, 2, 4], [0, 1, 2, 3]),
        ("digits", [0, 1, 2, 4], [0, 1, 2, 3]),
        ("length", [0, 1, 2, 4], [0, 1, 2, 3]),
        ("first", [0, 1, 2, 3], [1, 2, 3, 4]),
        ("uneven", [0, 1, 2, 4], [0, 1, 2, 3]),
    ],
)
def test_what_speaks_for_a_set(name, better, worse):
    some = scale(*GRADES, OTHER)
    found = choices(some, QUESTION, some[0].block)
    at = [found.row(chosen, [1, 2, 3, 4]) for chosen in (better, worse)]
    assert column(found, at[0], name) > column(found, at[1], name)


def test_statements_that_differ_in_degree_only_have_one_frame():
    found = choices(scale(*GRADES), QUESTION, None)
    row = found.row([0, 1, 2, 3], [1, 2, 3, 4])
    assert column(found, row, "frames") == 4.0
    assert column(found, row, "alike") < 4.0


def test_probabilities_are_a_softmax_beside_no_statement():
    found = choices(scale(*GRADES), QUESTION, None)
    p, none = choice.probabilities(found, np.zeros(len(FEATURES)))
    assert p.sum() + none == pytest.approx(1)
    assert p == pytest.approx([none] * len(p))


def test_the_likeliest_candidates_stay_in_their_order():
    texts = [*(f"{OTHER[:-1]} {n} times." for n in range(30)), *GRADES]
    found = likeliest(scale(*texts), QUESTION)
    assert len(found) == choice.MAX_CANDIDATES
    assert [c.text for c in found][-4:] == list(GRADES)
    assert [c.block.start for c in found] == sorted(c.block.start for c in found)


def test_weights_keep_their_names(tmp_path, monkeypatch):
    weights = np.arange(len(FEATURES), dtype=float)
    stored = choice.learned(weights)
    turned = {"features": np.array("\n".join(FEATURES[::-1])), "weights": weights[::-1]}
    for arrays in (stored, turned):
        monkeypatch.setattr(choice.models, "arrays", lambda name, arrays=arrays: arrays)
        choice.weights.cache_clear()
        assert choice.weights().tolist() == weights.tolist()
    choice.weights.cache_clear()


def test_the_trained_weights_prefer_the_scale():
    some = scale(*GRADES[:2], OTHER, *GRADES[2:])
    found = choices(some, QUESTION, some[0].block)
    p, none = choice.probabilities(found, choice.weights())
    assert p.argmax() == found.row([0, 1, 3, 4], [1, 2, 3, 4])
    assert none < p.max()


def test_who_repeats_a_candidate_with_more_words_echoes_it():
    echo = "In Spain, harbour offices never publish their tariffs."
    found = choices(scale(*GRADES, echo), QUESTION, None)
    rows = [found.row(chosen, [1, 2, 3, 4]) for chosen in ([0, 1, 2, 3], [0, 1, 2, 4])]
    assert [column(found, row, "echoes") for row in rows] == [0.0, 1.0]


def test_turns_of_the_page_are_summed():
    some = [replace(c, turn=Turn(0.25, 0.75, 1.0)) for c in scale(*GRADES)]
    found = choices(some, QUESTION, None)
    row = found.row([0, 1, 2, 3], [1, 2, 3, 4])
    assert [column(found, row, name) for name in ("stays", "turns", "again")] == [1.0, 3.0, 4.0]
