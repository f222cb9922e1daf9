import base64
import quopri

import pytest

from pipeline.read.archive import mhtml
from pipeline.records import Unreadable

PAGE = "<html><body><p>Tallinn – a café</p></body></html>"


def part(content: str, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"Content-Type: {kind}\r\n{more}\r\n{content}\r\n"


def multipart(*parts: str, boundary: str = "b", more: str = "", kind: str = "related") -> str:
    inner = "".join(f"--{boundary}\r\n{each}\r\n" for each in parts)
    return part(f"{inner}--{boundary}--", f'multipart/{kind}; boundary="{boundary}"{more}')


def archive(*parts: str, more: str = "") -> bytes:
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    return (head + multipart(*parts, more=more)).encode()


def found(data: bytes) -> str:
    html, charset = mhtml(data)
    return html.decode(charset or "utf-8").strip()


QUOTED = quopri.encodestring(PAGE.encode()).decode()
CODED = base64.encodebytes(PAGE.encode()).decode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            archive(part(QUOTED, Content_Transfer_Encoding="quoted-printable")), id="quoted"
        ),
        pytest.param(archive(part(CODED, Content_Transfer_Encoding="base64")), id="base64"),
        pytest.param(archive(part(PAGE, Content_Transfer_Encoding="binary")), id="binary"),
        pytest.param(archive(part(PAGE, Content_Transfer_Encoding="odd")), id="unknown coding"),
        pytest.param(archive(part(PAGE, "TEXT/HTML; Charset=UTF-8")), id="capitals"),
        pytest.param(archive(part(PAGE, "application/xhtml+xml")), id="XHTML"),
        pytest.param(archive(part("x", "text/css"), part(PAGE)), id="style sheet first"),
        pytest.param(archive(part(PAGE), part("<p>advertisement")), id="the first of two"),
        pytest.param(
            archive(part("<p>ad"), part(PAGE, Content_ID="<x@a>"), more='; start="<x@a>"'),
            id="the one that is named",
        ),
        pytest.param(
            archive(part("<p>ad"), part(PAGE, Content_ID="<x@a>"), more="; start=x@a"),
            id="named without brackets",
        ),
        pytest.param(
            archive(part(PAGE), part("x", "text/css", Content_ID="<x>"), more='; start="<x>"'),
            id="what is named is no page",
        ),
        pytest.param(
            archive(multipart(part("x", "text/plain"), part(PAGE), boundary="c")), id="nested"
        ),
        pytest.param(part(PAGE).encode(), id="a page alone"),
        pytest.param(archive(part(PAGE)).replace(b"\r\n", b"\n"), id="other line ends"),
        pytest.param(archive(part(PAGE)).removesuffix(b"--b--\r\n"), id="cut off after the page"),
    ],
)
def test_page(data):
    assert found(data) == PAGE


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=Windows-1252", "windows-1252"),
        ('text/html; charset="utf-8"', "utf-8"),
        ("text/html", None),
        ("text/html; charset=", ""),
    ],
)
def test_charset_is_the_declared_one(kind, charset):
    assert mhtml(archive(part("<p>", kind)))[1] == charset


def test_bytes_of_any_encoding_are_kept():
    head, tail = archive(part("HERE", "text/html")).split(b"HERE")
    page = bytes(range(128, 256))
    assert mhtml(head + page + tail)[0].strip() == page


def nested(depth: int) -> bytes:
    inner = part(PAGE)
    for at in range(depth):
        inner = multipart(inner, boundary=f"b{at}")
    return inner.encode()


def test_some_nesting_is_read():
    assert found(nested(20)) == PAGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "no HTML page", id="empty"),
        pytest.param(archive(part("x", "text/plain")), "no HTML page", id="only text"),
        pytest.param(archive(), "no HTML page", id="no parts"),
        pytest.param(nested(21), "more than 20", id="nested too deep"),
        pytest.param(nested(5_000).replace(b"\r\n", b"\r"), "more than 20", id="old line ends"),
        pytest.param(nested(5_000), "more than 20", id="nested beyond recursion"),
        pytest.param(
            b"Content-Type:\r\n message/rfc822\r\n\r\n" * 5_000, "more than 20", id="mails"
        ),
        pytest.param(
            archive(part(PAGE, "text/html; charset*=u\0'en'a")), "damaged", id="odd charset"
        ),
        pytest.param(bytes(range(256)) * 20, "no HTML page", id="binary"),
    ],
)
def test_unreadable(data, reason):
    with pytest.raises(Unreadable, match=reason):
        mhtml(data)
