"""Indicator reports whose answer scale is a legend: '10-9 = …', '8-6 = …', then country by country.

Such a report may hold several indicators, each with its question, its legend and its countries,
whose scores stand below their names. As these reports come from PDF, lines may be wrapped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import normalise
from pipeline.layout import headed
from pipeline.layout.headings import names_country
from pipeline.layout.lines import Line, join, mask, recurring, unwrapped
from pipeline.records import BANDS, Block, Outline, Role
from pipeline.tiers import tier_beside

_LABELS = ("Indicator", "Question")
_FORMS = (
    re.compile(r"(?P<label>(?:10|[1-9])\s*[-–—]\s*(?:10|[1-9])\s*[=:])\s+(?=\S)"),
    re.compile(r"(?P<label>Indicator)\s*:?\s+(?=[^.?!]{3,60}$)"),
    re.compile(
        r"(?P<label>Question)\s*:?\s+(?=(?:To|How|Do|Does|Is|Are|Has|Have|What|Which|In)\b)"
    ),
    re.compile(r"(?P<label>Score\s*:?\s*(?:10|[1-9]))\s+(?=[“\"]?[A-Z])"),
)
_SHORTEST = 3  # words of a statement
_REACH = 12  # lines above a legend among which its question stands


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where an indicator's parts stand among the lines.

    Attributes:
        head: Position of the first line of its head.
        name: Positions of its name; empty if it has none.
        question: Position of its question.
        first: Position of the first entry of the legend.
        stop: Position after the legend.
    """

    head: int
    name: range
    question: int
    first: int
    stop: int


def fits(lines: list[Line]) -> bool:
    """Whether a question with its whole legend stands somewhere in the text."""
    return any(_scales(_whole(lines)))


def outline(lines: list[Line]) -> Outline:
    """Read the report, one indicator after the other."""
    whole = _whole(lines)
    furniture = recurring(whole)
    scales = list(_scales(whole))
    blocks = [_front(line, i, furniture) for i, line in enumerate(whole[: scales[0].head])]
    for scale, after in zip(scales, [*scales[1:], None], strict=True):
        stop = after.head if after else len(whole)
        blocks += _head(whole, scale)
        blocks += _body(whole[scale.stop : stop], whole[scale.question].text, furniture)
    only = scales[0] if len(scales) == 1 else None
    question = whole[only.question].text if only else None
    return Outline(
        layout="indicator",
        blocks=tuple(blocks),
        title=whole[0].text,
        question=question,
        indicator=(_name(whole, only) or question) if only else None,
    )


def _name(lines: Sequence[Line], scale: _Scale) -> str | None:
    return " ".join(lines[i].text for i in scale.name) or None


def _whole(lines: list[Line]) -> list[Line]:
    """The lines with labels, bands and scores apart from their text, and wrapped ones joined."""
    furniture = recurring(lines)

    def alone(line: Line) -> bool:
        return _is_label(line) or mask(line) in furniture

    pieces: list[Line] = []
    stating = False  # whether the last line belongs to a statement
    for piece in (piece for line in lines for piece in _apart(line)):
        if stating and not (piece.gap or piece.mark or alone(piece)):
            pieces[-1] = join(pieces[-1], piece)
            continue
        stating = bool(pieces) and normalise.band(pieces[-1].text) is not None
        pieces.append(piece)
    return unwrapped(pieces, alone)


def _apart(line: Line) -> Iterator[Line]:
    """The line, cut behind the label, the band or the score with which it begins."""
    found = next((m for form in _FORMS if (m := form.match(line.text))), None)
    if found is None:
        yield line
        return
    label = found["label"]
    rest = line.text[len(label) :].lstrip(" :")
    yield replace(line, end=line.start + len(label), text=label)
    yield replace(line, start=line.end - len(rest), text=rest, gap=0, mark=None)


def _is_label(line: Line) -> bool:
    """Whether a line belongs to no paragraph."""
    apart = line.text in _LABELS or line.is_number or normalise.band(line.text)
    return bool(apart) or names_country(line)


def _scales(lines: list[Line]) -> Iterator[_Scale]:
    least = 0
    for first in range(len(lines)):
        stop = _legend_end(lines, first)
        if first < least or stop is None:
            continue
        near = range(first - 1, max(least, first - _REACH) - 1, -1)
        asked = next((i for i in near if lines[i].text.endswith("?")), None)
        if asked is None:
            continue
        head, name = _above(lines, asked, least)
        yield _Scale(head, name, asked, first, stop)
        least = stop


def _legend_end(lines: list[Line], first: int) -> int | None:
    """Position after a legend of four bands, each with its statement; None if none stands there."""
    at = first
    for tier in BANDS:
        band = normalise.band(lines[at].text) if at + 1 < len(lines) else None
        if band is None or tier_beside(lines[at].text) != tier:
            return None
        if lines[at + 1].n_words < _SHORTEST:
            return None
        at += 2
    return at


def _above(lines: list[Line], asked: int, least: int) -> tuple[int, range]:
    """Where the head above a question begins, and where in it the indicator's name stands."""
    at = asked
    if at > least and lines[at - 1].text == "Question":
        at -= 1
    name = range(0)
    if at > least and lines[at - 1].is_short_title and not lines[at - 1].is_number:
        name = range(at - 1, at)
        at -= 1
        if at > least and lines[at - 1].text == "Indicator":
            at -= 1
    return at, name


def _front(line: Line, i: int, furniture: set[str]) -> Block:
    if mask(line) in furniture or line.is_furniture or line.is_rule:
        return line.block("boilerplate")
    if i == 0:
        return line.block("title")
    return line.block("heading" if line.is_short_title else "prose")


def _head(lines: list[Line], scale: _Scale) -> Iterator[Block]:
    """The blocks from the indicator's name to the end of its legend."""
    for i in range(scale.head, scale.stop):
        role: Role = "prose"
        if i in scale.name:
            role = "title"
        elif i == scale.question:
            role = "question"
        elif i < scale.question:
            role = "boilerplate"
        elif i >= scale.first:
            role = "tier_statement" if (i - scale.first) % 2 else "scale"
        yield lines[i].block(role)


def _body(lines: list[Line], asked: str, furniture: set[str]) -> list[Block]:
    kept = [line for line in lines if mask(line) not in furniture]
    roles = dict(zip(kept, headed.roles(kept, asked, graded=False), strict=True))
    return [line.block(roles.get(line, "boilerplate")) for line in lines]
