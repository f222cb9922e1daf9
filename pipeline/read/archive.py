"""Saved web archives (MHTML) -> the HTML of the page they were made of."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from pipeline.records import Unreadable

_MAX_MULTIPARTS = 20  # a browser writes one or two
# All that the parser takes for a line end, and for white space before the value.
_MULTIPART = re.compile(
    rb"(?:\A|[\r\n])content-type:[\s\x1c-\x1f]*(?:multipart|message)/", re.IGNORECASE
)
# What the standard library raises for headers that nobody writes.
_DAMAGE = (LookupError, ValueError, TypeError, AttributeError, RecursionError)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def mhtml(data: bytes) -> tuple[bytes, str | None]:
    """The page of a web archive and the encoding that the archive declares for it.

    Raises:
        Unreadable: If there is no page in it, or a suspicious number of archives in it.
    """
    # Counted before the parser sees the file, for it calls itself for each one in another.
    if len(_MULTIPART.findall(data)) > _MAX_MULTIPARTS:
        raise Unreadable(
            f"The web archive holds more than {_MAX_MULTIPARTS} archives;"
            " save the page again as HTML."
        )
    try:
        return _page(message_from_bytes(data))
    except _DAMAGE as error:
        raise Unreadable(
            f"The web archive is damaged ({str(error)[:120]}); save the page again as HTML."
        ) from error


def _page(archive: Message) -> tuple[bytes, str | None]:
    pages = [part for part in _parts(archive) if part.get_content_type() in _HTML]
    if not pages:
        raise Unreadable("The web archive holds no HTML page; save the page again as HTML.")
    root = _cid(archive.get_param("start"))
    named = (page for page in pages if root and _cid(page["Content-ID"]) == root)
    page = next(named, pages[0])
    content = page.get_payload(decode=True)
    return (content if isinstance(content, bytes) else b""), page.get_content_charset()


def _parts(archive: Message) -> Iterator[Message]:
    """All parts that hold no others, in order."""
    stack = [archive]
    while stack:
        part = stack.pop()
        if part.is_multipart():
            children = part.get_payload()
            assert isinstance(children, list)
            stack.extend(each for each in reversed(children) if isinstance(each, Message))
        else:
            yield part


def _cid(name: object) -> str:
    """An identifier without the angle brackets that some writers leave out."""
    return str(name or "").strip().strip("<>")
