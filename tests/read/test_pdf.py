import io
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from fpdf import FPDF
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.parts import Content, Part
from pipeline.read.pdf import pdf
from pipeline.read.pdf.hyphens import Vocabulary, joined
from pipeline.records import Unreadable

PROSE = (
    "Coordination between the ministries rests on circulation and consent. Any proposal with"
    " effects outside the sponsoring portfolio must be sent to the ministries concerned, and"
    " objections are recorded in the memorandum that goes to the cabinet. The Ministry of Finance"
    " comments on everything that costs money, and the Ministry of Justice checks the drafting."
)
OTHER = (
    "The office of the prime minister prepares the weekly conferences of the government and"
    " follows up on their conclusions. Its staff is not large enough to shadow each portfolio."
    " Two budget conferences serve as the moment at which priorities are in fact ranked."
)


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """A file from a function that draws its pages."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def put(canvas: Canvas, x: float, y: float, text: str, font: str = "", size: float = 10) -> None:
    canvas.setFont(font or "Helvetica", size)
    canvas.drawString(x, y, text)


def wrapped(canvas: Canvas, text: str, width: float, size: float = 10) -> list[str]:
    """The lines of a ragged paragraph."""
    lines = [""]
    for word in text.split():
        line = f"{lines[-1]} {word}".strip()
        if canvas.stringWidth(line, "Helvetica", size) <= width:
            lines[-1] = line
        else:
            lines.append(word)
    return lines


def column(
    canvas: Canvas, x: float, y: float, text: str, width: float = 400, indent: float = 0
) -> float:
    """Draws a paragraph and returns the next baseline."""
    for i, line in enumerate(wrapped(canvas, text, width - indent)):
        put(canvas, x + (0 if i else indent), y, line)
        y -= 12
    return y


def read(data: bytes) -> Content:
    return pdf(data, max_pages=1000)


def body(content: Content) -> list[Part]:
    return [part for part in content.parts if part.kind != "boilerplate"]


def texts(content: Content) -> list[str]:
    return [part.text for part in body(content)]


def kinds(content: Content) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in content.parts]


# --- paragraphs -------------------------------------------------------------------------------


def test_paragraphs_parted_by_distance() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 60, column(canvas, 60, 760, PROSE) - 8, OTHER)

    assert texts(read(drawn(draw))) == [PROSE, OTHER]


def test_paragraphs_without_distance_end_where_a_line_ends_early() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 60, column(canvas, 60, 760, PROSE), OTHER)

    assert texts(read(drawn(draw))) == [PROSE, OTHER]


def test_an_indent_begins_a_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        y = 760.0
        for text in (PROSE, OTHER, PROSE, OTHER):
            y = column(canvas, 60, y, text, indent=14)

    assert texts(read(drawn(draw))) == [PROSE, OTHER, PROSE, OTHER]


def test_names_and_scores_stand_alone() -> None:
    """Score lines of rating reports are content, wherever they stand."""

    def draw(canvas: Canvas) -> None:
        y = column(canvas, 60, 760, PROSE)
        for line in ("10", "9", "Finland", "8"):
            put(canvas, 60, y, line)
            y -= 12
        column(canvas, 60, y, OTHER)

    assert texts(read(drawn(draw))) == [PROSE, "10", "9", "Finland", "8", OTHER]


def test_a_centred_title_of_two_lines_is_one_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawCentredString(297, 780, "Sustainable Governance in the Context of")
        canvas.drawCentredString(297, 756, "a Digital Transformation")
        column(canvas, 60, 700, PROSE, width=475)

    first = read(drawn(draw)).parts[0]
    assert (first.kind, first.level) == ("heading", 1)
    assert first.text == "Sustainable Governance in the Context of a Digital Transformation"


def test_a_paragraph_goes_on_after_the_page_and_after_its_footnote() -> None:
    note = "1 See the report of the audit office on the matter."

    def draw(canvas: Canvas) -> None:
        lines = wrapped(canvas, f"{PROSE} {OTHER}", 400)
        for i, line in enumerate(lines[:4]):
            put(canvas, 60, 150 - 12 * i, line)
        put(canvas, 60, 90, note, size=7)
        canvas.showPage()
        for i, line in enumerate(lines[4:]):
            put(canvas, 60, 760 - 12 * i, line)

    parts = read(drawn(draw)).parts
    assert [part.text for part in parts] == [f"{PROSE} {OTHER}", note]
    assert [part.page for part in parts] == [1, 1]


# --- headings ---------------------------------------------------------------------------------


def test_headings_rank_by_size_and_bold_last() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, "Country Report", "Helvetica", 22)
        put(canvas, 60, 750, "Executive Capacity", "Helvetica", 14)
        put(canvas, 60, 725, "Interministerial Coordination", "Helvetica-Bold")
        column(canvas, 60, 705, PROSE)

    found = [(part.level, part.text) for part in read(drawn(draw)).parts if part.kind == "heading"]
    assert found == [
        (1, "Country Report"),
        (2, "Executive Capacity"),
        (3, "Interministerial Coordination"),
    ]


def test_bold_words_that_open_a_paragraph_are_no_heading() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 760, "Norway.", "Helvetica-Bold")
        put(canvas, 106, 760, "Ministries negotiate with one another as a matter of habit, and")
        put(canvas, 60, 748, "the bodies that check the executive are listened to.")
        column(canvas, 60, 720, PROSE)

    first = read(drawn(draw)).parts[0]
    assert first.kind == "paragraph"
    assert first.text.startswith("Norway. Ministries negotiate")
    assert first.text.endswith("listened to.")


# --- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize("marker", ["•", "–", "1.", "1)", "a)"])
def test_items_with_hanging_indent(marker: str) -> None:
    second = {"1.": "2.", "1)": "2)", "a)": "b)"}.get(marker, marker)

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 760, marker)
        column(canvas, 76, 760, OTHER)
        put(canvas, 60, 712, second)
        column(canvas, 76, 712, "Shared components exist.")

    assert kinds(read(drawn(draw))) == [
        ("list_item", f"{marker} {OTHER}"),
        ("list_item", f"{second} Shared components exist."),
    ]


def test_a_picture_font_gives_a_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 760, "n", "ZapfDingbats")
        put(canvas, 76, 760, "Citizens expect one front door")

    assert kinds(read(drawn(draw))) == [("list_item", "• Citizens expect one front door")]


# --- hyphens ----------------------------------------------------------------------------------

HYPHENS = [
    # the printer's hyphen
    (["the coordi\ufffe", "nation of policy"], "the coordination of policy"),
    (["the coordi-", "nation of policy"], "the coordination of policy"),
    (["the coordi\u2010", "nation of policy"], "the coordination of policy"),
    (["the coordi\u00ad", "nation of policy"], "the coordination of policy"),
    # the writer's: capitals, numbers, acronyms and single letters
    (["an EU\ufffe", "wide rule"], "an EU-wide rule"),
    (["the plan 2019-", "2025 ended"], "the plan 2019-2025 ended"),
    (["a Paris-", "Based body"], "a Paris-Based body"),
    (["good e\ufffe", "government here"], "good e-government here"),
    # … and words that the document writes with a hyphen elsewhere
    (
        ["for co-operation now", "is co\ufffe", "operation kept"],
        "for co-operation now is co-operation kept",
    ),
    # the end of a chain and second parts that are always written with a hyphen
    (["an all-of\ufffe", "government way"], "an all-of-government way"),
    (["an evidence\ufffe", "based way"], "an evidence-based way"),
    # dashes are no hyphens
    (["the plan –", "a draft"], "the plan – a draft"),
    (["of 2018–", "19 and"], "of 2018–19 and"),
    # nothing follows
    (["the coordi\ufffe"], "the coordi-"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "text"), HYPHENS)
def test_hyphens(lines: Sequence[str], text: str) -> None:
    assert joined(lines, Vocabulary.of(lines)) == text


def test_the_printers_own_hyphen_leaves_the_writers_alone() -> None:
    """U+2010 at the ends of lines only: any other hyphen there is the writer's."""
    lines = ["the coordi\u2010", "nation of state-", "owned firms"]
    assert joined(lines, Vocabulary.of(lines)) == "the coordination of state-owned firms"


# --- columns ----------------------------------------------------------------------------------


def two_columns(canvas: Canvas, interleaved: bool) -> None:
    left = wrapped(canvas, f"{PROSE} {OTHER}", 220)
    right = wrapped(canvas, f"{OTHER} {PROSE}", 220)
    places = [(60, 700 - 12 * i, line) for i, line in enumerate(left)]
    places += [(300, 700 - 12 * i, line) for i, line in enumerate(right)]
    if interleaved:
        places.sort(key=lambda place: (-place[1], place[0]))
    put(canvas, 60, 730, "A heading that runs across both of the columns of the page", size=14)
    for x, y, line in places:
        put(canvas, x, y, line)


@pytest.mark.parametrize("interleaved", [False, True])
def test_columns_are_read_one_after_the_other(interleaved: bool) -> None:
    content = read(drawn(lambda canvas: two_columns(canvas, interleaved)))
    assert " ".join(texts(content)[1:]) == f"{PROSE} {OTHER} {OTHER} {PROSE}"
    assert all(part.kind != "row" for part in content.parts)


def test_a_table_gives_rows() -> None:
    rows = [("Country", "Score", "Rank"), ("Finland", "9", "1"), ("Estonia", "8", "12")]

    def draw(canvas: Canvas) -> None:
        y = column(canvas, 60, 760, PROSE) - 20
        for row in rows:
            for x, cell in zip((60, 200, 300), row, strict=True):
                put(canvas, x, y, cell)
            y -= 16
        column(canvas, 60, y - 10, OTHER)

    found = kinds(read(drawn(draw)))
    assert found == [
        ("paragraph", PROSE),
        *(("row", " | ".join(row)) for row in rows),
        ("paragraph", OTHER),
    ]


# --- running heads ----------------------------------------------------------------------------


def with_margins(pages: int, head: str, foot: str, first: int = 1) -> bytes:
    def draw(canvas: Canvas) -> None:
        for i in range(pages):
            put(canvas, 60, 810, head.format(i + first), size=8)
            column(canvas, 60, 740 - 9 * i, f"Part {random.Random(i).random()} is this. {OTHER}")
            put(canvas, 290, 30, foot.format(i + first), size=8)
            canvas.showPage()

    return drawn(draw)


MARGINS = [
    ("Governance Report", "{}", 1),
    ("Governance Report", "Page {} of 12", 1),
    ("OECD Directorate | {}", "Copyright 2024", 1),
    ("{} | Report title", "www.example.org", 17),
]


@pytest.mark.parametrize(("head", "foot", "first"), MARGINS)
def test_margins_are_boilerplate_and_kept(head: str, foot: str, first: int) -> None:
    content = read(with_margins(5, head, foot, first))
    found = [part.text for part in content.parts if part.kind == "boilerplate"]
    assert found == [line.format(i) for i in range(first, first + 5) for line in (head, foot)]
    assert [part.text[:5] for part in body(content)] == ["Part "] * 5


@pytest.mark.parametrize(
    "scores",
    [
        ["10", "9", "7", "7"],  # anything but a count
        ["9", "9", "9", "9"],  # equal, but no page number
        ["Score: 7", "Score: 9", "Score: 2", "Score: 7"],
    ],
)
def test_scores_at_the_top_of_pages_are_content(scores: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        for score in scores:
            put(canvas, 60, 790, score)
            column(canvas, 60, 770, PROSE)
            canvas.showPage()

    content = read(drawn(draw))
    assert [text for text in texts(content) if text != PROSE] == scores


# --- letters ----------------------------------------------------------------------------------


def raised(word: str, numeral: str, rest: str, rise: float) -> bytes:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Helvetica", 11)
        text.textOut(word)
        text.setFont("Helvetica", 7)
        text.setRise(rise)
        text.textOut(numeral)
        text.setFont("Helvetica", 11)
        text.setRise(0)
        text.textOut(rest)
        canvas.drawText(text)

    return drawn(draw)


RAISED = [
    ("the services", "1", " and more", 4, "the services [1] and more"),
    ("of consent.", "12", " The next", 4, "of consent. [12] The next"),
    ("in the 19", "th", " century", 4, "in the 19th century"),  # an ordinal
    ("about 12 m", "2", " of it", 4, "about 12 m2 of it"),  # a power of a unit
    ("tons of CO", "2", " a year", -2, "tons of CO2 a year"),  # lowered
]


@pytest.mark.parametrize(("word", "numeral", "rest", "rise", "text"), RAISED)
def test_raised_numerals(word: str, numeral: str, rest: str, rise: float, text: str) -> None:
    assert texts(read(raised(word, numeral, rest, rise))) == [text]


def test_invisible_text_of_a_recognised_scan_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.textOut("Recognised text")
        canvas.drawText(text)

    assert texts(read(drawn(draw))) == ["Recognised text"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_as_they_are_seen(turn: int) -> None:
    """The page is turned and its text is turned back, as scanners and Word write it."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
        canvas.rotate(turn)
        column(canvas, 60, column(canvas, 60, 500, PROSE) - 10, OTHER)

    assert texts(read(drawn(draw))) == [PROSE, OTHER]


# --- slides -----------------------------------------------------------------------------------


def test_slides_are_read_box_by_box() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(2):
            # drawn in the wrong order, as boxes are where a slide was edited
            for i, line in enumerate(("Right one", "Right two", "Right three")):
                put(canvas, 420, 360 - 24 * i, line, size=16)
            for i, line in enumerate(("Left one", "Left two", "Left three")):
                put(canvas, 60, 360 - 24 * i, line, size=16)
            put(canvas, 60, 460, "Why this workshop?", size=30)
            canvas.showPage()

    content = read(drawn(draw, size=(720, 540)))
    assert content.slides
    assert texts(content)[:7] == [
        "Why this workshop?", "Left one", "Left two", "Left three",
        "Right one", "Right two", "Right three",
    ]  # fmt: skip
    assert content.parts[0].kind == "heading"


# --- whole files ------------------------------------------------------------------------------


def test_fpdf_justified_and_several_pages() -> None:
    file = FPDF()
    file.add_page()
    file.set_font("Times", size=11)
    paragraphs = [PROSE if i % 2 else OTHER for i in range(24)]
    for text in paragraphs:
        file.multi_cell(0, 5, text, align="J", new_x="LMARGIN", new_y="NEXT")
        file.ln(3)
    content = read(bytes(file.output()))
    assert texts(content) == paragraphs
    assert (content.n_pages, content.n_empty_pages) == (2, 0)


def test_empty_pages_are_counted() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 700, "Text")
        canvas.showPage()
        canvas.rect(60, 60, 100, 100)
        canvas.showPage()

    content = read(drawn(draw))
    assert (content.n_pages, content.n_empty_pages) == (2, 1)


def locked() -> bytes:
    file = FPDF()
    file.set_encryption(owner_password="owner", user_password="user")
    file.add_page()
    return bytes(file.output())


def blank(canvas: Canvas) -> None:
    canvas.rect(60, 60, 100, 100)
    canvas.showPage()
    canvas.rect(60, 60, 100, 100)


UNREADABLE = [
    (locked, "needs a password"),
    (lambda: b"%PDF-1.7 and nothing else", "damaged"),
    (lambda: with_margins(4, "Head", "{}"), "has 4 pages, the limit is 3"),
    (lambda: drawn(blank), "2 pages but no text"),
]


@pytest.mark.parametrize(("make", "reason"), UNREADABLE)
def test_reasons(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        pdf(make(), max_pages=3)


def test_threads_read_the_same() -> None:
    data = drawn(lambda canvas: two_columns(canvas, True))
    with ThreadPoolExecutor(4) as pool:
        assert len({repr(content) for content in pool.map(read, [data] * 12)}) == 1


def test_no_letter_is_lost() -> None:
    data = with_margins(6, "Governance Report", "Page {}")
    shown = "".join("".join(part.text for part in read(data).parts).split())
    expected = "".join(
        f"Governance Report Part {random.Random(i).random()} is this. {OTHER} Page {i + 1}"
        for i in range(6)
    )
    assert sorted(shown) == sorted("".join(expected.split()))
