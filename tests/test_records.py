from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import records
from pipeline.records import (
    Block,
    Citation,
    Mention,
    Outline,
    Quote,
    Ranking,
    Segment,
    Span,
    Unreadable,
    harmless,
    mentions_in,
)

IMPOSSIBLE = [
    pytest.param(-1, 3, id="before the text"),
    pytest.param(-3, -1, id="both before the text"),
    pytest.param(4, 4, id="empty"),
    pytest.param(0, 0, id="empty at the start"),
    pytest.param(5, 2, id="backwards"),
]


@pytest.mark.parametrize(("start", "end"), IMPOSSIBLE)
def test_span_refuses_impossible_offsets(start, end):
    with pytest.raises(ValueError, match="impossible offsets"):
        Span(start=start, end=end)


@pytest.mark.parametrize(("start", "end"), IMPOSSIBLE)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda **at: Block(role="prose", **at), id="block"),
        pytest.param(lambda **at: Quote(text="", **at), id="quote"),
        pytest.param(lambda **at: Citation(text="", **at), id="citation"),
        pytest.param(lambda **at: Ranking(country=None, index_name="DESI", **at), id="ranking"),
        pytest.param(
            lambda **at: Segment(country=None, country_method="order", country_confidence=0, **at),
            id="segment",
        ),
    ],
)
def test_every_kind_of_span_refuses_impossible_offsets(make, start, end):
    with pytest.raises(ValueError, match="impossible offsets"):
        make(start=start, end=end)


@pytest.mark.parametrize("text", ["", "abc", "abcde"])
def test_quote_refuses_a_text_of_another_length(text):
    with pytest.raises(ValueError, match="does not fit"):
        Quote(start=0, end=4, text=text)


def test_mention_checks_its_text_like_any_quote():
    with pytest.raises(ValueError, match="does not fit"):
        _mention(start=3, end=9, text="Riigikogu")


@given(st.text(min_size=1), st.data())
def test_a_span_cuts_what_a_quote_says(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote(start=start, end=end, text=text[start:end])
    assert quote.of(text) == quote.text == text[start:end]


@pytest.mark.parametrize(
    ("inner", "held"),
    [
        pytest.param((10, 20), True, id="itself"),
        pytest.param((12, 18), True, id="inside"),
        pytest.param((10, 11), True, id="at the left edge"),
        pytest.param((19, 20), True, id="at the right edge"),
        pytest.param((9, 20), False, id="sticks out left"),
        pytest.param((10, 21), False, id="sticks out right"),
        pytest.param((20, 21), False, id="touches from the right"),
        pytest.param((0, 10), False, id="touches from the left"),
        pytest.param((0, 30), False, id="contains it"),
    ],
)
def test_holds(inner, held):
    assert Span(start=10, end=20).holds(Span(start=inner[0], end=inner[1])) is held


def test_records_are_frozen():
    with pytest.raises(FrozenInstanceError):
        Span(start=0, end=1).start = 5  # type: ignore[misc]


def test_records_name_their_fields():
    with pytest.raises(TypeError):
        Span(0, 1)  # type: ignore[misc]


def test_equal_records_count_once():
    twice = {Block(start=0, end=1, role="prose"), Block(start=0, end=1, role="prose")}
    assert len(twice) == 1


def test_an_outline_says_only_what_the_head_says():
    outline = Outline(layout="webpage", blocks=())
    assert outline.title is outline.question is outline.edition is outline.publisher is None


@pytest.mark.parametrize(
    ("values", "some"),
    [
        pytest.param(records.LABELS, {"AGENCY", "YEAR"}, id="labels"),
        pytest.param(records.ROLES, {"tier_statement", "boilerplate"}, id="roles"),
        pytest.param(records.LAYOUTS, {"indicator", "report"}, id="layouts"),
        pytest.param(records.SECTIONS, {"body", "citation", "boilerplate"}, id="sections"),
        pytest.param(records.COUNTRY_METHODS, {"heading", "document"}, id="country methods"),
        pytest.param(records.TIER_STATUSES, {"stated", "absent"}, id="tier statuses"),
        pytest.param(records.CHECKS, {"ok", "impossible", "contradicted"}, id="checks"),
    ],
)
def test_vocabularies_hold_no_value_twice(values, some):
    assert some <= set(values)
    assert len(values) == len(set(values))


def _mention(*, start: int, end: int, text: str) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=text,
        label="AGENCY",
        section="body",
        confidence=1.0,
        method="rule",
        canonical=text,
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [("=1+1", "1+1"), ("- a", "a"), ("a-b", "a-b"), ("@x", "x"), ("\t+x", "x")],
)
def test_harmless(text, kept):
    quote = harmless(Citation(start=10, end=10 + len(text), text=text))
    assert quote.text == kept
    assert (quote.start, quote.end) == (10 + len(text) - len(kept), 10 + len(text))


def test_nothing_is_left_of_signs():
    assert harmless(Citation(start=0, end=3, text="=- ")) is None


def test_mentions_in():
    found = [mention(0, 5), mention(4, 8), mention(6, 20), mention(20, 22)]
    assert mentions_in(found, Block(start=4, end=20, role="prose")) == found[1:3]


def mention(start: int, end: int) -> Mention:
    about = {"label": "LAW", "section": "body", "confidence": 1.0, "method": "rule"}
    return Mention(start=start, end=end, text="x" * (end - start), canonical="x", **about)


def test_a_reason_is_one_line_and_not_endless():
    reason = str(Unreadable("It is\nso. " + "x" * 1000))
    assert reason.startswith("It is so. x")
    assert len(reason) < 500
