"""Lines in reading order -> paragraphs: which line goes on where the line before it stops."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.read.contents import is_entry
from pipeline.read.pdf.shapes import Line
from pipeline.read.pdf.style import Style, same_size

Fill = Literal["full", "unclear", "short"]

GLYPH = re.compile(r"[•▪◦●‣■□○►▸·*>➢✓✔–—-]\s|o\s(?=[A-Z])")
NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s")
_DASH = re.compile(r"[–—*·>-]")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s?\[\d+\])*$")
_BROKEN = re.compile(r"\w[\ufffe\u00ad\u2010-]$")

_FULL, _SHORT = 0.92, 1.1  # room at a line's end, in widths of the next line's first word
_INDENT = 0.8  # em
_FAR = 1.5  # line distances, from which on hardly anything joins
_LOOSE = 1.12
_AT_EDGE = 1.5  # points
_NARROW, _BROAD = frozenset("iljtfrI.,;:'|!()[]/’‘- "), frozenset("mwMW@—%")
_TOO_FAR = 2.2
_DEEP = 2.5  # line distances from the foot of the text


def paragraphs(lines: Iterable[Line], style: Style, *, flowing: bool) -> list[list[Line]]:
    """The lines of each paragraph.

    Args:
        flowing: Whether paragraphs go on in the next column and on the next page; not on slides.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, style, flowing):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def is_item(text: str) -> bool:
    """Whether a line begins like an item of a list."""
    return GLYPH.match(text) is not None or NUMBER.match(text) is not None


def has_ended(line: Line) -> bool:
    """Whether the line ends a sentence."""
    return _ENDED.search(line.text) is not None


def _goes_on(paragraph: Sequence[Line], line: Line, style: Style, flowing: bool) -> bool:
    last = paragraph[-1]
    plain = not (last.cells or line.cells) and last.upright and line.upright
    if is_entry(last.text) or is_entry(line.text):
        return False
    if not plain or not same_size(last, line):
        return False
    if last.page != line.page or last.column != line.column or line.y < last.y:
        return flowing and _jumps(paragraph, line, style)
    if line.y - last.y < 0.5 * line.size:  # beside it
        return False
    fill = _fill(last, line)
    if not _same_weight(last, line, fill):
        return False
    by_hand = not flowing  # on slides authors break lines themselves
    return _follows(paragraph, line, style, fill, by_hand=by_hand)


def _same_weight(last: Line, line: Line, fill: Fill) -> bool:
    """Bold words may fill a whole line of a paragraph."""
    if last.bold == line.bold:
        return True
    seamless = last.ends_bold == line.opens_bold or not has_ended(last)
    return fill == "full" and seamless and last.ends_bold != (last.bold and not line.opens_bold)


def _fill(last: Line, line: Line) -> Fill:
    """Whether the first word of `line` would have had room at the end of `last`."""
    if _BROKEN.search(last.text) or last.edge - last.right < 0.28 * line.size:
        return "full"
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * _weight(word) / _weight(line.text)
    room = (last.edge - last.right) / (width + 0.28 * line.size)
    if room < _FULL:
        return "full"
    return "short" if room > _SHORT else "unclear"


def _weight(text: str) -> float:
    """The width of a text in mean letters, for fonts of any kind."""
    narrow = sum(char in _NARROW for char in text)
    broad = sum(char in _BROAD or char.isupper() for char in text)
    return len(text) - 0.45 * narrow + 0.35 * broad


def _follows(
    paragraph: Sequence[Line], line: Line, style: Style, fill: Fill, *, by_hand: bool
) -> bool:
    """For two lines of one column, one below the other."""
    last = paragraph[-1]
    pitch = _pitch(paragraph, line, style)
    step = (line.y - last.y) / pitch
    lower = line.text[:1].islower()
    sure = fill == "full" and not has_ended(last)
    if step > _FAR:
        return step < _TOO_FAR and sure and lower
    if _begins_item(paragraph, line, fill):
        return False
    if step > _LOOSE:
        return sure
    if _hangs(paragraph, line) and (by_hand or fill != "short"):
        return True
    if not _aligned(paragraph, line, style, fill):
        return False
    return _fits(last, line, style, fill)


def _pitch(paragraph: Sequence[Line], line: Line, style: Style) -> float:
    if len(paragraph) > 1 and paragraph[-1].page == paragraph[-2].page:
        own = paragraph[-1].y - paragraph[-2].y
        if own > 0.8 * line.size:
            return max(own, 0.9 * style.pitch(line.size))
    return style.pitch(line.size)


def _begins_item(paragraph: Sequence[Line], line: Line, fill: Fill) -> bool:
    """A dash or a number may also stand at a line's start by chance."""
    if not is_item(line.text):
        return False
    last = paragraph[-1]
    if GLYPH.match(line.text) and not _DASH.match(line.text):
        return True
    listed = is_item(paragraph[0].text) and abs(paragraph[0].left - line.left) < 0.3 * line.size
    return listed or fill == "short" or has_ended(last) or last.text.endswith((";", ":"))


def _aligned(paragraph: Sequence[Line], line: Line, style: Style, fill: Fill) -> bool:
    """Whether the left edges allow that `line` goes on."""
    last, sure = paragraph[-1], fill == "full" and not has_ended(paragraph[-1])
    shift = (line.left - last.left) / line.size
    if _centred(last) and _centred(line):
        return True
    if style.indented and not is_item(paragraph[0].text) and _indented(line):
        return False
    if shift > _INDENT:
        hanging = len(paragraph) == 1 and is_item(last.text)
        return hanging or sure
    if shift < -_INDENT:
        return sure or (fill == "full" and len(paragraph) == 1 and not is_item(last.text))
    return True


def _hangs(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line stands below the words of a list item, right of its bullet."""
    first, last = paragraph[0], paragraph[-1]
    if not is_item(first.text) or has_ended(last):
        return False
    below = 0.3 * line.size if len(paragraph) > 1 else 2.5 * line.size
    return 0.5 * line.size < line.left - first.left and abs(line.left - last.left) < below


def _centred(line: Line) -> bool:
    left, right = line.left - line.start, line.edge - line.right
    return min(left, right) > line.size and abs(left - right) < 0.5 * line.size


def _indented(line: Line) -> bool:
    return line.left - line.start > 0.5 * line.size


def _fits(last: Line, line: Line, style: Style, fill: Fill) -> bool:
    """For lines that neither a distance nor an indent parts."""
    if not has_ended(last):
        return fill != "short" or line.text[:1].islower()
    if style.spaced or style.indented:
        return fill != "short"
    return fill == "full" and not (style.justified and last.edge - last.right > _AT_EDGE)


def _jumps(paragraph: Sequence[Line], line: Line, style: Style) -> bool:
    """For a line at the top of the next column or page."""
    last = paragraph[-1]
    if is_item(line.text) or last.bold != line.bold or style.is_large(last):
        return False
    fill = _fill(last, line)
    if not has_ended(last):
        return fill != "short" or line.text[:1].islower()
    if fill != "full" or style.justified and last.edge - last.right > _AT_EDGE:
        return False
    deep = last.y > style.floor - _DEEP * style.pitch(last.size)
    return deep and not _indented(line) and not line.text[:1].isdigit()
