"""Rows of tables: pieces of lines on one baseline whose places agree with those of other rows."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.shapes import Line

_BULLET = re.compile(r"[•▪◦●‣■□○►▸–—-] ")
_MAX_PITCH = 4.0  # em between the baselines of neighbouring rows
_TIGHT = 1.45  # em; the lines of one cell
_MAX_STEPS = 2  # lines drawn between neighbouring cells; cells may have several lines
_ONE_LINE = 3.0  # em; pieces of a line further apart stay two

Row = list[Line]


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, pieces joined to rows of tables or back to lines; the order stays."""
    rows = _rows(lines)
    merged: dict[int, Line] = {}  # by the first piece drawn
    gone: set[int] = set()
    rank = {id(line): i for i, line in enumerate(lines)}
    for cells in _tables(rows, rank):
        merged[id(cells[0][0])] = _as_row(cells)
        gone.update(id(line) for cell in cells for line in cell)
    for row in rows:
        if len(row) > 1 and not any(id(line) in gone for line in row):
            for piece in _pieces(row, rank):
                merged[min((id(line) for line in piece), key=rank.__getitem__)] = _as_line(piece)
                gone.update(id(line) for line in piece)
    return [
        merged.get(id(line), line) for line in lines if id(line) in merged or id(line) not in gone
    ]


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Pieces of one column on one baseline, from top to bottom."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.column, line.y, line.left)):
        if rows and _same_row(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _same_row(row: Row, line: Line) -> bool:
    last = row[-1]
    apart = all(line.left >= other.right or line.right <= other.left for other in row)
    return line.column == last.column and line.upright and line.beside(row[0]) and apart


def _tables(rows: Sequence[Row], rank: dict[int, int]) -> list[list[Row]]:
    """The rows of all tables; each is its cells, and each cell the pieces in it."""
    found: list[list[Row]] = []
    region: list[Row] = []
    for row in [*rows, []]:
        if row and region and _belongs(region, row):
            region.append(row)
            continue
        found += _logical(region)
        region = [row] if _may_begin(row, rank) else []
    return found


def _may_begin(row: Row, rank: dict[int, int]) -> bool:
    """Whether it has cells that the file draws one after the other, as it does not columns."""
    steps = [rank[id(b)] - rank[id(a)] for a, b in zip(row, row[1:], strict=False)]
    return len(row) > 1 and max(map(abs, steps)) <= _MAX_STEPS and not any(map(_is_item, row))


def _is_item(line: Line) -> bool:
    return _BULLET.match(line.text) is not None


def _belongs(region: Sequence[Row], row: Row) -> bool:
    last = region[-1]
    size = max(line.size for line in row)
    pitch = row[0].y - last[0].y
    if row[0].column != last[0].column or not 0 < pitch <= _MAX_PITCH * size:
        return False
    if any(map(_is_item, row)):
        return False
    if len(row) == 1:
        return pitch <= _TIGHT * size and _cell_of(region, row[0]) is not None
    wide = max(region, key=len)
    agreeing = sum(any(_agree(line, other) for other in wide) for line in row)
    return agreeing >= 2


def _agree(line: Line, other: Line) -> bool:
    """Whether two cells have the same left, right or middle."""
    by = 0.35 * line.size
    middle = (line.left + line.right - other.left - other.right) / 2
    return min(abs(line.left - other.left), abs(line.right - other.right), abs(middle)) <= by


def _cell_of(region: Sequence[Row], line: Line) -> int | None:
    """The column of the table in which a line alone goes on."""
    wide = max(region, key=len)
    for i, cell in enumerate(wide):
        after = wide[i + 1].left if i + 1 < len(wide) else float("inf")
        if _agree(line, cell) and line.right < after and (i or line.right < after - line.size):
            return i
    return None


def _logical(region: Sequence[Row]) -> list[list[Row]]:
    """The region's rows, lines of wrapped cells joined; none if it is no table."""
    if sum(len(row) > 1 for row in region) < 2 or _is_prose(region):
        return []
    tight = min(b[0].y - a[0].y for a, b in zip(region, region[1:], strict=False))
    table: list[list[Row]] = []
    above: Row = []
    for row in region:
        if table and _wraps(region, above, row, tight):
            _append(region, table[-1], row)
        else:
            table.append([[line] for line in row])
        above = row
    return table if len(table) > 1 else []


def _wraps(region: Sequence[Row], above: Row, row: Row, tight: float) -> bool:
    """Whether the row's pieces go on in the cells above them."""
    close = row[0].y - above[0].y <= min(1.12 * tight, _TIGHT * row[0].size)
    first = max(region, key=len)[0]
    headless = not _agree(row[0], first)
    lower = any(line.text[:1].islower() for line in row)
    return close and (len(row) == 1 or headless or lower)


def _append(region: Sequence[Row], cells: list[Row], row: Row) -> None:
    for line in row:
        near = next((cell for cell in cells if _agree(line, cell[0])), None)
        (cells[-1] if near is None else near).append(line)


def _is_prose(region: Sequence[Row]) -> bool:
    """Whether two columns of running text only look like rows."""
    pairs = [
        (line, other)
        for row, below in zip(region, region[1:], strict=False)
        for line in row
        for other in below
        if abs(line.left - other.left) <= 0.35 * line.size
    ]
    lower = sum(b.text[:1].islower() and len(a.text.split()) > 2 for a, b in pairs)
    even = {round(b[0].y - a[0].y) for a, b in zip(region, region[1:], strict=False)}
    return bool(pairs) and lower >= 0.4 * len(pairs) and len(even) <= 2


def _as_row(cells: list[Row]) -> Line:
    pieces = [line for cell in cells for line in cell]
    texts = tuple("\n".join(line.text for line in cell) for cell in cells)
    return replace(
        cells[0][0],
        text=" | ".join(texts),
        right=max(line.right for line in pieces),
        bold=all(line.bold for line in pieces),
        cells=texts,
    )


def _pieces(row: Row, rank: dict[int, int]) -> list[Row]:
    """What was one line: neighbours in the file, with gaps that a tab or a loose line explains."""
    found = [[row[0]]]
    for last, line in zip(row, row[1:], strict=False):
        near = line.left - last.right <= _ONE_LINE * line.size
        if near and rank[id(line)] == rank[id(last)] + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _as_line(piece: Row) -> Line:
    return replace(
        piece[0],
        text=" ".join(line.text for line in piece),
        right=piece[-1].right,
        bold=all(line.bold for line in piece),
        ends_bold=piece[-1].ends_bold,
    )
