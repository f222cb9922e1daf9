"""The lines of a text, and the tests on single lines that several layouts share."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline import normalise
from pipeline.records import Block, Mark, Role

_LONGEST_SCORE = 20  # characters
_FULL = 70  # characters of a line that was wrapped
_LABEL = re.compile(r"(?:question|indicator|q)\s?\d{0,3}\s*[:.]\s+", re.IGNORECASE)
_RANK = re.compile(r"#\s?\d{1,3}")
_BULLET = re.compile(r"(?:[•▪◦●‣■□○►▸·*>–—-]|\d{1,2}[.)]|[a-z]\)|\(?[ivx]{1,4}\))\s+\S")
_QUESTION = re.compile(
    r"(?:(?:how|does|do|is|are|has|have|what|which|can|could|were|was|who|whose|whether"
    r"|(?:at|by|for|from|in|on|through|to|under|with|within) (?:how|what|which|whom|whose))\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MIN_REPEATS = 3
_RULE = re.compile(r"[-–—_=*.\s]{3,}")
_BACK = re.compile(
    r"(?:back to (?:the )?top|to top|(?:skip|jump) to [\w ]{3,30}|print(?: this page)?"
    r"|share(?: this page)?|(?:(?:this|our) (?:web)?site uses|we use) cookies\b.*|EUOECD"
    r"|next|previous|(?:page )?\d{1,3} (?:of|/) \d{1,3}|page \d{1,3}|©.*|thank you!?"
    r"|[\w.+-]+@[\w.-]+|@[\w-]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it.

    Attributes:
        gap: Empty lines before it.
        mark: What the file's own markup says of it; None in plain text.
    """

    start: int
    end: int
    text: str
    gap: int
    mark: Mark | None = None

    @property
    def n_words(self) -> int:
        """Words, by white space."""
        return len(self.text.split())

    @property
    def is_number(self) -> bool:
        """Whether it is nothing but a score or scale number, 1 to 10."""
        return self.number is not None

    @property
    def number(self) -> int | None:
        """The score or scale number that it is."""
        return normalise.score(self.text) if len(self.text) <= _LONGEST_SCORE else None

    @property
    def says_score(self) -> bool:
        """Whether it is a score and called so: 'Score: 8'."""
        return self.is_number and self.text[0].isalpha()

    @property
    def is_rank(self) -> bool:
        """Whether it is a bare rank among countries, like '#12'."""
        return _RANK.fullmatch(self.text) is not None

    @property
    def is_rule(self) -> bool:
        """Whether it is '---' or the like."""
        return _RULE.fullmatch(self.text) is not None

    @property
    def is_furniture(self) -> bool:
        """Whether it belongs to the page and not to the report: 'Back to Top', page numbers."""
        return _BACK.fullmatch(self.text) is not None

    @property
    def is_bullet(self) -> bool:
        """Whether it opens a list item."""
        marked = self.mark is not None and self.mark.kind == "list_item"
        return marked or _BULLET.match(self.text) is not None

    @property
    def is_question(self) -> bool:
        """Whether it is a question such as opens an indicator."""
        asked = _LABEL.sub("", self.text, count=1)
        return self.text.endswith("?") and self.n_words >= 4 and bool(_QUESTION.match(asked))

    @property
    def is_sentence(self) -> bool:
        """Whether it ends like a sentence."""
        return self.text.rstrip("”’\"')]").endswith((".", "!", "?", ";"))

    @property
    def is_short_title(self) -> bool:
        """Whether it could be a heading: short, no end of sentence."""
        return (
            self.n_words <= 12 and len(self.text) <= 100 and not self.text.endswith((".", ";", ","))
        )

    def block(self, role: Role) -> Block:
        """The line as a block."""
        return Block(start=self.start, end=self.end, role=role, page=self.page, level=self.level)

    @property
    def level(self) -> int:
        """The level of the heading that the markup says it is, else 0."""
        return self.mark.level if self.mark else 0

    @property
    def page(self) -> int | None:
        """The page of the file on which it begins."""
        return self.mark.page if self.mark else None

    @property
    def is_boilerplate(self) -> bool:
        """Whether the markup says that it belongs to the page or site."""
        return self.mark is not None and self.mark.kind == "boilerplate"

    @property
    def is_aside(self) -> bool:
        """Whether the markup says that it stands beside the flow of the text."""
        return self.is_boilerplate or (self.mark is not None and self.mark.kind == "note")


def split_lines(text: str, marks: Sequence[Mark] = ()) -> list[Line]:
    """The lines of `text` that hold more than white space, each with its mark."""
    by_start = {mark.start: mark for mark in marks}
    lines: list[Line] = []
    at = gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            lines.append(Line(start, start + len(stripped), stripped, gap, by_start.get(start)))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def merge(first: Line, last: Line, role: Role) -> Block:
    """The block from one line to another."""
    return Block(start=first.start, end=last.end, role=role, page=first.page, level=first.level)


def recurring(lines: list[Line]) -> set[str]:
    """Masks of lines that come back with other numbers only: running heads, not scores."""
    masks = Counter(mask(line) for line in lines if not line.is_number)
    variants: dict[str, set[str]] = {}
    for line in lines:
        variants.setdefault(mask(line), set()).add(line.text)
    return {
        found
        for found, n in masks.items()
        if n >= _MIN_REPEATS and "0" in found and len(variants[found]) >= 2 and len(found) < 100
    }


def mask(line: Line) -> str:
    """A line's text with each number as 0."""
    return _DIGITS.sub("0", line.text)


def unwrapped(lines: Iterable[Line], alone: Callable[[Line], bool]) -> list[Line]:
    """The lines with those joined that a line break only wraps.

    Args:
        alone: Whether a line belongs to no paragraph.
    """
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        apart = last is None or line.gap or line.mark or alone(line) or alone(last)
        if last and not apart and wraps(last, line, _FULL):
            whole[-1] = join(last, line)
        else:
            whole.append(line)
    return whole


def join(first: Line, last: Line) -> Line:
    """Two lines as one."""
    return replace(first, end=last.end, text=f"{first.text} {last.text}")


def wraps(before: Line, line: Line, full: int) -> bool:
    """Whether a line break only wraps a paragraph.

    Args:
        full: Characters from which on a line that ends without a sentence's end was wrapped.
    """
    if before.is_sentence or before.text.endswith(":"):
        return False
    return line.text[0].islower() or before.text.endswith((",", "-")) or len(before.text) > full
