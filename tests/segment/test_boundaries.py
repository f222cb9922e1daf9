"""Where a section may start: what forbids it, what suggests it, what speaks against it."""

from dataclasses import replace

import pytest

from pipeline.segment.boundaries import INSEPARABLE, parts
from tests.segment.page_by_hand import outline, statements

QUESTION = ("question", "How well are archives kept?")
GOOD = ("tier_statement", "Archives are kept well.")
POOR = ("tier_statement", "Archives are kept poorly.")
REFERENCE = ("citation", "OECD (2018): Files, https://oecd.org/files, accessed 3 May 2020.")
MAYBE = ("citation", "Archives and their readers, a survey")
PLAIN = (
    "Archives are open to anyone who asks, and most of them answer within a week" + " or so" * 15
)


def prose(words):
    return ("prose", words)


def of(*lines, tiers=(1,)):
    found, text = outline(QUESTION, GOOD, *lines)
    return parts(found, text, statements(found, text, *tiers))


def start(*lines):
    """How much the last of the lines looks like a start."""
    return of(*lines)[-1].start


def below(words, *, first=PLAIN):
    """How much a paragraph below another looks like a start."""
    return start(prose(first), prose(words))


FORBIDDEN = [
    ("the paragraph below a heading", (("country_heading", "Denmark"), prose(PLAIN))),
    ("a sure reference", (prose(PLAIN), REFERENCE)),
    ("a paragraph of a page with scores", (("score", "9"), prose(PLAIN), prose(PLAIN))),
    ("a reference of a page with scores", (("score", "9"), prose(PLAIN), MAYBE)),
]


@pytest.mark.parametrize("lines", [f[1] for f in FORBIDDEN], ids=[f[0] for f in FORBIDDEN])
def test_it_never_starts_a_section(lines):
    assert start(*lines) <= INSEPARABLE


POSSIBLE = [
    ("a paragraph", (prose(PLAIN), prose(PLAIN))),
    ("what may be a reference", (prose(PLAIN), MAYBE)),
    ("a heading of no country", (prose(PLAIN), ("heading", "Overview"))),
    ("… on a page with scores", (("score", "9"), prose(PLAIN), ("heading", "Overview"))),
]


@pytest.mark.parametrize("lines", [p[1] for p in POSSIBLE], ids=[p[0] for p in POSSIBLE])
def test_it_may_start_a_section(lines):
    assert start(*lines) > INSEPARABLE


def test_a_countrys_heading_starts_a_section_almost_surely():
    assert start(prose(PLAIN), ("country_heading", "Denmark")) > 20


@pytest.mark.parametrize("score", [(), (("score", "9"),)], ids=["lost scores", "printed scores"])
def test_a_heading_below_a_heading_starts_a_section(score):
    first, second = of(*score, ("country_heading", "Denmark"), ("country_heading", "Estonia"))
    assert first.start == second.start > 0


@pytest.mark.parametrize("opener", ["However, ", "Moreover, ", "In addition, ", "But "])
def test_an_opener_that_goes_on_speaks_against_a_start(opener):
    assert below(opener + PLAIN) <= below(PLAIN) - 3


@pytest.mark.parametrize("opener", ["This ", "They ", "Its "])
def test_a_pronoun_speaks_against_a_start_but_less(opener):
    assert below("However, " + PLAIN) < below(opener + PLAIN) < below(PLAIN)


def test_a_word_that_only_begins_like_an_opener_is_none():
    assert below("Italy " + PLAIN) == below("Poland " + PLAIN)


def test_a_paragraph_after_references_looks_like_a_start():
    assert start(prose(PLAIN), REFERENCE, prose(PLAIN)) >= below(PLAIN) + 3


def spaced(*gaps):
    """A page of plain paragraphs; before each an empty line or none."""
    found, text = outline(QUESTION, GOOD, *[prose(("\n" if gap else "") + PLAIN) for gap in gaps])
    blocks = tuple(
        replace(b, start=b.start + text[b.start :].startswith("\n")) for b in found.blocks
    )
    return parts(replace(found, blocks=blocks), text, statements(found, text, 1))


def test_an_empty_line_within_a_tier_speaks_against_a_start():
    _, joined, apart = spaced(False, False, True)
    assert (joined.gap, apart.gap) == (False, True)
    assert apart.start < joined.start - 4


def test_on_a_page_without_empty_lines_a_break_says_less():
    kept, lost = spaced(False, False, True), spaced(False, False, False)
    assert lost[1].start < kept[1].start


def test_a_name_taken_up_again_speaks_against_a_start():
    words = "The office called Gizmodex answers readers within a week" + " or so" * 15
    assert below(words, first=words) < below(words)


def test_two_names_taken_up_again_say_more():
    one = "The office called Gizmodex answers readers within a week" + " or so" * 15
    two = (
        "The office called Gizmodex and its chief Vandermolen answer within a week" + " or so" * 15
    )
    assert below(two, first=two) < below(one, first=one)


def test_a_name_of_the_whole_page_says_nothing():
    words = "The office called Gizmodex answers readers within a week" + " or so" * 15
    assert start(*[prose(words)] * 8) == below(words)


def test_a_short_paragraph_is_less_like_a_start_than_a_long_one():
    short, middle, long = (" ".join(["archives"] * n) for n in (10, 60, 100))
    assert below(short) < below(middle) < below(long)


def test_what_stands_above_the_first_statement_is_left_out():
    found, text = outline(("title", "Archives"), prose("Last changed."), GOOD, prose(PLAIN))
    (only,) = parts(found, text, statements(found, text, 1))
    assert only.block.of(text) == PLAIN


def test_without_statements_and_scores_all_is_body():
    found, text = outline(QUESTION, prose(PLAIN), prose(PLAIN))
    assert [(p.statement, p.score, p.opens) for p in parts(found, text, [])] == [
        (None, None, True), (None, None, False),
    ]  # fmt: skip


def test_furniture_and_rules_are_no_parts():
    assert len(of(("boilerplate", "Back to Top"), prose(PLAIN), ("boilerplate", "---"))) == 1


def test_the_first_below_a_statement_opens():
    found = of(prose(PLAIN), prose(PLAIN), POOR, prose(PLAIN), tiers=(1, 4))
    assert [(p.opens, p.statement.tier) for p in found] == [(True, 1), (False, 1), (True, 4)]


def test_the_first_below_a_score_opens():
    lines = [("score", "10"), ("score", "9"), ("country_heading", "Denmark"), prose(PLAIN)]
    found = of(*lines, ("score", "8"), ("country_heading", "Estonia"))
    assert [(p.opens, p.score) for p in found] == [(True, 9), (False, 9), (True, 8)]
