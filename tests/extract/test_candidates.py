import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.extract.candidates import candidates, known


def texts(doc, tokens: str) -> set[str]:
    found = doc(tokens)
    return {found[start:end].text for start, end in candidates(found)}


@pytest.mark.parametrize(
    ("tokens", "candidate"),
    [
        pytest.param("the Audit Office said", "Audit Office", id="name words"),
        pytest.param("the Audit Office said", "Office", id="part of a run"),
        pytest.param(
            "a Ministry of Education , Science and Sport said",
            "Ministry of Education , Science and Sport",
            id="connectors and commas",
        ),
        pytest.param("the X - Road works", "X - Road", id="hyphen"),
        pytest.param("an e - Government Act now", "e - Government Act", id="e-"),
        pytest.param("the 2015 ICT strategy was", "2015 ICT strategy", id="year and head word"),
        pytest.param("by Law 18/2015 on", "Law 18/2015", id="law and number"),
        pytest.param("the decree 16/2002 says", "decree 16/2002", id="lower-case law, number"),
        pytest.param("under Decision No. 1046 of", "Decision No. 1046", id="marker before number"),
        pytest.param(
            "the 2014 – 2020 digital strategy", "2014 – 2020 digital strategy", id="years before"
        ),
        pytest.param(
            "a digital strategy from 2016 - 2020 is",
            "digital strategy from 2016 - 2020",
            id="years after",
        ),
        pytest.param("a chief digital officer ( CDO ) said", "chief digital officer", id="acronym"),
        pytest.param("a chief digital officer ( CDO ) said", "CDO", id="the acronym itself"),
        pytest.param("the “ open data plan ” of", "open data plan", id="in quotation marks"),
        pytest.param("the Corte dei conti ruled", "Corte dei conti", id="lower-case native name"),
        pytest.param("Agenda 2030 is", "Agenda 2030", id="name and year"),
    ],
)
def test_candidates(doc, tokens, candidate):
    assert candidate in texts(doc, tokens)


@pytest.mark.parametrize(
    ("tokens", "never"),
    [
        pytest.param("Agency said . Board met", "Agency said . Board", id="over a sentence end"),
        pytest.param("the Audit Office said", "the Audit Office", id="article"),
        pytest.param("the Audit Office said", "Audit Office said", id="verb"),
        pytest.param("in 2019 it rained", "2019", id="a year alone"),
        pytest.param("the Law has 18/2015", "Law has 18/2015", id="a number further away"),
    ],
)
def test_never_candidates(doc, tokens, never):
    assert never not in texts(doc, tokens)


@pytest.mark.parametrize("tokens", ["", "nothing here at all", "it rained and it snowed", "- –"])
def test_no_candidates(doc, tokens):
    assert texts(doc, tokens) == set()


WORDS = st.lists(
    st.sampled_from(
        "Audit Office of the and , . ( ) “ ” - – / strategy law Law decree 2019 18/2015 No. 7 e"
        " Úřad vlády dei said plan DESI CDO ’s X".split()
    ),
    max_size=40,
)


@given(WORDS)
@hypothesis_settings(max_examples=200)
def test_candidates_are_stretches_of_tokens(doc, words):
    found = doc(" ".join(words))
    bounds = candidates(found)
    assert bounds == sorted(set(bounds))
    assert all(0 <= start < end <= len(found) for start, end in bounds)


@given(WORDS)
def test_candidates_hold_a_letter_or_digit(doc, words):
    found = doc(" ".join(words))
    assert all(any(map(str.isalnum, found[s:e].text)) for s, e in candidates(found))


def test_a_very_long_run_gives_a_bounded_number_of_candidates(doc):
    assert len(candidates(doc("Ministry " * 400 + "end"))) < 1000


@pytest.mark.parametrize(
    ("tokens", "form", "label"),
    [
        pytest.param("the DESI ranks", "DESI", "INDEX", id="acronym"),
        pytest.param("the European Commission said", "European Commission", "AGENCY", id="name"),
        pytest.param("the Paris desi", None, None, id="in lower case it is another word"),
    ],
)
def test_known(doc, tokens, form, label):
    found = doc(tokens)
    named = [(found[start:end].text, label) for start, end, label in known(found)]
    assert named == ([(form, label)] if form else [])


@pytest.mark.parametrize("quote", ["'", "’"], ids=["straight", "curly"])
def test_known_names_with_either_quote(quote):
    import spacy

    found = spacy.blank("en")(f"the Prime Minister{quote}s Office of Ireland")
    assert any("Office" in found[start:end].text for start, end, _ in known(found))
