"""Saved web archives (MHTML) -> the HTML of the page they were made of."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from pipeline.records import Unreadable

_MAX_MULTIPARTS = 20  # a browser writes one or two
_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def mhtml(data: bytes) -> tuple[bytes, str | None]:
    """The page of a web archive and the encoding that the archive declares for it.

    Raises:
        Unreadable: If there is no page in it, or a suspicious number of archives.
    """
    # Counted before the parser sees the file, for it calls itself for each one in another.
    if len(_MULTIPART.findall(data)) > _MAX_MULTIPARTS:
        raise Unreadable(
            f"The web archive holds more than {_MAX_MULTIPARTS} archives in each other;"
            " save the page again as HTML."
        )
    archive = message_from_bytes(data)
    pages = [part for part in _parts(archive) if part.get_content_type() in _HTML]
    root = _cid(archive.get_param("start"))
    page = next((page for page in pages if root and _cid(page["Content-ID"]) == root), None)
    if page is None and not pages:
        raise Unreadable("The web archive holds no HTML page; save the page again as HTML.")
    page = page or pages[0]
    content = page.get_payload(decode=True)
    return (content if isinstance(content, bytes) else b""), page.get_content_charset()


def _parts(archive: Message) -> Iterator[Message]:
    """All parts that hold no others, in order."""
    stack = [archive]
    while stack:
        part = stack.pop()
        if part.is_multipart():
            stack.extend(reversed(part.get_payload()))
        else:
            yield part


def _cid(name: object) -> str:
    """An identifier without the angle brackets that some writers leave out."""
    return str(name or "").strip().strip("<>")
