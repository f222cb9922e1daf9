"""The structure of a plain-text sample: what another file format would show in its own way."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline import layout, tiers
from pipeline.records import Block, Outline, Role

Kind = Literal[
    "title", "heading", "question", "statement", "score", "country", "paragraph", "list_item",
    "citation", "scale", "furniture", "foot",
]  # fmt: skip

_KINDS: dict[Role, Kind] = {
    "title": "title",
    "question": "question",
    "tier_statement": "statement",
    "scale": "scale",
    "score": "score",
    "country_heading": "country",
    "heading": "heading",
    "prose": "paragraph",
    "list_item": "list_item",
    "citation": "citation",
    "boilerplate": "furniture",
}
_SENTENCES = 8  # words of a piece of furniture from which on it is a paragraph that comes twice
_SLIDES = 3  # times that a foot line comes back
_SOURCE = re.compile(r"sources?:", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"\d+ {2,}\S")
_MARKER = re.compile(r"(?:[•>*–-]|\d{1,2}[.)]?)\s+")


@dataclass(frozen=True, slots=True)
class Element:
    """A heading, a paragraph, a list item and so on.

    Attributes:
        text: Its words; white space is one blank.
        lines: The same as the sample breaks it.
        gap: Whether an empty line stands before it.
    """

    kind: Kind
    text: str
    lines: tuple[str, ...]
    gap: bool = False

    @property
    def marker(self) -> str:
        """The bullet or number in front of a list item, with its blanks; else nothing."""
        found = _MARKER.match(self.text) if self.kind == "list_item" else None
        return found.group() if found else ""

    @property
    def unmarked(self) -> str:
        """The text without its bullet or number."""
        return self.text[len(self.marker) :]


def elements(text: str, source: str) -> list[Element]:
    """The elements of a sample in order.

    Args:
        text: The canonical text.
        source: The report's path, as the journey has it.
    """
    outline = layout.outline(text, source)
    outline = layout.with_statements(outline, text, tiers.find(outline, text))
    found: list[Element] = []
    before = 0
    for block in outline.blocks:
        gap = text.count("\n", before, block.start) > 1
        found += _split(_element(block, text, outline, gap), outline)
        before = block.end
    return _with_feet(found) if outline.layout == "deck" else found


def slides(found: list[Element]) -> list[list[Element]]:
    """A deck's elements slide by slide; each slide ends with its foot line."""
    decks: list[list[Element]] = [[]]
    for before, element in pairwise([None, *found]):
        if before and before.kind == "foot":
            decks.append([])
        if element:
            decks[-1].append(element)
    return decks


def title(found: list[Element]) -> str:
    """What a browser's tab or a file's properties would show."""
    wanted = [e.text for kind in ("title", "question") for e in found if e.kind == kind]
    return wanted[0] if wanted else found[0].text


def _element(block: Block, text: str, outline: Outline, gap: bool) -> Element:
    lines = tuple(line.strip() for line in block.of(text).split("\n") if line.strip())
    words = " ".join(" ".join(lines).split())
    return Element(_kind(block.role, words, outline), words, lines, gap)


def _kind(role: Role, words: str, outline: Outline) -> Kind:
    """The role, without the layout's mistakes that no author of a page would repeat."""
    if role == "boilerplate" and len(words.split()) >= _SENTENCES and "|" not in words:
        return "paragraph"
    if outline.layout in ("indicator", "chapter"):
        return _KINDS[role]
    if role == "heading" and words.endswith(":"):
        return "paragraph"
    if role == "citation" and not _SOURCE.match(words):
        return "paragraph"
    return _KINDS[role]


def _split(element: Element, outline: Outline) -> Iterator[Element]:
    """Of a deck, the lines of a text box that are no wrapped sentence."""
    if outline.layout != "deck" or element.kind not in ("title", "heading", "paragraph"):
        yield element
        return
    head, *rest = element.lines
    yield Element("title" if element.kind == "title" else "heading", head, (head,), element.gap)
    boxes: list[list[str]] = []
    for line in rest:
        wrapped = bool(boxes) and _NUMBERED.match(boxes[-1][0]) and not _NUMBERED.match(line)
        if wrapped:
            boxes[-1].append(line)
        else:
            boxes.append([line])
    for box in boxes:
        kind: Kind = "list_item" if _NUMBERED.match(box[0]) else "paragraph"
        yield Element(kind, " ".join(" ".join(box).split()), tuple(box))


def _with_feet(found: list[Element]) -> list[Element]:
    """Name the lines that end each slide."""
    masks = Counter(_DIGITS.sub("0", e.text) for e in found if e.kind == "furniture")
    feet = {mask for mask, n in masks.items() if n >= _SLIDES}
    return [
        Element("foot", e.text, e.lines, e.gap) if _DIGITS.sub("0", e.text) in feet else e
        for e in found
    ]
