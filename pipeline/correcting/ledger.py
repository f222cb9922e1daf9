"""The corrections of one report: where their quotes stand, and what became of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import visible
from pipeline.corrections import ALL
from pipeline.records import FORMULA, Action, Corrected, Correction, CorrectionStatus, Span
from pipeline.words import typed, word

METHOD = "correction"
# Their quotes are those of mentions (`pipeline.records.harmless`).
_OF_MENTIONS: tuple[Action, ...] = (
    "not_a_mention",
    "mention",
    "entity",
    "belongs_to",
    "same_entity",
)


class Ledger:
    """Corrections that are looked up and accounted for.

    Attributes:
        text: What is seen of the canonical text.
        corrections: In the order of their file.
    """

    def __init__(self, text: str, corrections: Sequence[Correction]) -> None:
        """Begin with none of them done."""
        self.text = text
        self.corrections = corrections
        self._found: dict[str, list[Span]] = {}
        self._status: dict[str, CorrectionStatus] = {}

    def outcome(self) -> tuple[Corrected, ...]:
        """What became of each correction, in their order."""
        return tuple(
            Corrected(
                correction=c,
                status=self.status(c) or "quote_missing",
                place=next(iter(self.places(c)), None),
            )
            for c in self.corrections
            if c.document != ALL or self.status(c)
        )

    def status(self, c: Correction) -> CorrectionStatus | None:
        """What became of a correction so far."""
        return self._status.get(c.correction_id)

    def note(self, c: Correction, status: CorrectionStatus) -> None:
        """Keep what became of a correction."""
        self._status[c.correction_id] = status

    def add(self, c: Correction, status: CorrectionStatus) -> None:
        """Keep what became of a correction in one of several places; once applied is applied."""
        if self.status(c) != "applied":
            self.note(c, status)

    def of(self, *actions: Action) -> Iterator[tuple[Correction, list[Span]]]:
        """The corrections of some actions whose quote is there, with its places."""
        for c in self.corrections:
            if c.action in actions and (found := self.places(c)):
                yield c, found

    def places(self, c: Correction) -> list[Span]:
        """Where the quote of a correction stands; looked up once."""
        if c.correction_id not in self._found:
            found = places(c.quote, self.text)
            chosen = found if c.nth is None else found[c.nth - 1 : c.nth]
            if c.action in _OF_MENTIONS:
                chosen = [self._bare(place) for place in chosen]
            self._found[c.correction_id] = chosen
        return self._found[c.correction_id]

    def _bare(self, place: Span) -> Span:
        """Without what a name must not begin with."""
        words = place.of(self.text)
        kept = words.lstrip(FORMULA + " ")
        return replace(place, start=place.end - len(kept)) if kept else place


def places(quote: str, text: str) -> list[Span]:
    """Where a quote stands in what is seen of a text, also where it overlaps itself.

    Runs of white space are alike, as are straight and curly quotation marks and all dashes; what
    is not seen of the quote does not count.
    """
    words = r"\s+".join(map(re.escape, typed(seen(quote)).split()))
    found = re.finditer(f"(?=({words}))", typed(text)) if words else ()
    return [Span(start=m.start(1), end=m.end(1)) for m in found]


def seen(words: str) -> str:
    """What is seen of some words."""
    view = visible.view(words)
    return view.text if view else words


def same(a: Span, b: Span) -> bool:
    """Whether two stretches are one."""
    return (a.start, a.end) == (b.start, b.end)


def overlap(a: Span, b: Span) -> bool:
    """Whether two stretches have characters in common."""
    return a.start < b.end and b.start < a.end


def judged(c: Correction, *now: object) -> CorrectionStatus:
    """What becomes of a correction of a value.

    Args:
        now: The value as it is, and others that `was` may mean as well.
    """
    words = [word(value) for value in now]
    if words[0] == c.value:
        return "no_change"
    return "applied" if c.was in (None, *words) else "was_differs"
