"""bytes -> canonical text: byte order mark, UTF-8, Windows-1252; in this order, never a guess."""

import codecs
import re

from pipeline.read.media import utf16
from pipeline.records import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)

_LONGEST_CHARACTER = 4  # bytes in UTF-8
_FIRST_OF_SEVERAL = 0xE0


def decode(data: bytes) -> str:
    """The canonical text: decoded, mark dropped, line ends LF, nothing else changed.

    Raises:
        Unreadable: If the bytes are in no encoding that can be told for sure.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lines(_strict(data[len(mark) :], encoding))
    if order := utf16(data[:4096]):
        return _lines(_strict(data, order))
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _lines(_windows(data, error.start))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file claims to be {encoding.upper()} but byte {error.start} is not;"
            " save it again as UTF-8."
        ) from error


def _windows(data: bytes, broken: int) -> str:
    """Windows-1252, unless the file is UTF-8 with damage, which would come out as 'Ã©'."""
    high = sum(byte > 127 for byte in data)
    multibyte = sum(map(len, _MULTIBYTE.findall(data)))
    cut = len(data) - broken < _LONGEST_CHARACTER and data[broken] >= _FIRST_OF_SEVERAL
    if multibyte * 2 < high and not cut:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    raise Unreadable(
        f"The encoding is broken: byte {broken} is neither UTF-8 nor Windows-1252;"
        " save the file again as UTF-8."
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
