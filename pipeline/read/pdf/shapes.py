"""What the page shows: pieces of text with their places, before they become paragraphs.

Lengths are points; x grows to the right and y downwards from the page's upper left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Text that the file draws at once.

    Attributes:
        before: What PDFium puts between the run before and this one: nothing, a blank or a break.
        y: Of the baseline.
        upright: Whether it is written from left to right, not turned.
    """

    text: str
    before: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a piece of one where a wide gap parts it.

    Attributes:
        y: Of the baseline.
        size: Of the font most of it is written in.
        bold: Whether all of it is.
        opens_bold: Whether its first letter is.
        ends_bold: Whether its last letter is.
        page: From 1.
        start: Left edge of the column it stands in.
        edge: Right edge of that column.
        column: Which of the page's columns, from 0; 0 too for lines across all of them.
        cells: The cells, if it is a row of a table.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    opens_bold: bool = False
    ends_bold: bool = False
    page: int = 1
    upright: bool = True
    start: float = 0.0
    edge: float = 0.0
    column: int = 0
    cells: tuple[str, ...] = ()

    @property
    def top(self) -> float:
        """About the height of the capitals."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """About the depth of the descenders."""
        return self.y + 0.22 * self.size

    @property
    def letter(self) -> float:
        """Mean width of a character."""
        return (self.right - self.left) / max(len(self.text), 1)

    def beside(self, other: "Line") -> bool:
        """Whether both share a baseline."""
        return abs(self.y - other.y) <= 0.25 * max(self.size, other.size)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its lines in the order in which the file draws them.

    Attributes:
        number: From 1.
    """

    number: int
    width: float
    height: float
    lines: Sequence[Line]
