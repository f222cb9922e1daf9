"""The text of one paragraph of a Word file."""

from dataclasses import dataclass, field

from lxml.etree import _Element

from pipeline.read.word.notes import Notes
from pipeline.read.word.styles import Style, Styles
from pipeline.read.word.xml import attribute, child, shown, tag
from pipeline.records import Unreadable

_SOFT_HYPHEN = "\u00ad"
_BREAK = "\n"
_RUNS = frozenset({"w:r", "m:r", "w:subDoc"})
_TEXT = {"w:tab": "\t", "w:ptab": "\t", "w:cr": _BREAK, "w:noBreakHyphen": "-"}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_CONTENT = frozenset({"w:t", "m:t", "w:br", "w:sym", "w:fldChar", "w:txbxContent", *_TEXT, *_NOTES})


@dataclass(slots=True)
class Paragraph:
    """What a paragraph shows.

    Attributes:
        pieces: Its text in order; a line break is a piece of its own.
        bold: Whether all of its text is bold; None before there is any.
        boxes: Text boxes that are anchored here, behind some of the text.
        boxes_before: … before all of it.
    """

    pieces: list[str] = field(default_factory=list)
    bold: bool | None = None
    boxes: list[_Element] = field(default_factory=list)
    boxes_before: list[_Element] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The text, one string or, where the file breaks the line, several."""
        return "".join(self.pieces).split(_BREAK)

    def extend(self, other: "Paragraph") -> None:
        """Go on with the text of another paragraph, as if there were no mark between them."""
        self.pieces += other.pieces
        self.boxes += other.boxes_before + other.boxes
        self.weigh(other.bold)

    def weigh(self, bold: bool | None) -> None:
        """Take into account whether a further stretch of text is bold."""
        if bold is not None:
            self.bold = bold and self.bold is not False


@dataclass(slots=True)
class Inline:
    """Reads paragraphs with the styles and notes of their file."""

    styles: Styles
    notes: Notes

    def paragraph(self, element: _Element) -> Paragraph:
        """Read one `w:p`.

        Raises:
            Unreadable: If a part of the text is in another file.
        """
        paragraph = Paragraph()
        style = self.styles.paragraph(child(element, "w:pPr"))
        # A code ends with its paragraph at the latest: a field without an end hides no more.
        codes: list[bool] = []
        for run in shown(element, _RUNS):
            if tag(run) == "w:subDoc":
                raise elsewhere()
            self._run(run, paragraph, codes, self.styles.run(child(run, "w:rPr"), style))
        return paragraph

    def _run(self, run: _Element, paragraph: Paragraph, codes: list[bool], style: Style) -> None:
        for element in shown(run, _CONTENT):
            name = tag(element)
            if name == "w:fldChar":
                _field(element, codes)
            elif style.hidden or (codes and codes[-1]):
                continue
            elif name == "w:txbxContent":
                started = any(map(str.strip, paragraph.pieces))
                (paragraph.boxes if started else paragraph.boxes_before).append(element)
            elif name in _NOTES:
                paragraph.pieces.append(self._mark(_NOTES[name], element))
            else:
                text = _text(name, element)
                paragraph.pieces.append(text)
                paragraph.weigh(bool(style.bold) if text.strip() else None)

    def _mark(self, kind: str, element: _Element) -> str:
        """The number that refers to a note; mostly it is not bold even in bold text."""
        number = self.notes.number(kind, attribute(element, "w:id"))
        return f" [{number}]" if number else ""


def _text(name: str, element: _Element) -> str:
    """What an element adds to the line."""
    if name in _TEXT:
        return _TEXT[name]
    if name == "w:br":
        # A break of a page or column stands within a sentence as often as not.
        in_line = attribute(element, "w:type") in (None, "textWrapping")
        return _BREAK if in_line else " "
    if name == "w:sym":
        return _symbol(attribute(element, "w:char") or "")
    return (element.text or "").replace(_BREAK, " ").replace(_SOFT_HYPHEN, "")


def elsewhere() -> Unreadable:
    """The error for a document that shows text of another one."""
    return Unreadable(
        "The Word file includes another document without holding its text;"
        " open it in Word and save it again."
    )


def _field(element: _Element, codes: list[bool]) -> None:
    """Keep track of whether we are in a field's code, which is not shown, or in its result.

    Fields stand within each other; the result of one in the code of another is code.
    """
    match attribute(element, "w:fldCharType"):
        case "begin":
            codes.append(True)
        case "separate" if codes:
            codes[-1] = any(codes[-2:-1])
        case "end" if codes:
            codes.pop()


def _symbol(code: str) -> str:
    """A character by its number; those of symbol fonts are private and mean nothing here."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return character if character < "\uffff" and character.isprintable() else ""
