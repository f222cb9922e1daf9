"""A page's runs of text, through PDFium's raw interface.

A run is what one text object draws. Asking per object and not per character is what makes this
fast: a call through ctypes takes about 3 µs, and a full page has 3,000 characters.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read.pdf.shapes import Run

Place = Callable[[float, float], tuple[float, float]]

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|\bbd\b", re.IGNORECASE)
_PICTURE_NAME = re.compile(r"wingdings|dingbats|webdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 700
_BREAK = "\ufffe"  # PDFium's sign for a hyphen at the end of a line
_BLANK = " \t\u00a0\u2003\0"
_RAW_BREAK = 2  # … and its code where a single character is asked for
_PIECE = re.compile(r"[^\r\n\ufffe]*\ufffe|[^\r\n\ufffe]+")


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool
    pictures: bool


@dataclass(slots=True)
class Fonts:
    """What is known of a document's fonts, by their address."""

    known: dict[int, _Font] = field(default_factory=dict)

    def of(self, char_object: "ctypes._Pointer[ctypes.Structure]") -> _Font:
        """The font of a text object."""
        font = raw.FPDFTextObj_GetFont(char_object)
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self.known:
            self.known[address] = _describe(font) if address else _Font(False, False)
        return self.known[address]


def _describe(font: "ctypes._Pointer[ctypes.Structure]") -> _Font:
    """Bold by name, by flag or by weight: many producers set only one of them."""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    bold = bool(
        _BOLD_NAME.search(name)
        or raw.FPDFFont_GetFlags(font) & _FORCE_BOLD
        or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    )
    return _Font(bold, bool(_PICTURE_NAME.search(name)))


def _text(page: pdfium.PdfTextPage, count: int) -> str:
    """The page's text, one code point a character of PDFium's.

    PDFium leaves out characters without a code and writes pairs of surrogates; then the text is
    asked for character by character.
    """
    text: str = page.get_text_range(0, count) if count else ""
    if len(text) == count and max(text, default="") <= "\uffff":
        return text
    codes = (raw.FPDFText_GetUnicode(page.raw, i) for i in range(count))
    return "".join(_BREAK if code == _RAW_BREAK else chr(code) for code in codes)


def placed(page: pdfium.PdfPage) -> Place:
    """The function from PDF coordinates to those of the page as it is seen."""
    left, bottom, right, top = page.get_bbox()
    return {
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }.get(page.get_rotation(), lambda x, y: (x - left, top - y))


def runs(page: pdfium.PdfTextPage, place: Place, fonts: Fonts) -> list[Run]:
    """The runs in the order in which the page draws them, blank ones left out."""
    text = _text(page, page.count_chars())
    measure = _Measure(page, place, fonts)
    found: list[Run] = []
    end = 0
    for first, last in _stretches(page, text):
        kept = text[first : last + 1].rstrip(_BLANK)
        first += len(kept) - len(kept.lstrip(_BLANK))
        kept = kept.lstrip(_BLANK)
        if kept:
            found.append(measure.run(kept, first, text[end:first]))
            end = first + len(kept)
    return found


class _Measure:
    """Asks PDFium for the geometry of runs; the buffers are made once a page."""

    def __init__(self, page: pdfium.PdfTextPage, place: Place, fonts: Fonts) -> None:
        self.handle = page.raw
        self.place = place
        self.fonts = fonts
        self.x, self.y, self.size = ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
        self.box, self.matrix = raw.FS_RECTF(), raw.FS_MATRIX()

    def run(self, text: str, first: int, before: str) -> Run:
        """The run of `text`, whose first character has the index `first`."""
        char_object = raw.FPDFText_GetTextObject(self.handle, first)
        font = self.fonts.of(char_object)
        raw.FPDFTextObj_GetFontSize(char_object, self.size)
        raw.FPDFText_GetMatrix(self.handle, first, self.matrix)
        raw.FPDFText_GetCharOrigin(self.handle, first, self.x, self.y)
        raw.FPDFText_GetLooseCharBox(self.handle, first + len(text) - 1, self.box)
        x, y = self.place(self.x.value, self.y.value)
        corners = (
            self.place(self.box.left, self.box.bottom),
            self.place(self.box.right, self.box.top),
        )
        return Run(
            text="•" if font.pictures and len(text) == 1 else text,
            before=before,
            left=min(x, *(corner[0] for corner in corners)),
            right=max(x, *(corner[0] for corner in corners)),
            y=y,
            size=max(self.size.value * math.hypot(self.matrix.c, self.matrix.d), 0.1),
            bold=font.bold,
            upright=self._upright((x, y)),
        )

    def _upright(self, origin: tuple[float, float]) -> bool:
        """Whether the direction of writing goes to the right, seen on the turned page."""
        x, y = self.place(self.x.value + self.matrix.a, self.y.value + self.matrix.b)
        return abs(y - origin[1]) <= 0.2 * (x - origin[0])


def _stretches(page: pdfium.PdfTextPage, text: str) -> Iterator[tuple[int, int]]:
    """First and last index of each stretch of characters of one text object."""
    handle, get = page.raw, raw.FPDFText_GetTextObject
    cast, void = ctypes.cast, ctypes.c_void_p

    def owner(index: int) -> int | None:
        return cast(get(handle, index), void).value

    def split(first: int, last: int, one: int | None, other: int | None) -> Iterator[int]:
        """The boundaries between objects, by halving."""
        if one == other:
            return
        if last - first == 1:
            yield last
            return
        middle = (first + last) // 2
        at_middle = owner(middle)
        yield from split(first, middle, one, at_middle)
        yield from split(middle, last, at_middle, other)

    for match in _PIECE.finditer(text):
        first, last = match.start(), match.end() - 1
        cuts = [first, *split(first, last, owner(first), owner(last)), last + 1]
        yield from ((a, b - 1) for a, b in zip(cuts, cuts[1:], strict=False))
