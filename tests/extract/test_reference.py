"""Names that the reference data know, and whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import knowledge
from pipeline.extract.reference import known


def found(sentence, text: str, country: str | None = None) -> set[tuple[str, str, str]]:
    of = sentence(text, country=country)
    return {(of.form(k.start, k.end), k.label, k.whose) for k in known(of)}


@pytest.mark.parametrize(
    ("country", "whose"),
    [
        pytest.param("EST", "own", id="its country's"),
        pytest.param("USA", "other", id="another country's"),
        pytest.param(None, "other", id="no country known"),
    ],
)
def test_whose_a_ministry_is(sentence, country, whose):
    name = ("Rahandusministeerium", "AGENCY", whose)
    assert name in found(sentence, "the Rahandusministeerium said", country)


@pytest.mark.parametrize("country", ["EST", None])
def test_what_belongs_to_no_country(sentence, country):
    assert ("GDPR", "LAW", "none") in found(sentence, "The GDPR applies.", country)


def test_a_name_in_many_countries_is_the_sections_own(sentence):
    names = found(sentence, "the Ministry of Finance said", "EST")
    assert {whose for form, _, whose in names if form == "Ministry of Finance"} == {"own"}


@pytest.mark.parametrize(
    ("text", "form", "label"),
    [
        pytest.param("the DESI ranks", "DESI", "INDEX", id="acronym"),
        pytest.param("the European Commission said", "European Commission", "AGENCY", id="name"),
        pytest.param("over the X-Road today", "X-Road", "PLATFORM", id="with hyphen"),
        pytest.param("European Commission’s", "European Commission", "AGENCY", id="possessive"),
    ],
)
def test_known(sentence, text, form, label):
    assert (form, label) in {(f, la) for f, la, _ in found(sentence, text)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("the desi ranks", id="lower case"),
        pytest.param("the EDESIX ranks", id="part of a word"),
        pytest.param("the Xyzzy Kvorum met", id="nobody's"),
    ],
)
def test_unknown(sentence, text):
    assert found(sentence, text) == set()


@pytest.mark.parametrize("quote", ["'", "’"], ids=["straight", "curly"])
def test_known_names_with_either_quote(sentence, quote):
    name = f"Prime Minister{quote}s Office"
    assert (name, "AGENCY") in {
        (form, label) for form, label, _ in found(sentence, f"the {name} met", "GBR")
    }


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        pytest.param("in Tallinn today", "Tallinn", "place", id="capital"),
        pytest.param("the ICT budget", "ICT", "generic", id="generic"),
        pytest.param("Merkel said", "Merkel", "leader", id="leader"),
    ],
)
def test_look_alikes(sentence, text, form, kind):
    assert (form, "not", kind) in found(sentence, text)


@pytest.mark.xfail(
    strict=True,
    reason="spaCy cuts 'G2G' into 'G2' and 'G'; a form is looked up by all its first letters",
)
@pytest.mark.parametrize("form", ["G2G", "B2G"])
def test_look_alikes_whose_first_word_is_cut(sentence, form):
    assert (form, "not", "generic") in found(sentence, f"the {form} services")


def test_every_form_is_found(sentence):
    forms = {form for name in knowledge.names() for form in name.forms}
    plain = sorted(form for form in forms if form.split()[0].isalpha() and len(form) > 4)
    missed = [f for f in plain[::50] if f not in {f for f, *_ in found(sentence, f"the {f} met")}]
    assert missed == []


def test_a_form_is_known_with_either_apostrophe():
    straight, curly = (knowledge.names_of(f"Prime Minister{quote}s Office") for quote in "'’")
    assert straight == curly != []


def test_a_first_name_alone_is_no_look_alike(sentence):
    # First names are a property of the word: they also begin names of platforms and firms.
    assert "Ursula" in knowledge.given_names()
    assert found(sentence, "Ursula said") == set()


def test_names_inside_others_are_known_too(sentence):
    forms = {
        form
        for form, *_ in found(sentence, "the European Commission against Racism and Intolerance")
    }
    assert {"European Commission", "European Commission against Racism and Intolerance"} <= forms


WORDS = st.lists(
    st.sampled_from(["European Commission", "GDPR", "the", "Tallinn", "’s", "of", "(", ")", "ICT"]),
    max_size=15,
)


@given(WORDS, st.sampled_from([None, "EST"]))
def test_each_name_is_given_once_with_one_owner(sentence, words, country):
    of = sentence(" ".join(words), country=country)
    names = list(known(of))
    assert all(0 <= k.start < k.end <= len(of) for k in names)
    ours = [(k.start, k.end, k.label) for k in names if k.label != "not"]
    assert len(ours) == len(set(ours))
    assert len(names) == len(set(names))
