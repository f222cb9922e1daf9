"""Slides: pages whose boxes the file draws in any order, read by recursive cuts."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.read.pdf.shapes import Line, Page

_LANDSCAPE = 1.15
_MAX_WORDS = 150  # on the median page
_GUTTER = 1.5  # em
_MIN_BOX = 14.0  # em


def are_slides(pages: Sequence[Page]) -> bool:
    """Whether most pages are landscape and few words stand on them."""
    if not pages:
        return False
    wide = sum(page.width > _LANDSCAPE * page.height for page in pages)
    words = median(sum(len(line.text.split()) for line in page.lines) for page in pages)
    return wide > len(pages) / 2 and words < _MAX_WORDS


def cut(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order, each with the box it stands in as its column."""
    boxes = _cut(sorted(lines, key=lambda line: (line.y, line.left)))
    return [_boxed(line, box, i) for i, box in enumerate(boxes) for line in box]


def _boxed(line: Line, box: Sequence[Line], number: int) -> Line:
    """A box is at least so wide that what fills it is a wrapped line and no short entry."""
    start, edge = min(line.left for line in box), max(line.right for line in box)
    edge = max(edge, start + _MIN_BOX * line.size)
    return replace(line, start=start, edge=edge, column=number)


def _cut(lines: list[Line]) -> list[list[Line]]:
    """Left from right where a gutter runs through; else what stands above it comes first."""
    if len(lines) < 2:
        return [lines] if lines else []
    if parts := _sides(lines):
        return [box for part in parts for box in _cut(part)]
    tiers = _tiers(lines)
    for above in range(1, len(tiers) - 1):
        for below in range(len(tiers), above + 1, -1):
            if _sides(_flat(tiers[above:below])):
                parts = [_flat(tiers[:above]), _flat(tiers[above:below]), _flat(tiers[below:])]
                return [box for part in parts for box in _cut(part)]
    return [lines]


def _flat(tiers: Sequence[Sequence[Line]]) -> list[Line]:
    return [line for tier in tiers for line in tier]


def _sides(lines: list[Line]) -> list[list[Line]] | None:
    """The lines left and right of the widest gutter that runs through all of them."""
    across = sorted(lines, key=lambda line: line.left)
    reach, best, at = across[0].right, 0.0, 0
    for i, line in enumerate(across[1:], start=1):
        if line.left - reach > best:
            best, at = line.left - reach, i
        reach = max(reach, line.right)
    if best < _GUTTER * median(line.size for line in lines):
        return None
    sides = [across[:at], across[at:]]
    return [sorted(side, key=lambda line: (line.y, line.left)) for side in sides]


def _tiers(lines: list[Line]) -> list[list[Line]]:
    """Groups of lines that overlap in height, from top to bottom."""
    tiers: list[list[Line]] = []
    reach = 0.0
    for line in sorted(lines, key=lambda line: line.top):
        if tiers and line.top + 0.2 * line.size < reach:
            tiers[-1].append(line)
        else:
            tiers.append([line])
            reach = 0.0
        reach = max(reach, line.bottom - 0.2 * line.size)
    return tiers
