"""Applies a researcher's corrections to what the stages found in one report.

ledger  where the quotes stand, and what became of each correction
sections, names, entities, placements  what each stage found -> the same, corrected

Sections are corrected before names are read in them, names before they are linked, so that what
follows from a correction follows by itself. Of rows that contradict each other the last one counts;
one that says nothing any more is `overridden`.
"""

from collections.abc import Sequence

from pipeline.correcting import entities, names, placements, sections
from pipeline.correcting.ledger import Ledger, places
from pipeline.records import Block, Corrected, Correction, Mention, Ranking, Segment

__all__ = ["Correcting", "places"]


class Correcting:
    """The corrections of one report, applied stage by stage."""

    def __init__(self, text: str, corrections: Sequence[Correction]) -> None:
        """Begin with a report.

        Args:
            text: What is seen of the canonical text (`pipeline.visible`).
        """
        self._ledger = Ledger(text, corrections)

    def segments(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        """The sections with the right country, tier and score."""
        return sections.corrected(self._ledger, segments)

    def mentions(self, mentions: Sequence[Mention], blocks: Sequence[Block]) -> list[Mention]:
        """The names without those that are none, and with those that were missed."""
        return names.corrected(self._ledger, mentions, blocks)

    def entities(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions with the right entity and country."""
        return entities.corrected(self._ledger, mentions)

    def rankings(self, rankings: Sequence[Ranking]) -> tuple[Ranking, ...]:
        """The placements with the right values, checked again."""
        return placements.corrected(self._ledger, rankings)

    def outcome(self) -> tuple[Corrected, ...]:
        """What became of each correction, in their order."""
        return self._ledger.outcome()
