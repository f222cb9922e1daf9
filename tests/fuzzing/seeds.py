"""Sound files to be broken: cut-outs of the samples in every format and style."""

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.formats import html, pdf, word
from tests.formats.document import Element, Kind, elements

FORMATS = ("text", "markdown", "mhtml", "html", "pdf", "docx")
SUFFIXES = dict(zip(FORMATS, ("txt", "md", "mht", "html", "pdf", "docx"), strict=True))
_SIZES = (600, 2000, 4000)  # characters of a cut-out
_HEAD = 3  # elements at the top that say what kind of report it is
_PREFIXES: dict[Kind, str] = {
    "title": "# ",
    "question": "## ",
    "heading": "## ",
    "country": "### ",
    "statement": "> ",
    "list_item": "- ",
}

Cut = tuple[Element, ...]


@dataclass(frozen=True)
class Seeds:
    """The samples of a folder, taken apart once.

    Attributes:
        samples: The elements of each, in the order of the files' names.
    """

    samples: tuple[Cut, ...]
    _rendered: Callable[[str, str, Cut], bytes] = field(
        default_factory=lambda: lru_cache(maxsize=2000)(render)
    )

    def draw(self, rng: random.Random, kind: str) -> bytes:
        """A sound file of a format: some cut-out in some style."""
        sample = rng.choice(self.samples)
        # Few places and sizes, so that most renderings are made once only.
        size, place = rng.choice(_SIZES), rng.randrange(4) / 4
        style = rng.choice(STYLES[kind])
        return self._rendered(kind, style, cut(sample, place, size))


def load(folder: Path) -> Seeds:
    """The plain-text reports of a folder.

    Raises:
        FileNotFoundError: If there are none.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no sample (*.txt)")
    return Seeds(tuple(tuple(elements(p.read_text("utf-8-sig"), p.name)) for p in paths))


def cut(sample: Cut, place: float, size: int) -> Cut:
    """The head of a sample and about `size` characters from a `place` between 0 and 1 on."""
    head, rest = sample[:_HEAD], sample[_HEAD:]
    taken: list[Element] = []
    for element in rest[int(place * len(rest)) :]:
        if sum(len(each.text) for each in taken) >= size:
            break
        taken.append(element)
    return (*head, *taken)


def render(kind: str, style: str, some: Cut) -> bytes:
    """The elements in a format and a style of `STYLES`."""
    return _RENDER[kind](list(some), style)


def pack(members: dict[str, bytes]) -> bytes:
    """A zip file; equal members give equal bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a sound zip file."""
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def archive(page: bytes) -> bytes:
    """A page as a browser saves it with its pictures."""
    body = base64.encodebytes(page)
    return (
        b"From: <Saved by Blink>\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----Part"\r\n\r\n'
        b"------Part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://example.org/report\r\n\r\n" + body + b"\r\n------Part\r\n"
        b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAA"
        b"\r\n------Part--\r\n"
    )


def _text(some: list[Element], _: str) -> bytes:
    pieces = [("\n" if each.gap else "") + "\n".join(each.lines) for each in some]
    return "\n".join(pieces).encode()


def _markdown(some: list[Element], _: str) -> bytes:
    return "\n\n".join(_PREFIXES.get(e.kind, "") + e.unmarked for e in some).encode()


def _pdf(some: list[Element], style: str) -> bytes:
    printable = [
        Element(e.kind, pdf.printable(e.text, style), tuple(_lines(e, style)), e.gap) for e in some
    ]
    return pdf.pdf(printable, style)


def _lines(element: Element, style: str) -> list[str]:
    return [pdf.printable(line, style) for line in element.lines]


def _docx(some: list[Element], style: str) -> bytes:
    """Packed again, for the library writes the time of day into the file."""
    members = unpack(word.docx(some, style))
    members["docProps/core.xml"] = b"<core/>"
    return pack(members)


_RENDER: dict[str, Callable[[list[Element], str], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "mhtml": lambda some, style: archive(html.html(some, style)),
    "html": html.html,
    "pdf": _pdf,
    "docx": _docx,
}
STYLES: dict[str, tuple[str, ...]] = {
    "text": ("plain",),
    "markdown": ("plain",),
    "mhtml": tuple(html.STYLES),
    "html": tuple(html.STYLES),
    "pdf": tuple(pdf.STYLES),
    "docx": tuple(word.STYLES),
}
