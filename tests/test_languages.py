import pytest

from pipeline.languages import language, phrase_language

ENGLISH = "The ministry published its plan for the coming year and asked citizens for comments."
GERMAN = "Das Ministerium hat seinen Plan für das nächste Jahr veröffentlicht und bittet um Rat."
FRENCH = "Le ministère a publié son plan pour l'année prochaine et attend les avis du public."
POLISH = "Ministerstwo ogłosiło swój plan na przyszły rok i prosi obywateli o uwagi."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(ENGLISH, "en", id="English"),
        pytest.param(GERMAN, "de", id="German"),
        pytest.param(FRENCH, "fr", id="French"),
        pytest.param(POLISH, "pl", id="Polish"),
        pytest.param(ENGLISH.upper(), "en", id="English in capitals"),
        pytest.param("10\n9\n---\n" + ENGLISH, "en", id="numbers and rules do not matter"),
    ],
)
def test_language(text, code):
    found, probability, english = language(text)
    assert found == code
    assert 0.9 < probability <= 1.001
    assert (english > 0.9) is (code == "en")


def test_a_long_list_of_foreign_titles_at_the_end_does_not_decide():
    assert language(f"{ENGLISH}\n" * 300 + f"{GERMAN}\n" * 60)[0] == "en"


def test_a_foreign_text_with_an_english_summary_is_foreign():
    assert language(f"{ENGLISH}\n" * 5 + f"{GERMAN}\n" * 300)[0] == "de"


@pytest.mark.parametrize("text", ["", "2019 10 9", "…", "—\n—"])
def test_a_text_without_words_has_no_sure_language(text):
    assert language(text)[1] < 0.5


def test_a_name_alone_is_too_short_to_be_sure():
    assert phrase_language("Ministry of Finance")[1] < 0.75


def test_equal_phrases_get_equal_answers():
    assert phrase_language(FRENCH) == phrase_language(FRENCH)
