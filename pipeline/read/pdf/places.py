"""What belongs to the page by its place alone: heads that change with the chapter, line numbers."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from pipeline.read.pdf.shapes import Line, Page

_SMALL = 0.95  # of the body's size
_MARGIN = 0.12  # of the page's height
_APART = 1.8  # em from the text
_SHARE = 0.5  # of the pages
_MIN_PAGES = 3
_NUMBER = re.compile(r"\d{1,4}")
_MIN_NUMBERS = 5
_STEPS = (1, 2, 5, 10)
_NEAR = 1.5  # points


def heads(pages: Sequence[Page], known: Collection[int], body: float) -> set[int]:
    """Small lines that stand alone at one height above or below the text of most pages.

    Args:
        known: Identities of the lines that are known to belong to the page.
        body: Size of the body's font.
    """
    if len(pages) < _MIN_PAGES:
        return set()
    places: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for page in pages:
        rest = [line for line in page.lines if id(line) not in known and line.upright]
        for sign in (1, -1):  # from above, from below
            for line in _outer(page, rest, sign, body):
                places[sign, round(line.y / 2), round(line.size * 2)].append(line)
    found: set[int] = set()
    for lines in places.values():
        if len({line.page for line in lines}) >= _SHARE * len(pages):
            found.update(map(id, lines))
    return found


def _outer(page: Page, lines: Sequence[Line], sign: int, body: float) -> list[Line]:
    """The row that is the first from above or below, if it is small and apart from the others."""
    if not lines:
        return []
    outer = min(lines, key=lambda line: sign * line.y)
    row = [line for line in lines if line.beside(outer)]
    others = [line for line in lines if not line.beside(outer)]
    depth = outer.y if sign > 0 else page.height - outer.y
    near = min((sign * (line.y - outer.y) for line in others), default=0.0)
    small = all(line.size < _SMALL * body for line in row)
    return row if small and depth < _MARGIN * page.height and near > _APART * outer.size else []


def line_numbers(page: Page, body: float) -> Iterator[Line]:
    """Numbers in constant steps down the margin, as drafts and bills have them."""
    bare = [
        line
        for line in page.lines
        if line.size <= body and _NUMBER.fullmatch(line.text) and line.upright
    ]
    for column in _aligned(bare):
        numbers = [int(line.text) for line in column]
        steps = {b - a for a, b in zip(numbers, numbers[1:], strict=False)}
        if len(column) < _MIN_NUMBERS or len(steps) != 1 or not steps <= set(_STEPS):
            continue
        inside = [line.left for line in page.lines if line not in column]
        if inside and max(line.right for line in column) < min(inside):
            yield from column


def _aligned(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines one below the other with the same left or right edge."""
    for edges in ([line.left for line in lines], [line.right for line in lines]):
        for edge in sorted({round(edge) for edge in edges}):
            column = [
                line for line, at in zip(lines, edges, strict=True) if abs(at - edge) <= _NEAR
            ]
            yield sorted(column, key=lambda line: line.y)
