"""One sentence read: its candidates, who renames whom, and that it is read once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.features import rows
from pipeline.extract.reading import Reading, read, reading, straight
from pipeline.extract.weights import NAMES

TEXT = "The Audit Office (AO) met."


def of(sentence, text: str, **more) -> Reading:
    """The reading of a sentence whose candidates are all as good."""
    found = sentence(text, **more)
    bounds, _ = rows(found)
    return reading(found, bounds, np.zeros((len(bounds), len(NAMES)), np.float32))


@pytest.fixture(scope="module")
def empty(weights):
    return weights()


def test_a_sentence_is_read_once(empty):
    assert read(TEXT, "body", "EST", empty) is read(TEXT, "body", "EST", empty)


@pytest.mark.parametrize(
    ("text", "register", "country"),
    [
        pytest.param(TEXT + " ", "body", "EST", id="text"),
        pytest.param(TEXT, "citation", "EST", id="register"),
        pytest.param(TEXT, "body", "FIN", id="country"),
        pytest.param(TEXT, "body", None, id="no country"),
    ],
)
def test_another_sentence_is_read_anew(empty, text, register, country):
    assert read(text, register, country, empty) is not read(TEXT, "body", "EST", empty)


def test_other_weights_read_anew(weights):
    one, two = (read(TEXT, "body", None, weights({"n=2": {"LAW": x}})) for x in (1.0, 2.0))
    assert one is not two
    assert one.odds.max() < two.odds.max()


def test_odds_are_those_of_the_weights(weights):
    found = read(TEXT, "body", None, weights({"H1=AGENCY": {"AGENCY": 8.0}, "n=2": {"LAW": 1.0}}))
    odds = {c.form: row for c, row in zip(found.candidates, found.odds, strict=True)}
    assert odds["Audit Office"].tolist() == [2, -6, -5, -6, -6]
    assert odds["AO"].tolist() == [-6] * 5


def test_odds_are_bounded(weights):
    found = read(TEXT, "body", None, weights({"n=2": {"LAW": 1e6}, "n=1": {"LAW": -1e6}}))
    assert found.odds.min() == -8
    assert found.odds.max() == 8


@pytest.mark.parametrize(
    ("form", "kind"), [("AO", "acronym"), ("Office", "word"), ("Audit Office", "words")]
)
def test_kinds_of_candidates(sentence, form, kind):
    kinds = {c.form: c.kind for c in of(sentence, TEXT).candidates}
    assert kinds[form] == kind


@pytest.mark.parametrize("quote", ["'", "’"], ids=["straight", "curly"])
def test_forms_have_straight_apostrophes(sentence, quote):
    forms = {c.form for c in of(sentence, f"The Crown{quote}s Office met.").candidates}
    assert "Crown's Office" in forms


WORDS = st.lists(
    st.sampled_from("Audit Office of the , . ( ) AO ’s Law 2019 úřad Aa’s an unit (AO)".split()),
    max_size=20,
)


@given(WORDS)
def test_candidates_quote_the_sentence(sentence, words):
    text = " ".join(words)
    for candidate in of(sentence, text).candidates:
        assert straight(text[candidate.start : candidate.end]) == candidate.form
        assert candidate.first < candidate.stop


@given(WORDS)
def test_renames_are_mutual_and_never_of_itself(sentence, words):
    renames = set(of(sentence, " ".join(words)).renames)
    assert renames == {(j, i) for i, j in renames}
    assert all(i != j for i, j in renames)


def renamed(found: Reading) -> set[tuple[str, str]]:
    return {(found.candidates[i].form, found.candidates[j].form) for i, j in found.renames}


def test_a_bracket_renames_the_name_before_it(sentence):
    pairs = renamed(of(sentence, "The Audit Board (Rådet, RD) met."))
    assert {("Audit Board", "Rådet"), ("Rådet", "Audit Board")} <= pairs
    assert {("Audit Board", "RD"), ("Rådet", "RD"), ("RD", "Rådet")} <= pairs


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        pytest.param("The Board met (Rådet).", ("Board", "Rådet"), id="a word before the bracket"),
        pytest.param("The Bank and Board (Rådet) met.", ("Bank", "Rådet"), id="another name"),
        pytest.param("The Board (B) and Bank (C) met.", ("B", "C"), id="another bracket"),
        pytest.param("The Board (the Rådet) met.", ("Board", "Rådet"), id="a part of the part"),
    ],
)
def test_what_a_bracket_does_not_rename(sentence, text, pair):
    found = of(sentence, text)
    assert set(pair) <= {c.form for c in found.candidates}
    assert pair not in renamed(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TEXT, (("Audit Office", "AO"),), id="one"),
        pytest.param("The Crown’s Office (CO)", (("Crown's Office", "CO"),), id="apostrophe"),
        pytest.param("The Audit Office (BO) met.", (), id="other initials"),
        pytest.param(
            "an Audit Office (AO) and Data Board (DB)",
            (("Audit Office", "AO"), ("Data Board", "DB")),
            id="two",
        ),
    ],
)
def test_defined(sentence, text, expected):
    assert of(sentence, text).defined == expected


def test_lowered_words_are_those_without_capitals(sentence):
    lowered = of(sentence, "The Open data plan, of 2019, is open.").lowered
    assert lowered == {"data", "plan", "of", "is", "open"}


@pytest.mark.parametrize(("register", "cited"), [("citation", True), ("body", False)])
def test_citation(sentence, register, cited):
    assert of(sentence, TEXT, register=register).citation is cited


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        pytest.param(
            "its own management unit (MU) met", {"management unit", "MU"}, id="own and an acronym"
        ),
        pytest.param("each data unit (DU) met", {"data unit", "DU"}, id="each"),
        pytest.param("the management unit (MU) met", set(), id="the only one"),
        pytest.param("its own Management Unit (MU) met", set(), id="with capitals"),
        pytest.param("management unit (MU) of", set(), id="nothing before"),
        pytest.param("an own management unit met", set(), id="no acronym"),
    ],
)
def test_generic_acronyms(sentence, text, generic):
    assert of(sentence, text).generic == generic


def test_generic_forms_are_written_as_candidates_are(sentence):
    found = of(sentence, "It has an owner’s management unit (OMU).")
    assert found.generic <= {c.form for c in found.candidates}
