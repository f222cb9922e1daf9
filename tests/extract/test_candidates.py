"""Every stretch of words that might be a name, and what never is one."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.extract.candidates import candidates


def texts(sentence, text: str, **more) -> set[str]:
    found = sentence(text, **more)
    return {found.form(start, end) for start, end in candidates(found, [])}


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        pytest.param("the Audit Office said", "Audit Office", id="name words"),
        pytest.param("the Audit Office said", "Office", id="part of a run"),
        pytest.param(
            "a Ministry of Education, Science and Sport said",
            "Ministry of Education, Science and Sport",
            id="connectors and commas",
        ),
        pytest.param("the X-Road works", "X-Road", id="hyphen"),
        pytest.param("an e-Government Act now", "e-Government Act", id="e-"),
        pytest.param("the Open data strategy of", "Open data strategy", id="lower-case head word"),
        pytest.param("the 2015 ICT strategy was", "2015 ICT strategy", id="year and head word"),
        pytest.param("by Law 18/2015 on", "Law 18/2015", id="law and number"),
        pytest.param("the decree 16/2002 says", "decree 16/2002", id="lower-case law, number"),
        pytest.param("under Decision No. 1046 of", "Decision No. 1046", id="marker before number"),
        pytest.param(
            "under law No. 5 of 31 May 2021 it", "law No. 5 of 31 May 2021", id="date of a law"
        ),
        pytest.param(
            "the 2014–2020 digital strategy", "2014–2020 digital strategy", id="years before"
        ),
        pytest.param(
            "a digital strategy from 2016-2020 is",
            "digital strategy from 2016-2020",
            id="years after",
        ),
        pytest.param("its plan for 2016 – 2020 is", "plan for 2016 – 2020", id="spaced dash"),
        pytest.param("a chief digital officer (CDO) said", "chief digital officer", id="acronym"),
        pytest.param("a chief digital officer (CDO) said", "CDO", id="the acronym itself"),
        pytest.param("the “open Data plan” of", "open Data plan", id="in quotation marks"),
        pytest.param("the „open Data plan“ of", "open Data plan", id="in German marks"),
        pytest.param('the "open Data plan," of', "open Data plan", id="comma before the mark"),
        pytest.param("a system (Eelnõude infosüsteem, EIS) is", "Eelnõude infosüsteem", id="field"),
        pytest.param("a system (Eelnõude infosüsteem, EIS) is", "EIS", id="field after a comma"),
        pytest.param("the Corte dei conti ruled", "Corte dei conti", id="lower-case native name"),
        pytest.param("Agenda 2030 is", "Agenda 2030", id="name and year"),
        pytest.param(
            "the Digital Agenda (2019–2023) is", "Digital Agenda (2019–2023)", id="years in bracket"
        ),
        pytest.param(
            "an Interministerial committee for digital inclusion met",
            "Interministerial committee for digital inclusion",
            id="says what for",
        ),
    ],
)
def test_candidates(sentence, text, candidate):
    assert candidate in texts(sentence, text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        pytest.param("Agency said. Board met", "Agency said. Board", id="over a sentence end"),
        pytest.param("the Audit Office said", "the Audit Office", id="article"),
        pytest.param("the Audit Office said", "Audit Office said", id="verb"),
        pytest.param("the Office of a Board", "Office of", id="connector at the end"),
        pytest.param("the Audit Office’s act", "Audit Office’s", id="possessive at the end"),
        pytest.param("in 2019 it rained", "2019", id="a year alone"),
        pytest.param("the Law has 18/2015", "Law has 18/2015", id="a number further away"),
        pytest.param("the Board (see below) met", "see below", id="lower case in a bracket"),
        pytest.param("the “Data plan of", "Data plan of", id="mark not closed"),
    ],
)
def test_never_candidates(sentence, text, never):
    assert never not in texts(sentence, text)


@pytest.mark.parametrize(
    ("register", "expected"), [("citation", True), ("body", False)], ids=["reference", "body"]
)
@pytest.mark.parametrize(
    ("text", "field"),
    [
        pytest.param("Smith. Digital goes on and on. Oslo.", "Digital goes on and on", id="one"),
        pytest.param(
            "OECD. Digital works: what it said. Oslo.", "Digital works: what it said", id="two"
        ),
    ],
)
def test_fields_of_a_reference(sentence, register, expected, text, field):
    assert (field in texts(sentence, text, register=register)) == expected


@pytest.mark.parametrize("text", ["", "nothing here at all", "it rained and it snowed", "- –"])
def test_no_candidates(sentence, text):
    assert texts(sentence, text) == set()


def test_what_is_given_is_a_candidate(sentence):
    found = sentence("the Board and the audit office of it")
    assert (4, 6) not in candidates(found, [])
    assert (4, 6) in candidates(found, [(4, 6)])


@pytest.mark.parametrize("bounds", [(1, 3), (2, 4)], ids=["connector first", "connector last"])
def test_what_is_given_with_a_connector_at_its_border_is_left_out(sentence, bounds):
    found = sentence("Board of Audit the and")
    assert bounds not in candidates(found, [bounds])


WORDS = st.lists(
    st.sampled_from(
        "Audit Office of the and , . ( ) “ ” - – / strategy law Law decree 2019 18/2015 No. 7 e"
        " Úřad vlády dei said plan DESI CDO ’s X committee for".split()
    ),
    max_size=40,
)
REGISTERS = st.sampled_from(["body", "citation"])


@given(WORDS, REGISTERS)
@hypothesis_settings(max_examples=200)
def test_candidates_are_stretches_of_words(sentence, words, register):
    found = sentence(" ".join(words), register=register)
    bounds = candidates(found, [])
    assert bounds == sorted(set(bounds))
    assert all(0 <= start < end <= len(found) for start, end in bounds)


@given(WORDS, REGISTERS)
def test_candidates_hold_a_letter_or_digit(sentence, words, register):
    found = sentence(" ".join(words), register=register)
    assert all(any(map(str.isalnum, found.form(*b))) for b in candidates(found, []))


@given(WORDS)
def test_candidates_of_a_reference_are_more(sentence, words):
    text = " ".join(words)
    body = candidates(sentence(text), [])
    assert set(body) <= set(candidates(sentence(text, register="citation"), []))


@pytest.mark.parametrize("word", ["Ministry ", "Aa of ", "2020 ", "úřad Aa ", "( Aa "])
def test_a_very_long_run_gives_a_bounded_number_of_candidates(sentence, word):
    assert len(candidates(sentence(word * 400 + "end"), [])) < 400 * 2 * 18
