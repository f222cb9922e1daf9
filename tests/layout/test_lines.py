import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.lines import Line, merge, split_lines


def line(text: str) -> Line:
    (found,) = split_lines(text)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n", [], id="only blanks"),
        pytest.param("a\nb", [(0, 1, "a", 0), (2, 3, "b", 0)], id="two lines"),
        pytest.param("\n\na", [(2, 3, "a", 2)], id="gap before the first"),
        pytest.param("a\n \n\nb", [(0, 1, "a", 0), (5, 6, "b", 2)], id="a blank line is a gap"),
        pytest.param("  a b \n", [(2, 5, "a b", 0)], id="blanks around"),
        pytest.param("\u00a0a\u2003", [(1, 2, "a", 0)], id="blanks beyond ASCII"),
        pytest.param("aa a", [(0, 4, "aa a", 0)], id="first letter comes back"),
        pytest.param("a\u2028b", [(0, 3, "a\u2028b", 0)], id="only LF ends a line"),
        pytest.param("a\x0cb", [(0, 3, "a\x0cb", 0)], id="a form feed ends none"),
    ],
)
def test_split_lines(text, found):
    assert [(x.start, x.end, x.text, x.gap) for x in split_lines(text)] == found


@given(st.text(st.sampled_from("ab \n\t\u00a0é1")))
def test_a_line_is_where_it_says(text):
    for found in split_lines(text):
        assert text[found.start : found.end] == found.text == found.text.strip() != ""


@given(st.text())
def test_lines_hold_all_but_white_space(text):
    kept = "".join(found.text for found in split_lines(text))
    assert "".join(kept.split()) == "".join(text.split())


def yes_and_no(yes: list[str], no: list[str]):
    rows = [pytest.param(text, True, id=f"yes:{text}") for text in yes]
    rows += [pytest.param(text, False, id=f"no:{text}") for text in no]
    return pytest.mark.parametrize(("text", "expected"), rows)


@yes_and_no(["1", "7", "10", " 9"], ["0", "11", "07", "8.", "8 9", "-1", "1st", "2019", "#3", "a"])
def test_is_number(text, expected):
    assert line(text).is_number is expected


@yes_and_no(["#1", "#12", "# 3", "#137"], ["12", "#", "#1234", "#17Key", "#a", "no. 3"])
def test_is_rank(text, expected):
    assert line(text).is_rank is expected


@yes_and_no(["---", "-----", "***", "___", "- - -", "———", "==="], ["--", "-", "a---", "-1-", "."])
def test_is_rule(text, expected):
    assert line(text).is_rule is expected


@yes_and_no(
    ["Back to Top", "back to the top", "Print", "EUOECD", "Page 3", "3 / 12", "12 of 30", "Next"]
    + ["Thank you!", "© A publisher 2019", "office@ministry.example", "@ministry"],
    ["Next steps", "Nextdoor", "Printing office", "Page three", "12 of the 30", "Share of women"]
    + ["Write to office@ministry.example", "3", "Thank you for coming"],
)
def test_is_furniture(text, expected):
    assert line(text).is_furniture is expected


@yes_and_no(
    ["• one", "- one", "– one", "> one", "1. one", "12) one", "a) one", "iv) one", "(iii) one"],
    ["-one", "1.5 percent", "2019. A year", "I. Heading", "one - two", "•", "ab) one"],
)
def test_is_bullet(text, expected):
    assert line(text).is_bullet is expected


@yes_and_no(
    [
        "To what extent does the cabinet plan ahead?",
        "Does the office work well today?",
        "How thoroughly are bills examined?",
        "In how far do ministries share data?",
        "How widespread is hunger?",
        "On what grounds are judges chosen?",
        "By whom are elections run?",
    ],
    [
        "How?",
        "What is hunger?",
        "In Spain, is hunger widespread?",
        "To what extent does the cabinet plan ahead",
        "Surely the office works well today?",
        "However small, is it worth it?",
        "Hasty plans are made, are they not?",
    ],
)
def test_is_question(text, expected):
    assert line(text).is_question is expected


@yes_and_no(
    ["It is so.", "Is it so?", "It is so!", "one;", "“It is so.”", "(It is so.)", "It is so.’"],
    ["It is so", "So:", "one,", "(see below)", "“Simplex”"],
)
def test_is_sentence(text, expected):
    assert line(text).is_sentence is expected


@yes_and_no(
    ["Key Findings", "1 Introduction", "Is it so?", "Annex: tables"],
    ["It is so.", "one;", "one,", "word " * 13, "w" * 101],
)
def test_is_short_title(text, expected):
    assert line(text).is_short_title is expected


def test_block_and_merge_keep_the_offsets():
    first, last = split_lines(" one\n two ")
    assert (first.block("prose").start, first.block("prose").end) == (1, 4)
    merged = merge(first, last, "list_item")
    assert (merged.start, merged.end, merged.role) == (1, 9, "list_item")
