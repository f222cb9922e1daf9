"""Damage that only makes sense in one format: tags, members of a zip, objects of a PDF."""

import base64
import binascii
import random
import re
import zlib
from collections.abc import Callable
from zipfile import BadZipFile

from tests.fuzzing.damage import BYTES, TEXTS, Harm, disorder, on_text
from tests.fuzzing.seeds import archive, pack, unpack

_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"(?<=<)/?[A-Za-z][\w:]*")
_TAGS = (
    "p div table tr td th tbody caption colgroup select option textarea title b i a sup sub br"
    " h1 h3 ul li details summary button nav header footer main article noscript template svg math"
    " mi foreignObject desc script style iframe object frameset plaintext xmp form pre ruby rt"
    " dialog body html head !--"
).split()
_ATTRIBUTES = (
    'class="nav h1 sr-only"', "role=heading aria-level=0", 'role="heading" aria-level="²"',
    "hidden", "style='display:none", 'class="', "id=cookie", "aria-expanded", "role=presentation",
    "role=", "=x", '"', "colspan=9999999999", "class=MsoListParagraph", "<", "class='\x00'", "role",
)  # fmt: skip
_ENTITIES = (
    "&#0;", "&#x110000;", "&#xD800;", "&#xFFFE;", "&nbsp", "&amp;amp;", "&#99999999999;", "&;",
    "&#x", "&notit;", "&lt;script&gt;", "&shy;", "&zwj;", "&#128;", "&#13;", "&NewLine;", "&fjlig;",
)  # fmt: skip
_LOOSE = (
    "<!--", "-->", "<![CDATA[", "]]>", "<?xml ?>", "<!DOCTYPE html SYSTEM 'x'>", "</", "<", "<p",
    "</p>", "</body>", "</html>", "<script>", "</script>", "<plaintext>", "<![if !x]>", "<tr>",
    "<meta charset=utf-16>", "<base href='", "<td>", "<frameset>", "<select>", "</br>", "<sup>1",
)  # fmt: skip
_MARKS = (
    "# ", "> " * 60, "- " * 50, "```", "~~~ x", "|a|b|\n|-|-|\n|1|", "---\na: b\n---\n", "[x]: /y",
    "[a](b", "![](", "**", "***", "====", "[^1]:", "<b>", "&#0;", "    " * 30, "\\", "1. " * 40,
    "`" * 99, "[" * 200, "*" * 300, "|" * 200, "<!--", "\t", "0) ", "[[](/a.b)](/c.d)",
)  # fmt: skip
_HEADERS = (
    b"Content-Type: multipart/related\r\n",
    b"Content-Type: message/rfc822\r\n",
    b'Content-Type: multipart/related; boundary=""\r\n',
    b"Content-Transfer-Encoding: uuencode\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Type: text/html; charset=utf-7\r\n",
    b"Content-Type: text/html; charset=idna\r\n",
    b"Content-Type: text/html; charset*=x''%00\r\n",
    b"Content-Type: ;;;=\r\n",
    b'Content-Type: text/html; charset="\r\n',
    b"\r\n\r\n",
    b"------Part",
    b"Content-Type: text/html; charset*0*=unicode_escape''x; charset*1=y\r\n",
    b"Content-ID: <\r\n",
    b"Content-Type: text/html; charset=base64\r\n",
    b"------Part--\r\n",
    b"Content-Type: \xff\r\n",
    b"Content-Type: text/html; charset=undefined\r\n",
    b"Subject: =?x?Q?=FF?=\r\n",
)
_XML = (
    "<w:p>", "</w:p>", "<w:tbl>", "<w:tc/>", '<w:fldChar w:fldCharType="begin"/>', "<w:br/>",
    '<w:sym w:char="D800"/>', '<w:sym w:char="-1"/>', "&#0;", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    '<w:footnoteReference w:id="1"/>', "<w:t>x</w:t>", "<w:altChunk/>", "<?pi?>", "<![CDATA[x]]>",
    "<w:txbxContent><w:p/></w:txbxContent>", '<w:outlineLvl w:val="²"/>', "<w:numPr/>", "<x:y/>",
)  # fmt: skip
_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_VALUES = (
    b"0", b"-1", b"1", b"2147483648", b"-99999", b"1e9", b"0.0000001", b"99999999999999999999",
    b"nan", b"null", b"/X", b"()", b"[", b">>", b"65535", b"3.4e38", b"1 0 R", b"4 0 R",
)  # fmt: skip
_OPERATORS = (
    b"BT", b"ET", b"Tj", b"TJ", b"Tm", b"Td", b"Tf", b"q", b"Q", b"cm", b"T*", b"Tz", b"Tr", b"Ts",
    b"Do", b"BI", b"EI", b"'", b'"', b"W", b"n", b"re", b"f", b"Tc", b"Tw", b"BDC", b"EMC",
)  # fmt: skip


def _inserted(snippets: tuple[str, ...], most: int) -> Callable[[str, random.Random], str]:
    """Damage by snippets in some places."""

    def harmed(text: str, rng: random.Random) -> str:
        for _ in range(rng.choice((1, 3, most))):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(snippets) + text[at:]
        return text

    harmed.__name__ = f"inserted {snippets[0]}"
    return harmed


def _retagged(text: str, rng: random.Random) -> str:
    """Some elements of other names; what opens and what closes no longer fit."""
    share = rng.choice((0.02, 0.2, 0.7))
    return _NAME.sub(lambda m: rng.choice(_TAGS) if rng.random() < share else m[0], text)


def _crossed(text: str, rng: random.Random) -> str:
    """Tags removed, repeated or shuffled among each other, the text left where it is."""
    tags = disorder(_TAG.findall(text), rng)
    words = _TAG.split(text)
    tags += [""] * (len(words) - len(tags))
    return "".join(a + b for a, b in zip(words, tags, strict=False))


def _unclosed(text: str, rng: random.Random) -> str:
    share = rng.choice((0.1, 0.5, 1.0))
    return re.sub(r"</[^<>]*>", lambda m: "" if rng.random() < share else m[0], text)


def _nested(text: str, rng: random.Random) -> str:
    """An element within itself, over and over."""
    name, depth = rng.choice(_TAGS), rng.choice((3, 50, 600, 5000))
    at = rng.randrange(len(text) + 1)
    closing = f"</{name}>" * rng.choice((0, depth))
    return text[:at] + f"<{name}>" * depth + text[at:] + closing


def _attributed(text: str, rng: random.Random) -> str:
    share = rng.choice((0.02, 0.3))

    def add(tag: re.Match[str]) -> str:
        return f"{tag[0][:-1]} {rng.choice(_ATTRIBUTES)}>" if rng.random() < share else tag[0]

    return _TAG.sub(add, text)


_TAGGED: tuple[Harm, ...] = tuple(
    map(
        on_text,
        (
            _retagged, _crossed, _unclosed, _nested, _attributed,
            _inserted(_ENTITIES, 20), _inserted(_LOOSE, 12),
        ),
    )
)  # fmt: skip


def _within(data: bytes, rng: random.Random) -> bytes:
    """A web archive around a page that is damaged itself."""
    page = data.partition(b"/report\r\n\r\n")[2].partition(b"\r\n------")[0]
    try:
        html = base64.b64decode(page)
    except binascii.Error:
        html = page
    return archive(rng.choice((*_TAGGED, *TEXTS))(html, rng))


def _headed(data: bytes, rng: random.Random) -> bytes:
    """Headers in odd places."""
    lines = data.split(b"\r\n")
    for _ in range(rng.choice((1, 2, 8))):
        lines.insert(rng.randrange(min(len(lines) + 1, 14)), rng.choice(_HEADERS).strip())
    return b"\r\n".join(lines)


def _in_member(harm: Harm) -> Harm:
    """Damage to one member of a zip, which itself stays sound."""

    def harmed(data: bytes, rng: random.Random) -> bytes:
        members = _members(data)
        likely = [name for name in members if re.search(r"document|styles|rels|Types", name)]
        if likely:
            name = rng.choice([*likely, "word/document.xml", "word/document.xml"])
            members[name] = harm(members.get(name, b""), rng)
        return pack(members)

    harmed.__name__ = f"member {harm.__name__}"
    return harmed


def _members(data: bytes) -> dict[str, bytes]:
    """The members, none if another damage has broken the zip already."""
    try:
        return unpack(data)
    except (BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, KeyError):
        return {}
    except Exception as error:  # noqa: BLE001 - struct.error and whatever else the library raises
        return {"word/document.xml": type(error).__name__.encode()}


def _swapped(data: bytes, rng: random.Random) -> bytes:
    """Members missing, in each other's place, or of other names."""
    members = _members(data)
    names = list(members)
    if not names:
        return data
    match rng.randrange(3):
        case 0:
            del members[rng.choice(names)]
        case 1:
            a, b = rng.choice(names), rng.choice(names)
            members[a], members[b] = members[b], members[a]
        case 2:
            odd = (
                "..\\word/document.xml",
                "WORD\\Document.XML",
                "/word//document.xml",
                "",
                "a" * 999,
            )
            members[rng.choice(odd)] = members.pop(rng.choice(names))
    return pack(members)


def _renumbered(data: bytes, rng: random.Random) -> bytes:
    """Numbers of objects, lengths and offsets replaced."""
    share = rng.choice((0.005, 0.05, 0.4))
    found = _NUMBER.sub(lambda m: rng.choice(_VALUES) if rng.random() < share else m[0], data)
    return found if rng.random() < 0.5 else _indexed(_objects(found), data)


def _in_stream(data: bytes, rng: random.Random) -> bytes:
    """The unpacked content of a page with other numbers, operators and pieces."""
    objects = _objects(data)
    streams = [i for i, (_, body) in enumerate(objects) if _content(body)]
    if not streams:
        return rng.choice(BYTES)(data, rng)
    at = rng.choice(streams)
    number, body = objects[at]
    content = rng.choice((_other_values, _other_order, *BYTES))(_content(body) or b"", rng)
    head = b"<< /Length %d >>\n" % len(content)
    objects[at] = (number, b"\n" + head + b"stream\n" + content + b"\nendstream\n")
    return _indexed(objects, data)


def _rearranged(data: bytes, rng: random.Random) -> bytes:
    """Objects missing, twice, or with each other's number."""
    objects = _objects(data)
    bodies = disorder([body for _, body in objects], rng)
    numbers = [number for number, _ in objects]
    return _indexed(list(zip(numbers, bodies, strict=False)), data)


def _objects(data: bytes) -> list[tuple[int, bytes]]:
    return [(int(m[1][:9]), m[2]) for m in _OBJECT.finditer(data)]


def _indexed(objects: list[tuple[int, bytes]], data: bytes) -> bytes:
    """A PDF of these objects with a right table of offsets and the trailer of `data`."""
    out = bytearray(b"%PDF-1.4\n")
    rows = {}
    for number, body in objects:
        rows[number] = len(out)
        out += b"%d 0 obj%sendobj\n" % (number, body)
    trailer = data.rpartition(b"trailer")[2].partition(b"startxref")[0]
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in sorted(rows.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    return bytes(out + b"trailer" + trailer + b"startxref\n%d\n%%%%EOF\n" % start)


def _content(body: bytes) -> bytes | None:
    """What a stream draws, None if it draws no text."""
    found = _STREAM.match(body)
    if not found:
        return None
    data = found[2]
    try:
        if b"ASCII85" in found[1]:
            data = base64.a85decode(data.strip().removesuffix(b"~>"))
        if b"Flate" in found[1]:
            data = zlib.decompress(data)
    except (ValueError, zlib.error):
        return None
    return data if b"BT" in data else None


def _other_values(content: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.01, 0.1))
    return _NUMBER.sub(lambda m: rng.choice(_VALUES) if rng.random() < share else m[0], content)


def _other_order(content: bytes, rng: random.Random) -> bytes:
    words = content.split(b" ")
    for i, each in enumerate(words):
        if each in _OPERATORS and rng.random() < 0.1:
            words[i] = rng.choice(_OPERATORS)
    return b" ".join(disorder(words, rng) if rng.random() < 0.3 else words)


SPECIAL: dict[str, tuple[Harm, ...]] = {
    "text": TEXTS,
    "markdown": (*TEXTS, *[on_text(_inserted(_MARKS, 15))] * 3),
    "mhtml": (*[_within] * 4, *[_headed] * 3),
    "html": (*TEXTS, *_TAGGED),
    "pdf": (*[_renumbered] * 2, *[_in_stream] * 4, _rearranged),
    "docx": (
        *map(_in_member, (*BYTES, *TEXTS, *_TAGGED)),
        *[_in_member(on_text(_inserted(_XML, 12)))] * 4,
        *[_swapped] * 2,
    ),
}
