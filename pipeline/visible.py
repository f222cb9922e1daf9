"""The text as a reader sees it, and the way back to the text as it is.

Soft hyphens, zero-width blanks, marks of the writing direction and letters written as a base and a
combining accent (NFD) are kept in the canonical text, but would cut names in two or keep them from
being known. The stages read the text without them, in NFC; afterwards every offset is taken back.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.records import Block, Mark, Quote, Result, Span

_UNSEEN = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u206f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_COMBINING = r"\u0300-\u036f"
UNSEEN = re.compile(rf"[{_UNSEEN}]")
_UNUSUAL = re.compile(rf"[{_UNSEEN}{_COMBINING}]")
# One step: unseen characters, or a character with the accents that follow it.
_STEP = re.compile(rf"[{_UNSEEN}]+|[^{_UNSEEN}\s][{_COMBINING}]+")
_S = TypeVar("_S", bound=Span)


@dataclass(frozen=True, slots=True)
class View:
    """A text as it is seen.

    Attributes:
        text: What is seen.
        original: The text as it is.
        starts: For each position in `text`, and its end, where it begins in `original`.
        ends: For each position in `text`, where its character ends in `original`.
    """

    text: str
    original: str
    starts: Sequence[int]
    ends: Sequence[int]

    def marks(self, marks: Iterable[Mark]) -> list[Mark]:
        """The marks of lines, with offsets into what is seen; unseen lines have none."""
        found = []
        for mark in marks:
            start = bisect_left(self.starts, mark.start)
            words = self.text[start : bisect_left(self.starts, mark.end)]
            if words.strip():  # what was unseen may have had blanks beside it
                start += len(words) - len(words.lstrip())
                found.append(replace(mark, start=start, end=start + len(words.strip())))
        return found

    def back(self, record: Any) -> Any:
        """A record, and the records within it, with offsets into the text as it is."""
        if isinstance(record, tuple):
            return tuple(self.back(each) for each in record)
        if not is_dataclass(record) or isinstance(record, type):
            return record
        inner = {
            f.name: self.back(getattr(record, f.name)) for f in fields(record) if f.name != "text"
        }
        if isinstance(record, Span):
            inner["start"], inner["end"] = self.starts[record.start], self.ends[record.end - 1]
            if isinstance(record, Quote):
                inner["text"] = self.original[inner["start"] : inner["end"]]
        return replace(record, **inner)


def view(text: str) -> View | None:
    """What is seen of a text; None if it is all that there is."""
    if not _UNUSUAL.search(text):
        return None
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for step in _STEP.finditer(text):
        _as_is(text, at, step.start(), pieces, starts, ends)
        at = step.end()
        if not _UNUSUAL.match(step[0]):
            composed = unicodedata.normalize("NFC", step[0])
            pieces.append(composed)
            starts += [step.start()] * len(composed)
            ends += [at] * len(composed)
    _as_is(text, at, len(text), pieces, starts, ends)
    return View("".join(pieces), text, [*starts, len(text)], ends)


def _as_is(
    text: str, start: int, end: int, pieces: list[str], starts: list[int], ends: list[int]
) -> None:
    pieces.append(text[start:end])
    starts += range(start, end)
    ends += range(start + 1, end + 1)


def restore(result: Result, seen: View) -> Result:
    """A result found in what is seen, with offsets into the text as it is; no character is lost."""
    found: Result = seen.back(replace(result, report=replace(result.report, marks=())))
    text = seen.original
    report = replace(found.report, text=text)
    outline = replace(found.outline, blocks=_covering(found.outline.blocks, text))
    return replace(found, report=report, outline=outline)


def _covering(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks with the unseen characters beside them; those far from any are boilerplate."""
    covering: list[Block] = []
    at = 0
    for i, block in enumerate(blocks):
        until = blocks[i + 1].start if i + 1 < len(blocks) else len(text)
        start = _back_over(text, block.start, at)
        covering += _alone(text, at, start)
        end = _on_over(text, block.end, until)
        covering.append(replace(block, start=start, end=end))
        at = end
    return (*covering, *_alone(text, at, len(text)))


def _back_over(text: str, start: int, least: int) -> int:
    while start > least and _UNUSUAL.match(text[start - 1]):
        start -= 1
    return start


def _on_over(text: str, end: int, most: int) -> int:
    while end < most and _UNUSUAL.match(text[end]):
        end += 1
    return end


def _alone(text: str, start: int, end: int) -> list[Block]:
    """Blocks of boilerplate for unseen characters on lines of their own."""
    return [
        Block(start=start + run.start(), end=start + run.end(), role="boilerplate")
        for run in re.finditer(r"\S+", text[start:end])
    ]
