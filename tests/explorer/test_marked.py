"""Marking a text leaves the text as it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.explorer.marked import Marked, safe, snippet


def mention(
    key: str, start: int, end: int, label: str = "AGENCY", **more: object
) -> dict[str, Any]:
    return {
        "mention_id": key,
        "entity_id": None if label == "YEAR" else f"ent-{key}",
        "label": label,
        "start": start,
        "end": end,
        "text": "",
        "section": "body",
        "country_iso3": None,
        "confidence": 0.9,
        "method": "model",
        **more,
    }


def block(start: int, end: int, role: str = "prose", page: int | None = None) -> dict[str, Any]:
    return {"start": start, "end": end, "role": role, "page": page}


def marked(text: str, *mentions: dict[str, Any]) -> Marked:
    return Marked.of(text, mentions, {}, {})


def read(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<div id=all>{html}</div>")


def test_a_year_inside_a_name_is_marked_in_it() -> None:
    text = "The Privacy Act 1988 holds."
    year, law = mention("y", 16, 20, "YEAR"), mention("l", 4, 20, "LAW")
    page = read(marked(text, year, law).inline(0, len(text)))
    assert page.css_first("a.LAW").text() == "Privacy Act 1988"
    assert page.css_first("a.LAW .YEAR").text() == "1988"
    # Nothing in a link may take the focus.
    assert not page.css("a [tabindex], a a")


def test_of_two_with_the_same_offsets_the_year_lies_inside() -> None:
    page = read(
        marked("2030", mention("y", 0, 4, "YEAR"), mention("s", 0, 4, "STRATEGY")).inline(0, 4)
    )
    assert page.css_first("a.STRATEGY > .YEAR").text() == "2030"


def test_offsets_count_code_points() -> None:
    text = "😀😀 Ministry of Finance"
    page = read(marked(text, mention("m", 3, 22)).inline(0, len(text)))
    assert page.css_first("#m").text() == "Ministry of Finance"


def test_a_mention_over_the_end_of_a_block_stays_whole() -> None:
    text = "one two three"
    page = read(marked(text, mention("m", 4, 13)).html([block(0, 7), block(8, 13)], 0, 13))
    assert [node.text() for node in page.css(".m")] == ["two three"]
    assert page.css_first("#all").text() == text


def test_items_of_a_list_are_in_one() -> None:
    text = "a\nb\nc\nd"
    blocks = [block(0, 1), block(2, 3, "list_item"), block(4, 5, "list_item"), block(6, 7)]
    page = read(marked(text).html(blocks, 0, 7))
    assert [node.text() for node in page.css("ul > li")] == ["b", "c"]
    assert len(page.css("ul")) == 1
    assert page.css_first("#all").text() == text


def test_a_page_is_named_where_it_begins() -> None:
    blocks = [block(0, 1, page=1), block(2, 3, page=1), block(4, 5, page=2)]
    page = read(marked("a\nb\nc").html(blocks, 0, 5))
    assert [node.attributes["data-page"] for node in page.css("[data-page]")] == ["1", "2"]


def test_what_is_said_of_a_mention_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    one = mention("m", 0, 1, method=evil)
    page = read(Marked.of("x", [one], {"ent-m": evil}, {"m": evil}).inline(0, 1))
    assert not page.css("script")
    attributes = page.css_first("#m").attributes
    assert [attributes[f"data-{key}"] for key in "mnr"] == [evil] * 3


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """A text, mentions beside each other with years in them, and blocks beside each other."""
    letters = st.one_of(st.characters(codec="utf-8"), st.sampled_from("<>&\"'\n\r\0 😀א"))
    text = draw(st.text(letters, min_size=1, max_size=60))
    offsets = st.lists(st.integers(0, len(text)), max_size=12, unique=True).map(sorted)
    mentions = []
    for start, end in pairs(draw(offsets)):
        mentions.append(mention(f"m{start}", start, end))
        if draw(st.booleans()):
            inside = draw(st.integers(start, end - 1))
            mentions.append(mention(f"y{start}", inside, end, "YEAR"))
    roles = st.sampled_from(["prose", "list_item", "heading", "citation"])
    blocks = [block(start, end, draw(roles)) for start, end in pairs(draw(offsets))]
    return text, mentions, blocks


def pairs(offsets: list[int]) -> list[tuple[int, int]]:
    return list(zip(offsets[::2], offsets[1::2], strict=False))


@given(cases())
def test_text_and_mentions_come_back_from_any_html(
    case: tuple[str, list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    text, mentions, blocks = case
    page = read(marked(text, *mentions).html(blocks, 0, len(text)))
    shown = text.replace("\0", "\ufffd")
    assert page.css_first("#all").text() == shown
    found = {node.attributes["id"]: node.text() for node in page.css(".m")}
    assert len(page.css(".m")) == len(mentions)
    assert found == {m["mention_id"]: shown[m["start"] : m["end"]] for m in mentions}


@given(st.text())
def test_safe_text_keeps_its_length(text: str) -> None:
    assert len(read(safe(text)).css_first("#all").text()) == len(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "wanted"),
    [
        ("The Storting met.", 4, 12, ("The ", "Storting", " met.")),
        ("Before\nThe Storting met.\nAfter", 11, 19, ("The ", "Storting", " met.")),
        ("one two three NAME four five six", 14, 18, ("…three ", "NAME", " four…")),
        ("NAME", 0, 4, ("", "NAME", "")),
    ],
)
def test_a_snippet_is_cut_between_words_of_its_line(
    text: str, start: int, end: int, wanted: tuple[str, str, str]
) -> None:
    assert snippet(text, start, end, width=8 if "six" in text else 70) == wanted
