"""Footnotes and endnotes of a Word file, numbered in the order in which the text refers to them."""

from collections import deque
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from pipeline.read.word.xml import attribute

_Key = tuple[str, str]


class Notes:
    """All notes of a file."""

    def __init__(self, parts: Mapping[str, _Element | None]) -> None:
        """Take the roots of the parts `footnotes` and `endnotes`, as far as there are any."""
        self._notes = {
            (kind, attribute(note, "w:id") or ""): note
            for kind, root in parts.items()
            for note in (() if root is None else root)
        }
        self._order: dict[_Key, int] = {}
        self._new: deque[_Key] = deque()

    def number(self, kind: str, identifier: str | None) -> int | None:
        """The number of a note, given at the first call; None if there is no such note."""
        key = (kind, identifier or "")
        if key not in self._notes:
            return None
        if key not in self._order:
            self._order[key] = len(self._order) + 1
            self._new.append(key)
        return self._order[key]

    def referred(self) -> Iterator[tuple[int, _Element]]:
        """Number and element of each note that the text refers to; a note may refer to others."""
        while self._new:
            key = self._new.popleft()
            yield self._order[key], self._notes[key]
