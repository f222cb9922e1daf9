"""What a file's markup says of its lines, and what the layout makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import check_tiling, outline
from pipeline.read.parts import Part, assemble
from pipeline.records import Mark

PROSE = "Ministries exchange files every week, and the registers of the state have grown a lot."


def read(*parts: Part, **more: bool):
    text, marks = assemble(parts)
    return outline(text, "report", marks, **more), text


def roles(*parts: Part) -> list[str]:
    return [block.role for block in read(*parts)[0].blocks]


def test_kinds_become_roles():
    found = roles(
        Part("Home About", "boilerplate"),
        Part("Digital State", "heading", 1),
        Part(PROSE),
        Part("What has been reached so far, and what has not", "heading", 2),
        Part("Shared registers", "list_item"),
        Part("Country | Rank", "row"),
        Part("© The ministry", "boilerplate"),
    )
    assert found == [
        "boilerplate", "title", "prose", "heading", "list_item", "prose", "boilerplate",
    ]  # fmt: skip


def test_each_marked_line_is_a_block_of_its_own():
    found, text = read(Part("Digital State", "heading", 1), Part("and so it is,"), Part("they say"))
    assert [b.of(text) for b in found.blocks] == ["Digital State", "and so it is,", "they say"]


def test_the_page_is_kept():
    found, _ = read(Part("Digital State", "heading", 1, page=1), Part(PROSE, page=2))
    assert [b.page for b in found.blocks] == [1, 2]


def test_the_title_is_the_first_heading_of_the_first_level():
    found, _ = read(Part("The ministry"), Part("Digital State", "heading", 1), Part(PROSE))
    assert found.title == "Digital State"


def test_the_title_is_the_line_that_the_title_bar_repeats():
    bar = Part("Digital State – The Ministry", "boilerplate")
    found, _ = read(bar, Part("The Ministry"), Part("Digital State"), Part(PROSE))
    assert found.title == "Digital State"
    found, _ = read(bar, Part("Digital State"), Part("A plan", "heading", 1), Part(PROSE))
    assert found.title == "A plan"


def test_slides_are_a_deck():
    assert (
        read(Part("Why", "heading", 1, page=1), Part(PROSE, page=1), slides=True)[0].layout
        == "deck"
    )


SCALE = [
    *map(Part, ["How well do ministries share data with one another?", "10", "9"]),
    Part("Ministries share all their data."),
    *map(Part, ["8", "7", "6"]),
    Part("Ministries share most of their data."),
    *map(Part, ["5", "4", "3"]),
    Part("Ministries share some of their data."),
    *map(Part, ["2", "1"]),
    Part("Ministries share none of their data."),
    *map(Part, ["Data Sharing", "8", PROSE]),
]


@pytest.mark.parametrize("at", range(1, len(SCALE)))
def test_a_page_number_anywhere_in_a_chapter_does_no_harm(at):
    foot = Part("7", "boilerplate")
    with_foot = roles(Part("Norway", "heading", 1), *SCALE[:at], foot, *SCALE[at:])
    assert with_foot.count("boilerplate") == 1
    with_foot.remove("boilerplate")
    assert with_foot == roles(Part("Norway", "heading", 1), *SCALE)


def test_what_the_menu_says_is_no_head_of_the_page():
    menu = [Part(f"Part {n}", "list_item") for n in range(20)]
    question = Part("How well do ministries share their data with one another?", "heading", 1)
    parts = [*menu, question, Part("10"), Part("Estonia"), Part(PROSE)]
    assert read(*parts)[0].layout == "indicator"


KINDS = st.sampled_from(["heading", "paragraph", "list_item", "row", "boilerplate"])
WORDS = st.text(alphabet="Fin 10?.•\u00a0\u200b\ud800", max_size=12)


@given(st.lists(st.builds(Part, WORDS, KINDS, gap=st.booleans())))
def test_parts_tile_the_text(parts):
    text, marks = assemble(parts)
    check_tiling(text, outline(text, "report", marks).blocks)
    assert "\n".join(text[m.start : m.end] for m in marks) == "\n".join(
        filter(None, text.split("\n"))
    )
    text.encode()


def test_two_halves_of_a_character_are_one():
    assert assemble([Part("a\ud83d\ude00b"), Part("\ud800c")])[0] == "a😀b\n\ufffdc"


def test_a_mark_that_is_of_no_line_is_ignored():
    assert outline("Digital State", "x", [Mark(start=3, end=5, kind="row")]).blocks
