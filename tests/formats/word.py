"""Samples as Word files: with the program's styles, and formatted by hand."""

from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tests.formats.document import Element, Kind, title

_STYLES: dict[Kind, str] = {
    "title": "Title",
    "question": "Heading 1",
    "heading": "Heading 1",
    "country": "Heading 2",
    "statement": "Intense Quote",
}
_BOLD: tuple[Kind, ...] = ("title", "question", "heading", "country", "statement")


def docx(elements: list[Element], style: str) -> bytes:
    """The sample as a Word file in one of `STYLES`."""
    document = Document()
    document.core_properties.title = title(elements)
    _margins(document, title(elements))
    STYLES[style](document, elements)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _margins(document: Word, head: str) -> None:
    """A running head, and a foot with the page number as a field."""
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{head} – Draft for comment"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _field(foot, "PAGE")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _styled(document: Word, elements: list[Element]) -> None:
    """Headings and lists by style; the references of a section in one paragraph."""
    sources: Paragraph | None = None
    for element in elements:
        if element.kind != "citation":
            sources = None
            _by_style(document, element)
        elif sources is None:
            sources = document.add_paragraph(element.text)
        else:
            run = sources.add_run()
            run.add_break(WD_BREAK.LINE)
            run.add_text(element.text)


def _by_style(document: Word, element: Element) -> None:
    if element.kind == "list_item":
        style = "List Number" if element.marker[:1].isdigit() else "List Bullet"
        document.add_paragraph(element.unmarked, style)
    elif element.kind == "paragraph":
        _in_runs(document.add_paragraph(), element.text)
    else:
        document.add_paragraph(element.text, _STYLES.get(element.kind))


def _in_runs(paragraph: Paragraph, text: str) -> None:
    """Runs that break within words and before blanks, as editing leaves them."""
    for n, at in enumerate(range(0, len(text), 47)):
        paragraph.add_run(text[at : at + 47]).italic = n % 3 == 2 or None


def _manual(document: Word, elements: list[Element]) -> None:
    """All in one style: bold lines as headings, typed bullets, empty lines between paragraphs."""
    for element in elements:
        bullet = "• " if element.marker and not element.marker[:1].isdigit() else element.marker
        run = document.add_paragraph().add_run(bullet + element.unmarked)
        run.bold = element.kind in _BOLD
        if element.kind == "title":
            run.font.size = Pt(18)
        if element.kind in ("paragraph", "statement"):
            document.add_paragraph()


STYLES: dict[str, Callable[[Word, list[Element]], None]] = {"styles": _styled, "manual": _manual}
