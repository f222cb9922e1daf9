"""The walk over a page: text gathers in a line until an element ends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.read.parts import Part
from pipeline.read.web.elements import (
    BLOCKS,
    BOLD,
    MOST_WORDS,
    SKIPPED,
    heading_level,
    is_control,
    is_list_item,
)
from pipeline.read.web.furniture import is_furniture, is_unseen
from pipeline.read.web.tables import is_data
from pipeline.records import Kind

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NOTE = re.compile(r"\[?(\d{1,3})\]?")
_NOTED = re.compile(r"(?:[^\W\d]{3}|[.,;:!?)”’\"'»])$")
_CELL = " | "


@dataclass(slots=True)
class _Frame:
    """An element that is open.

    Attributes:
        row: Whether cells and paragraphs inside are joined to one line.
        sup: Where a raised piece began in the line, None if the element raises nothing.
    """

    block: bool
    kind: Kind
    level: int = 0
    row: bool = False
    bold: bool = False
    pre: bool = False
    unseen: bool = False
    sup: int | None = None


@dataclass
class Walker:
    """Collects the parts of a page.

    Args:
        n_page: Characters of the whole page.
    """

    n_page: int
    parts: list[Part] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _n_bold: int = 0
    _breaks: int = 0
    _unseen: list[str] = field(default_factory=list)
    _data: dict[int, bool] = field(default_factory=dict)

    def walk(self, root: LexborNode) -> list[Part]:
        """The parts below `root`. Without recursion: pages are nested without limit."""
        stack = [_Frame(block=True, kind="paragraph")]
        for node, entering in _events(root):
            if not entering:
                self._leave(stack.pop())
            elif (tag := node.tag or "") == "-text":
                self._text(node.text_content or "", stack[-1])
            elif tag == "br":
                self._break(stack[-1])
            else:
                stack.append(self._enter(node, tag, stack[-1]))
        self._flush(stack[0])
        return self.parts

    def _enter(self, node: LexborNode, tag: str, above: _Frame) -> _Frame:
        attributes = node.attributes
        block = tag in BLOCKS or "role" in attributes
        if above.row and not (block and tag == "tr"):
            return self._in_row(tag, above)
        if not block:
            return self._inline(tag, attributes, above)
        self._flush(above)
        return self._block(node, tag, above)

    def _in_row(self, tag: str, above: _Frame) -> _Frame:
        if tag in ("td", "th") and self._line and any(map(str.strip, self._line)):
            self._line.append(_CELL)
        elif tag in BLOCKS:
            self._line.append(" ")
        return _Frame(block=False, kind=above.kind, row=True)

    def _inline(self, tag: str, attributes: dict[str, str | None], above: _Frame) -> _Frame:
        if above.kind == "boilerplate" and tag in ("a", "span", "label", "input"):
            self._line.append(" ")
        return _Frame(
            block=False,
            kind=above.kind,
            level=above.level,
            bold=above.bold or tag in ("b", "strong"),
            pre=above.pre,
            unseen=above.unseen or is_unseen(attributes),
            sup=len(self._line) if tag == "sup" else None,
        )

    def _block(self, node: LexborNode, tag: str, above: _Frame) -> _Frame:
        attributes = node.attributes
        frame = _Frame(
            block=True, kind=above.kind, level=above.level, pre=above.pre or tag == "pre"
        )
        if above.kind == "boilerplate":
            return frame
        if level := heading_level(tag, attributes):
            frame.kind, frame.level = "heading", min(level, above.level or level)
            if tag != "button" or not is_control(node.text(deep=True)):
                return frame
        if above.kind == "heading" and tag in ("div", "p", "button"):
            return frame
        frame.kind, frame.level = "paragraph", 0
        if is_furniture(node, tag, attributes, self.n_page):
            frame.kind = "boilerplate"
        elif tag == "tr" and self._in_data(node):
            frame.kind, frame.row = "row", True
        elif is_list_item(tag, attributes) or above.kind == "list_item":
            frame.kind = "list_item"
        return frame

    def _in_data(self, row: LexborNode) -> bool:
        above = row.parent
        while above is not None and above.tag != "table":
            above = above.parent
        if above is None:
            return False
        if above.mem_id not in self._data:
            self._data[above.mem_id] = is_data(above)
        return self._data[above.mem_id]

    def _text(self, words: str, frame: _Frame) -> None:
        if frame.unseen:
            self._unseen.append(words)
        elif frame.pre:
            self._lines(words, frame)
        else:
            self._add(_SPACE.sub(" ", words), frame)

    def _lines(self, words: str, frame: _Frame) -> None:
        """Preformatted text, line by line."""
        for i, line in enumerate(words.splitlines()):
            if i:
                self._break(frame)
            self._add(line, frame)

    def _add(self, words: str, frame: _Frame) -> None:
        self._line.append(words)
        if frame.bold:
            self._n_bold += len(words.strip())

    def _break(self, frame: _Frame) -> None:
        if frame.row or frame.kind == "heading":
            self._line.append(" ")
            return
        self._flush(frame)
        self._breaks += 1

    def _leave(self, frame: _Frame) -> None:
        if frame.block:
            self._flush(frame)
            self._breaks = 0
        elif frame.sup is not None:
            self._raise(frame.sup)

    def _raise(self, at: int) -> None:
        """A raised number behind a word is a note's, not the word's."""
        note = _NOTE.fullmatch("".join(self._line[at:]).strip())
        if note and _NOTED.search("".join(self._line[max(0, at - 4) : at])):
            self._line[at:] = [f" [{note[1]}]"]

    def _flush(self, frame: _Frame) -> None:
        """End the line: what has gathered is a part."""
        words = _SPACE.sub(" ", "".join(self._line)).strip()
        if words:
            self.parts.append(self._part(words, frame))
            self._breaks = 0
        if self._unseen:
            self.parts.append(Part(" ".join(self._unseen), "boilerplate"))
        self._line, self._unseen, self._n_bold = [], [], 0

    def _part(self, words: str, frame: _Frame) -> Part:
        kind, level = frame.kind, frame.level
        n_words = len(words.split())
        title = n_words <= MOST_WORDS and not words.endswith((".", ";", ","))
        all_bold = self._n_bold >= len(words.replace(" ", "")) and title
        if kind == "paragraph" and all_bold and any(map(str.isalpha, words)):
            kind, level = "heading", BOLD
        elif kind == "heading" and level > 6 and not title:
            kind, level = "paragraph", 0
        return Part(words, kind, level, gap=self._breaks >= 2)


def _events(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each node below `root` as it opens and, if it is an element, as it closes."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        tag = node.tag or ""
        if not entering or tag in ("-text", "br"):
            continue
        stack.append((node, False))
        children = [child for child in node.iter(include_text=True) if child.tag not in SKIPPED]
        stack += [(child, True) for child in reversed(children)]
