"""A sentence with what placements are read from: its countries, its clauses, its masks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline import normalise
from pipeline.evidence import Hit, hits
from pipeline.records import Mention
from pipeline.sentences import cut

_NAMING = ("name", "demonym", "adjective")
_BREAK = re.compile(
    r"[;:]|\s[–—]\s"
    r"|,?\s+\b(?:while|whilst|whereas|although|though|but|yet|because|even if|even though"
    r"|after which)\b|(?<!year)(?<!years)\s+before\b",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block.

    Attributes:
        start: Offset of its first character in the canonical text.
        text: Its words, quotation marks those of keyboards.
        host: Country of the section.
        masked: `text` with the names of indices and of other things blotted out.
        countries: Countries it names outside the names of things, in order.
        regions: Parts of countries that it names.
    """

    start: int
    text: str
    host: str | None
    masked: str
    countries: tuple[Hit, ...]
    regions: tuple[Hit, ...] = ()
    brackets: tuple[tuple[int, int], ...] = field(default=())

    def without(self, spans: Iterable[tuple[int, int]]) -> "Sentence":
        """The sentence with more stretches blotted out; countries in them are none."""
        masked = self.masked
        for a, b in spans:
            masked = masked[:a] + "■" * (b - a) + masked[b:]
        return replace(
            self,
            masked=masked,
            countries=tuple(h for h in self.countries if masked[h.start] != "■"),
            regions=tuple(h for h in self.regions if masked[h.start] != "■"),
        )

    @property
    def end(self) -> int:
        """Offset after its last character in the canonical text."""
        return self.start + len(self.text)

    def clause(self, at: int) -> tuple[int, int]:
        """Bounds of the clause, or of the bracket, around a position."""
        for start, end in self.brackets:
            if start < at < end:
                return start + 1, end - 1
        start, end = 0, len(self.text)
        for match in _BREAK.finditer(self.masked):
            if any(a < match.start() < b for a, b in self.brackets):
                continue
            if match.end() <= at:
                start = match.end()
            elif match.start() > at:
                end = match.start()
                break
        return start, end

    def bracket(self, at: int) -> tuple[int, int] | None:
        """The brackets around a position."""
        return next(((a, b) for a, b in self.brackets if a < at < b), None)


def sentences(
    text: str, offset: int, host: str | None, mentions: Sequence[Mention]
) -> Iterator[Sentence]:
    """The sentences of a block's text.

    Args:
        offset: Where the block starts in the canonical text.
        host: Country of the section.
        mentions: Names in the document.
    """
    for at, words in cut(text):
        yield _sentence(normalise.quotes(words), offset + at, host, mentions)


def _sentence(words: str, start: int, host: str | None, mentions: Sequence[Mention]) -> Sentence:
    inside = [
        m
        for m in mentions
        if m.label != "YEAR" and start <= m.start and m.end <= start + len(words)
    ]
    masked = words
    for m in inside:
        a, b = m.start - start, m.end - start
        masked = masked[:a] + "■" * (b - a) + masked[b:]
    found = hits(words)
    free = [h for h in found if masked[h.start] != "■"]
    return Sentence(
        start=start,
        text=words,
        host=host,
        masked=masked,
        countries=tuple(h for h in free if h.kind in _NAMING),
        regions=tuple(h for h in free if h.kind == "subnational"),
        brackets=tuple(m.span() for m in _PAREN.finditer(words)),
    )
