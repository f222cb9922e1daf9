"""Country chapter: areas with ranks, then per indicator question, whole scale, name, score, prose.

The numbers inside a scale are the scale; the country's score stands alone after the name. Some
chapters print no scales, only names and scores: 'Economic Policy', 'Score: 8'.
"""

from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from pipeline import normalise
from pipeline.layout.citations import LIST_MARKER, is_citation
from pipeline.layout.headings import names_country
from pipeline.layout.lines import Line, mask, recurring, unwrapped
from pipeline.records import BANDS, Outline, Role
from pipeline.tiers import tier_of

_MIN_STATEMENTS = 3
_SHORTEST = 3  # words of a statement
_HEAD = 4
_MIN_SCORED = 3
_AREAS = 3  # levels of areas above an indicator


def fits(lines: list[Line]) -> bool:
    """Whether a whole answer scale stands somewhere in the text, or several scored indicators."""
    if any(scale_end(lines, i) for i in range(len(lines))):
        return True
    scored = [i for i, after in enumerate(lines[1:]) if _scores(lines[i], after)]
    return len(scored) >= _MIN_SCORED


def _scores(name: Line, score: Line) -> bool:
    """Whether two lines are an indicator's name and, called so, its score; not a country's."""
    return (
        score.says_score
        and name.is_short_title
        and not (name.is_number or name.is_question or names_country(name))
    )


def scale_end(lines: list[Line], start: int) -> int | None:
    """Position after the scale that starts at `start`; None if none does.

    A scale is the numbers from 10 down to 1 with a statement after the last of each band. Nested
    lists of web pages leave a band's last numbers twice: 8, 7, 6, 7, 6, statement.
    """
    expected, statements, at = 10, 0, start
    while at < len(lines) and expected:
        if lines[at].number == expected:
            expected -= 1
            at += 1
        elif at > start and lines[at - 1].is_number:
            at += _said_again(lines, at, expected + 1)
            if at == len(lines) or lines[at].is_number or lines[at].n_words < _SHORTEST:
                return None
            statements += 1
            at += 1
        else:
            return None
    if expected or statements + 1 < _MIN_STATEMENTS:
        return None
    at += _said_again(lines, at, 1)
    return at + 1 if at < len(lines) else None


def _said_again(lines: list[Line], at: int, low: int) -> int:
    """How many numbers from `at` on repeat the end of the band that was completed with `low`."""
    run = [line.number for line in takewhile(lambda line: line.is_number, lines[at : at + 3])]
    _, high = BANDS[tier_of(low)]
    again = len(run) < high - low + 1 and run == list(range(low + len(run) - 1, low - 1, -1))
    return len(run) if again else 0


def _is_apart(line: Line) -> bool:
    return line.is_number or line.is_rank


def _is_area(line: Line) -> bool:
    """Whether a line may be the name of an area that the next indicator opens."""
    return line.is_short_title and not (
        line.is_number or line.is_furniture or is_citation(line.text) or line.text.endswith(":")
    )


def outline(lines: list[Line]) -> Outline:
    """Read the chapter."""
    furniture = recurring([line for line in lines if not _is_apart(line)])
    if not any(scale_end(lines, i) for i in range(len(lines))):
        lines = unwrapped(lines, lambda line: _is_apart(line) or mask(line) in furniture)
    roles: dict[int, Role] = {
        i: "boilerplate"
        for i, line in enumerate(lines)
        if mask(line) in furniture and not _is_apart(line)
    }
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
    """The country with its area, or the first line."""
    short = [line.text for line in lines[:2] if line.is_short_title and not line.is_rank]
    first, *area = short or [lines[0].text]
    return ": ".join((first, *area)) if normalise.country(first) else first


def _heads(lines: list[Line], roles: dict[int, Role]) -> None:
    """Country, areas and their ranks ('#12', also glued: '#17Key Findings')."""
    for i, line in enumerate(lines):
        country = i < _HEAD and line.n_words <= 5 and normalise.country(line.text)
        if country or (i == 0 and line.is_short_title):
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
    """Question before each scale, the scale itself, the indicators' names and scores."""
    for i, (name, score) in enumerate(pairwise(lines)):
        if _scores(name, score):
            roles[i], roles[i + 1] = "heading", "score"
            for k in range(i - 1, max(0, i - 1 - _AREAS), -1):
                if not _is_area(lines[k]):
                    break
                roles.setdefault(k, "heading")
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
