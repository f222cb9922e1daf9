"""Words that sentences share, and echoes."""

import pytest

from pipeline.likeness import content, echoes, frame, opening, overlap, shared

GRADE = "The harbour office rarely publishes its tariffs."


def test_content_is_stemmed_and_has_no_articles():
    assert content("The archives of the archivists") == {"archive", "archivi"}


def test_a_frame_has_no_degree_words():
    assert frame(GRADE) == frame(GRADE.replace("rarely", "always"))
    assert content(GRADE) != content(GRADE.replace("rarely", "always"))


@pytest.mark.parametrize("sentence", ["The state pays.", "A state pays.", "Most states pay."])
def test_an_opening_skips_articles(sentence):
    assert opening(sentence).startswith("state")


def test_shares():
    few, many = frozenset("ab"), frozenset("bcde")
    assert overlap(few, many) == 1 / 2
    assert shared(few, many) == 1 / 5
    assert overlap(frozenset(), many) == shared(frozenset(), frozenset()) == 0


@pytest.mark.parametrize(
    "more",
    [
        "In Malta, the harbour office rarely publishes its tariffs.",
        "The harbour office rarely publishes its tariffs, observers say.",
    ],
)
def test_a_sentence_echoes_what_it_repeats(more):
    assert echoes(more, GRADE)
    assert not echoes(GRADE, more)


@pytest.mark.parametrize(
    "other",
    [
        GRADE,
        "The harbour office invariably publishes its tariffs, observers say.",
        "The harbour office in Valletta rarely answers letters that do not come by mail.",
    ],
)
def test_no_echo(other):
    assert not echoes(other, GRADE)
