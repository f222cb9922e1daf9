"""PDF -> parts: runs, lines, columns, tables, running heads, paragraphs; in this order."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.parts import Content
from pipeline.read.pdf.columns import ordered
from pipeline.read.pdf.compose import compose
from pipeline.read.pdf.document import pages
from pipeline.read.pdf.furniture import furniture
from pipeline.read.pdf.places import heads, line_numbers
from pipeline.read.pdf.shapes import Line, Page
from pipeline.read.pdf.slides import are_slides, cut
from pipeline.read.pdf.style import body_size
from pipeline.read.pdf.tables import with_rows
from pipeline.records import Unreadable


def pdf(data: bytes, *, max_pages: int) -> Content:
    """What a PDF shows as text.

    Args:
        data: The file.
        max_pages: Longer files are refused.

    Raises:
        Unreadable: If it cannot be opened, is too long or has no text.
    """
    found = pages(data, max_pages)
    empty = sum(not _has_letter(page) for page in found)
    if empty == len(found):
        raise Unreadable(
            f"The PDF has {len(found):,} page{'s' if len(found) > 1 else ''} but no text; it seems"
            " to be scanned: run text recognition (for example ocrmypdf) first."
        )
    slides = are_slides(found)
    body, margins = _parted(found)
    return Content(
        parts=compose(_in_order(body, slides), margins, slides=slides),
        n_pages=len(found),
        n_empty_pages=empty,
        slides=slides,
    )


def _has_letter(page: Page) -> bool:
    return any(any(map(str.isalpha, line.text)) for line in page.lines)


def _parted(found: Sequence[Page]) -> tuple[list[Page], list[Line]]:
    """The pages without their margins, and the margins."""
    size = body_size(line for page in found for line in page.lines)
    outside = furniture(found, size)
    outside |= {id(line) for page in found for line in line_numbers(page, size)}
    outside |= heads(found, outside, size)
    body = [
        replace(page, lines=[line for line in page.lines if id(line) not in outside])
        for page in found
    ]
    return body, [line for page in found for line in page.lines if id(line) in outside]


def _in_order(body: Sequence[Page], slides: bool) -> list[Line]:
    if slides:
        found = [cut(with_rows(page.lines)) for page in body]
    else:
        found = [with_rows(lines) for lines in ordered(page.lines for page in body)]
    return [line for lines in found for line in lines]
