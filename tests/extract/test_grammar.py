"""Patterns of names, each by its example, and brackets that rename."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.grammar import _PATTERNS, appositions, grammar


def ruled(sentence, text: str) -> set[tuple[str, str, str]]:
    found = sentence(text)
    return {(found.form(s, e), label, name) for s, e, label, name in grammar(found)}


EXAMPLES = [
    ("The Ministry of Finance met.", "Ministry of Finance", "AGENCY", "ministry-of-finance"),
    ("the Office for the Budget said", "Office for the Budget", "AGENCY", "ministry-of-finance"),
    (
        "a Ministry of Education, Science and Sport met",
        "Ministry of Education, Science and Sport",
        "AGENCY",
        "ministry-of-finance",
    ),
    ("Finance Ministry staff", "Finance Ministry", "AGENCY", "finance-ministry"),
    ("the Úřad Office met", "Úřad Office", "AGENCY", "finance-ministry"),
    ("the Chancellor’s Office met", "Chancellor’s Office", "AGENCY", "ministers-office"),
    ("the Mayor's office met", "Mayor's office", "AGENCY", "ministers-office"),
    ("a Strategy for Skills is", "Strategy for Skills", "STRATEGY", "strategy-for-skills"),
    (
        "the Digital Skills Strategy 2020–2025 is",
        "Digital Skills Strategy 2020–2025",
        "STRATEGY",
        "skills-strategy-2020",
    ),
    ("the e-Skills Plan is", "e-Skills Plan", "STRATEGY", "skills-strategy-2020"),
    (
        "the 2016 digital skills strategy is",
        "2016 digital skills strategy",
        "STRATEGY",
        "2020-skills-strategy",
    ),
    ("the 2030 Agenda is", "2030 Agenda", "STRATEGY", "2030-agenda"),
    (
        "its Skills strategy for 2020-2025 is",
        "Skills strategy for 2020-2025",
        "STRATEGY",
        "strategy-for-2020-2025",
    ),
    ("under Skills 2020 it", "Skills 2020", "STRATEGY", "skills-2020"),
    (
        "the Smith government program is",
        "Smith government program",
        "STRATEGY",
        "smith-government-program",
    ),
    ("the Tax System is", "Tax System", "PLATFORM", "tax-system"),
    ("the Tax Portal for Firms is", "Tax Portal for Firms", "PLATFORM", "tax-system"),
    ("the Phoenix payroll system is", "Phoenix", "PLATFORM", "phoenix-(system)"),
    ("the “Phoenix” system is", "Phoenix", "PLATFORM", "phoenix-(system)"),
    ("the Skills Index 2020 is", "Skills Index 2020", "INDEX", "skills-index-2020"),
    ("the 2020 Skills Survey is", "2020 Skills Survey", "INDEX", "skills-index-2020"),
    ("the Audit Act of 2015 is", "Audit Act of 2015", "LAW", "audit-act"),
    ("the Act on Audit is", "Act on Audit", "LAW", "act-on-audit"),
    ("under law 18/2015 it", "law 18/2015", "LAW", "law-18/2015"),
    ("under Law No. 18/2015 it", "Law No. 18/2015", "LAW", "law-18/2015"),
    ("Regulation (EU) 2016/679 is", "Regulation (EU) 2016/679", "LAW", "law-18/2015"),
]


@pytest.mark.parametrize(
    ("text", "form", "label", "name"), EXAMPLES, ids=[form for _, form, *_ in EXAMPLES]
)
def test_a_pattern_holds(sentence, text, form, label, name):
    assert (form, label, name) in ruled(sentence, text)


@pytest.mark.parametrize("form", ["Prime Minister’s Office", "Minister’s Office"])
def test_the_office_of_the_prime_minister(sentence, form):
    assert (form, "AGENCY", "ministers-office") in ruled(sentence, f"the {form} met")


def test_every_pattern_has_an_example():
    assert {name for *_, name in EXAMPLES} == {name for _, name, _ in _PATTERNS}


def test_pattern_names_are_unique():
    names = [name for _, name, _ in _PATTERNS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("the ministry of finance met", id="lower case"),
        pytest.param("In Act One it rains", id="a preposition before"),
        pytest.param("This Strategy is", id="a pronoun before"),
        pytest.param("the Offices Inc. met", id="no word that follows"),
        pytest.param("under law eighteen it", id="no number"),
        pytest.param("Since 2020 it rains", id="a year alone"),
        pytest.param("the Phoenixes are birds", id="no system"),
    ],
)
def test_no_pattern_holds(sentence, text):
    assert ruled(sentence, text) == set()


def test_what_follows_and_may_be_the_next_body(sentence):
    forms = {form for form, *_ in ruled(sentence, "the Ministry of Tax and Ministry of Health met")}
    assert forms == {"Ministry of Tax", "Ministry of Health"}


@pytest.mark.parametrize(("names", "expected"), [(3, True), (6, False)], ids=["short", "long"])
def test_a_pattern_holds_for_at_most_twenty_words(sentence, names, expected):
    text = "Ministry of " + "Aa Bb Cc, " * (names - 1) + "Aa and Dd"
    assert any(form == text for form, *_ in ruled(sentence, text)) is expected


def test_a_pattern_ends_before_marks(sentence):
    forms = {form for form, *_ in ruled(sentence, "the “Skills Strategy 2020,” and")}
    assert "Skills Strategy 2020" in forms
    assert not any(form.endswith((",", "”")) or form.startswith("“") for form in forms)


WORDS = st.lists(
    st.sampled_from(
        "Ministry Office Act Law of for on and , . “ ” ’s the The 2020 2020–2025 18/2015 no."
        " Digital strategy Strategy Index System system government e - Prime 2030".split()
    ),
    max_size=30,
)


@given(WORDS)
def test_patterns_hold_for_whole_words(sentence, words):
    found = sentence(" ".join(words))
    for start, end, *_ in grammar(found):
        assert 0 <= start < end <= len(found)
        assert any(map(str.isalnum, found.form(start, end)))


def parts(sentence, text: str) -> list[str]:
    found = sentence(text)
    return [found.form(*part) for _, part in appositions(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a Board (Rådet) met", ["Rådet"], id="one"),
        pytest.param(
            "a system (Eelnõude infosüsteem, EIS) is", ["Eelnõude infosüsteem", "EIS"], id="two"
        ),
        pytest.param("a Board (Rådet; RD) met", ["Rådet", "RD"], id="semicolon"),
        pytest.param("a Board (or Rådet, for short) met", ["or Rådet"], id="with a capital only"),
        pytest.param("a Board (B) and an Office (O) met", ["B", "O"], id="two brackets"),
        pytest.param("a Board (see below) met", [], id="lower case"),
        pytest.param("(Rådet) met", [], id="nothing before"),
        pytest.param("a Board (Rådet", [], id="not closed"),
        pytest.param("a Board () met", [], id="empty"),
        pytest.param("a Board (Rådet " + "and so on " * 8 + ") met", [], id="too long"),
    ],
)
def test_appositions(sentence, text, expected):
    assert parts(sentence, text) == expected


def test_an_apposition_names_its_bracket(sentence):
    found = sentence("a Board (Rådet, RD) met")
    assert {bracket for bracket, _ in appositions(found)} == {2}
    assert found.words[2].text == "("
