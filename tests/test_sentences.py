"""Where a sentence ends, and that nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import sentences
from pipeline.sentences import cut


def words(text):
    return [sentence for _, sentence in cut(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferries run late. Nobody minds.", ["Ferries run late.", "Nobody minds."]),
        ("Do ferries run late? Yes! Often.", ["Do ferries run late?", "Yes!", "Often."]),
        ("No stop at the end", ["No stop at the end"]),
        ("  Blanks around.  ", ["Blanks around."]),
        ("A line\nbreak ends nothing. It goes on.", ["A line break ends nothing.", "It goes on."]),
    ],
)
def test_sentences_end_with_their_punctuation(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It came in at no. 7 of all ports.",
        "See art. 12 of the act.",
        "Dr. Holm left the harbour.",
        "It took approx. 40 days.",
        "Oslo vs. Bergen is an old story.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert words(text) == [text]


def test_an_abbreviation_may_end_the_text():
    assert words("They sell ropes, nets incl.") == ["They sell ropes, nets incl."]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_white_space_has_no_sentence(text):
    assert words(text) == []


def test_a_sentence_stands_at_its_offset():
    text = "  Ferries run late.\n  Nobody minds no. 3. \n“Really?” she asked."
    for start, sentence in cut(text):
        assert text[start : start + len(sentence)].replace("\n", " ") == sentence


@given(st.text(alphabet="Ab .?!\n“”–1", max_size=60))
def test_sentences_are_in_order_and_lose_no_letter(text):
    at, kept = 0, ""
    for start, sentence in cut(text):
        assert start >= at
        assert text[start : start + len(sentence)].replace("\n", " ") == sentence
        at, kept = start + len(sentence), kept + sentence
    assert "".join(kept.split()) == "".join(text.split())


def test_an_endless_run_is_blotted_out_at_its_length():
    text = "a1" * 400 + " ends here. And then?"
    assert list(cut(text))[-1] == (812, "And then?")
    assert words(text)[0] == "x" * 800 + " ends here."


def test_the_cutter_starts_anew_when_it_knows_too_many_words(monkeypatch):
    monkeypatch.setattr(sentences, "_VOCABULARY", 0)
    before = sentences._cutter()
    assert words("Ferries run late. Nobody minds.") == ["Ferries run late.", "Nobody minds."]
    assert sentences._cutter() is not before
