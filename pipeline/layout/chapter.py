"""Country chapter: areas with ranks, then per indicator question, whole scale, name, score, prose.

The numbers inside a scale are the scale; the country's score stands alone after the name.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from pipeline import normalise
from pipeline.layout.citations import LIST_MARKER, is_citation
from pipeline.layout.lines import Line
from pipeline.records import Outline, Role

_MIN_STATEMENTS = 3
_HEAD = 4


def fits(lines: list[Line]) -> bool:
    """Whether a whole answer scale stands somewhere in the text."""
    return any(scale_end(lines, i) for i in range(len(lines)))


def scale_end(lines: list[Line], start: int) -> int | None:
    """Position after the scale that starts at `start`; None if none does.

    A scale is the numbers from 10 down to 1 with a statement after the last of each band.
    """
    expected, statements, at = 10, 0, start
    while at < len(lines):
        line = lines[at]
        if line.is_number:
            if line.number != expected:
                return None
            expected -= 1
        elif at > start and lines[at - 1].is_number and line.n_words >= 3:
            statements += 1
        else:
            return None
        at += 1
        if expected == 0:
            break
    complete = expected == 0 and at < len(lines) and statements + 1 >= _MIN_STATEMENTS
    return at + 1 if complete else None


def outline(lines: list[Line]) -> Outline:
    """Read the chapter."""
    roles: dict[int, Role] = {}
    _heads(lines, roles)
    _scales(lines, roles)
    reader = _Reader()
    for i, line in enumerate(lines):
        roles[i] = reader.role(line, roles.get(i))
    return Outline(
        layout="chapter",
        blocks=tuple(line.block(roles[i]) for i, line in enumerate(lines)),
        title=_title(lines),
    )


def _title(lines: list[Line]) -> str:
    first = [line.text for line in lines[:2] if line.is_short_title and not line.is_rank]
    return ": ".join(first) or lines[0].text


def _heads(lines: list[Line], roles: dict[int, Role]) -> None:
    """Country, areas and their ranks ('#12', also glued: '#17Key Findings')."""
    for i, line in enumerate(lines):
        if i < _HEAD and line.n_words <= 5 and normalise.country(line.text):
            roles[i] = "title"
        elif line.is_rank:
            roles[i] = "boilerplate"
        elif line.text.startswith("#") and line.is_short_title:
            roles[i] = "heading"
    for i, (line, after) in enumerate(pairwise(lines)):
        if i not in roles and line.is_short_title and after.text.startswith("#"):
            roles[i] = "heading"
    for i, line in enumerate(lines):
        if line.text.casefold() in ("key findings", "executive summary"):
            roles[i] = "heading"


def _scales(lines: list[Line], roles: dict[int, Role]) -> None:
    """Question before each scale, the scale itself, the indicator's name and score after it."""
    for i in range(len(lines)):
        end = scale_end(lines, i)
        if end is None:
            continue
        if i and lines[i - 1].n_words >= 4:
            roles[i - 1] = "question"
        for k in range(i, end):
            roles[k] = "scale" if lines[k].is_number else "tier_statement"
        for k in range(end, min(end + 2, len(lines))):
            if lines[k].is_number:
                roles[k] = "score"
            elif lines[k].is_short_title and "score" not in (roles.get(k - 1),):
                roles[k] = "heading"


@dataclass
class _Reader:
    """Remembers whether references have begun, and what was said in this indicator."""

    citing: bool = False
    after_citation: bool = False
    seen: set[str] = field(default_factory=set)

    def role(self, line: Line, known: Role | None) -> Role:
        if known:
            self.citing = self.after_citation = False
            if known in ("question", "heading"):
                self.seen = set()
            return known
        if line.is_furniture or line.is_rule:
            return "boilerplate"
        if line.text in self.seen and line.n_words > 3:
            return "boilerplate"
        self.seen.add(line.text)
        self.citing = self.citing or LIST_MARKER.fullmatch(line.text) is not None
        self.after_citation = self.citing or is_citation(
            line.text, after_citation=self.after_citation
        )
        return "citation" if self.after_citation else "prose"
