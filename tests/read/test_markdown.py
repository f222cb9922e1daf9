import time
from pathlib import Path

import pytest

from pipeline.read.markdown import is_markdown, markdown

RAW = Path(__file__).parents[2] / "raw"
HEADINGS = "# Coordination\n\nThe office coordinates.\n\n## Estonia\n\nIt works.\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADINGS, id="two headings"),
        pytest.param("# 1. Aims\n\n# 2. Means\n", id="numbered headings"),
        pytest.param("# Plan\n\nSee [the law](https://example.org/law).\n", id="and a link"),
        pytest.param("# Plan\n\nThe office is **not** there.\n", id="and bold"),
        pytest.param("# Plan\n\nEstonia\n-------\n\nIt works.\n", id="and an underlined one"),
        pytest.param("# Plan\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n", id="and a table"),
        pytest.param("---\ntitle: Plan\n---\n\n# Plan\n", id="and front matter"),
        pytest.param("See **the** [law](/law.html).\n", id="no heading, but two other signs"),
        pytest.param("Plan\n====\n\nThe office is **not** there.\n", id="underlined and bold"),
    ],
)
def test_is_markdown(text):
    assert is_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("The office coordinates.\n", id="prose"),
        pytest.param("- one\n- two\n* three\n1. Introduction\n2. Aims\n", id="lists"),
        pytest.param("#3\n\n#17Key Findings\n\n#4\n", id="ranks"),
        pytest.param("# 3\n\n# 17 Key Findings\n\n# 4 Norway\n", id="ranks with a blank"),
        pytest.param("# Plan\n\nThe office coordinates.\n", id="a single heading"),
        pytest.param("#eGov #OpenData\n#Estonia\n", id="hashtags"),
        pytest.param("Plan\n====\n\nAims\n----\n\nAll.\n", id="underlined as typewriters do"),
        pytest.param("---\n---\nTask force\n\n---\n", id="rules"),
        pytest.param("*** p<0.01, ** p<0.05, * p<0.1\n# Plan\n", id="levels of significance"),
        pytest.param("# Plan\n\n2 ** 3 ** 4 and a**b**c\n", id="powers"),
        pytest.param("# Plan\n\nas shown [1](2) and [sic](sic)\n", id="brackets, no links"),
        pytest.param("```\n# not a heading\n# nor this\n```\n", id="headings within code"),
        pytest.param("---\nOnly a sentence: no.\n\nAnd more.\n---\n# Plan\n", id="no front matter"),
        pytest.param("Name | Score\nEstonia | 9\n# Plan\n", id="bars, but no rule"),
        pytest.param("# Plan\n\nEstonia | 9 | 8\n- | - | -\n", id="dashes for missing values"),
    ],
)
def test_plain_text_is_no_markdown(text):
    assert not is_markdown(text)


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name)
def test_the_plain_text_reports_are_no_markdown(path):
    assert not is_markdown(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("# Plan\n", "<h1>Plan</h1>", id="heading"),
        pytest.param("Plan\n====\n", "<h1>Plan</h1>", id="underlined heading"),
        pytest.param("one\ntwo\n", "<p>one\ntwo</p>", id="wrapped lines are one paragraph"),
        pytest.param("- one\n- two\n", "<li>one</li>\n<li>two</li>", id="list"),
        pytest.param("|a|b|\n|-|-|\n|1|2|\n", "<td>1</td>\n<td>2</td>", id="table"),
        pytest.param("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>", id="HTML is shown"),
        pytest.param(
            "<script>alert(1)</script>\n", "&lt;script&gt;alert(1)&lt;/script&gt;", id="scripts too"
        ),
        pytest.param("[a](javascript:x)\n", "<p>[a](javascript:x)</p>", id="no script as link"),
        pytest.param("https://a.org\n", "<p>https://a.org</p>", id="an address is no link"),
        pytest.param("a[^1]\n\n[^1]: https://a.org\n", "<p>[^1]: https://a.org</p>", id="note"),
        pytest.param(
            "[^1]: One.\n[^2]: Two.\n", "<p>[^1]: One.</p>\n<p>[^2]: Two.</p>", id="two notes"
        ),
        pytest.param("a --- b 'c'\n", "<p>a --- b 'c'</p>", id="characters stay as they are"),
    ],
)
def test_markdown(text, html):
    assert html in markdown(text)


def test_line_ends_count_where_lines_are_not_wrapped():
    long = "The ministry published its plan. " * 4
    assert "<br" in markdown(f"# Plan\n\n{long}\n{long}\n")
    assert "<br" not in markdown(f"# Plan\n\n{long}\nshort\nshort\n")
    assert "<br" not in markdown(f"# {long}\n# {long}\nshort\nshort\n")  # headings do not count


def test_front_matter_is_kept_apart():
    html = markdown("---\ntitle: A <b>\ntags:\n  - x\n---\n# Plan\n")
    footer, rest = html.split("</footer>")
    assert footer == "<footer>\ntitle: A &lt;b&gt;<br />\ntags:<br />\n  - x\n"
    assert rest.strip() == "<h1>Plan</h1>"


@pytest.mark.parametrize(
    "text",
    [
        "---\n---\n# Plan\n",
        "---\nA sentence.\n---\n",
        "# Plan\n\n---\ntitle: x\n---\n",
        "---\na: b\n",
    ],
    ids=["empty", "no keys", "not at the top", "no end"],
)
def test_what_is_no_front_matter(text):
    assert "<footer>" not in markdown(text)


def test_nested_lists_are_kept():
    text = "".join(f"{'  ' * depth}- item{depth}\n" for depth in range(15))
    assert "item14" in markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 5_000, id="brackets"),
        pytest.param("[" + "a" * 100_000, id="an endless link"),
        pytest.param("[a](" + "/" * 100_000, id="an endless address"),
        pytest.param("**" + "a " * 50_000, id="endless bold"),
        pytest.param(">" * 5_000 + " a", id="quotes in quotes"),
        pytest.param("*a" * 10_000, id="asterisks"),
        pytest.param("# " * 50_000, id="hashes"),
        pytest.param("```\n" * 20_001, id="fences"),
        pytest.param("|-" * 50_000 + "x", id="rules of tables"),
        pytest.param("---\n" + "a: b\n" * 20_000, id="front matter without an end"),
    ],
)
def test_hostile_text_ends_soon(text):
    start = time.perf_counter()
    is_markdown(text)
    assert markdown(text)
    assert time.perf_counter() - start < 20  # quadratic time would take minutes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("--|--" + " " * 100_000 + "x", id="the rule of a table"),
        pytest.param("# " + " " * 100_000 + "1", id="a heading"),
        pytest.param("[" * 100_000, id="links"),
        pytest.param("**a" * 50_000, id="bold"),
        pytest.param("```\n" * 50_000, id="fences"),
        pytest.param("---\n" + "a: b\n" * 50_000, id="front matter"),
    ],
)
def test_what_is_repeated_is_told_fast(text):
    began = time.process_time()
    assert not is_markdown(text)
    assert time.process_time() - began < 2


def test_cells_beyond_the_head_are_kept():
    page = markdown("| Country |\n|--|\n| Estonia | 1 | 9 |\n| Latvia |\n\nThe end | is near")
    assert page.count("<th>") == 3
    assert "<td>9</td>" in page
