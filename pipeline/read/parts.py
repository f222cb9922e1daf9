"""What a reader finds in a file: its parts in reading order, before they become one text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Kind, Mark

# All that `str.split()` takes for white space, and the line ends that `str.splitlines()` knows.
_SPACE = re.compile(r"\s+")
_HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph, list item, row of a table or piece of boilerplate.

    Attributes:
        level: Of a heading, 1 the highest; else 0.
        page: From 1; None for formats without pages.
        gap: Whether the file shows an empty line before it within the same paragraph.
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    page: int | None = None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """All that a reader found.

    Attributes:
        parts: In reading order; nothing that the file shows as text is left out.
        n_pages: Pages of the file, None for formats without pages.
        n_empty_pages: Pages that show no text.
        slides: Whether the pages are slides.
    """

    parts: Sequence[Part]
    n_pages: int | None = None
    n_empty_pages: int | None = None
    slides: bool = False


def assemble(parts: Sequence[Part]) -> tuple[str, tuple[Mark, ...]]:
    """The canonical text, one part a line, and what is known of each line.

    White space within a part becomes one blank; parts without any other character are dropped.
    """
    lines: list[str] = []
    marks: list[Mark] = []
    at = 0
    for part in parts:
        words = _SPACE.sub(" ", _whole(part.text)).strip()
        if not words:
            continue
        if part.gap and lines:
            lines.append("")
            at += 1
        end = at + len(words)
        marks.append(Mark(start=at, end=end, kind=part.kind, level=part.level, page=part.page))
        lines.append(words)
        at = end + 1
    return "\n".join(lines), tuple(marks)


def _whole(text: str) -> str:
    """Two halves of a character (UTF-16) made one; a half alone is replaced, it is no text."""
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
