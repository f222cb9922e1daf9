"""Runs -> lines: what stands on one baseline without a wide gap."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.read.pdf.shapes import Line, Run

_LIGATURES = dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), start=0xFB00))
_NOTE = re.compile(r"[1-9]\d{0,2}(?:, ?[1-9]\d{0,2})*")
# A raised 2 or 3 after a unit is a power: "m2", "km2".
_UNIT = re.compile(r"\b(?:[kcdm]?m|mi|ft)$")
# Private use (Symbol, Wingdings) comes without a meaning of its own; at a line's start it is a
# bullet.
_MARKER = re.compile(r"(?:[•▪◦●‣■□○►▸·–—*-]|[\ue000-\uf8ff]|\(?(?:\d{1,3}|[a-zA-Z])[.)])$")
_PRIVATE = re.compile(r"^[\ue000-\uf8ff]\s*")

_WIDE = 0.9  # em; wider than any blank but in the loosest justified lines
_SMALL = 0.8  # of the line's size: footnote numerals
_RAISED = 0.15  # em


def lines(runs: Sequence[Run], page: int) -> list[Line]:
    """The lines and pieces of lines in the order in which the page draws them."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and _goes_on(rows[-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return _with_markers([_line(row, page) for row in rows])


def _main(row: Iterable[Run]) -> Run:
    """The run that gives the line its size and baseline."""
    return max(row, key=lambda run: (len(run.text) > 1, run.size, len(run.text)))


def _goes_on(row: list[Run], run: Run) -> bool:
    main, last = _main(row), row[-1]
    if not (run.upright and last.upright):
        return False
    size = max(main.size, run.size)
    gap = run.left - last.right
    apart = abs(run.y - main.y)
    # Numerals above and below the line are smaller, or at least glued to a word.
    small = min(run.size, main.size) < 0.85 * size or len(run.text) <= 3 and gap < 0.3 * size
    near = apart <= 0.2 * size or apart <= 0.5 * size and (small or last.y != main.y)
    return near and -0.35 * size <= gap <= _WIDE * size


def _line(row: list[Run], page: int) -> Line:
    size, y = _measures(row)
    return Line(
        text=_text(row, size, y),
        left=min(run.left for run in row),
        right=max(run.right for run in row),
        y=y,
        size=size,
        bold=all(run.bold for run in row if any(map(str.isalnum, run.text))),
        opens_bold=row[0].bold,
        ends_bold=row[-1].bold,
        page=page,
        upright=row[0].upright,
    )


def _measures(row: list[Run]) -> tuple[float, float]:
    """Size and baseline that most of the line's characters have."""
    length: dict[tuple[float, float], int] = {}
    for run in row:
        key = (round(run.size, 2), run.y)
        length[key] = length.get(key, 0) + len(run.text)
    return max(length, key=lambda key: (length[key], key))


def _text(row: list[Run], size: float, y: float) -> str:
    text = ""
    for i, run in enumerate(row):
        blank = _blank(row[i - 1], run) if i else ""
        if text and not blank and _is_note(text, run, size, y):
            text += f" [{run.text}]"
        else:
            text += blank + run.text
    return _clean(text)


def _blank(last: Run, run: Run) -> str:
    """PDFium's own blank; where it broke the line, one if there is room for one."""
    if "\n" in run.before or "\r" in run.before:
        roomy = run.left - last.right > 0.15 * run.size
        return " " if roomy or " " in run.before else ""
    return " " if run.before.strip("\0") else ""


def _is_note(text: str, run: Run, size: float, y: float) -> bool:
    raised = run.size < _SMALL * size and y - run.y > _RAISED * size
    return (
        raised
        and _NOTE.fullmatch(run.text) is not None
        and not text[-1].isdigit()
        and _UNIT.search(text) is None
    )


def _clean(text: str) -> str:
    """Letters for ligatures, no null, soft hyphens only at the end, where they break a word."""
    text = text.replace("\0", "").translate(_LIGATURES)
    inner = text[:-1].replace("\u00ad", "").replace("\ufffe", "-")
    return _PRIVATE.sub("• ", inner + text[-1:])


def _with_markers(found: list[Line]) -> list[Line]:
    """Bullets and numbers joined to what stands right of them, wherever the file draws them."""
    markers = [line for line in found if line.upright and _MARKER.match(line.text.strip())]
    owner = {id(marker): _owner(marker, found) for marker in markers}
    marked = {id(line): marker for marker in markers if (line := owner[id(marker)])}
    kept = [line for line in found if owner.get(id(line)) is None]
    return [_marked(marked[id(line)], line) if id(line) in marked else line for line in kept]


def _owner(marker: Line, found: list[Line]) -> Line | None:
    near = (
        line
        for line in found
        if line is not marker
        and abs(line.y - marker.y) <= 0.35 * line.size
        and line.left >= marker.left
        and line.left - marker.right <= 4 * line.size
        and not _MARKER.match(line.text)
    )
    return min(near, key=lambda line: line.left, default=None)


def _marked(marker: Line, line: Line) -> Line:
    text = f"{marker.text.strip()} {line.text}"
    return replace(line, text=text, left=marker.left, bold=line.bold)
