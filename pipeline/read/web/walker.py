"""The walk over a page: text gathers in a line until an element ends it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.read.parts import Part
from pipeline.read.web.elements import (
    BOLD,
    MOST_SURE,
    MOST_WORDS,
    SKIPPED,
    Attributes,
    heading_level,
    is_block,
    is_bold,
    is_control,
    is_list_item,
)
from pipeline.read.web.furniture import is_furniture, is_menu, is_named_furniture, is_unseen
from pipeline.read.web.line import Line
from pipeline.read.web.tables import is_data
from pipeline.records import Kind

_CELL = " | "


@dataclass(slots=True)
class _Frame:
    """An element that is open.

    Attributes:
        row: Whether cells and paragraphs inside are joined to one line.
        inside: Whether it is the page's own content, or within it.
        sup: Where a raised piece began in the line, None if the element raises nothing.
    """

    block: bool
    kind: Kind
    level: int = 0
    row: bool = False
    bold: bool = False
    pre: bool = False
    unseen: bool = False
    joint: bool = True
    inside: bool = False
    sup: int | None = None


@dataclass
class Walker:
    """Collects the parts of a page.

    Args:
        n_page: Characters of the whole page.
        content: The element that holds the page's own content; None if no element says so.
    """

    n_page: int
    content: LexborNode | None = None
    parts: list[Part] = field(default_factory=list)
    _line: Line = field(default_factory=Line)
    _breaks: int = 0
    _n_cells: int = 0
    _unseen: list[str] = field(default_factory=list)
    _data: dict[int, bool] = field(default_factory=dict)
    _titled: bool = False
    _around: list[int] = field(default_factory=list)

    def walk(self, root: LexborNode) -> list[Part]:
        """The parts below `root`. Without recursion: pages are nested without limit."""
        self._around = _with_ancestors(self.content)
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
        block = is_block(tag, attributes)
        if above.row and tag != "tr":
            return self._in_row(tag, above, block=block)
        if not block:
            return self._inline(node, tag, attributes, above)
        self._flush(above)
        return self._block(node, tag, attributes, above)

    def _in_row(self, tag: str, above: _Frame, *, block: bool) -> _Frame:
        if tag in ("td", "th"):
            self._line.add(_CELL if self._n_cells else "")
            self._n_cells += 1
        elif block:
            self._line.add(" ")
        sup = len(self._line.pieces) if tag == "sup" else None
        return _Frame(block=False, kind=above.kind, row=True, sup=sup, joint=False)

    def _inline(self, node: LexborNode, tag: str, attributes: Attributes, above: _Frame) -> _Frame:
        if above.kind == "boilerplate" and tag in ("a", "span", "label", "input"):
            self._line.add(" ")
        joint = tag not in ("sub", "sup")
        if joint:
            self._line.join(closing=False)
        worked = above.kind == "heading" and is_control(node.text(deep=True))
        return _Frame(
            block=False,
            kind=above.kind,
            level=above.level,
            bold=above.bold or is_bold(tag, attributes),
            pre=above.pre,
            unseen=above.unseen or worked or is_unseen(tag, attributes),
            joint=joint,
            sup=len(self._line.pieces) if tag == "sup" else None,
        )

    def _block(self, node: LexborNode, tag: str, attributes: Attributes, above: _Frame) -> _Frame:
        frame = _Frame(
            block=True, kind=above.kind, level=above.level, pre=above.pre or tag == "pre"
        )
        frame.bold = is_bold(tag, attributes)
        frame.inside = above.inside or node.mem_id in self._around[:1]
        if above.kind == "boilerplate":
            return frame
        self._titled = self._titled or tag == "h1"
        if level := _heads(node, tag, attributes, above):
            frame.kind, frame.level = "heading", min(level, above.level or level)
            if level > MOST_SURE and self._is_aside(node, tag, attributes, frame):
                frame.kind = "boilerplate"
            return frame
        frame.kind, frame.level = "paragraph", 0
        if self._is_aside(node, tag, attributes, frame):
            frame.kind = "boilerplate"
        elif tag == "tr" and self._in_data(node):
            frame.kind, frame.row, self._n_cells = "row", True, 0
        elif is_list_item(tag, attributes) or above.kind == "list_item":
            frame.kind = "list_item"
        return frame

    def _is_aside(self, node: LexborNode, tag: str, attributes: Attributes, frame: _Frame) -> bool:
        """Whether an element belongs to the site, as a list of links above the title does."""
        if tag in ("button", "summary", "dt") and frame.kind == "heading":
            return False
        if self._around and not frame.inside and node.mem_id not in self._around:
            return node.css_first("h1") is None and tag != "h1"
        return is_furniture(node, tag, attributes, self.n_page) or (
            not self._titled and is_menu(node, tag)
        )

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
            self._line.write(words, bold=frame.bold, heading=frame.kind == "heading")

    def _lines(self, words: str, frame: _Frame) -> None:
        """Preformatted text, line by line."""
        for i, line in enumerate(words.splitlines()):
            if i:
                self._break(frame)
            self._line.write(line, bold=frame.bold)

    def _break(self, frame: _Frame) -> None:
        if frame.row or frame.kind == "heading":
            self._line.add(" ")
            return
        self._flush(frame)
        self._breaks += 1

    def _leave(self, frame: _Frame) -> None:
        if frame.block:
            self._flush(frame)
            self._breaks = 0
            return
        if frame.sup is not None:
            self._line.note(frame.sup, cell=frame.row)
        if frame.joint:
            self._line.join(closing=True)

    def _flush(self, frame: _Frame) -> None:
        """End the line: what has gathered is a part."""
        if words := self._line.words():
            self._titled = self._titled or len(words.split()) > MOST_WORDS
            self.parts.append(self._part(words, frame))
            self._breaks = 0
        if "".join(self._unseen).strip():
            self.parts.append(Part("".join(self._unseen), "boilerplate"))
        self._line, self._unseen = Line(), []

    def _part(self, words: str, frame: _Frame) -> Part:
        kind, level = frame.kind, frame.level
        title = len(words.split()) <= MOST_WORDS and not words.endswith((".", ";", ","))
        if kind == "paragraph" and title and self._line.is_bold():
            kind, level = "heading", BOLD
        elif kind == "heading" and level > MOST_SURE and not title:
            kind, level = "paragraph", 0
        return Part(words, kind, level, gap=self._breaks >= 2)


def _heads(node: LexborNode, tag: str, attributes: Attributes, above: _Frame) -> int:
    """The level of a heading, or of the heading that the element is a part of; 0 for others."""
    if tag == "button" and (is_control(node.text(deep=True)) or is_named_furniture(attributes)):
        return 0
    part_of = above.level if above.kind == "heading" and tag in ("div", "p", "button") else 0
    return heading_level(node, tag, attributes) or part_of


def _with_ancestors(node: LexborNode | None) -> list[int]:
    """An element and all above it."""
    found = []
    while node is not None:
        found.append(node.mem_id)
        node = node.parent
    return found


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
