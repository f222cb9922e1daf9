"""Paragraphs -> parts: their kinds, their texts and the order of what stands outside the text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.read.parts import Part
from pipeline.read.pdf.hyphens import Vocabulary, joined
from pipeline.read.pdf.paragraphs import GLYPH, has_ended, is_item, paragraphs
from pipeline.read.pdf.shapes import Line
from pipeline.read.pdf.style import Style, levels, style

_SMALL = 0.92  # of the body's size: footnotes
_MAX_BOLD_WORDS = 12  # in a heading set in bold
_MAX_WORDS = 30  # in a heading set large
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡])[\])]?\.?\s")
_NO_HEADING = re.compile(r"[.;,]$")


def compose(lines: Sequence[Line], margins: Sequence[Line], *, slides: bool) -> tuple[Part, ...]:
    """The parts of a document.

    Args:
        lines: In reading order, without the margins.
        margins: Running heads and feet.
        slides: Whether the pages are slides.
    """
    habits = style(lines)
    notes = {} if slides else _footnotes(lines, habits)
    body = [line for line in lines if id(line) not in notes]
    found = paragraphs(body, habits, flowing=not slides)
    below = paragraphs(notes.values(), habits, flowing=False)
    words = Vocabulary.of(line.text for line in [*lines, *margins])
    write = _Writer(habits, words, _ranks(found, habits))
    return tuple(_ordered(found, below, margins, write))


def _footnotes(lines: Sequence[Line], habits: Style) -> dict[int, Line]:
    """Small lines below all others of their column, by identity."""
    lowest: dict[tuple[int, int], float] = {}
    for line in lines:
        if line.size >= _SMALL * habits.body:
            place = (line.page, line.column)
            lowest[place] = max(lowest.get(place, 0.0), line.y)
    return {
        id(line): line
        for line in lines
        if line.size < _SMALL * habits.body
        and not line.cells
        and line.y > lowest.get((line.page, line.column), float("inf"))
    }


def _ranks(found: Iterable[Sequence[Line]], habits: Style) -> dict[float, int]:
    """Levels by size."""
    return levels(
        round(lines[0].size, 1)
        for lines in found
        if habits.is_large(lines[0]) and _is_heading(lines, habits)
    )


def _is_heading(lines: Sequence[Line], habits: Style) -> bool:
    text = " ".join(line.text for line in lines)
    if not any(map(str.isalpha, text)) or GLYPH.match(text) or lines[0].cells:
        return False
    words = text.count(" ") + 1
    if habits.is_large(lines[0]):
        return words <= _MAX_BOLD_WORDS or words <= _MAX_WORDS and not has_ended(lines[-1])
    bold = all(habits.is_bold(line) for line in lines)
    return bold and words <= _MAX_BOLD_WORDS and not _NO_HEADING.search(text)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the lines of a paragraph as a part."""

    habits: Style
    words: Vocabulary
    ranks: dict[float, int]

    def part(self, lines: Sequence[Line]) -> Part:
        """The part of these lines."""
        first = lines[0]
        if first.cells:
            cells = (joined(cell.split("\n"), self.words) for cell in first.cells)
            return Part(" | ".join(cells), "row", page=first.page)
        text = joined([line.text for line in lines], self.words)
        if _is_heading(lines, self.habits):
            return Part(text, "heading", level=self._level(first), page=first.page)
        return Part(text, "list_item" if is_item(first.text) else "paragraph", page=first.page)

    def margin(self, line: Line) -> Part:
        """A running head or foot."""
        return Part(joined([line.text], self.words), "boilerplate", page=line.page)

    def _level(self, line: Line) -> int:
        if self.habits.is_large(line):
            return self.ranks[round(line.size, 1)]
        return max(self.ranks.values(), default=0) + 1


def _ordered(
    body: Iterable[Sequence[Line]],
    notes: Iterable[Sequence[Line]],
    margins: Iterable[Line],
    write: _Writer,
) -> Iterator[Part]:
    """What stands outside the text comes after the last paragraph that begins on its page."""
    outside: dict[int, list[Part]] = defaultdict(list)
    for lines in notes:
        part = write.part(lines)
        if _NOTE.match(part.text):  # small type at the foot may also be a list of references
            part = replace(part, kind="note", level=0)
        outside[lines[0].page].append(part)
    for line in margins:
        outside[line.page].append(write.margin(line))
    waiting = sorted(outside)
    for lines in body:
        while waiting and waiting[0] < lines[0].page:
            yield from outside[waiting.pop(0)]
        yield write.part(lines)
    for page in waiting:
        yield from outside[page]
