"""Samples as PDF files: office reports, a journal's columns, a typed report, slides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from tests.formats.document import Element, Kind, slides, title
from tests.formats.fonts import TIMES, Family, family

_MARGIN = 62.0  # points
_HEADINGS: tuple[Kind, ...] = ("title", "question", "heading", "country")
_BOLD: tuple[Kind, ...] = (*_HEADINGS, "statement")
_BODY = 10.0
_DATE = datetime(2024, 1, 1, tzinfo=UTC)  # equal samples give equal bytes


@dataclass(frozen=True)
class Look:
    """How a printed report is set.

    Attributes:
        columns: Columns a page.
        sizes: Font size by kind in points; 10 for kinds that are not named.
        space: Points after a paragraph; half of it after headings.
        indent: Of a paragraph's first line, points.
        justified: Whether both edges of the text are straight.
        furniture: Draws the head and foot of a page: canvas, family, page number, title.
    """

    family: Callable[[], Family]
    furniture: Callable[[Canvas, Family, int, str], None]
    columns: int = 1
    sizes: Mapping[Kind, float] = field(default_factory=dict)
    space: float = 7.0
    indent: float = 0.0
    justified: bool = False


def pdf(elements: list[Element], style: str) -> bytes:
    """The sample as a PDF file in one of `STYLES`; its text must be `printable`."""
    return STYLES[style](elements)


def printable(text: str, style: str) -> str:
    """The text as far as the fonts of the style have its characters."""
    return _families[style]().printable(text)


def _number_below(canvas: Canvas, fonts: Family, page: int, _: str) -> None:
    canvas.setFont(fonts.regular, 8)
    canvas.drawCentredString(A4[0] / 2, 30, str(page))


def _running_head(canvas: Canvas, fonts: Family, page: int, head: str) -> None:
    canvas.setFont(fonts.regular, 7.5)
    canvas.drawString(_MARGIN, A4[1] - 36, head[:80])
    canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 36, f"{page}")
    canvas.line(_MARGIN, A4[1] - 40, A4[0] - _MARGIN, A4[1] - 40)


def _page_of(canvas: Canvas, fonts: Family, page: int, _: str) -> None:
    canvas.setFont(fonts.regular, 9)
    canvas.drawRightString(A4[0] - _MARGIN, 30, f"Page {page}")


_LARGE: dict[Kind, float] = {"title": 20, "question": 14, "heading": 14, "country": 13, "score": 12}
_COLUMN = Look(lambda: family("sans"), _number_below, sizes=_LARGE | {"citation": 8})
_TWO_COLUMNS = Look(
    lambda: family("serif"),
    _running_head,
    columns=2,
    sizes={"title": 16, "question": 11, "heading": 11, "country": 11, "citation": 7.5},
    space=4,
    justified=True,
)
_TIGHT = Look(lambda: TIMES, _page_of, space=0, indent=18)


def _set(elements: list[Element], look: Look) -> bytes:
    """Set a report in columns, page after page."""
    fonts = look.family()
    head = title(elements)
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=head, invariant=1)
    width = (A4[0] - 2 * _MARGIN - 18 * (look.columns - 1)) / look.columns
    frames = [
        Frame(_MARGIN + i * (width + 18), _MARGIN, width, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
        for i in range(look.columns)
    ]

    def furniture(canvas: Canvas, _: Any) -> None:
        look.furniture(canvas, fonts, canvas.getPageNumber(), head)

    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    document.build([_paragraph(element, look, fonts) for element in elements])
    return out.getvalue()


def _paragraph(element: Element, look: Look, fonts: Family) -> Paragraph:
    kind, heads = element.kind, element.kind in _HEADINGS
    size = look.sizes.get(kind, _BODY)
    bullet = element.marker.strip()
    style = ParagraphStyle(
        kind,
        fontName=fonts.bold if kind in _BOLD else fonts.regular,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=look.space if heads else 0,
        spaceAfter=look.space / (2 if heads else 1),
        firstLineIndent=look.indent if kind == "paragraph" else 0,
        leftIndent=14 if bullet else 0,
        bulletFontName=fonts.regular,
        bulletFontSize=size,
        alignment=TA_JUSTIFY if look.justified and not heads else TA_LEFT,
        keepWithNext=heads or kind == "score",
    )
    return Paragraph(escape(element.unmarked), style, bulletText=bullet or None)


def _slides(elements: list[Element]) -> bytes:
    """A slide a page: a large heading, a box of bullets with the sample's own lines, a foot."""
    fonts = family("sans")
    width, height = landscape(A4)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.setTitle(title(elements))
    for slide in slides(elements):
        at = height - 90
        for element in slide:
            if element.kind == "foot":
                canvas.setFont(fonts.regular, 10)
                canvas.drawString(50, 28, element.lines[0])
                continue
            heads = element.kind in ("title", "heading")
            size = 30 if heads else 12 if element.kind == "citation" else 17
            left = 50 if heads else 110 if element.marker.startswith("–") else 70
            canvas.setFont(fonts.bold if heads else fonts.regular, size)
            for i, line in enumerate(element.lines):
                hang = 0 if i == 0 or not element.marker else 18
                canvas.drawString(left + hang, at, line)
                at -= size * 1.25
            at -= 22 if heads else 5
        canvas.showPage()
    canvas.save()
    return bytes(out.getvalue())


class _Report(FPDF):
    """A report with a head and a foot on every page."""

    head = ""

    def header(self) -> None:
        """Write the head."""
        self.set_font("body", size=8)
        self.cell(0, 6, self.head[:90], new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(4)

    def footer(self) -> None:
        """Write the page number and the number of pages."""
        self.set_y(-14)
        self.set_font("body", size=8)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")


def _fpdf(elements: list[Element]) -> bytes:
    """Set by another program: every line of text placed by itself."""
    fonts = family("sans")
    assert fonts.files is not None
    report = _Report(format="A4")
    report.head = title(elements)
    report.set_creation_date(_DATE)
    report.set_margins(24, 18)
    report.set_auto_page_break(True, 22)
    report.add_font("body", "", fonts.files[0])
    report.add_font("body", "B", fonts.files[1])
    report.add_page()
    for element in elements:
        size = _LARGE.get(element.kind, _BODY)
        report.set_font("body", "B" if element.kind in _BOLD else "", size)
        report.multi_cell(
            0, size * 0.5, element.text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        report.ln(1.2 if element.kind in ("list_item", "citation", "country") else 2.6)
    return bytes(report.output())


STYLES: dict[str, Callable[[list[Element]], bytes]] = {
    "column": lambda elements: _set(elements, _COLUMN),
    "two_columns": lambda elements: _set(elements, _TWO_COLUMNS),
    "tight": lambda elements: _set(elements, _TIGHT),
    "fpdf": _fpdf,
    "slides": _slides,
}
_families: dict[str, Callable[[], Family]] = {
    "column": _COLUMN.family,
    "two_columns": _TWO_COLUMNS.family,
    "tight": _TIGHT.family,
    "fpdf": lambda: family("sans"),
    "slides": lambda: family("sans"),
}
