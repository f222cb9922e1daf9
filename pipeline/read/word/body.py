"""The paragraphs and tables of a Word file, as parts in reading order."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml.etree import _Element

from pipeline.read.parts import Part
from pipeline.read.word.inline import Inline, Paragraph, elsewhere
from pipeline.read.word.xml import attribute, child, shown, tag
from pipeline.records import Unreadable

_BLOCKS = frozenset({"w:p", "w:tbl", "w:altChunk"})
_ROWS, _CELLS = frozenset({"w:tr"}), frozenset({"w:tc"})
_MARKERS = frozenset({"w:bookmarkStart", "w:bookmarkEnd"})
_MAX_DEPTH = 40  # tables in tables, and text boxes; no person writes ten
_GUESSED_LEVEL = 9
_HEADING_WORDS = 12
_CELL_WORDS = 60  # more are running text, and the table only lays it out
_SENTENCE_END = re.compile(r"[.!?…;,]['\"’”)\]]*(?: \[\d+\])*$")


def parts(container: _Element, inline: Inline, depth: int = 0) -> Iterator[Part]:
    """All that the body, a cell, a note, a header or a text box shows.

    Raises:
        Unreadable: If tables are nested too deep, or text is in another file.
    """
    if depth > _MAX_DEPTH:
        raise Unreadable(
            f"The Word file nests tables or text boxes more than {_MAX_DEPTH} deep;"
            " copy its text into a new file."
        )
    waiting: Paragraph | None = None
    for block in shown(container, _BLOCKS):
        if tag(block) == "w:altChunk":
            raise elsewhere()
        if tag(block) == "w:tbl":
            yield from _table(block, inline, depth)
            continue
        paragraph = inline.paragraph(block)
        if waiting:
            waiting.extend(paragraph)
            paragraph = waiting
        waiting = paragraph if _joins_next(block) else None
        if not waiting:
            yield from _paragraph(block, paragraph, inline, depth)


def _joins_next(block: _Element) -> bool:
    """Whether a tracked change took the mark at a paragraph's end, and another one follows."""
    run = child(block, "w:pPr", "w:rPr")
    deleted = child(run, "w:del") is not None or child(run, "w:moveFrom") is not None
    names = (tag(each) for each in block.itersiblings())
    return deleted and next((name for name in names if name not in _MARKERS), None) == "w:p"


def _paragraph(block: _Element, paragraph: Paragraph, inline: Inline, depth: int) -> Iterator[Part]:
    kind, level = inline.styles.kind(child(block, "w:pPr"))
    if kind == "paragraph" and _looks_like_heading(paragraph):
        kind, level = "heading", _GUESSED_LEVEL
    for box in paragraph.boxes_before:
        yield from parts(box, inline, depth + 1)
    gap = started = False
    for line in paragraph.lines():
        if line.strip():
            yield Part(text=line, kind=kind, level=level, gap=gap)
            started, gap = True, False
        else:
            gap = started
    for box in paragraph.boxes:
        yield from parts(box, inline, depth + 1)


def _looks_like_heading(paragraph: Paragraph) -> bool:
    text = " ".join(paragraph.lines()).strip()
    short = len(text.split()) <= _HEADING_WORDS
    return bool(paragraph.bold) and short and not _SENTENCE_END.search(text)


def _table(table: _Element, inline: Inline, depth: int) -> Iterator[Part]:
    rows = [
        [list(cell) for cell in _cells(row, inline, depth)]
        for row in shown(table, _ROWS)
        if child(row, "w:trPr", "w:del") is None
    ]
    single = len(rows) == 1 and any(_SENTENCE_END.search(_joined(cell)) for cell in rows[0])
    if single or _is_layout([cell for row in rows for cell in row if cell]):
        yield from chain.from_iterable(chain.from_iterable(rows))
        return
    for row in filter(any, rows):
        yield Part(text=" | ".join(map(_joined, row)), kind="row")


def _cells(row: _Element, inline: Inline, depth: int) -> Iterator[Iterator[Part]]:
    """The cells of a row; of merged ones the first, which alone is shown."""
    for cell in shown(row, _CELLS):
        properties = child(cell, "w:tcPr")
        merges = (child(properties, "w:vMerge"), child(properties, "w:hMerge"))
        goes_on = any(
            merge is not None and attribute(merge, "w:val") in (None, "continue")
            for merge in merges
        )
        if not goes_on and child(properties, "w:cellDel") is None:
            yield parts(cell, inline, depth + 1)


def _is_layout(cells: Sequence[Sequence[Part]]) -> bool:
    """Whether a table only puts text side by side, or around other tables."""
    return len(cells) == 1 or any(
        any(part.kind == "row" for part in cell) or len(_joined(cell).split()) > _CELL_WORDS
        for cell in cells
    )


def _joined(cell: Sequence[Part]) -> str:
    return " ".join(part.text.strip() for part in cell)
