"""Pages made of written statements, and the weights that are learned on them."""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from pipeline import choice, generator, grades
from pipeline.choice import FEATURES, Choices
from pipeline.corpus import Example, Passage
from pipeline.train.pages import (
    BEFORE,
    BEHIND,
    COMPARED,
    MISSING,
    STREWN,
    Page,
    compared,
    echoed,
    page,
    pages,
    strewn,
    told,
)
from pipeline.train.statements import WHOLE, Weighed, fit_choice, weighed

QUESTION = "How often do harbour offices publish their tariffs?"
WORDS = {
    1: ("always", "invariably"),
    2: ("mostly", "usually"),
    3: ("seldom", "rarely"),
    4: ("never",),
}
WORDS[4] = ("never", "in no case")
HELD = [
    Example(f"Harbour offices {word} publish their tariffs.", tier, "ports")
    for tier, words in WORDS.items()
    for word in words
] + [Example("Three offices were closed in the flood of that year.", 0, "n00")]
PASSAGES = [
    Passage(
        f"Office {n} stands beside the old river. "
        + "It has been rebuilt twice since the flood and now holds the papers of the whole town, "
        "which students and sailors read in a room above the quay from spring to late autumn.",
        (),
        "report",
        ("AUT", "BEL", "CZE", "DNK", "EST", "FRA", "GRC", "HUN", "IRL", "JPN", "LVA", "MEX")[
            n % 12
        ],
    )
    for n in range(60)
]


def made(*, long: bool, seed: int = 1) -> Page:
    (found,) = pages(HELD, {"ports": QUESTION}, PASSAGES, Random(seed), long=long)
    return found


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_a_page_holds_its_statements_in_order(long, seed):
    found = made(long=long, seed=seed)
    lines = found.text.split("\n")
    at = [lines.index(text) for text, _ in found.gold]
    assert at == sorted(at)
    assert lines[2] == found.question == QUESTION
    assert [tier for _, tier in found.gold] == sorted({tier for _, tier in found.gold})


def test_statements_of_long_pages_have_up_to_two_sentences():
    n = Counter(
        grades.n_sentences(text)
        for seed in range(20)
        for text, _ in made(long=True, seed=seed).gold
    )
    assert set(n) == {1, 2}
    short = {
        grades.n_sentences(t) for seed in range(20) for t, _ in made(long=False, seed=seed).gold
    }
    assert short == {1}


def test_most_pages_print_the_whole_scale():
    n = Counter(len(made(long=False, seed=seed).gold) for seed in range(100))
    assert n[4] > 70
    assert n[0] > 0
    assert set(n) <= {4 - len(missing) for missing in MISSING}


def test_the_same_seed_makes_the_same_page():
    assert made(long=True) == made(long=True)


@pytest.mark.parametrize("seed", range(20))
def test_an_echo_adds_a_circumstance(seed):
    statement = HELD[0].text
    found = echoed(statement, Random(seed))
    assert statement[1:-1] in found
    assert len(found) > len(statement) + 5
    assert "{" not in found
    assert len({*BEFORE, *BEHIND}) == len(BEFORE) + len(BEHIND)


def test_a_tier_that_is_not_printed_has_no_sections():
    wordings = {t: f"Grade {t} of harbour offices." for t in (1, 2, 3)}
    sections = {tier: [[f"Section of {tier}."]] for tier in (1, 2, 3, 4)}
    text = page(wordings, QUESTION, "An echo.", sections, ["Nearly a grade."], Random(1))
    assert "Grade 4" not in text
    assert "Section of 4" not in text
    assert text.count("An echo.") <= 1


def test_a_page_without_statements_has_sections():
    sections = {tier: [[f"Section of {tier}."]] for tier in (1, 2, 3, 4)}
    text = page({}, QUESTION, "An echo.", sections, ["Nearly a grade."], Random(1))
    assert all(f"Section of {tier}." in text for tier in sections)
    assert text.count("An echo.") == 1


def test_strewn_sections_are_about_one_country_each():
    prose = told(PASSAGES, excerpts=False)
    sections = strewn(prose, Random(1))
    assert {tier: len(some) for tier, some in sections.items()} == STREWN
    owners = [
        {iso3 for iso3, texts in prose.items() for p in section if p in texts}
        for some in sections.values()
        for section in some
    ]
    assert all(len(countries) == 1 for countries in owners)
    assert len(set(map(min, owners))) == len(owners)


def test_excerpts_are_told_too():
    n = {more: sum(map(len, told(PASSAGES, excerpts=more).values())) for more in (False, True)}
    assert n[True] > n[False] == len(PASSAGES)


@pytest.mark.parametrize("seed", range(5))
def test_compared_sections_come_from_a_written_page(seed):
    (written, *_) = generator.corpus()
    sections = compared(written, Random(seed))
    assert set(sections) == {1, 2, 3, 4}
    assert 3 <= sum(map(len, sections.values())) <= COMPARED[1]


def test_statements_of_several_sentences_stand_on_long_pages_only():
    held = [replace(e, text=f"{e.text} More follows.") if e.tier else e for e in HELD]
    for long, n in ((False, 0), (True, 1)):
        found = list(pages(held, {"ports": QUESTION}, PASSAGES, Random(1), long=long))
        assert len(found) == n


@pytest.fixture(scope="module")
def model():
    lessons = [(e.text, e.tier) for e in HELD] * 6 + [(p.text, 0) for p in PASSAGES]
    return grades.GradeModel(grades.WordModel().fit(*zip(*lessons, strict=True)))


def test_the_right_choice_of_a_page_is_known(model):
    found = made(long=False)
    case = weighed(found, model)
    assert case.choices.tiers[case.right].tolist()[: len(found.gold)] == [t for _, t in found.gold]


def test_a_page_whose_statement_is_no_candidate_is_left_out(model):
    found = made(long=False)
    assert (
        weighed(Page(QUESTION, found.text, (("Not on the page.", 1), *found.gold)), model) is None
    )


def cases(n: int, whole: float) -> list[Weighed]:
    """Pages of two sets, a whole one and one of three, that differ in one more feature."""
    columns = [FEATURES.index(name) for name in ("four", "three", "alike")]
    found = []
    for i in range(n):
        table = np.zeros((2, len(FEATURES)))
        right = 0 if i < whole * n else 1
        table[0, columns[0]] = table[1, columns[1]] = 1.0
        table[right, columns[2]] = 1.0
        sets = np.array([[0, 1, 2, 3], [0, 1, 2, -1]])
        found.append(Weighed(Choices(sets, sets + 1, table), right))
    return found


def test_weights_favour_what_right_choices_have():
    weights = fit_choice(cases(60, 0.5))
    assert weights[FEATURES.index("alike")] > 1
    for case in cases(60, 0.5):
        p, none = choice.probabilities(case.choices, weights - _shift(0.5))
        assert p.argmax() == case.right
        assert none < 0.5


def _shift(whole: float) -> np.ndarray:
    """What the prior correction adds."""
    shift = np.zeros(len(FEATURES))
    shift[FEATURES.index("four")] = np.log(WHOLE / whole)
    shift[[FEATURES.index("three"), FEATURES.index("two")]] = np.log((1 - WHOLE) / (1 - whole))
    return shift


def test_whole_scales_are_as_common_as_in_reports():
    plain = fit_choice(cases(60, 0.5)) - _shift(0.5)
    assert plain[FEATURES.index("four")] == pytest.approx(plain[FEATURES.index("three")], abs=0.05)


def test_no_correction_where_all_are_whole():
    weights = fit_choice(cases(20, 1.0))
    assert np.isfinite(weights).all()
    assert weights[FEATURES.index("two")] == pytest.approx(0, abs=1e-6)


def test_pages_without_statements_speak_against_all_sets():
    bare = [Weighed(case.choices, None) for case in cases(60, 0.5)]
    with_bare, without = fit_choice([*cases(60, 0.5), *bare]), fit_choice(cases(60, 0.5))
    some = cases(60, 0.5)[0].choices
    assert choice.probabilities(some, with_bare)[1] > choice.probabilities(some, without)[1]
