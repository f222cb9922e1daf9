"""The media type of a file, told by its content and never by its name."""

import re

TEXT = "text/plain"

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x7fELF", "application/x-executable"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML = re.compile(rb"^\s*(<!doctype\s+html|<html\b|<\?xml|<head\b|<body\b)", re.IGNORECASE)
_PART = 4096
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(data: bytes) -> str:
    """The type of `data`; text in any encoding is `text/plain`."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:4096]
    if _HTML.match(head.removeprefix(_BOMS[0]).replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        return "text/html"
    if head.startswith(_BOMS) or utf16(head):
        return TEXT
    strange = any(
        len(_CONTROL.findall(data, at, at + _PART)) > _PART / 200
        for at in range(0, len(data), _PART)
    )
    few = len(_CONTROL.findall(head)) > len(head) / 200
    return "application/octet-stream" if strange or few else TEXT


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
