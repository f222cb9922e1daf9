"""A written page as a test sees it: its pieces unpacked, its fragments parsed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from pipeline.explorer.chunks import decoded


@dataclass(frozen=True)
class Opened:
    page: Path

    @cached_property
    def html(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.page.read_text(encoding="utf-8"))

    @cached_property
    def pieces(self) -> dict[str, Any]:
        """All pieces by name, from the page or from the folder beside it."""
        found = {
            node.attributes["id"].removeprefix("chunk-"): node.text()
            for node in self.html.css("script[type='application/gzip']")
        }
        for path in self.page.with_name(f"{self.page.stem}-data").glob("*.js"):
            name, content = re.fullmatch(
                r'govtable\("(\w+)","([\w+/=]+)"\)\n', path.read_text(encoding="ascii")
            ).groups()
            assert path.stem == name
            found[name] = content
        return {name: decoded(content) for name, content in found.items()}

    def rows(self, name: str, inside: str = "") -> list[dict[str, Any]]:
        held = self.pieces[name]
        held = held[inside] if inside else held
        return [dict(zip(held["fields"], row, strict=True)) for row in held["rows"]]

    def documents(self) -> Iterator[tuple[str, LexborHTMLParser]]:
        for row in self.rows("index", "documents"):
            if row["piece"]:
                key = row["document_id"]
                yield key, LexborHTMLParser(self.pieces[row["piece"]][key])

    def fragments(self) -> Iterator[str]:
        """Everything that is put into the page as HTML."""
        for name, held in self.pieces.items():
            if name == "pages" or name[0] in "de" and name[1:].isdigit():
                yield from held.values()


def text_of(document: LexborHTMLParser) -> str:
    """The text of a document as it stands in its fragment."""
    return "".join(node.text() for node in document.css(".text"))
