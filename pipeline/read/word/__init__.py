"""Word files (.docx, .docm) -> Content: text, headings, lists, tables and notes, nothing lost."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from struct import error as StructError
from zipfile import BadZipFile

from lxml import etree
from lxml.etree import _Element

from pipeline.read.parts import Content, Part
from pipeline.read.word.body import parts
from pipeline.read.word.inline import Inline
from pipeline.read.word.notes import Notes
from pipeline.read.word.package import Package
from pipeline.read.word.styles import Styles
from pipeline.read.word.xml import attribute
from pipeline.records import Unreadable

# What the libraries raise for bytes that are not what they claim to be.
_DAMAGE = (
    BadZipFile, zlib.error, etree.LxmlError, StructError,
    LookupError, ValueError, ArithmeticError, OSError, EOFError, NotImplementedError,
)  # fmt: skip


def word(data: bytes, *, max_expanded_bytes: int) -> Content:
    """Read a Word file.

    Args:
        data: The file's bytes.
        max_expanded_bytes: Files whose parts take more when unpacked are refused.

    Raises:
        Unreadable: If it is damaged, too large, or shows text that it does not hold.
    """
    try:
        return _content(Package(data, max_expanded_bytes=max_expanded_bytes))
    except _DAMAGE as error:
        raise Unreadable(
            f"The Word file is damaged ({str(error)[:120]}); open it and save it again."
        ) from error


def _content(package: Package) -> Content:
    name, root = package.main()
    inline = Inline(
        styles=Styles(_only(package, name, "styles")),
        notes=Notes({kind: _only(package, name, kind) for kind in ("footnotes", "endnotes")}),
    )
    return Content(
        [
            *parts(root, inline),
            *_notes(inline),
            *_margins(package, name, root, inline),
        ]
    )


def _only(package: Package, source: str, kind: str) -> _Element | None:
    """The one part of a kind, None if the file has none."""
    return next((package.part(target) for target in package.targets(source, kind)), None)


def _notes(inline: Inline) -> Iterator[Part]:
    for number, note in inline.notes.referred():
        first, *rest = [part.text.strip() for part in parts(note, inline)] or [""]
        yield Part(f"[{number}] {first}", "note")
        yield from (Part(text, "note") for text in rest)


def _margins(package: Package, source: str, root: _Element, inline: Inline) -> Iterator[Part]:
    """The headers and footers of all sections; what several have in common is given once."""
    seen: set[str] = set()
    references = root.iter("{*}headerReference", "{*}footerReference")
    targets = (package.target(source, attribute(each, "r:id")) for each in references)
    for target in dict.fromkeys(targets):
        margin = package.part(target) if target else None
        for part in () if margin is None else parts(margin, inline):
            words = " ".join(part.text.split())
            if words not in seen:
                seen.add(words)
                yield replace(part, kind="boilerplate", level=0)
