"""Opening a PDF and reading the lines of its pages, all under one lock: PDFium has no threads."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read.pdf.lines import lines
from pipeline.read.pdf.runs import Fonts, placed, runs
from pipeline.read.pdf.shapes import Page
from pipeline.records import Unreadable

_PDFIUM = Lock()


def pages(data: bytes, max_pages: int) -> list[Page]:
    """The pages with their lines; a page that cannot be read has none.

    Raises:
        Unreadable: If the file is damaged, locked or too long.
    """
    with _PDFIUM, _opened(data) as document:
        count = len(document)
        if count > max_pages:
            raise Unreadable(
                f"The PDF has {count:,} pages, the limit is {max_pages:,};"
                " split it or raise the limit (--set max_pages=…)."
            )
        fonts = Fonts()
        return [_page(document, index, fonts) for index in range(count)]


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise Unreadable(_reason(error)) from error
    with closing(document):
        if not count:
            raise Unreadable("The PDF is damaged and has no pages; export it again.")
        yield document


def _reason(error: pdfium.PdfiumError) -> str:
    code = error.err_code
    if code == raw.FPDF_ERR_PASSWORD:
        return "The PDF needs a password; save it without one."
    if code == raw.FPDF_ERR_SECURITY:
        return "The PDF is encrypted in a way that cannot be read; save it without encryption."
    return f"The PDF is damaged and cannot be opened ({str(error)[:120]}); export it again."


def _page(document: pdfium.PdfDocument, index: int, fonts: Fonts) -> Page:
    try:
        with closing(document[index]) as page:
            width, height = page.get_size()
            with closing(page.get_textpage()) as text:
                found = lines(runs(text, placed(page), fonts), index + 1)
    except pdfium.PdfiumError:
        return Page(index + 1, 0.0, 0.0, ())
    return Page(index + 1, width, height, tuple(found))
