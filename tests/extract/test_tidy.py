"""Bounds and look-alikes, as the annotation rules have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.model import Guess
from pipeline.extract.tidy import is_name, tidy


def tidied(form: str, label="STRATEGY", *, probability: float = 0.8, cited=False) -> str | None:
    """What is left of a form that was found as a name."""
    text = f"Then {form} was adopted."
    found = tidy(text, [Guess(5, 5 + len(form), label, probability)], cited=cited)
    return text[found[0].start : found[0].end] if found else None


@pytest.mark.parametrize(
    ("form", "left"),
    [
        pytest.param("Estonian Data Plan", "Data Plan", id="adjective"),
        pytest.param("Danish Xyzzy of Data", "Xyzzy of Data", id="with a connector"),
        pytest.param("Estonian Presidency", "Estonian Presidency", id="one word would be left"),
        pytest.param("Estonian data plan", "Estonian data plan", id="lower case would be left"),
        pytest.param("Xyzzy Estonian Data", "Xyzzy Estonian Data", id="not the first word"),
        pytest.param("Estonia Data Plan", "Estonia Data Plan", id="a country's name"),
        pytest.param("Nordic Data Plan", "Nordic Data Plan", id="no country's"),
    ],
)
@pytest.mark.parametrize("label", ["AGENCY", "STRATEGY", "LAW"])
def test_the_adjective_of_a_country_is_cut(form, left, label):
    assert tidied(form, label) == left


def test_an_official_name_stays_whole():
    assert tidied("Swedish Tax Agency", "AGENCY") == "Swedish Tax Agency"


def test_another_name_is_cut_to_the_official_one():
    assert tidied("Estonian Ministry of Finance", "AGENCY") == "Ministry of Finance"


@pytest.mark.parametrize(
    ("form", "left"),
    [
        pytest.param("Germany’s Data Plan", "Data Plan", id="curly"),
        pytest.param("Germany's Data Plan", "Data Plan", id="straight"),
        pytest.param("the Netherlands’s Data Plan", "Data Plan", id="article"),
        pytest.param("European Commission’s Data Plan", "Data Plan", id="a known agency"),
        pytest.param("Parliament’s Data Plan", "Data Plan", id="a common noun"),
        pytest.param("Children’s Data Plan", "Children’s Data Plan", id="no owner"),
        pytest.param("Xyzzy Board’s Data Plan", "Xyzzy Board’s Data Plan", id="unknown"),
        pytest.param("Data Plan of Germany’s", "Data Plan of Germany’s", id="at the end"),
    ],
)
@pytest.mark.parametrize("label", ["STRATEGY", "LAW", "PLATFORM", "INDEX"])
def test_a_possessor_is_cut(form, left, label):
    assert tidied(form, label) == left


def test_a_possessor_of_an_agency_stays():
    assert tidied("Germany’s Data Board", "AGENCY") == "Germany’s Data Board"


@pytest.mark.parametrize("quote", ["’", "'"], ids=["curly", "straight"])
@pytest.mark.parametrize("owner", ["United States", "Netherlands"])
def test_a_possessor_that_ends_in_s_is_cut(owner, quote):
    assert tidied(f"{owner}{quote} Data Plan") == "Data Plan"


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("ICT", id="technology"),
        pytest.param("The ICT", id="with article"),
        pytest.param("Civil Service", id="generic"),
        pytest.param("European Union", id="club"),
        pytest.param("CIOs", id="plural of an abbreviation"),
        pytest.param("Fidesz", id="party"),
        pytest.param("Estonia", id="country"),
        pytest.param("Estonian", id="adjective alone"),
        pytest.param("Spain and Italy", id="countries"),
        pytest.param("Estonia, Latvia", id="countries with comma"),
        pytest.param("Estonian/Latvian", id="adjectives"),
        pytest.param("2020", id="year"),
        pytest.param("18/2015", id="number"),
        pytest.param("talk", id="lower case"),
        pytest.param("of Oslo", id="begins with a small word"),
        pytest.param("@gov", id="handle"),
        pytest.param("–", id="mark"),
        pytest.param("", id="nothing"),
        pytest.param("Xyzzy " * 60 + "Act", id="hundreds of characters"),
        pytest.param("X" * 61 + " Act", id="an endless word"),
        pytest.param(" ", id="blank"),
    ],
)
def test_what_is_no_name(form):
    assert not is_name(form)
    assert tidied(form) is None


@pytest.mark.parametrize("form", ["Merkel Government", "Government of Estonia", "Xyzzy government"])
@pytest.mark.parametrize(
    ("label", "kept"), [("AGENCY", False), ("STRATEGY", True)], ids=["agency", "strategy"]
)
def test_a_government_is_no_agency(form, label, kept):
    assert tidied(form, label) == (form if kept else None)


@pytest.mark.parametrize("mark", ["=", "+", "-", "=-", "- "])
def test_the_start_of_a_formula_is_cut(mark):
    assert tidied(f"{mark}Ministry of Finance") == "Ministry of Finance"


def test_a_name_of_such_marks_alone_is_none():
    assert tidied("=+-") is None


def test_an_account_is_no_name():
    assert tidied("@OurMinistry") is None


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("Ministry of Finance", id="agency"),
        pytest.param("ICT Plan", id="begins with a generic word"),
        pytest.param("Local Government Act", id="government inside"),
        pytest.param("Spain Act and Italy Act", id="more than countries"),
        pytest.param("law 18/2015", id="lower case with number"),
        pytest.param("Of Monsters", id="small word with capital"),
        pytest.param("e-Residency", id="capital inside"),
        pytest.param("行政院", id="no case"),
        pytest.param("GOV.UK", id="domain"),
        pytest.param("DTAS", id="abbreviation"),
    ],
)
def test_is_name(form):
    assert is_name(form)
    assert tidied(form) == form


PERSONS = [
    "Xyz Doe",
    "R. B. Doe and Xyz Roe",
    "J.-P. Doe",
    "Xyz Novák",
    "Xyz van Doe",
    "X. Doe & Y. Roe",
]


@pytest.mark.parametrize(
    ("cited", "left"), [(True, [None] * len(PERSONS)), (False, PERSONS)], ids=["reference", "body"]
)
def test_authors_of_a_reference_are_no_names(cited, left):
    assert [tidied(form, "AGENCY", cited=cited) for form in PERSONS] == left


@pytest.mark.parametrize("form", ["Angela Doe", "Angela Doe and Xyz Roe", "Angela van Doe"])
@pytest.mark.parametrize("cited", [True, False], ids=["reference", "body"])
def test_persons_with_a_first_name_are_no_names(form, cited):
    assert tidied(form, "AGENCY", cited=cited) is None


@pytest.mark.parametrize(
    ("form", "probability"),
    [
        pytest.param("Angela Doe", 0.95, id="the model is sure"),
        pytest.param("Angela Doe Board", 0.8, id="a head word"),
        pytest.param("European Commission", 0.8, id="known"),
        pytest.param("Xyzzy", 0.8, id="one word"),
        pytest.param("Angela Doe 2020", 0.8, id="a number"),
        pytest.param("Angela Doe, Jim Roe and Bob Loe", 0.8, id="a list with commas"),
    ],
)
@pytest.mark.parametrize("cited", [True, False], ids=["reference", "body"])
def test_what_is_no_person(form, probability, cited):
    assert tidied(form, "AGENCY", probability=probability, cited=cited) == form


def test_an_adjective_is_cut_before_a_name_is_judged():
    assert tidied("Estonian Civil Service", "AGENCY") is None


def test_only_bounds_change():
    text = "Then Germany’s Data Plan was."
    (found,) = tidy(text, [Guess(5, 24, "STRATEGY", 0.7)])
    assert found == Guess(15, 24, "STRATEGY", 0.7)


def test_names_keep_their_order():
    text = "Xyzzy Act, ICT, Estonian Bla Plan, Foo Board."
    found = tidy(
        text,
        [
            Guess(0, 9, "LAW", 0.7),
            Guess(11, 14, "PLATFORM", 0.7),
            Guess(16, 33, "STRATEGY", 0.7),
            Guess(35, 44, "AGENCY", 0.7),
        ],
    )
    assert [text[g.start : g.end] for g in found] == ["Xyzzy Act", "Bla Plan", "Foo Board"]


FORMS = st.one_of(
    st.lists(
        st.sampled_from(
            [
                "Estonian",
                "Germany’s",
                "Germany",
                "and",
                "Data",
                "Plan",
                "ICT",
                "of",
                ",",
                "’s",
                "2020",
            ]
        ),
        min_size=1,
        max_size=5,
    ).map(" ".join),
    st.text(min_size=1, max_size=12),
)


@given(FORMS, st.sampled_from(["AGENCY", "STRATEGY"]), st.booleans())
def test_what_is_left_is_the_end_of_the_name_and_itself_a_name(form, label, cited):
    left = tidied(form, label, cited=cited)
    assert left is None or (left and form.endswith(left) and is_name(left))
