import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline import knowledge, normalise

# Letters, quotes and dashes of European names.
NAMES = st.text("AaZzÅåÉéŁłŠšßØøĞğİıΑαΏώБбЙй0129'’“”„\"-–—‑ .,&\t\u00a0", max_size=40)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        pytest.param("Ministry of\nFinance ", "Ministry of Finance", id="line break"),
        pytest.param("a\u00a0b", "a b", id="non-breaking blank"),
        pytest.param("\t a \r\n b\u2009c ", "a b c", id="tabs and thin blanks"),
        pytest.param("", "", id="empty"),
        pytest.param(" \n ", "", id="only blanks"),
        pytest.param("a\u200bb", "a\u200bb", id="a zero-width blank is no white space"),
    ],
)
def test_spaces(value, clean):
    assert normalise.spaces(value) == clean


@given(st.text())
def test_spaces_twice_equals_once(value):
    once = normalise.spaces(value)
    assert normalise.spaces(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Prime Minister’s  OFFICE", "prime minister's office", id="case and quote"),
        pytest.param("“Simplex”", '"simplex"', id="double quotes"),
        pytest.param("„Digital“", '"Digital"', id="German quotes"),
        pytest.param("The Cabinet Office", "Cabinet Office", id="article"),
        pytest.param("Úřad vlády", "urad vlady", id="accents"),
        pytest.param("Ministe\u0301rio", "Ministério", id="composed and decomposed"),
        pytest.param("Plan 2014 – 2020", "Plan 2014–2020", id="blanks around a dash"),
        pytest.param("Plan 2014–2020", "Plan 2014-2020", id="dash and hyphen"),
        pytest.param("X‑Road", "X-Road", id="non-breaking hyphen"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param(
            "Plan 2014 - 2020",
            "Plan 2014 – 2020",
            id="hyphen between blanks",
        ),
    ],
)
def test_key_of_spellings_of_one_name(one, other):
    assert normalise.key(one) == normalise.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Cabinet Office", "Cabinet Offices", id="plural"),
        pytest.param("Theatre Board", "atre Board", id="'the' inside a word"),
        pytest.param("e-Government", "eGovernment", id="hyphen counts"),
        pytest.param("Digital Agenda 2020", "Digital Agenda 2021", id="another year"),
        pytest.param(
            "Office of the Prime Minister", "Office of Prime Minister", id="inner article"
        ),
    ],
)
def test_key_keeps_different_names_apart(one, other):
    assert normalise.key(one) != normalise.key(other)


@given(NAMES)
def test_key_twice_equals_once(value):
    once = normalise.key(value)
    assume(not once.startswith("the "))
    assert normalise.key(once) == once


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("The The Hague Office", id="the second article goes only the second time"),
        pytest.param("ŉ Plan", id="decomposing brings a quote back that was replaced before"),
        pytest.param("Plan ¨", id="decomposing brings white space back that was stripped before"),
    ],
)
def test_key_twice_equals_once_for_odd_characters(value):
    once = normalise.key(value)
    assert normalise.key(once) == once


@pytest.mark.parametrize(
    ("value", "iso3"),
    [
        pytest.param("Estonia", "EST", id="name"),
        pytest.param("The Netherlands", "NLD", id="with article"),
        pytest.param("Netherlands", "NLD", id="without article"),
        pytest.param("Czech Republic", "CZE", id="alias"),
        pytest.param("Czechia", "CZE", id="short name"),
        pytest.param("South Korea", "KOR", id="common name"),
        pytest.param("North Korea", "PRK", id="the other Korea"),
        pytest.param("UK", "GBR", id="abbreviation"),
        pytest.param("U.S.", "USA", id="abbreviation with dots"),
        pytest.param("TÜRKIYE", "TUR", id="capitals and accents"),
        pytest.param("Turkey", "TUR", id="former name"),
        pytest.param("Cote d'Ivoire", "CIV", id="accent missing"),
        pytest.param("Côte d’Ivoire", "CIV", id="curly quote"),
        pytest.param("United\nKingdom", "GBR", id="broken over two lines"),
        pytest.param(" Germany. ", "DEU", id="full stop and blanks"),
        pytest.param("NZL", "NZL", id="code"),
        pytest.param("Guinea", "GIN", id="one of four Guineas"),
        pytest.param("Guinea-Bissau", "GNB", id="another of them"),
    ],
)
def test_country(value, iso3):
    assert normalise.country(value) == iso3


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="empty"),
        pytest.param(".", id="only a full stop"),
        pytest.param("Europe", id="continent"),
        pytest.param("European Union", id="club of countries"),
        pytest.param("Northern Ireland", id="part of a country that names another"),
        pytest.param("Estonian", id="adjective"),
        pytest.param("in Estonia", id="more than the name"),
        pytest.param("Estonia and Latvia", id="two countries"),
        pytest.param("Ministry of Finance", id="agency"),
        pytest.param("ZZZ", id="unknown code"),
        pytest.param("10", id="number"),
        pytest.param("Congo", id="either of two countries"),
    ],
)
def test_country_of_what_names_none(value):
    assert normalise.country(value) is None


@pytest.mark.parametrize("value", ["and", "are", "can", "per", "us"])
def test_a_common_word_is_no_country_code(value):
    # A line of a slide or a bare heading can be such a word.
    assert normalise.country(value) is None


@pytest.mark.parametrize("row", knowledge.countries(), ids=lambda row: row.country_iso3)
def test_every_form_of_a_country_is_understood(row):
    forms = (row.country_iso3, row.name, row.sort_name, *row.aliases)
    assert {normalise.country(form) for form in forms} == {row.country_iso3}


@given(st.one_of(NAMES, st.sampled_from([row.name for row in knowledge.countries()])))
def test_country_twice_equals_once(value):
    once = normalise.country(value)
    assert once is None or normalise.country(once) == once


@pytest.mark.parametrize(
    ("heading", "iso3"),
    [
        ("1. Estonia", "EST"),
        ("## Estonia", "EST"),
        ("**Estonia**", "EST"),
        ("Estonia (EU)", "EST"),
        ("Estonia – 9", "EST"),
        ("Country: Estonia", "EST"),
        ("Republic of Belgium:", "BEL"),
        ("Republic of Korea", "KOR"),
        ("Korea (North)", None),
        ("Estonian", None),
        ("Results 9", None),
    ],
)
def test_a_heading_names_its_country(heading, iso3):
    assert normalise.heading_country(heading) == iso3


@pytest.mark.parametrize(
    "word", ["Best", "Port", "Fine", "Child", "Woman", "Land", "Danish", "EST"]
)
def test_words_are_no_misspelt_countries(word):
    assert normalise.similar_countries(word) == ()


@pytest.mark.parametrize(
    ("written", "iso3"), [("Slovania", "SVN"), ("Lativa", "LVA"), ("Germny", "DEU")]
)
def test_misspelt_countries_are_recognised(written, iso3):
    assert normalise.similar_countries(written)[0][0] == iso3


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("10-9 =", (9, 10)),
        ("6–8", (6, 8)),
        ("5 — 3:", (3, 5)),
        (" 2-1 ", (1, 2)),
        ("9", None),
        ("11-9", None),
        ("2018-2019", None),
        ("10-9 = Always", None),
    ],
)
def test_a_band_of_scores(words, band):
    assert normalise.band(words) == band
