"""Tier statements: the scale, what the layout shows, and the decision over a page."""

import numpy as np
import pytest

from pipeline import grades, layout, tiers
from pipeline.records import Outline
from tests.segment.page_by_hand import outline

BEST = "Ministries publish their archives in full and without delay."
GOOD = "Ministries publish most of their archives without much delay."
WEAK = "Ministries publish some of their archives, often with delay."
WORST = "Ministries publish hardly any of their archives."
HEDGED = "However, the ministry has recently published most of its archives."
QUESTION = ("question", "To what extent do ministries publish their archives?")
LONG = (
    "The national records office moved to a new building by the river and hired forty people, and"
    " since then readers have had to wait only a day for a box from the stacks."
)


@pytest.mark.parametrize(
    ("score", "tier"),
    [(10, 1), (9, 1), (8, 2), (7, 2), (6, 2), (5, 3), (4, 3), (3, 3), (2, 4), (1, 4)],
)
def test_a_score_has_its_tier(score, tier):
    assert tiers.tier_of(score) == tier


@pytest.mark.parametrize("score", [0, 11, -1])
def test_what_is_no_score_has_no_tier(score):
    with pytest.raises(ValueError, match="no score"):
        tiers.tier_of(score)


def page(*paragraphs):
    return outline(QUESTION, *(("prose", words) for words in paragraphs))


class Fixed:
    """A model that knows the tier of some sentences, and takes all others for none."""

    def __init__(self, tiers, p):
        self.tiers, self.p = tiers, p

    def predict_proba(self, sentences):
        other = (1 - self.p) / 4
        return np.array(
            [[self.p if k == self.tiers.get(s, 0) else other for k in range(5)] for s in sentences]
        )


FULL = (BEST, LONG, GOOD, LONG, HEDGED, LONG, WEAK, LONG, WORST, LONG)


def test_a_page_gives_its_four_statements_and_no_hedged_sentence():
    found, text = page(*FULL)
    statements = tiers.find(found, text)
    assert [(s.text, s.tier) for s in statements] == [
        (BEST, 1),
        (GOOD, 2),
        (WEAK, 3),
        (WORST, 4),
    ]
    assert [(s.score_min, s.score_max) for s in statements] == [(9, 10), (6, 8), (3, 5), (1, 2)]
    assert all(0 < s.confidence <= 1 for s in statements)


def test_the_page_overrules_a_sentence_that_alone_looks_like_a_grade(monkeypatch):
    # A model that is sure of everything short: only the page can tell the intruder.
    intruder = "Farmers on the coast complain loudly about storms."
    alike = {BEST: 1, intruder: 2, GOOD: 2, WEAK: 3, WORST: 4}

    monkeypatch.setattr(grades, "load", lambda: grades.GradeModel(Fixed(alike, 0.9)))
    found, text = page(BEST, LONG, intruder, LONG, GOOD, LONG, WEAK, LONG, WORST, LONG)
    assert [s.text for s in tiers.find(found, text)] == [BEST, GOOD, WEAK, WORST]


def test_the_order_of_the_page_tells_tiers_the_model_mixes_up(monkeypatch):
    # The two in the middle are each other's by the model; best to worst is the page's word.
    mixed = {BEST: 1, GOOD: 3, WEAK: 2, WORST: 4}
    monkeypatch.setattr(grades, "load", lambda: grades.GradeModel(Fixed(mixed, 0.8)))
    found, text = page(BEST, LONG, GOOD, LONG, WEAK, LONG, WORST, LONG)
    assert [s.tier for s in tiers.find(found, text)] == [1, 2, 3, 4]


class Counting:
    """An encoder that counts what it reads."""

    def __init__(self):
        self.read = []

    def odds(self, sentences):
        self.read += sentences
        return np.zeros((len(sentences), 5))


def test_the_likeliest_few_are_read_whole():
    found, text = page(*FULL, *(f"The quay of ward {'x' * n} is old." for n in range(2, 60)))
    encoder = Counting()
    model = grades.GradeModel(Fixed({BEST: 1, GOOD: 2, WEAK: 3, WORST: 4}, 0.9), encoder)
    assert {BEST, GOOD, WEAK, WORST} <= {c.text for c in tiers.candidates(found, text, model)}
    assert {BEST, GOOD, WEAK, WORST} <= set(encoder.read)
    assert len(encoder.read) < 30


def test_prose_alone_has_no_statements():
    found, text = page(LONG, LONG + " It rains.", HEDGED)
    assert tiers.find(found, text) == []


def test_statements_are_quoted():
    found, text = page(*FULL)
    assert all(s.of(text) == s.text for s in tiers.find(found, text))


@pytest.mark.parametrize("kind", ["webpage", "deck", "strategy", "report"])
def test_other_documents_are_not_searched(kind):
    found, text = page(*FULL)
    assert tiers.find(Outline(layout=kind, blocks=found.blocks), text) == []


CHAPTER = f"""Denmark
Good Governance
#3
Key Findings
{LONG}

How openly do ministries treat their archives?
10
 9
{BEST}
 8
 7
 6
{GOOD}
 5
 4
 3
{WEAK}
 2
 1
{WORST}
Archives
7
{LONG}
"""


def test_a_chapter_takes_its_bands_from_the_scale():
    found = layout.outline(CHAPTER, "denmark.txt")
    assert found.layout == "chapter"
    statements = tiers.find(found, CHAPTER)
    assert [(s.text, s.tier, s.score_min, s.score_max) for s in statements] == [
        (BEST, 1, 9, 10),
        (GOOD, 2, 6, 8),
        (WEAK, 3, 3, 5),
        (WORST, 4, 1, 2),
    ]


def test_the_scale_overrules_the_words(monkeypatch):
    # Whatever the model thinks of a statement, the number beside it counts.
    monkeypatch.setattr(
        tiers, "probabilities", lambda sentences: [(0.96, 0.01, 0.01, 0.01, 0.01)] * len(sentences)
    )
    found = layout.outline(CHAPTER, "denmark.txt")
    assert [s.tier for s in tiers.find(found, CHAPTER)] == [1, 2, 3, 4]


def test_a_page_with_scores_takes_its_bands_from_them(monkeypatch):
    monkeypatch.setattr(
        tiers, "probabilities", lambda sentences: [(0.96, 0.01, 0.01, 0.01, 0.01)] * len(sentences)
    )
    found, text = outline(
        QUESTION,
        ("tier_statement", BEST),
        ("score", "10"),
        ("country_heading", "Denmark"),
        ("prose", LONG),
        ("tier_statement", WEAK),
        ("score", "5"),
        ("country_heading", "Chile"),
        ("prose", LONG),
    )
    assert [(s.tier, s.score_max) for s in tiers.find(found, text)] == [(1, 10), (3, 5)]


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("10-9 =", 1),
        ("6–8", 2),
        ("Score: 4", 3),
        ("2 - 1:", 4),
        ("10-6", None),
        ("ten", None),
        ("", None),
    ],
)
def test_a_score_or_a_whole_band_has_its_tier(words, tier):
    assert tiers.tier_beside(words) == tier


def test_statements_may_have_two_sentences():
    second = "Requests are seldom needed."
    found, text = page(f"{BEST} {second}", LONG, GOOD, LONG, WEAK, LONG, WORST, LONG)
    assert [s.text for s in tiers.find(found, text)] == [f"{BEST} {second}", GOOD, WEAK, WORST]


def test_four_sentences_are_no_candidate():
    found, text = page(" ".join((BEST, GOOD, WEAK, WORST)), BEST)
    assert [c.text for c in tiers.candidates(found, text, grades.load())] == [BEST]


def test_a_paragraph_printed_twice_is_no_candidate():
    found, text = page(BEST, GOOD, BEST)
    assert [c.text for c in tiers.candidates(found, text, grades.load())] == [GOOD]
