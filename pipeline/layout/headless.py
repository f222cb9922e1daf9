"""Indicator page saved as plain text: headings and scores are lost, the question stands above."""

from pipeline.layout.headings import resembles_country
from pipeline.layout.lines import Line
from pipeline.records import Block, Outline

_HEAD = 8
_HEAD_MARKED = 25  # where a cover and a summary may stand above
_MIN_PROSE = 3


def fits(lines: list[Line]) -> bool:
    """Whether a question stands near the top, followed by a statement and paragraphs."""
    at = question(lines)
    if at is None:
        return False
    rest = lines[at + 1 :]
    return len(rest) > _MIN_PROSE and sum(line.n_words > 20 for line in rest) >= _MIN_PROSE


def question(lines: list[Line]) -> int | None:
    """Position of the question among the first lines."""
    head = [i for i, line in enumerate(lines) if not _is_menu(line)]
    head = head[: _HEAD_MARKED if any(line.mark for line in lines[:1]) else _HEAD]
    return next((i for i in head if lines[i].is_question), None)


def _is_menu(line: Line) -> bool:
    """Whether the markup says that a line is an item of a list, as of a menu without a name."""
    return line.mark is not None and line.mark.kind == "list_item" and not line.is_question


def outline(lines: list[Line]) -> Outline:
    """Read the page; statements are still among the prose."""
    at = question(lines)
    assert at is not None
    head = [line.block("title" if i == 0 else "heading") for i, line in enumerate(lines[:at])]
    body = lines[at + 1 :]
    blocks = (
        *head,
        lines[at].block("question"),
        *(_body(line, after) for line, after in zip(body, [*body[1:], None], strict=True)),
    )
    return Outline(
        layout="indicator",
        blocks=blocks,
        title=lines[0].text if at else None,
        question=lines[at].text,
        indicator=lines[at].text,
    )


def _body(line: Line, after: Line | None) -> Block:
    if line.is_furniture or line.is_rule:
        return line.block("boilerplate")
    if resembles_country(line, after):
        return line.block("country_heading")
    return line.block("prose")
