"""Fonts for the PDF samples, and which characters they have.

DejaVu where the machine has it, else Bitstream Vera, which comes with reportlab and knows less
letters; what a font lacks is replaced in the reference text too, so that the comparison is fair.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import reportlab
from fontTools.ttLib import TTFont as Tables
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_VERA = Path(reportlab.__file__).parent / "fonts"
_FILES = {
    "sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "serif": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
}
_LETTER = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])\b")


@dataclass(frozen=True)
class Family:
    """A regular and a bold face by the names that reportlab knows them by.

    Attributes:
        files: The two font files; None for the fonts that every PDF reader has.
        known: The characters, None for those of Windows-1252.
    """

    regular: str
    bold: str
    files: tuple[Path, Path] | None = None
    known: frozenset[int] | None = None

    def printable(self, text: str) -> str:
        """The text with every character that the fonts lack replaced by one that they have."""
        return "".join(c if c.isspace() or self._has(c) else self._instead(c) for c in text)

    def _has(self, char: str) -> bool:
        if self.known is None:
            return bool(char.encode("cp1252", "ignore"))
        return ord(char) in self.known

    def _instead(self, char: str) -> str:
        """The letter without its accents or strokes; an x for other scripts."""
        if char.isalpha() and (letter := _LETTER.match(unicodedata.name(char, ""))):
            return letter[2] if letter[1] == "CAPITAL" else letter[2].lower()
        return "X" if char.isupper() else "x"


TIMES = Family("Times-Roman", "Times-Bold")


@cache
def family(name: str) -> Family:
    """The family 'sans' or 'serif', made known to reportlab."""
    files = tuple(_DEJAVU / file for file in _FILES[name])
    if not all(file.is_file() for file in files):
        files = (_VERA / "Vera.ttf", _VERA / "VeraBd.ttf")
    known = [frozenset(Tables(file).getBestCmap()) for file in files]
    regular, bold = (f"{name}-{file.stem}" for file in files)
    for face, file in zip((regular, bold), files, strict=True):
        pdfmetrics.registerFont(TTFont(face, str(file)))
    return Family(regular, bold, (files[0], files[1]), known[0] & known[1])
