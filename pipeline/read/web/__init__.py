"""HTML -> parts: a walk over the blocks of a page that loses no heading.

Headings in accordions and buttons are kept, because with them goes the country; navigation,
cookie notices and footers become boilerplate; scripts and pictures are no text.
"""

import codecs
import re

from selectolax.lexbor import LexborHTMLParser

from pipeline.read.parts import Content, Part
from pipeline.read.text import decode
from pipeline.read.web.elements import SILENT
from pipeline.read.web.furniture import content_of
from pipeline.read.web.walker import Walker
from pipeline.records import Unreadable

__all__ = ["decode_html", "html"]

_DECLARED = re.compile(
    rb"""(?:charset\s*=\s*["']?\s*|<\?xml[^>]*encoding\s*=\s*["'])([\w.:-]+)""", re.IGNORECASE
)
_HEAD = 4096  # bytes in which a page may declare its encoding
_ASCII_BASED = frozenset(("ascii", "iso8859-1", "latin-1"))  # pages that say so mean Windows-1252


def html(page: str) -> Content:
    """The parts of a page.

    Raises:
        Unreadable: If there is no page in the text.
    """
    tree = LexborHTMLParser(page)
    if tree.body is None:
        raise Unreadable("The HTML holds no page; save it again from the browser.")
    for silent in tree.css(SILENT):
        silent.decompose()
    title = tree.css_first("head > title")
    parts = [Part(title.text(deep=True), "boilerplate")] if title is not None else []
    n_page = len(tree.body.text(deep=True))
    return Content([*parts, *Walker(n_page, content_of(tree.body, n_page)).walk(tree.body)])


def decode_html(data: bytes, declared: str | None = None) -> str:
    """The page's text: UTF-8 if it is, else as declared, else as any text.

    Args:
        declared: The encoding that came with the file; what the page says itself comes second.

    Raises:
        Unreadable: If the bytes are in no encoding that can be told.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    said = declared or _said(data)
    try:
        name = codecs.lookup(said).name if said else ""
        if name and name not in _ASCII_BASED and not name.startswith(("utf", "cp1252")):
            return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        pass
    return decode(data)


def _said(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None
