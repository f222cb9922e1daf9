"""Sentences cut from a text, and what the letters of their words say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.clusters import is_english
from pipeline.extract.words import sentences, word


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rains. It snows.", ["It rains.", "It snows."], id="two"),
        pytest.param("Why? Nobody knows! So…  It is", ["Why?", "Nobody knows!", "So…", "It is"],
                     id="other marks"),
        pytest.param("It asks “Why?” She knows.", ["It asks “Why?”", "She knows."], id="quoted"),
        pytest.param("It rains. “It” snows.", ["It rains.", "“It” snows."], id="quote after"),
        pytest.param("It rains. (It snows.)", ["It rains.", "(It snows.)"], id="bracket after"),
        pytest.param("It rains. Éire is wet.", ["It rains.", "Éire is wet."], id="accent"),
        pytest.param("It rains.\n2019 was wet.", ["It rains.", "2019 was wet."], id="a year after"),
        pytest.param(" It rains.  ", [" It rains."], id="white space around"),
        pytest.param("It rains", ["It rains"], id="no mark at the end"),
    ],
)  # fmt: skip
def test_sentences(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Under Law No. 5 it rains.", id="No."),
        pytest.param("See art. 4 of it.", id="art."),
        pytest.param("The act by Dr. Smith holds.", id="Dr."),
        pytest.param("The act by J. Smith holds.", id="an initial"),
        pytest.param("The office, e.g. The Board.", id="e.g."),
        pytest.param("The U.S. Government met.", id="U.S."),
        pytest.param("The 2. Board met.", id="ordinal"),
        pytest.param("The Board (est. Then) and (it closed. It opened) met.", id="in brackets"),
        pytest.param("Boards, offices etc. Then more.", id="etc."),
        pytest.param("Smith et al. Jones.", id="et al."),
        pytest.param("Wait... then no capital follows.", id="lower case after"),
        pytest.param("See www.gov.uk. or v2.0 of it.", id="no blank after"),
    ],
)
def test_what_ends_no_sentence(text):
    assert parts(text) == [text]


def test_a_bracket_that_is_closed_ends_no_longer():
    assert parts("It (the Board) met. It closed.") == ["It (the Board) met.", "It closed."]


def test_a_bracket_that_is_never_closed_is_forgotten():
    text = "It (the Board met. " + "and so it went on " * 20 + "at last. It closed."
    assert parts(text)[-1] == "It closed."


@pytest.mark.parametrize(
    ("filler", "end"),
    [
        pytest.param("it rains; and then ", ";", id="after a mark"),
        pytest.param("it rains and then ", ("it", "rains", "and", "then"), id="after a word"),
        pytest.param("rain", "", id="within an endless word"),
    ],
)
def test_a_very_long_sentence_is_cut(filler, end):
    text = filler * (3000 // len(filler)) + "so."
    found = parts(text)
    assert len(found) >= 4
    assert all(0 < len(part) <= 800 for part in found)
    assert all(part.endswith(end) for part in found[:-1])
    assert bare("".join(found)) == bare(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t "], ids=["empty", "blank", "white space"])
def test_no_sentences(text):
    assert parts(text) == []


TEXTS = st.one_of(
    st.lists(
        st.sampled_from(
            [
                "It",
                "rained",
                ". ",
                "! ",
                "? ",
                "… ",
                " ",
                "\n",
                "(",
                ") ",
                "No",
                "5",
                "“",
                "” ",
                "É",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.text(max_size=40),
)


@given(TEXTS)
def test_no_text_is_lost_but_white_space(text):
    assert bare("".join(parts(text))) == bare(text)


@given(TEXTS)
def test_sentences_are_in_order_and_end_with_a_letter_or_mark(text):
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        assert not text[stop - 1].isspace()
        end = stop


@given(TEXTS)
def test_a_sentence_after_the_first_begins_with_a_letter_or_mark(text):
    assert not any(part[0].isspace() for part in parts(text)[1:])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Audit", "Aa"), ("Úřad", "Aa"), ("IT", "AA"), ("GOV.UK", "AA"), ("A", "A"),
        ("iPhone", "aA"), ("GovTech", "AaA"), ("McKay", "AaA"), ("office", "a"), ("e", "a"),
        ("7", "9"), ("18/2015", "9"), ("3rd", "9"), ("2019", "YYYY"), ("2019–2023", "YYYY"),
        ("2019-20", "YYYY"), ("1799", "9"), ("(", "("), ("…", "…"), ("--", "-"),
    ],
)  # fmt: skip
def test_shapes(text, shape):
    assert word(text).shape == shape


@pytest.mark.parametrize("text", ["Audit", "aA", "Ž", "ΑΔΑ", "行政", "ראש"])
def test_capital(text):
    assert word(text).capital


@pytest.mark.parametrize("text", ["audit", "2019", "–", "é", "x-y", "٣"])
def test_no_capital(text):
    assert not word(text).capital


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("2019", True, True), ("2019-20", True, True), ("2019–2023", False, True),
        ("18/2015", True, False), ("1.5", True, False), ("2150", True, False),
        ("5th", False, False), ("two", False, False), ("", False, False),
    ],
)  # fmt: skip
def test_numbers_and_years(text, number, year):
    found = word(text)
    assert (found.number, found.year) == (number, year)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ministry", "AGENCY"), ("ministries", "AGENCY"), ("úrad", "AGENCY"),
        ("Strategy", "STRATEGY"), ("Act", "LAW"), ("Portal", "PLATFORM"), ("Index", "INDEX"),
        ("Audit", None), ("governance", None),
    ],
)  # fmt: skip
def test_heads(text, label):
    assert word(text).head == label


@pytest.mark.parametrize("text", ["of", "Of", "de", "och", "&", "-", "’s", "No."])
def test_connectors(text):
    assert word(text).connector


@pytest.mark.parametrize("text", ["office", "Audit", "(", "2019", "“"])
def test_no_connectors(text):
    assert not word(text).connector


@pytest.mark.parametrize("text", ["úrad", "ministerstvo", "conti", "Kanzlei", "Ministerium"])
def test_native(text):
    assert word(text).native


@pytest.mark.parametrize("text", ["office", "governments", "digitally", "Audit", "of", "é", "2019"])
def test_not_native(text):
    assert not word(text).native


@pytest.mark.parametrize("text", ["ministry", "ministries", "digitized", "planned", "uses"])
def test_is_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["úrad", "ministerstvo", "xqzt", ""])
def test_is_not_english(text):
    assert not is_english(text)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Estonia", "name"), ("Estonian", "adjective"), ("Estonians", "adjective"),
        ("estonia", None), ("us", None), ("Audit", None), ("", None),
    ],
)  # fmt: skip
def test_countries(text, country):
    assert word(text).country == country


@pytest.mark.parametrize(
    ("text", "given"), [("Angela", True), ("angela", False), ("Ministry", False)]
)
def test_first_names(text, given):
    assert word(text).given == given


@given(st.text(max_size=12))
def test_any_text_is_a_word(text):
    found = word(text)
    assert found.text == text
    assert found.alnum == any(map(str.isalnum, text))
    assert (found.shape == "") == (text == "")


def test_form(sentence):
    found = sentence("The Audit Office, of 2010, met.")
    assert found.form(1, 3) == "Audit Office"
    assert found.form(1, 6) == "Audit Office, of 2010"
    assert found.form(0, len(found)) == found.text


@pytest.mark.parametrize(
    ("form", "bounds"),
    [
        pytest.param("Audit Office", (1, 3), id="two words"),
        pytest.param("The", (0, 1), id="the first"),
        pytest.param(".", (6, 7), id="the last"),
        pytest.param("Office’s", (2, 4), id="with possessive"),
        pytest.param("Audit Off", None, id="cuts the last word"),
        pytest.param("udit Office", None, id="cuts the first word"),
        pytest.param(" Audit", None, id="begins with a blank"),
        pytest.param("Audit ", None, id="ends with a blank"),
    ],
)
def test_at(sentence, form, bounds):
    text = "The Audit Office’s act holds."
    start = text.index(form)
    assert sentence(text).at(start, start + len(form)) == bounds


@pytest.mark.parametrize(
    ("start", "end"), [(4, 4), (10, 9), (-1, 3), (4, 99), (0, 0)],
    ids=["empty", "reversed", "negative", "beyond the end", "nothing"],
)  # fmt: skip
def test_at_impossible_offsets(sentence, start, end):
    assert sentence("The Audit Office met.").at(start, end) is None


@given(st.text(max_size=40))
def test_at_finds_every_stretch_of_words(sentence, text):
    found = sentence(text)
    for first in range(len(found)):
        for stop in range(first + 1, len(found) + 1):
            start, end = found.starts[first], found.ends[stop - 1]
            assert found.at(start, end) == (first, stop)
            assert found.form(first, stop) == text[start:end]


def named(found) -> list[str]:
    return [w.text for w, on in zip(found.words, found.named, strict=True) if on]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the Audit Office met", ["Audit", "Office"], id="capitals"),
        pytest.param("the e-Government Act", ["e", "Government", "Act"], id="e-"),
        pytest.param("the m-Health act", ["m", "Health"], id="m-"),
        pytest.param("the e-government act", [], id="e- before lower case"),
        pytest.param("a x-Road", ["Road"], id="another letter"),
        pytest.param("an e", [], id="e at the end"),
        pytest.param("of iPhones", ["iPhones"], id="a capital inside"),
    ],
)
def test_named(sentence, text, expected):
    assert named(sentence(text)) == expected


def test_definitions_of_a_sentence(sentence):
    found = sentence("The Digital Transformation Agency (DTA) met.")
    ((start, end, at),) = found.definitions
    assert found.form(start, end) == "Digital Transformation Agency"
    assert found.words[at].text == "DTA"
