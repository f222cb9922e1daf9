"""Names that are none, and names that were missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline import normalise
from pipeline.correcting.ledger import METHOD, Ledger, overlap, same
from pipeline.corrections import NONE
from pipeline.records import (
    LABELS,
    Action,
    Block,
    Correction,
    Mention,
    Section,
    Span,
    harmless,
    section_of,
)
from pipeline.years import find_years

_NAMES: tuple[Action, ...] = ("not_a_mention", "mention")


def corrected(
    ledger: Ledger, mentions: Sequence[Mention], blocks: Sequence[Block]
) -> list[Mention]:
    """The names without those that are none, and with those that were missed."""
    found, work = list(mentions), _Work(ledger, blocks)
    for c, places in ledger.of(*_NAMES):
        before = found
        for place in places:
            found = (work.added if c.action == "mention" else work.removed)(found, c, place)
        if before is not found:
            ledger.note(c, "applied")
        elif ledger.status(c) is None:
            ledger.note(c, "nothing_there")
    for c, places in ledger.of(*_NAMES):
        if ledger.status(c) == "applied" and not any(_holds(c, place, found) for place in places):
            ledger.note(c, "overridden")
    return sorted(found, key=lambda m: (m.start, -m.end))


def _holds(c: Correction, place: Span, found: Sequence[Mention]) -> bool:
    """Whether what a correction says of a place is so."""
    labels = {m.label for m in found if same(m, place)}
    if c.action == "mention":
        return c.value in labels
    return not labels if c.was is None else c.was not in labels


@dataclass(frozen=True, slots=True)
class _Work:
    """Adds and removes names.

    Attributes:
        owners: Of what was added, the correction that did it.
    """

    ledger: Ledger
    blocks: Sequence[Block]
    owners: dict[Mention, str] = field(default_factory=dict)

    def removed(self, found: list[Mention], c: Correction, place: Span) -> list[Mention]:
        """The names without the one at a place, if it is meant."""
        wrong = [m for m in found if same(m, place)]
        meant = [m for m in wrong if c.was in (None, m.label)]
        if wrong and not meant:
            self.ledger.note(c, "was_differs")
        return [m for m in found if m not in meant] if meant else found

    def added(self, found: list[Mention], c: Correction, place: Span) -> list[Mention]:
        """The names with one at a place, instead of those in its way."""
        there = {m.label: m for m in found if same(m, place)}
        if c.value in there:
            self.ledger.note(c, "no_change")
            return found
        if c.was is not None and c.was not in (there or (NONE,)):
            self.ledger.note(c, "was_differs")
            return found
        new = _mention(self.ledger.text, c, place, self.blocks)
        if new is None:
            return found
        years = new.label == "YEAR"
        in_its_way = [
            m
            for m in found
            if ((m.label == "YEAR") == years and overlap(m, new))
            or (same(m, place) and m.label == c.was)
        ]
        if any(self.owners.get(m) == c.correction_id for m in in_its_way):
            return found  # the quote overlaps itself; the first of the two counts
        self.owners[new] = c.correction_id
        return [*(m for m in found if m not in in_its_way), new]


def _mention(text: str, c: Correction, place: Span, blocks: Sequence[Block]) -> Mention | None:
    """The mention that a person says is there."""
    words = place.of(text)
    label = next(label for label in LABELS if label == c.value)
    years = [y for year in find_years(words) for y in (year.first, year.last)]
    if label == "YEAR" and not years:
        return None
    return harmless(
        Mention(
            start=place.start,
            end=place.end,
            text=words,
            label=label,
            section=_section(blocks, place),
            confidence=1.0,
            method=METHOD,
            canonical=normalise.spaces(words),
            year_start=min(years) if label == "YEAR" else None,
            year_end=max(years) if label == "YEAR" else None,
        )
    )


def _section(blocks: Sequence[Block], place: Span) -> Section:
    return section_of(next((b.role for b in blocks if b.start <= place.start < b.end), "prose"))
