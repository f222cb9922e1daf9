import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.acronyms import definitions, initials, is_acronym


@pytest.mark.parametrize(
    "text", ["DTA", "dTA", "eID", "CoA", "GOV.UK", "AB-CD", "EU-28", "B2G", "ÁNTSZ", "DFØ", "UN"]
)
def test_is_acronym(text):
    assert is_acronym(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("D", id="one letter"),
        pytest.param("A1", id="one letter and a digit"),
        pytest.param("2020", id="number"),
        pytest.param("(", id="bracket"),
        pytest.param("Dta", id="a word with a capital"),
        pytest.param("of", id="small word"),
        pytest.param("Digdir", id="a short name, not of capitals"),
        pytest.param("MINISTRYOFDATA", id="longer than twelve"),
    ],
)
def test_is_no_acronym(text):
    assert not is_acronym(text)


@pytest.mark.parametrize(
    ("tokens", "long", "acronym"),
    [
        pytest.param(
            "The Digital Transformation Agency ( DTA ) acts .",
            "Digital Transformation Agency",
            "DTA",
            id="plain",
        ),
        pytest.param(
            "the Office of the Prime Minister ( OPM ) , too",
            "Office of the Prime Minister",
            "OPM",
            id="small words are skipped",
        ),
        pytest.param(
            "Office for the Prime Minister ( OFTPM ) x",
            "Office for the Prime Minister",
            "OFTPM",
            id="small words are counted",
        ),
        pytest.param(
            "a chief digital officer ( CDO ) said", "chief digital officer", "CDO", id="lower case"
        ),
        pytest.param(
            "Court of Accounts ( CoA ; since 2010 )", "Court of Accounts", "CoA", id="semicolon"
        ),
        pytest.param(
            "Najvyšší kontrolný úrad ( NKÚ ) má", "Najvyšší kontrolný úrad", "NKÚ", id="accents"
        ),
        pytest.param(
            "State Audit Audit Office ( AO ) x", "Audit Office", "AO", id="the shortest stretch"
        ),
        pytest.param(
            "e - Government Development Index ( EGDI ) of",
            "e - Government Development Index",
            "EGDI",
            id="e-Government",
        ),
    ],
)
def test_definitions(tokens, long, acronym):
    words = tokens.split()
    found = [(" ".join(words[s:e]), words[at]) for s, e, at in definitions(words)]
    assert found == [(long, acronym)]


@pytest.mark.parametrize(
    "tokens",
    [
        pytest.param("", id="empty"),
        pytest.param("( DTA ) acts", id="nothing before"),
        pytest.param("Digital Transformation Agency ( DTA", id="bracket not closed"),
        pytest.param("Digital Transformation Agency DTA acts", id="no bracket"),
        pytest.param("Ministry of Regions ( VARAM ) said", id="other initials"),
        pytest.param("the DTA ( Digital Transformation Agency ) acts", id="the other way round"),
        pytest.param("Digital Transformation Agency ( see DTA ) acts", id="a word before it"),
        pytest.param("Digital Transformation Agency ( dta ) acts", id="no capitals"),
        pytest.param("Digital Agency ( " + "x " * 20 + "DA )", id="too far"),
    ],
)
def test_no_definitions(tokens):
    assert definitions(tokens.split()) == []


def test_two_definitions():
    tokens = "National Audit Office ( NAO ) and Digital Service Board ( DSB ) ."
    assert len(definitions(tokens.split())) == 2


@pytest.mark.parametrize("kind", [list, tuple])
def test_any_sequence_of_strings(kind):
    assert definitions(kind("the Audit Office ( AO )".split())) == [(1, 3, 4)]


WORDS = st.lists(
    st.sampled_from("Digital Service Audit Board Úrad of the and for e ( ) , . 2019 DS AB".split()),
    max_size=25,
)


@given(WORDS)
def test_long_forms_stand_before_their_bracket(words):
    for start, end, at in definitions(words):
        assert 0 <= start < end
        assert words[end] == "("
        assert at == end + 1
        long = words[start:end]
        assert words[at].casefold() in (initials(long), initials(long, skip=True))


@pytest.mark.parametrize(
    ("words", "skip", "expected"),
    [
        pytest.param("Office of the Prime Minister", True, "opm", id="small words left out"),
        pytest.param("Office of the Prime Minister", False, "ootpm", id="small words kept"),
        pytest.param("Agenda 2030", False, "a", id="numbers have no initial"),
        pytest.param("Straße Úrad", False, "sú", id="accents stay"),
        pytest.param("– ,", False, "", id="punctuation"),
    ],
)
def test_initials(words, skip, expected):
    assert initials(words.split(), skip=skip) == expected
