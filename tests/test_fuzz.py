"""Any file at all: a full ledger, or a quarantine with a sentence for a reason."""

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.layout import check_tiling
from pipeline.read import text as plain
from pipeline.read.guard import GUARD
from pipeline.read.markdown import markdown
from pipeline.read.media import MHTML, PDF
from pipeline.read.parts import Part, assemble
from pipeline.read.web import decode_html, html
from pipeline.read.word import word
from pipeline.records import Mark, Report, Unreadable
from pipeline.settings import DEFAULT
from tests import fuzz
from tests.fuzzing.batch import batch_problem
from tests.fuzzing.inputs import make
from tests.fuzzing.judge import judge, outlined, reason_problem, result_problems
from tests.fuzzing.seeds import FORMATS, Seeds, load, pack

RAW = Path(__file__).parents[1] / "raw"
N = 500
SEED = 1
MOST = 80_000  # bytes; the journey of a longer text takes seconds
WORD_OF = re.compile(r"q\d+z")


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load(RAW)


def test_damaged_files_come_out_sound_or_with_a_reason(seeds, tmp_path):
    tally = fuzz.fuzz(seeds, range(N), SEED, 0.02, tmp_path, most=MOST)
    assert tally.formats.total() == N
    assert not tally.failures
    assert not [words for words in tally.suspects if "takes longer" not in words]
    for kind in FORMATS:  # else the damage is so great that nothing is tried
        assert tally.formats[kind, "ok"] >= N / len(FORMATS) / 4, kind


def test_a_run_loses_no_damaged_file(seeds):
    some = [make(seeds, SEED, number, MOST) for number in range(N, N + 18)]
    assert not batch_problem(some)


@pytest.mark.parametrize("number", range(N, N + 12))
def test_an_input_can_be_made_again(seeds, number):
    assert make(seeds, SEED, number) == make(load(RAW), SEED, number)


@pytest.mark.parametrize("kind", FORMATS)
def test_sound_files_are_read(seeds, kind):
    assert judge(seeds.draw(Random(7), kind), "a.bin", whole=False).status == "ok"


REASONS = [
    ("The file holds no text, or hardly any.", True),
    ("The reader broke down (twice).", True),
    ("An internal error stopped the reading (KeyError: 'a').", False),
    ("KeyError: 'a'", False),
    ("the file holds no text.", False),
    ("Damaged.", False),
    ("The file is damaged", False),
    ("The file is damaged\x00 and odd.", False),
    (f"The file is {'very ' * 200}damaged.", False),
]


@pytest.mark.parametrize(("reason", "good"), REASONS)
def test_a_reason_is_a_sentence(reason, good):
    assert (reason_problem(reason) == "") == good


def test_a_failure_is_kept_and_told(seeds, tmp_path, monkeypatch, capsys):
    def break_down(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("pipeline.read.read", break_down)
    assert fuzz.main(["2", "--keep", str(tmp_path), "--folder", str(RAW), "--whole", "0"]) == 1
    assert (tmp_path / "failed" / "0.text").exists()
    assert "KeyError" in (tmp_path / "failed" / "1.why").read_text()
    assert fuzz.main(["--only", "1", "--keep", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "FAILURES" in shown
    assert "2 inputs" in shown


# Readers by themselves.

INLINE = ("span", "b", "strong", "i", "em", "a", "u", "small", "label", "font", "cite", "q")
BLOCK = ("p", "div", "section", "h1", "h2", "h4", "li", "ul", "blockquote", "pre", "article")
FURNITURE = ("nav", "header", "footer", "aside", "button", "form", "details", "summary", "address")
TABLES = ("table", "tr", "td", "th", "tbody", "caption")
ODD = (
    "textarea",
    "option",
    "select",
    "noscript",
    "sup",
    "ruby",
    "rt",
    "xmp",
    "o:p",
    "nobr",
    "center",
)
ATTRIBUTES = (
    "", ' class="nav"', ' class="h2"', " role=heading", ' role="button" aria-expanded="true"',
    " hidden", ' class="sr-only"', ' id="cookie"', ' class="MsoListParagraph"',
    " role=presentation", ' style="display:none"', ' class="accordion-header"', " aria-level='9'",
" role=navigation", )  # fmt: skip
SPACES = ("", " ", "\n", "&nbsp;", "<br>", "<wbr>", "<!-- x -->", "&shy;", " &amp; ", "\u200b")


def words(n: int) -> list[str]:
    return [f"q{i}z" for i in range(n)]


@st.composite
def pages(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[str, list[str]]:
    """A page of elements within each other, and its words in order."""
    out: list[str] = []
    opened: list[str] = []
    n = 0
    for _ in range(draw(st.integers(1, 25))):
        match draw(st.sampled_from(("open", "close", "word", "word", "space"))):
            case "open":
                opened.append(draw(st.sampled_from(names)))
                out.append(f"<{opened[-1]}{draw(st.sampled_from(ATTRIBUTES))}>")
            case "close" if opened:
                out.append(f"</{opened.pop()}>")
            case "space":
                out.append(draw(st.sampled_from(SPACES)))
            case _:
                out.append(f"q{n}z")
                n += 1
    out += [f"</{name}>" for name in reversed(opened)]
    return "".join(out), words(n)


@st.composite
def soups(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Opening and closing tags in any order, and the words between them."""
    names = st.sampled_from(
        (*INLINE, *BLOCK, *FURNITURE, *TABLES, *ODD, "br", "hr", "body", "html")
    )
    tag = st.builds(
        lambda name, closes, more: f"</{name}>" if closes else f"<{name}{more}>",
        names,
        st.booleans(),
        st.sampled_from(ATTRIBUTES),
    )
    pieces = draw(st.lists(st.one_of(tag, st.just(None), st.sampled_from(SPACES)), max_size=40))
    count = iter(words(len(pieces)))
    shown = [next(count) if piece is None else piece for piece in pieces]
    return "".join(shown), [each for each in shown if WORD_OF.fullmatch(each)]


def found_in(page: str) -> list[str]:
    return WORD_OF.findall("\n".join(part.text for part in html(page).parts))


@given(pages((*INLINE, *(set(BLOCK) - {"p"}), "center", "o:p")))
@settings(max_examples=150)
def test_a_page_keeps_all_words_in_order(page):
    source, expected = page
    found = found_in(source)
    # What is for screen readers only follows its line.
    assert (sorted(found) if "sr-only" in source else found) == (
        sorted(expected) if "sr-only" in source else expected
    )


@given(soups())
@settings(max_examples=250)
def test_tag_soup_loses_and_repeats_no_word(soup):
    source, expected = soup
    assert sorted(found_in(source)) == sorted(expected)


@given(soups())
def test_white_space_of_a_page_is_normal(soup):
    text, marks = assemble(html(soup[0]).parts)
    assert not re.search(r"[^\S \n]|  |^ | $|\n\n\n", text, re.MULTILINE)
    assert [text[mark.start : mark.end] for mark in marks] == [x for x in text.split("\n") if x]


BEFORE = (
    "", "# ", "## ", "### ", "- ", "* ", "1. ", "12) ", "> ", "> > ", "    ", "\t", "- - ", "| ",
    "**", "_", "`", "\\", "<b>", "&amp; ", "[", "~~~\n", "```\n", "---\n", "* * *\n",
)  # fmt: skip
AFTER = (
    "", " ", "\n", "\n\n", "  \n", "\\\n", "\n===\n", "\n---\n", "**", "_", "`",
    "\n```\n", "](http://a.b/c)", " #", "</b>", "\n~~~\n", "\n> ", "\n\n    ", "\n- ", "![](x) ",
)  # fmt: skip


@st.composite
def marked_up(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Markdown, sensible or not, and its words in order."""
    n = draw(st.integers(1, 14))
    signs = st.tuples(st.sampled_from(BEFORE), st.sampled_from(AFTER))
    pieces = [f"{before}q{i}z{after}" for i in range(n) for before, after in [draw(signs)]]
    return "".join(pieces), words(n)


@pytest.mark.xfail(reason="CommonMark tables drop cells beyond the head's", strict=True)
def test_a_row_longer_than_the_head_keeps_its_cells():
    assert found_in(markdown("q0z |\n|-|\n| q1z | q2z |\n")) == words(3)


@given(marked_up())
@settings(max_examples=250)
@example(("q0z\n\n[^1]: q1z\n", ["q0z", "q1z"]))
@example(("---\na: q0z\n---\nq1z", ["q0z", "q1z"]))
def test_markdown_keeps_all_words_in_order(marked):
    source, expected = marked
    assert found_in(markdown(source)) == expected


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00\x00\xfe\xff\x00\x11\x00\x00")
def test_any_bytes_are_decoded_or_refused(data):
    for decode in (plain.decode, decode_html):
        try:
            text = decode(data)
        except Unreadable as error:
            assert not reason_problem(str(error))
            continue
        text.encode("utf-8")
        assert decode is decode_html or "\r" not in text


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60),
    st.sampled_from(("utf-8-sig", "utf-16", "utf-32")),
)
def test_what_a_byte_order_mark_says_is_decoded(text, encoding):
    assert plain.decode(text.encode(encoding)) == text


@given(st.binary(max_size=300), st.sampled_from((b"<html><meta charset=", b"<?xml encoding='")))
def test_pages_may_declare_any_encoding(data, head):
    try:
        decode_html(head + data).encode("utf-8")
    except Unreadable as error:
        assert not reason_problem(str(error))


def refused_or_read(kind: str, data: bytes) -> None:
    """Through the guard, for what breaks down takes its process with it."""
    try:
        assemble(GUARD.parse(kind, data, DEFAULT).parts)
    except Unreadable as error:
        reason = str(error)
        assert not reason_problem(reason)
        assert "Error" not in reason.replace("PDFium: ", ""), reason
        assert "broke down" not in reason


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_chance_is_no_pdf(data):
    refused_or_read(PDF, b"%PDF-1.7\n" + data)
    refused_or_read(PDF, b"%PDF-1.4\n1 0 obj\n<<" + data + b">>\nendobj\ntrailer<</Root 1 0 R>>")


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_chance_is_no_word_file(data):
    for member in (data, b"<w:document>" + data):
        for whole in (b"PK\x03\x04" + data, pack({"word/document.xml": member})):
            try:
                word(whole, max_expanded_bytes=DEFAULT.max_expanded_bytes)
            except Unreadable as error:
                assert not re.search(r"\w+Error", str(error))


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ELEMENTS = (
    "w:p w:r w:t w:tbl w:tr w:tc w:br w:tab w:pPr w:rPr w:b w:vanish w:ins w:del w:hyperlink w:sdt"
    " w:sdtContent w:fldSimple w:txbxContent w:sym w:footnoteReference w:numPr w:outlineLvl"
    " w:pStyle w:tcPr w:vMerge w:headerReference w:sectPr w:fldChar w:noBreakHyphen"
).split()
VALUES = ("", "0", "-1", "²", "x", "99999999999999999999", "true", "begin", "end", "D800", "110000")


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """XML of a Word document, well-formed and senseless."""
    out: list[str] = []
    opened: list[str] = []
    for _ in range(draw(st.integers(1, 30))):
        if opened and draw(st.booleans()):
            out.append(f"</{opened.pop()}>")
            continue
        name, value = draw(st.sampled_from(ELEMENTS)), draw(st.sampled_from(VALUES))
        opened.append(name)
        out.append(
            f'<{name} w:val="{value}" w:id="{value}" w:char="{value}" w:fldCharType="{value}">'
        )
        out.append("word" if name == "w:t" else "")
    return "".join([*out, *(f"</{name}>" for name in reversed(opened))])


@given(bodies())
@settings(max_examples=150)
def test_senseless_word_files_are_read(body):
    document = f"<w:document {SPACE}><w:body>{body}</w:body></w:document>".encode()
    parts = {"word/document.xml": document, "word/styles.xml": document}
    text, marks = assemble(word(pack(parts), max_expanded_bytes=10_000_000).parts)
    assert [text[mark.start : mark.end] for mark in marks] == [x for x in text.split("\n") if x]


HEADERS = st.lists(
    st.sampled_from(
        (
            b"Content-Type: multipart/related; boundary=x", b"Content-Type: text/html", b"--x", b"",
            b"Content-Type: text/html; charset=idna", b"Content-Transfer-Encoding: base64",
            b"--x--", b"Content-Transfer-Encoding: x-uuencode", b"Content-Type: message/rfc822",
            b"<p>a", b"=", b"Content-Type: text/html; charset*0*=a'b'c; charset*1=%ff",
            b"Content-Type: ;", b" \xff", b"Content-Type: text/html; charset=\"", b"Content-ID: <",
        b"begin 666 a", b"=?a?Q?=FF?=", )
    ),
    max_size=14,
)  # fmt: skip


@given(HEADERS)
@settings(max_examples=150)
def test_odd_web_archives_are_read_or_refused(lines):
    refused_or_read(MHTML, b"\r\n".join([b"MIME-Version: 1.0", *lines]))


KINDS = st.sampled_from(("heading", "paragraph", "list_item", "row", "boilerplate"))
LINE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        (
            "10", "9", "²", "#12", "---", "Citations:", "Estonia", "France*", "EUOECD", "Next", "•",
            "How well do ministries share their data with the public?", "1.", "• item", "\u200b",
            "x", "The government adopted its plan in 2019, and the ministries reported on it.",
            "\x1c", "“", "\u2067", "e\u0301", "https://example.org", "2. Aims", "Sources: a",
        "\u00ad \u200b", )
    ),
)  # fmt: skip
PARTS = st.lists(
    st.builds(
        Part, LINE, KINDS, st.integers(0, 9), st.none() | st.integers(1, 3), st.booleans()
    ),
    max_size=20,
)  # fmt: skip


def report(text: str, marks: tuple[Mark, ...], *, slides: bool) -> Report:
    about = {"document_id": "d", "source": "a", "sha256": "", "media_type": "", "language": "en"}
    return Report(text=text, marks=marks, slides=slides, **about)


@given(PARTS)
def test_marks_are_the_lines(parts):
    text, marks = assemble(parts)
    assert [text[mark.start : mark.end] for mark in marks] == [x for x in text.split("\n") if x]
    kept = [part for part in parts if part.text.strip()]
    assert [(m.kind, m.level, m.page) for m in marks] == [(p.kind, p.level, p.page) for p in kept]
    bare = "".join(text.replace("•", "").split())  # list items get a bullet
    assert bare == "".join("".join(part.text.replace("•", "").split()) for part in parts)


@given(PARTS, st.booleans())
@settings(max_examples=200)
def test_blocks_of_any_parts_tile(parts, slides):
    text, marks = assemble(parts)
    found = outlined(report(text, marks, slides=slides))
    check_tiling(text, found.outline.blocks)
    assert not list(result_problems(found))


@given(st.lists(LINE, max_size=25).map("\n".join), st.lists(st.integers(0, 400), max_size=12))
@settings(max_examples=200)
def test_blocks_tile_whatever_the_marks(text, cuts):
    bounds = sorted({min(cut, len(text)) for cut in cuts})
    marks = tuple(
        Mark(start=a, end=b, kind="boilerplate" if a % 2 else "heading", level=a % 9)
        for a, b in zip(bounds, bounds[1:], strict=False)
    )
    assert not list(result_problems(outlined(report(text, marks, slides=bool(len(cuts) % 2)))))
