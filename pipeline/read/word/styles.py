"""What the styles of a Word file say of its paragraphs and runs."""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from pipeline.read.word.xml import attribute, child, switch, tag, value
from pipeline.records import Kind

# Built-in names are English in every language version of Word; only the ids are translated.
_HEADING = re.compile(r"heading\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents)\s*(?:[1-9]|heading)|table of figures", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_NO_LIST = "0"
_MAX_PARENTS = 50


@dataclass(frozen=True, slots=True)
class Style:
    """A style as the file declares it; None and 0 leave a question to its parent.

    Attributes:
        level: Of a heading, 1 the highest; 0 for no heading.
        contents: Whether it is made for a table of contents.
        listed: Whether its paragraphs are items of a list.
    """

    parent: str | None = None
    level: int = 0
    contents: bool | None = None
    listed: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, parent: "Style") -> "Style":
        """This style with its questions answered by a parent."""
        return Style(
            level=self.level or parent.level,
            contents=_first(self.contents, parent.contents),
            listed=_first(self.listed, parent.listed),
            bold=_first(self.bold, parent.bold),
            hidden=_first(self.hidden, parent.hidden),
        )


class Styles:
    """The styles of a file, by their ids."""

    def __init__(self, root: _Element | None) -> None:
        """Read `styles.xml`; None if the file has no such part."""
        found = [each for each in (() if root is None else root) if tag(each) == "w:style"]
        self._declared = {attribute(each, "w:styleId") or "": _style(each) for each in found}
        self._default = next(filter(None, map(_default, found)), None)
        self._resolved: dict[str | None, Style] = {None: Style()}

    def kind(self, properties: _Element | None) -> tuple[Kind, int]:
        """The kind of a paragraph with these properties (`w:pPr`), and its level."""
        style = self.paragraph(properties)
        if style.contents:
            return "boilerplate", 0
        if level := _outline(properties) or style.level:
            return "heading", level
        return ("list_item" if _first(_listed(properties), style.listed) else "paragraph"), 0

    def paragraph(self, properties: _Element | None) -> Style:
        """The style of a paragraph."""
        return self._resolve(value(properties, "w:pStyle") or self._default)

    def run(self, properties: _Element | None, paragraph: Style) -> Style:
        """The style of a run with these properties (`w:rPr`) in a paragraph of a style."""
        if properties is None:
            return paragraph
        own = Style(bold=switch(properties, "w:b"), hidden=switch(properties, "w:vanish"))
        return own.over(self._resolve(value(properties, "w:rStyle"))).over(paragraph)

    def _resolve(self, name: str | None) -> Style:
        """A style with what it inherits."""
        if name not in self._resolved:
            style, parent = Style(), name
            for _ in range(_MAX_PARENTS):  # a damaged file may go round in circles
                if parent is None:
                    break
                # A style that is not declared is a built-in one: its id is its name.
                declared = self._declared.get(parent) or _named(parent)
                style, parent = style.over(declared), declared.parent
            self._resolved[name] = style
        return self._resolved[name]


def _style(element: _Element) -> Style:
    properties, run = child(element, "w:pPr"), child(element, "w:rPr")
    named = _named(value(element, "w:name") or attribute(element, "w:styleId") or "")
    return Style(
        parent=value(element, "w:basedOn"),
        level=named.level or _outline(properties),
        contents=named.contents,
        listed=_first(_listed(properties), named.listed),
        bold=switch(run, "w:b"),
        hidden=switch(run, "w:vanish"),
    )


def _named(name: str) -> Style:
    """What the name of a style alone tells."""
    heading = _HEADING.fullmatch(name)
    return Style(
        level=int(heading[1]) if heading else _TITLES.get(name.lower(), 0),
        contents=_CONTENTS.fullmatch(name) is not None or None,
        listed=_LIST.match(name) is not None or None,
    )


def _default(element: _Element) -> str | None:
    """The id of a style if paragraphs have it that name none."""
    default = attribute(element, "w:default") in ("1", "true", "on")
    paragraph = attribute(element, "w:type") == "paragraph"
    return attribute(element, "w:styleId") if default and paragraph else None


def _outline(properties: _Element | None) -> int:
    """The level of a heading; the file counts from 0, and its 9 is running text."""
    found = value(properties, "w:outlineLvl") or ""
    return int(found) + 1 if re.fullmatch("[0-8]", found) else 0


def _listed(properties: _Element | None) -> bool | None:
    if child(properties, "w:numPr") is None:
        return None
    return value(properties, "w:numPr", "w:numId") != _NO_LIST


def _first(own: bool | None, inherited: bool | None) -> bool | None:
    return inherited if own is None else own
