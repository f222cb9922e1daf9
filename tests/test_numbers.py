"""Numbers in digits and words."""

import re

import pytest

from pipeline.rankings.numbers import CARDINAL, ORDINAL, cardinals, count, ordinals, value


def ordinal(text):
    match = re.search(ORDINAL, text, re.IGNORECASE)
    return value(match) if match else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1st", 1),
        ("22nd", 22),
        ("103rd", 103),
        ("11 th", 11),
        ("third", 3),
        ("Twelfth", 12),
        ("twentieth", 20),
        ("twenty-first", 21),
        ("forty ninth", 49),
        ("ninety-\nninth", 99),
        ("hundredth", 100),
        ("one hundred and seventeenth", 117),
        ("hundred-third", 103),
        ("a hundred and twentieth", 120),
        ("one hundred ninety-ninth", 199),
        ("it came sixty-second of all", 62),
    ],
)
def test_an_ordinal_has_its_value(text, number):
    assert ordinal(text) == number


@pytest.mark.parametrize("text", ["7", "seven", "thirdly", "theists", "the", "4 thin"])
def test_other_words_are_no_ordinals(text):
    assert ordinal(text) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", 7),
        ("193", 193),
        ("seven", 7),
        ("Nineteen", 19),
        ("thirty", 30),
        ("twenty-seven", 27),
        ("eighty four", 84),
        ("one hundred", 100),
        ("a hundred and five", 105),
        ("One Hundred Eighty-Three", 183),
    ],
)
def test_a_cardinal_has_its_value(words, number):
    match = re.fullmatch(CARDINAL, words, re.IGNORECASE)
    assert match and count(match.group()) == number


def test_the_longest_number_is_read():
    assert re.match(CARDINAL, "twenty-seven countries").group() == "twenty-seven"
    assert re.match(ORDINAL, "one hundred and seventh").group() == "one hundred and seventh"


@pytest.mark.parametrize("words", [ordinals, cardinals])
def test_every_number_up_to_199_has_a_word(words):
    assert set(words().values()) == set(range(1, 200))
