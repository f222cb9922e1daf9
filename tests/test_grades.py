"""One sentence by itself: what is seen of it, and a small model that learns and is kept."""

import numpy as np
import pytest

from pipeline import grades
from pipeline.grades import (
    NONE,
    GradeModel,
    WordModel,
    fronted,
    governed,
    marks,
    n_sentences,
    named,
)
from pipeline.records import BANDS

THINGS = ("harbours", "ferries", "archives", "lighthouses", "markets", "bridges")
PATTERNS = {
    1: "All {} are fully open to visitors.",
    2: "Most {} are usually open to visitors.",
    3: "Some {} are at times open to visitors.",
    4: "Hardly any {} are open to visitors.",
    NONE: "In May, a minister from Bergen said that {} had cost 40 million since 2016",
}
ROWS = [(pattern.format(thing), tier) for thing in THINGS for tier, pattern in PATTERNS.items()]


@pytest.fixture(scope="module")
def model():
    """A model of thirty sentences, whose answer their words give away."""
    return WordModel().fit(*zip(*ROWS, strict=True))


@pytest.mark.parametrize(("tier", "pattern"), PATTERNS.items())
def test_a_model_learns_what_the_words_give_away(model, tier, pattern):
    (row,) = model.predict_proba([pattern.format("museums")])
    assert row.argmax() == tier


def test_a_row_has_five_probabilities_that_sum_to_one(model):
    found = model.predict_proba(["All harbours are open.", "Bergen", ""])
    assert found.shape == (3, 5)
    assert (found >= 0).all()
    assert found.sum(axis=1) == pytest.approx(1)


def test_a_model_is_the_same_after_it_was_kept(model):
    sentences = [pattern.format("museums") for pattern in PATTERNS.values()]
    again = WordModel.of(model.learned())
    assert again.predict_proba(sentences) == pytest.approx(model.predict_proba(sentences), abs=1e-3)


def test_what_is_kept_survives_a_file(model, tmp_path):
    np.savez(tmp_path / "model.npz", **model.learned())
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        again = WordModel.of(dict(arrays))
    assert again.predict_proba([ROWS[0][0]])[0].argmax() == ROWS[0][1]


class Opinion:
    """An encoder that says the same of each statement."""

    def __init__(self, *odds: float) -> None:
        self.row = odds

    def odds(self, sentences):
        return np.array([self.row for _ in sentences])


def test_both_readings_count(model):
    best = PATTERNS[1].format("museums")
    (words,) = model.predict_proba([best])
    (same,) = GradeModel(model, Opinion(-5, 5, 0, 0, 0)).predict_proba([best])
    (other,) = GradeModel(model, Opinion(-5, 0, 0, 0, 50)).predict_proba([best])
    (none,) = GradeModel(model, Opinion(50, 5, 0, 0, 0)).predict_proba([best])
    assert words.argmax() == same.argmax() == 1
    assert other.argmax() == 4
    assert none.argmax() == NONE
    for row in (same, other, none):
        assert row.sum() == pytest.approx(1)


def test_without_an_encoder_the_words_decide(model):
    sentences = [pattern.format("museums") for pattern in PATTERNS.values()]
    assert (GradeModel(model).predict_proba(sentences) == model.predict_proba(sentences)).all()


def test_a_sure_reading_stays_a_number(model):
    found = GradeModel(model, Opinion(-900, 900, 0, 0, 0)).predict_proba(["All.", ROWS[0][0]])
    assert np.isfinite(found).all()


def test_no_sentences_need_no_model(monkeypatch):
    def fail():
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(grades, "load", fail)
    assert grades.probabilities([]) == []


def test_the_trained_model_tells_a_grade_from_news():
    grade, news = grades.probabilities(
        [
            "Ministries always publish their archives in full.",
            "However, the minister of transport, Kim Holm, resigned over this in March 2019.",
        ]
    )
    assert grade[NONE] < 0.5 < news[NONE]
    assert grade.index(max(grade)) == 1
    assert sum(grade) == pytest.approx(1)


def test_the_tiers_are_those_of_the_scale():
    assert list(grades.load().words.tier.classes_) == list(BANDS)


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("Clerks write to Bergen every day.", "names1"),
        ("Clerks write from Norway.", "country"),
        ("Clerks wrote 40 letters.", "digit"),
        ("Clerks write letters", "open"),
        ("Clerks write letters. Nobody answers.", "sentences2"),
        ("In practice, clerks write letters.", "fronted"),
        ("Clerks say they write letters.", "hedges1"),
        ("Clerks write “letters”.", "“"),
        ("Few clerks write letters.", "degrees1"),
        ("Clerks write letters for the king.", "for the"),
    ],
)
def test_prose_is_marked(sentence, mark):
    assert mark in set(marks(sentence))
    assert mark not in set(marks("Clerks write letters."))


def test_a_plain_sentence_has_few_marks():
    assert list(marks("Clerks write letters.")) == ["length0", "sentences1", "degrees0", "first "]


@pytest.mark.parametrize("end", ["letters.”", "letters.'", 'letters."'])
def test_a_stop_in_quotation_marks_is_no_open_end(end):
    assert "open" not in set(marks(f"Clerks write {end}"))


def test_hedges_count_twice_at_most():
    assert "hedges2" in set(marks("However, it seems they still were here."))


def test_very_long_sentences_are_alike():
    first, second = ("ship " * n + "ship." for n in (70, 90))
    assert list(marks(first)) == list(marks(second))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Clerks write to Bergen.", True),
        ("Clerks write to the GO/PMO.", False),
        ("Bergen writes to clerks.", False),
        ("", False),
    ],
)
def test_a_name_inside_a_sentence_is_told_from_an_acronym(sentence, expected):
    assert named(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In practice, clerks write letters.", True),
        ("Since the flood, clerks write letters.", True),
        ("Although letters are dear, clerks write them.", True),
        ("In most cases, clerks write letters.", False),
        ("With few exceptions, clerks write letters.", False),
        ("In winter clerks write letters.", False),
        ("Inns, mostly, are full.", False),
        ("Clerks, in practice, write letters.", False),
    ],
)
def test_a_circumstance_in_front_is_told_from_a_degree(sentence, expected):
    assert fronted(sentence) is expected


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("Clerks write. Nobody answers.", 2),
        ("“Clerks write.” Nobody answers.", 2),
        ("Clerks write. Nobody answers! Do they read?", 3),
        ("Clerks write.", 1),
        ("Clerks write, e.g. letters.", 1),
    ],
)
def test_sentences_are_counted(words, n):
    assert n_sentences(words) == n


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Letters are rarely answered.", {"few|letter", "few|answer"}),
        ("All letters arrive.", {"all|letter", "all|arrive"}),
        ("Letters arrive.", {"-|letter", "-|arrive"}),
        (
            "All letters arrive, but ferries sink.",
            {"all|letter", "all|arrive", "-|ferrie", "-|sink"},
        ),
        ("An old log is wet.", set()),
    ],
)
def test_a_word_comes_with_the_degree_that_governs_it(sentence, expected):
    assert set(governed(sentence)) == expected


def test_the_degree_before_a_word_goes_over_the_one_after():
    assert set(governed("All letters rarely arrive")) == {"all|letter", "few|arrive"}


def test_a_degree_far_away_governs_nothing():
    far = "all " + "wet " * 6 + "letters"
    assert list(governed(far)) == ["-|letter"]
    assert list(governed(far.replace("wet ", "", 1))) == ["all|letter"]
