"""A line of a page while it gathers: pieces of text, raised notes, words that must not be glued."""

import re
from dataclasses import dataclass, field

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NOTE = re.compile(r"\[?(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]?")
# What a raised number is a note behind: a word, a year, an acronym, a stop; not '10', 'm', 'km'.
_NOTED = re.compile(r"(?:[^\W\d]{3}|\b(?:19|20)\d\d|\b[A-Z]{2,}|[.,;:!?)\]”’\"'»])$")
_LETTERS = re.compile(r"[^\W\d]{3}$")
_ENOUGH = 4  # pieces looked back for the word before a note


@dataclass(slots=True)
class Line:
    """The pieces of a line.

    Attributes:
        n_bold: Characters in bold.
        joints: Edges of elements since the last text: 1 an edge, 2 the end of one and the
            beginning of another.
    """

    pieces: list[str] = field(default_factory=list)
    n_bold: int = 0
    joints: int = 0
    _closed: bool = False

    def add(self, piece: str) -> None:
        """Add a piece as it is."""
        self.pieces.append(piece)

    def join(self, *, closing: bool) -> None:
        """Note the edge of an element."""
        if closing:
            self._closed, self.joints = True, max(self.joints, 1)
        else:
            self.joints = 2 if self._closed else 1

    def write(self, text: str, *, bold: bool = False, heading: bool = False) -> None:
        """Add text; runs of white space are one blank."""
        words = _SPACE.sub(" ", text)
        if not words:
            return
        if self.joints and self._glued(words, heading=heading):
            self.pieces.append(" ")
        self.joints, self._closed = 0, False
        self.pieces.append(words)
        if bold:
            self.n_bold += len(words.replace(" ", ""))

    def _glued(self, words: str, *, heading: bool) -> bool:
        """Whether a word would run into one that a style sheet keeps apart: 'Finland' and '9'."""
        before = "".join(self.pieces[-2:])[-3:]
        if not before or before[-1].isspace() or not words[0].isalnum():
            return False
        if words[0].isdigit():
            return _LETTERS.search(before) is not None
        if before[-1].isdigit():
            return words[:1].isupper() and words[1:2].islower()
        return heading and self.joints == 2 and words[0].isupper() and before[-1].isalpha()

    def note(self, at: int, *, cell: bool = False) -> None:
        """A raised number behind a word is a note's, not the word's; in a cell, behind anything."""
        note = _NOTE.fullmatch("".join(self.pieces[at:]).strip())
        if note and (cell or _NOTED.search("".join(self.pieces[max(0, at - _ENOUGH) : at]))):
            self.pieces[at:] = [f" [{note[1]}]"]

    def words(self) -> str:
        """The line, without white space at its ends."""
        return _SPACE.sub(" ", "".join(self.pieces)).strip()

    def is_bold(self) -> bool:
        """Whether all of it is bold, and it has letters."""
        words = self.words()
        return self.n_bold >= len(words.replace(" ", "")) and any(map(str.isalpha, words))
