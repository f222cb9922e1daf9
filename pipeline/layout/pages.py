"""Web pages, slide decks, strategies and other reports: headings, paragraphs, list items."""

import re
from itertools import pairwise
from statistics import median

from pipeline.layout.citations import is_citation
from pipeline.layout.lines import Line, mask, merge, recurring, wraps
from pipeline.records import Layout, Outline, Role

_DECK_LINE = 75
_DECK_SENTENCES = 0.35
_REPORT_CHARS = 80_000
_STRATEGY = re.compile(
    r"\b(?:strategy|strategic plan|action plan|road ?map|agenda|programme|program|white paper)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:foreword|vision|mission|objectives?|goals?|priorit(?:y|ies)|actions?|implementation"
    r"|monitoring|governance|timeline|roadmap|pillars?)\b",
    re.IGNORECASE,
)
_TOP = 15  # groups of lines among which a marked title is looked for
_MIN_HEADINGS = 3
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.|[IVX]+\.|(?:Chapter|Part|Annex) \w+:?)\s+\S"
)
_SOURCE = re.compile(r"(?:source|sources|note|notes)\s*:", re.IGNORECASE)
_FULL = 100  # characters of a line that was wrapped
_LONGEST_GROUP = 40  # lines


def outline(lines: list[Line], *, slides: bool = False) -> Outline:
    """Read the page: lines that belong together become one block.

    Args:
        slides: Whether the file says that it is a slide deck.
    """
    kind = "deck" if slides else _kind(lines)
    furniture = recurring(lines)
    groups = list(_groups(lines, deck=kind == "deck", furniture=furniture))
    blocks = tuple(
        merge(group[0], group[-1], _role(group, i, kind, furniture))
        for i, group in enumerate(groups)
    )
    return Outline(layout=kind, blocks=blocks, title=_title(groups))


def _title(groups: list[list[Line]]) -> str | None:
    marked = [g for g in groups[:_TOP] if g[0].mark and g[0].mark.level == 1]
    chosen = (marked or groups)[:1]
    words = " ".join(line.text for group in chosen for line in group)
    return words if 0 < len(words) <= 200 else None


def _kind(lines: list[Line]) -> Layout:
    ends = sum(line.is_sentence for line in lines) / max(1, len(lines))
    if (
        len(lines) >= 12
        and median(len(line.text) for line in lines) < _DECK_LINE
        and ends < _DECK_SENTENCES
    ):
        return "deck"
    headings = sum(_is_numbered(line) for line in lines)
    if headings >= _MIN_HEADINGS and _is_strategy(lines):
        return "strategy"
    return "report" if sum(len(line.text) for line in lines) > _REPORT_CHARS else "webpage"


def _is_strategy(lines: list[Line]) -> bool:
    """Whether the head says so, or headings that strategies have."""
    if _STRATEGY.search(" ".join(line.text for line in lines[:3])):
        return True
    return sum(_PART.search(line.text) is not None for line in lines if line.is_short_title) >= 2


def _is_numbered(line: Line) -> bool:
    return line.is_short_title and _NUMBERED.match(line.text) is not None


def _groups(lines: list[Line], *, deck: bool, furniture: set[str]) -> list[list[Line]]:
    """Lines that form one paragraph: a wrapped sentence, a slide's text box."""
    groups: list[list[Line]] = [lines[:1]] if lines else []
    for before, line in pairwise(lines):
        full = len(groups[-1]) >= _LONGEST_GROUP
        apart = (
            full
            or line.gap
            or line.mark
            or line.is_bullet
            or _alone(before, furniture)
            or _alone(line, furniture)
        )
        if apart or not (deck or wraps(before, line, _FULL)):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _alone(line: Line, furniture: set[str]) -> bool:
    return line.is_furniture or mask(line) in furniture or bool(_SOURCE.match(line.text))


def _role(group: list[Line], at: int, kind: Layout, furniture: set[str]) -> Role:
    first = group[0]
    words = " ".join(line.text for line in group)
    if _alone(first, furniture):
        return "citation" if _SOURCE.match(first.text) else "boilerplate"
    if at == 0 and len(words) <= 200 and not words.endswith("."):
        return "title"
    if _is_numbered(first) and len(group) == 1 and kind != "deck":
        return "heading"
    if first.is_bullet:
        return "list_item"
    if first.mark and first.mark.kind in ("heading", "row"):
        return "heading" if first.mark.kind == "heading" else "prose"
    if is_citation(words) and len(words.split()) > 4 and kind != "deck":
        return "citation"
    short = len(words.split()) <= 14 and not words.endswith((".", ";", ","))
    return "heading" if short else "prose"
