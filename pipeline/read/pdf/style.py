"""A document's habits: the size of its body text, its line distances, the ranks of its headings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.read.pdf.shapes import Line

LARGE = 1.15  # of the body's size
_DEFAULT_PITCH = 1.2  # em
_MAX_PITCH = 2.6  # em; lines further apart are not of one paragraph
_LOOSE = 1.12  # line distances
_INDENT = 0.5  # em
_EARLY = 0.3  # of the column's width
_AT_EDGE = 1.0  # points
_LONG = 20  # characters
_MOST = 0.6
_SAME = 1.08  # sizes closer than this are one


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document.

    Attributes:
        body: Size of most characters, points.
        bold: Whether most characters are bold, so that bold marks nothing.
        pitches: Usual distance of baselines by size of the font, rounded to half points.
        floor: Height of the last line of most full pages, points from the top.
        justified: Whether lines end at the column's edge unless their paragraph ends.
        spaced: Whether a larger distance parts paragraphs.
        indented: Whether an indent opens them.
    """

    body: float
    bold: bool
    pitches: dict[float, float]
    floor: float
    justified: bool
    spaced: bool
    indented: bool

    def pitch(self, size: float) -> float:
        """The usual distance of baselines in text of this size."""
        return self.pitches.get(_half(size), _DEFAULT_PITCH * size)

    def is_large(self, line: Line) -> bool:
        """Whether the line is set larger than the body."""
        return line.size > LARGE * self.body

    def is_bold(self, line: Line) -> bool:
        """Whether the line is bold where most text is not."""
        return line.bold and not self.bold


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most characters are written."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[_half(line.size)] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size), default=10.0)


def style(lines: Sequence[Line]) -> Style:
    """The style of a document, from its lines in reading order."""
    bold = sum(len(line.text) for line in lines if line.bold)
    pitches = _pitches(lines)
    spaced, indented = _parting(lines, pitches)
    lowest: dict[int, float] = {}
    for line in lines:
        lowest[line.page] = max(line.y, lowest.get(line.page, 0.0))
    depths = sorted(lowest.values())
    return Style(
        body=body_size(lines),
        bold=2 * bold > sum(len(line.text) for line in lines),
        pitches=pitches,
        floor=depths[len(depths) * 2 // 3] if depths else 0.0,
        justified=_is_justified(lines),
        spaced=spaced,
        indented=indented,
    )


def levels(sizes: Iterable[float]) -> dict[float, int]:
    """The rank of each size, 1 the largest; sizes that hardly differ share a rank."""
    found: dict[float, int] = {}
    rank, above = 0, float("inf")
    for size in sorted(set(sizes), reverse=True):
        if size * _SAME < above:
            rank, above = rank + 1, size
        found[size] = rank
    return found


def same_size(line: Line, other: Line) -> bool:
    """Whether two lines are set in one size."""
    return max(line.size, other.size) < _SAME * min(line.size, other.size)


def _half(size: float) -> float:
    return round(size * 2) / 2


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    seen: dict[float, Counter[float]] = defaultdict(Counter)
    for above, line in _pairs(lines):
        step = line.y - above.y
        if step < _MAX_PITCH * line.size:
            seen[_half(line.size)][round(step * 4) / 4] += 1
    return {size: max(steps, key=lambda step: (steps[step], -step)) for size, steps in seen.items()}


def _pairs(lines: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    """Neighbouring lines of one column and one size, the upper and the lower."""
    for above, line in zip(lines, lines[1:], strict=False):
        near = above.page == line.page and above.column == line.column
        if near and same_size(above, line) and 0.8 * line.size < line.y - above.y:
            yield above, line


def _is_justified(lines: Sequence[Line]) -> bool:
    """Whether most lines that another follows closely end at the edge."""
    close = [
        above.edge - above.right < _AT_EDGE
        for above, line in _pairs(lines)
        if line.y - above.y < _MAX_PITCH * line.size and len(above.text) > _LONG
    ]
    return sum(close) > _MOST * len(close)


def _parting(lines: Sequence[Line], pitches: dict[float, float]) -> tuple[bool, bool]:
    """Whether distance, and whether an indent, follows most lines that end early."""
    loose = indented = total = 0
    for above, line in _pairs(lines):
        if above.edge - above.right < _EARLY * (above.edge - above.start) or above.bold:
            continue
        total += 1
        usual = pitches.get(_half(line.size), _DEFAULT_PITCH * line.size)
        loose += line.y - above.y > _LOOSE * usual
        indented += line.left - line.start > _INDENT * line.size
    return loose > _MOST * total, indented > _MOST * total
