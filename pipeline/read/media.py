"""The media type of a file, told by its content and never by its name."""

import io
import re
import zipfile

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
OFFICE_97 = "application/x-ole-storage"
UNKNOWN = "application/octet-stream"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

_MAGIC = (
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0", OFFICE_97),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"%!PS", "application/postscript"),
    (b"\x7fELF", "application/x-executable"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
# By the names of members, or by what an uncompressed first member says; in this order.
_ZIPPED = (
    (b"word/document", WORD),
    (b"ppt/presentation", f"{_OFFICE}presentationml.presentation"),
    (b"xl/workbook", f"{_OFFICE}spreadsheetml.sheet"),
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", f"{_OPEN}text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", f"{_OPEN}presentation"),
)
_BY_NAME = {kind for name, kind in _ZIPPED if not name.startswith(b"mimetype")}
_MEMBERS = 10_000
_ADVICE = {
    ZIP: "it is a zip archive: unpack it into the folder of the reports",
    OFFICE_97: "it is an old or a password-protected Office file: save it as .docx or PDF"
    " without a password",
    UNKNOWN: "it is no kind of document that is known; if it is text, save it again as UTF-8",
    "image": "it is a picture: run text recognition (for example ocrmypdf) and save it as PDF",
    f"{_OFFICE}presentationml.presentation": "it is a PowerPoint file: export it as PDF",
    f"{_OPEN}presentation": "it is a presentation: export it as PDF",
    f"{_OFFICE}spreadsheetml.sheet": "it is a spreadsheet, not a report",
}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# The beginnings by which browsers know a page, after the WHATWG standard on MIME sniffing.
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|h[1-6]|div|p|table|section"
    rb"|article|main|nav|header|footer|aside|ul|ol|dl|br|span|font|a|b|i|em|strong|center|iframe"
    rb"|base|pre|details|figure|form|blockquote|img|hr)(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_SAVED = re.compile(rb"(?:^|\n)content-type:\s*multipart/related", re.IGNORECASE)
_MAIL = re.compile(
    rb"\s*(?:from|mime-version|subject|date|snapshot-content-location|message-id):", re.I
)
_HEAD = 4096
_PDF = re.compile(rb"(?:^|[\r\n])%PDF-\d\.\d")
_PDF_WITHIN = 1024  # bytes before which a PDF may begin, says its standard
_PART = 4096
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(data: bytes) -> str:
    """The type of `data`; text in any encoding is `text/plain`."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if _PDF.search(data, 0, _PDF_WITHIN):
        return PDF
    head = data[:_HEAD]
    if _MAIL.match(head) and _SAVED.search(head):
        return MHTML
    if _HTML.match(_plain(head)):
        return HTML
    if head.startswith(_BOMS) or utf16(head):
        return TEXT
    strange = any(
        len(_CONTROL.findall(data, at, at + _PART)) > _PART / 200
        for at in range(0, len(data), _PART)
    )
    few = len(_CONTROL.findall(head)) > len(head) / 200
    return UNKNOWN if strange or few else TEXT


def advice(kind: str) -> str:
    """What a person can do about a file of a type that is not read."""
    return _ADVICE.get(kind) or _ADVICE.get(kind.split("/")[0]) or "save it as PDF or plain text"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = " ".join(archive.namelist()[:_MEMBERS]).encode()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = data  # a damaged archive: the names stand in it uncompressed
    return next(
        (kind for name, kind in _ZIPPED if name in (names if kind in _BY_NAME else data)), ZIP
    )


def _plain(head: bytes) -> bytes:
    """The beginning without a byte order mark and the zeros of UTF-16."""
    return head.removeprefix(_BOMS[0]).replace(b"\x00", b"").lstrip(b"\xff\xfe")


def utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 text that has lost its mark, None if it is not UTF-16."""
    sample = data[: len(data) // 2 * 2]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.35 and even < odd / 20:
        return "utf-16-le"
    if even > len(sample) * 0.35 and odd < even / 20:
        return "utf-16-be"
    return None
