"""What the page shows, in compressed pieces that it unpacks when it needs them."""

import base64
import gzip
import json
from collections.abc import Iterable
from typing import Any

PIECE = 300_000  # characters before compression; one document or entity is never parted
_LEVEL = 6


class Chunks:
    """Pieces by name, as base64 of gzip of JSON.

    Attributes:
        encoded: The pieces.
        where: In which piece each key of `spread` is.
    """

    def __init__(self) -> None:
        self.encoded: dict[str, str] = {}
        self.where: dict[str, str] = {}

    @property
    def size(self) -> int:
        """Characters of all pieces together."""
        return sum(map(len, self.encoded.values()))

    def add(self, name: str, content: Any) -> None:
        """Add one piece."""
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        packed = gzip.compress(plain.encode(), _LEVEL, mtime=0)
        self.encoded[name] = base64.b64encode(packed).decode("ascii")

    def spread(self, prefix: str, items: Iterable[tuple[str, str]]) -> None:
        """Add as many pieces as it takes to hold texts by their keys."""
        held: dict[str, str] = {}
        size = n = 0
        for key, content in items:
            held[key] = content
            self.where[key] = f"{prefix}{n}"
            size += len(content)
            if size >= PIECE:
                self.add(f"{prefix}{n}", held)
                held, size, n = {}, 0, n + 1
        if held:
            self.add(f"{prefix}{n}", held)


def decoded(text: str) -> Any:
    """The content of a piece."""
    return json.loads(gzip.decompress(base64.b64decode(text)))
