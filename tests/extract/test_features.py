"""What the classifier is told of a candidate in given situations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import features as module
from pipeline.extract.candidates import candidates
from pipeline.extract.features import Context, features, rows
from pipeline.extract.reference import Known


def told(sentence, text: str, form: str, **more) -> set[str]:
    """The features of a form where it first stands in a text."""
    found = sentence(text, **more)
    start = text.index(form)
    bounds = found.at(start, start + len(form))
    assert bounds is not None
    return set(features(Context(found), *bounds))


SITUATIONS = [
    ("the last word", "the Audit Office met", "Audit Office", ["L=office", "H1=AGENCY", "n=2"]),
    ("the first word", "the Audit Office met", "Audit Office", ["F=audit", "w=audit", "caps=2"]),
    ("pairs of words", "the Audit Office met", "Audit Office", ["b=audit_office"]),
    ("shape", "the GovTech Board 2020", "GovTech Board 2020", ["shp=AaA_Aa_YYYY", "is:yearL"]),
    ("no head", "the Xyzzy met", "Xyzzy", ["H=none", "n=1"]),
    ("what it explains", "the Office for Skills", "Office for Skills", ["S=office", "SH=AGENCY"]),
    ("words around", "then the Board of Oslo", "Board", ["P1=the", "P2=then_the", "N2=of_oslo"]),
    ("words near", "we asked the Board again", "Board", ["p:asked", "n:again", "n0one:again"]),
    ("the first of a sentence", "Board members met", "Board", ["first", "P1=<>"]),
    ("the end of a sentence", "the Board", "Board", ["right=end", "N1=<>"]),
    ("cut on the right", "the Audit Office", "Audit", ["right=name"]),
    ("cut over a connector", "the Office of Skills", "Office", ["right=over_of"]),
    ("cut over two", "the Office of the Crown", "Office", ["right=over2_of"]),
    ("cut on the left", "the Office of Skills", "Skills", ["left=over_of"]),
    ("a head word after", "the Phoenix system is", "Phoenix", ["right=head_PLATFORM"]),
    ("nothing to extend by", "the Xyzzy met", "Xyzzy", ["lr=no_no"]),
    ("quoted", "the “Xyzzy Bla” is", "Xyzzy Bla", ["quoted"]),
    ("bracketed", "a board (Xyzzy) met", "Xyzzy", ["bracketed"]),
    ("before a bracket", "the Xyzzy (of old) met", "Xyzzy", ["toBracket"]),
    ("after a title", "said Minister Xyzzy Bla", "Xyzzy Bla", ["titled"]),
    ("after a first name", "said Angela Xyzzy", "Xyzzy", ["afterGiven"]),
    ("a first name", "said Angela Xyzzy", "Angela Xyzzy", ["given", "given0"]),
    ("possessive", "the Crown’s Data Plan is", "Crown’s Data Plan", ["poss", "poss&H=STRATEGY"]),
    ("adjective first", "the Estonian Data Plan is", "Estonian Data Plan", ["country0=adjective"]),
    ("country last", "the Data Board Estonia", "Data Board Estonia", ["country1=name"]),
    ("a list", "an Xyzzy, Bla and Foo met", "Xyzzy, Bla and Foo", ["is:comma", "is:and"]),
    ("lower case last", "the Corte dei conti met", "Corte dei conti", ["is:lowerL", "is:lower"]),
    ("another language", "the Úřad met", "Úřad", ["is:foreign"]),
    ("a domain", "on eesti.ee today", "eesti.ee", ["is:domain"]),
    ("camel case", "on GovTech today", "GovTech", ["is:camel"]),
    ("all capitals", "THE XYZZY BLA MET", "XYZZY BLA", ["is:allcaps"]),
    ("known", "the GDPR applies", "GDPR", ["known=LAW:none", "known1=LAW:none"]),
    ("known look-alike", "the ICT budget", "ICT", ["known=not:generic"]),
    ("holds a known name", "the GDPR Xyzzy is", "GDPR Xyzzy", ["hasknown0=LAW:none"]),
    ("ends with one", "the Xyzzy GDPR is", "Xyzzy GDPR", ["hasknown1=LAW:none"]),
    ("within one", "the European Commission met", "Commission", ["inknown=AGENCY:none"]),
    ("cuts one", "Xyzzy European Commission", "Xyzzy European", ["cutsknown=AGENCY:none"]),
    ("long form", "the Audit Xyzzy Board (AXB) met", "Audit Xyzzy Board", ["longform"]),
    ("its end", "the Audit Xyzzy Board (AXB) met", "Xyzzy Board", ["longformEnd"]),
    ("its start", "the Audit Xyzzy Board (AXB) met", "Audit Xyzzy", ["longformStart"]),
    ("acronym", "the AXB met", "AXB", ["acronym"]),
    ("its label", "the Audit Xyzzy Board (AXB) met", "AXB", ["acronym", "acronymOf=AGENCY"]),
    ("no label", "the Audit Xyzzy Bla (AXB) met", "AXB", ["acronymOf=none"]),
    ("grammar", "the Audit Board met", "Audit Board", ["rule=finance-ministry", "ruled=AGENCY"]),
    ("within the grammar", "the Audit Board met", "Board", ["in_ruled=AGENCY", "in1_ruled=AGENCY"]),
    ("more than it", "the Audit Board Xyzzy", "Audit Board Xyzzy", ["has_ruled=AGENCY"]),
    ("renamed", "the Audit Board (Xyzzy, AB) met", "Audit Board", ["renamed=2"]),
    ("renames", "the Audit Board (Xyzzy, AB) met", "Xyzzy", ["renames=AGENCY"]),
]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [row[1:] for row in SITUATIONS],
    ids=[row[0] for row in SITUATIONS],
)
def test_features(sentence, text, form, expected):
    assert set(expected) <= told(sentence, text, form)


@pytest.mark.parametrize(
    ("text", "form", "never"),
    [
        pytest.param("the “Xyzzy Bla is", "Xyzzy Bla", "quoted", id="mark not closed"),
        pytest.param("a board (the Xyzzy) met", "Xyzzy", "bracketed", id="a word before"),
        pytest.param("the Xyzzy met", "Xyzzy", "acronym", id="a word is no acronym"),
        pytest.param("the AXB met", "AXB", "acronymOf=none", id="not defined"),
        pytest.param("the Xyzzy met", "Xyzzy", "first", id="not the first"),
        pytest.param("the Xyzzy met", "Xyzzy", "cit", id="no reference"),
        pytest.param("Angela Xyzzy met", "Xyzzy", "given", id="the first name is outside"),
    ],
)
def test_never_features(sentence, text, form, never):
    assert never not in told(sentence, text, form)


@pytest.mark.parametrize(
    ("country", "expected"), [("EST", "known=AGENCY:own"), ("USA", "known=AGENCY:other")]
)
def test_whose_a_known_name_is(sentence, country, expected):
    name = "Rahandusministeerium"
    assert expected in told(sentence, f"the {name} met", name, country=country)


def test_a_reference_has_features_of_its_own(sentence):
    text, form = "The Audit Board met.", "Audit Board"
    body, cited = told(sentence, text, form), told(sentence, text, form, register="citation")
    assert {"cit", "cit:L=board", "cit:rule=finance-ministry"} <= cited
    assert body < cited
    assert all(feature == "cit" or feature.startswith("cit:") for feature in cited - body)


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_form_can_be_forgotten(sentence, forgotten):
    text, form = "the GDPR applies", "GDPR"
    bounds, told = rows(sentence(text), lambda name: forgotten and name == form)
    row = told[bounds.index((1, 2))]
    assert any(feature.startswith("known") for feature in row) is not forgotten


def test_rows_are_those_of_the_candidates(sentence):
    found = sentence("The Xyzzy Board met the Bla.")
    bounds, told = rows(found)
    assert set(candidates(found, [])) <= set(bounds)
    assert told == [features(Context(found), *b) for b in bounds]


def test_known_names_and_the_grammar_give_candidates(sentence):
    found = sentence("Its plan for 2020, like eesti.ee, is new.", country="EST")
    bounds, _ = rows(found)
    forms = {found.form(*b) for b in bounds}
    assert {"plan for 2020", "eesti.ee"} <= forms


def test_no_words_no_rows(sentence):
    assert rows(sentence("")) == ([], [])


WORDS = st.lists(
    st.sampled_from(
        "Audit Office of the and , . ( ) “ ” 2019 Law 18/2015 e - GDPR DESI (AO) ’s Estonia"
        " Estonian Angela Minister plan úřad GovTech".split()
    ),
    max_size=20,
)


@given(WORDS, st.sampled_from(["body", "citation"]), st.sampled_from([None, "EST"]))
def test_each_feature_is_told_once(sentence, words, register, country):
    bounds, told = rows(sentence(" ".join(words), register=register, country=country))
    assert len(bounds) == len(told)
    assert all(len(row) == len(set(row)) for row in told)
    assert not any("\n" in feature for row in told for feature in row)


class Forwards(set):
    def __iter__(self):
        return iter(sorted(super().__iter__()))


class Backwards(set):
    def __iter__(self):
        return iter(sorted(super().__iter__(), reverse=True))


def test_the_order_of_features_is_not_that_of_sets(sentence, monkeypatch):
    # Sets of strings have another order in each process; sums of float32 depend on the order.
    def told(kind: type) -> list[list[str]]:
        monkeypatch.setattr(module, "set", kind, raising=False)
        return rows(sentence("The Xyzzy’s Act (XA) of Bla Foo."))[1]

    kinds = ("AGENCY", "STRATEGY", "LAW", "PLATFORM", "INDEX")
    names = [Known(s, e, kind, "own") for s, e in ((1, 2), (1, 4), (9, 10)) for kind in kinds]
    monkeypatch.setattr(module, "known", lambda of: names)
    assert told(Forwards) == told(Backwards)
