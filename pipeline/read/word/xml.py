"""The XML of a Word file: short names for its tags, safe parsing, and what of it is shown."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from pipeline.records import Unreadable

# Each prefix with its transitional and, where there is one, its strict namespace.
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_OFF = frozenset({"0", "false", "off"})

# Properties, and what a tracked change took away; `w:rt` is the reading aid above a word.
_HIDDEN = frozenset(
    "w:pPr w:rPr w:tblPr w:trPr w:tcPr w:sdtPr w:sdtEndPr w:sectPr w:del w:moveFrom w:rt".split()
)


def parse(data: bytes) -> _Element:
    """The root of a part; nothing is fetched, and entities are never resolved.

    Raises:
        Unreadable: If it declares a document type, which Word neither writes nor opens.
        etree.XMLSyntaxError: If it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise Unreadable(
            "The Word file declares XML entities, which Word never does and which may be an"
            " attack; save it again with Word or LibreOffice."
        )
    return root


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    uri, _, local = name.rpartition("}")
    return f"{_NAMESPACES.get(uri[1:], '')}:{local}"


def tag(element: _Element) -> str:
    """The tag of an element with its usual prefix, whatever prefix the file uses."""
    return _short(element.tag)


def attribute(element: _Element, name: str) -> str | None:
    """The value of an attribute, as `w:val`."""
    return next((value for key, value in element.items() if _short(key) == name), None)


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of each name in turn, None if one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element


def value(element: _Element | None, *path: str) -> str | None:
    """The attribute `w:val` of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else attribute(found, "w:val")


def switch(element: _Element | None, *path: str) -> bool | None:
    """Whether a property is on or off, None where nothing is said about it."""
    found = child(element, *path)
    return None if found is None else attribute(found, "w:val") not in _OFF


def shown(element: _Element, wanted: frozenset[str]) -> Iterator[_Element]:
    """The outermost wanted elements that the document shows, in reading order.

    Content controls, insertions, smart tags, links and all else that wraps content are looked
    through, by a stack of our own: a hostile file nests deeper than Python calls.
    """
    stack = list(reversed(element))
    while stack:
        each = stack.pop()
        name = tag(each)
        if name in wanted:
            yield each
        elif name == "mc:AlternateContent":
            stack.extend(_alternative(each))
        elif name not in _HIDDEN:
            stack.extend(reversed(each))


def _alternative(element: _Element) -> list[_Element]:
    """The one version of several that is meant to be shown."""
    choice = child(element, "mc:Choice")
    if choice is None:
        choice = child(element, "mc:Fallback")
    return [] if choice is None else list(reversed(choice))
