"""A table of contents is no part of the text: its lines repeat the headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.parts import Part

_ENTRY = re.compile(r"(?:\.{4,}|(?:\s\.){4,}|…{2,}|\t)[\s.…]*(\d{1,4})")
_LONGEST = 200  # characters
_MIN_ENTRIES = 3


def is_entry(text: str) -> bool:
    """Whether a line leads with dots to the number of a page."""
    return _page(text) is not None


def contents_apart(parts: Sequence[Part]) -> list[Part]:
    """The parts, those of a table of contents as boilerplate; its page numbers never fall."""
    found = list(parts)
    for start, end in _runs([_page(part.text) for part in parts]):
        if end - start >= _MIN_ENTRIES:
            found[start:end] = [
                replace(part, kind="boilerplate", level=0) for part in parts[start:end]
            ]
    return found


def _page(text: str) -> int | None:
    words = text.rstrip()
    if len(words) > _LONGEST or not words[-1:].isdigit():
        return None
    found = _ENTRY.search(words)
    return int(found[1]) if found and found.end() == len(words) else None


def _runs(numbers: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Stretches of numbers that do not fall."""
    start = 0
    for i in range(1, len(numbers) + 1):
        before, here = numbers[i - 1], numbers[i] if i < len(numbers) else None
        if before is None:
            start = i
        elif here is None or here < before:
            yield start, i
            start = i
