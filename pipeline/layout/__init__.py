"""Report -> Outline: the blocks that tile the text, each with its role.

A page without headings is first read as prose below a question; the journey asks the tier
classifier which of its blocks are statements and then calls `with_statements`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout import chapter, headed, headless, legend, pages
from pipeline.layout.citations import is_citation, mark_citations
from pipeline.layout.head import edition, publisher, shown_title, years_in
from pipeline.layout.headings import scores_apart
from pipeline.layout.lines import Line, split_lines
from pipeline.records import Block, Mark, Outline, Role, TierStatement

_NUMBER = re.compile(r"\[?\d{1,3}[\].)]?\s+")  # of a note

__all__ = ["Line", "check_tiling", "outline", "split_lines", "with_statements", "years_in"]


def outline(text: str, source: str, marks: Sequence[Mark] = (), *, slides: bool = False) -> Outline:
    """Recognise the layout of `text` and give each block its role.

    The same recognisers read all formats: boilerplate and notes that a file's markup names are set
    aside and put back, what else the markup says is known to each line.

    Args:
        text: The canonical text.
        source: The document's path, which may state the edition.
        marks: What the file's markup says of the lines; none for plain text.
        slides: Whether the file's pages are slides.

    Returns:
        An outline whose blocks are in order and leave only white space between them.
    """
    lines = split_lines(text, marks)
    body = _flow(lines)
    if headless.question(body) is not None:
        body = scores_apart(body)
    found = _whole(_recognise(body, slides=slides), lines)
    check_tiling(text, found.blocks)
    title_bar = [line for line in lines[:1] if line.is_boilerplate]
    head = "\n".join(line.text for line in [*title_bar, *body[:12]])
    title = shown_title(title_bar, body[:12]) or found.title
    return replace(
        found, title=title, edition=edition(head, source), publisher=publisher(head, text)
    )


def _flow(lines: list[Line]) -> list[Line]:
    """The lines without those beside the text, which part what they stand between."""
    return [
        replace(line, gap=max(1, line.gap)) if before and before.is_aside else line
        for before, line in zip([None, *lines], lines, strict=False)
        if not line.is_aside
    ]


def _whole(found: Outline, lines: list[Line]) -> Outline:
    """The outline with the boilerplate and the notes that were set aside."""
    aside = [replace(line.block(_aside(line)), aside=True) for line in lines if line.is_aside]
    blocks = sorted([*found.blocks, *aside], key=lambda block: block.start)
    return replace(found, blocks=tuple(blocks))


def _aside(line: Line) -> Role:
    if line.is_boilerplate:
        return "boilerplate"
    return "citation" if is_citation(_NUMBER.sub("", line.text)) else "prose"


def _recognise(lines: list[Line], *, slides: bool) -> Outline:
    if slides:
        return pages.outline(lines, slides=True)
    if legend.fits(lines):
        return legend.outline(lines)
    if chapter.fits(lines):
        return chapter.outline(lines)
    if headed.fits(lines):
        return headed.outline(lines)
    if headless.fits(lines):
        return headless.outline(lines)
    return pages.outline(lines)


def with_statements(
    found: Outline, text: str, statements: list[TierStatement], marks: Sequence[Mark] = ()
) -> Outline:
    """Give the statements' blocks their role; a page with fewer than two is no indicator page."""
    if found.layout != "indicator" or any(block.role == "score" for block in found.blocks):
        return found
    if len(statements) < 2:
        lines = split_lines(text, marks)
        page = pages.outline(_flow(lines))
        return replace(_whole(page, lines), edition=found.edition, publisher=found.publisher)
    starts = {statement.start for statement in statements}
    blocks = tuple(
        replace(block, role="tier_statement") if block.start in starts else block
        for block in found.blocks
    )
    return replace(found, blocks=mark_citations(blocks, text))


def check_tiling(text: str, blocks: tuple[Block, ...]) -> None:
    """Check the conservation ledger.

    Raises:
        AssertionError: If blocks overlap, are out of order, or leave characters between them.
    """
    at = 0
    for block in blocks:
        if block.start < at or text[at : block.start].strip():
            raise AssertionError(f"the blocks do not tile the text at {at}:{block.start}")
        at = block.end
    if text[at:].strip():
        raise AssertionError(f"the text after {at} is in no block")
