"""The columns of a page, and its lines in reading order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from pipeline.read.pdf.shapes import Line

_GRID = 3.0  # points; edges closer than this are one
_SHARED = 0.1  # of a column's lines begin at its left edge
_MIN_LINES = 4  # a side
_MIN_WORDS = 3  # in the median line of a column of prose
_MIN_FILL = 0.6  # of the column's width, by the median line
_MAX_CROSSING = 0.5  # of the lines may run across the gutter: titles, summaries, tables
_MIN_BESIDE = 0.5  # of the shorter column's lines have a line beside them
_GUTTER = 0.6  # em
_MANY = 10  # lines of a page, whose widest tells where its column ends
_USUAL = 1 / 3  # of the pages have gutters, so that the others are held against them
_SAME_PLACE = 6.0  # points
_MAX_ACROSS = 0.25  # of a page's lines, where only other pages tell of the gutter
_SHUFFLED = 0.4  # switches of column a line, from which on the file's order is not trusted


def ordered(pages: Iterable[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page in reading order, each with its column."""
    pages = list(pages)
    found = [tuple(_gutters(lines, depth=2)) for lines in pages]
    common = _common(found)
    return _widened(
        [
            _placed(lines, gutters or (common if _respects(lines, common) else ()))
            for lines, gutters in zip(pages, found, strict=True)
        ]
    )


def _widened(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Columns of few lines as wide as those of other pages: their own lines may all be short."""
    edges: dict[tuple[int, int], list[tuple[int, float]]] = {}
    widest = [max((line.column for line in lines), default=0) for lines in pages]
    keys = [
        {column: (most, column) for column in sorted({line.column for line in lines})}
        for lines, most in zip(pages, widest, strict=True)
    ]
    for lines, key in zip(pages, keys, strict=True):
        for column in key:
            own = [line for line in lines if line.column == column]
            edges.setdefault(key[column], []).append((min(len(own), _MANY), own[0].edge))
    usual = {key: max(found)[1] for key, found in edges.items()}
    return [
        [_at_least(line, usual[key[line.column]], few=len(lines) < _MANY) for line in lines]
        for lines, key in zip(pages, keys, strict=True)
    ]


def _at_least(line: Line, edge: float, few: bool) -> Line:
    return replace(line, edge=max(line.edge, edge)) if few and edge > line.edge else line


def _common(found: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The gutters that most pages with any have; pages with few lines are set like them."""
    seen = [gutters for gutters in found if gutters]
    if len(seen) < _USUAL * len(found):
        return ()
    likes = {one: sum(_alike(one, other) for other in seen) for one in seen}
    return max(likes, key=lambda one: (likes[one], one), default=())


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    near = (abs(a - b) < _SAME_PLACE for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and all(near)


def _respects(lines: Sequence[Line], gutters: tuple[float, ...]) -> bool:
    """Whether few of the page's lines cross the gutters, and every column has some."""
    columns = [_column(line, gutters) for line in lines]
    return columns.count(0) <= _MAX_ACROSS * len(lines) and len({*columns, 0}) == len(gutters) + 2


def _placed(lines: Sequence[Line], gutters: Sequence[float]) -> list[Line]:
    if not lines:
        return []
    if not gutters:
        return _downwards(_edged(lines, {0: list(lines)}))
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(_column(line, gutters), []).append(line)
    found = _edged(lines, groups)
    return _banded(found) if _is_shuffled(found) else found


def _column(line: Line, gutters: Sequence[float]) -> int:
    """From 1; 0 for lines across a gutter."""
    if any(line.left < x < line.right for x in gutters):
        return 0
    return 1 + sum(x <= line.left for x in gutters)


def _edged(lines: Sequence[Line], groups: dict[int, list[Line]]) -> list[Line]:
    spans = {column: _span(group) for column, group in groups.items()}
    if len(groups) > 1:
        spans[0] = _span(lines)
    column_of = {id(line): column for column, group in groups.items() for line in group}
    return [
        replace(line, column=column, start=spans[column][0], edge=spans[column][1])
        for line in lines
        for column in [column_of[id(line)]]
    ]


def _span(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of a column; what a few lines have left of it hangs outside."""
    lefts = Counter(round(line.left / _GRID) for line in lines)
    shared = max(2, _SHARED * len(lines))
    usual = [place for place, n in lefts.items() if n + lefts[place + 1] >= shared]
    first = min(usual, default=min(lefts))
    start = min(line.left for line in lines if round(line.left / _GRID) >= first)
    return start, max(line.right for line in lines if line.left >= start)


def _gutters(lines: Sequence[Line], depth: int) -> list[float]:
    """The places of the gutters from left to right, found by halving."""
    best = max(_candidates(lines), default=None)
    if best is None or depth == 0:
        return []
    x = best[1]
    left = _gutters([line for line in lines if line.right <= x], depth - 1)
    right = _gutters([line for line in lines if line.left >= x], depth - 1)
    return [*left, x, *right]


def _candidates(lines: Sequence[Line]) -> Iterable[tuple[int, float]]:
    """Gutters that part prose: lines not crossing, and the middle of the gap."""
    for x in sorted({round(line.left, 0) for line in lines}):
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x - 1]
        if min(len(left), len(right)) < _MIN_LINES:
            continue
        if len(lines) - len(left) - len(right) > _MAX_CROSSING * len(lines):
            continue
        start, end = max(line.right for line in left), min(line.left for line in right)
        if end - start >= _GUTTER * median(line.size for line in lines) and _is_prose(left, right):
            yield len(left) + len(right), (start + end) / 2


def _is_prose(left: Sequence[Line], right: Sequence[Line]) -> bool:
    if not (_fills(left) and _fills(right)):
        return False
    few, many = sorted((left, right), key=len)
    top, bottom = min(line.y for line in many), max(line.y for line in many)
    beside = sum(top - line.size <= line.y <= bottom + line.size for line in few)
    return beside >= _MIN_BESIDE * len(few)


def _fills(column: Sequence[Line]) -> bool:
    """Whether its lines are of prose; it may itself be several columns."""
    words = median(line.text.count(" ") + 1 for line in column)
    shares = [
        (line.right - line.left) / (reach - start)
        for start, reach, lines in _strips(column)
        for line in lines
    ]
    return words >= _MIN_WORDS and median(shares) >= _MIN_FILL


def _strips(lines: Sequence[Line]) -> list[tuple[float, float, list[Line]]]:
    """Left edge, right edge and lines of each stretch of x that lines cover."""
    strips: list[tuple[float, float, list[Line]]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if strips and line.left < strips[-1][1]:
            start, reach, held = strips[-1]
            strips[-1] = (start, max(reach, line.right), [*held, line])
        else:
            strips.append((line.left, line.right, [line]))
    return strips


def _is_shuffled(lines: Sequence[Line]) -> bool:
    """Whether the file writes line by line across the columns."""
    columns = [line.column for line in lines if line.column]
    switches = sum(a != b for a, b in zip(columns, columns[1:], strict=False))
    return switches > _SHUFFLED * len(columns)


def _banded(lines: Sequence[Line]) -> list[Line]:
    """From top to bottom between lines across the page, column by column in between."""
    across = sorted((line for line in lines if not line.column), key=lambda line: line.y)
    tops = [line.y for line in across]
    return sorted(
        lines,
        key=lambda line: (
            sum(y < line.y for y in tops),
            line.column or 9,
            line.y,
            line.left,
        ),
    )


def _downwards(lines: list[Line]) -> list[Line]:
    """By height, if no two lines but pieces of one row stand beside each other."""
    down = sorted(lines, key=lambda line: (line.y, line.left))
    for above, line in zip(down, down[1:], strict=False):
        if line.y - above.y > 0.45 * min(line.size, above.size):
            continue
        if not line.beside(above):
            return lines
    return _rows_in_order(down)


def _rows_in_order(down: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in down:
        if rows and rows[-1][0].beside(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]
