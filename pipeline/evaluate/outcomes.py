"""Every mention that was found or that gold has, one by one, with all that it can be counted by."""

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.evaluate.gold import Gold
from pipeline.records import LABELS, Label, Layout, Mention, Result, Section, section_of, segment_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A mention and what became of it. A wrong one and a missed one are two outcomes.

    Attributes:
        layout: Of the document.
        edition: Of the document.
        unit: The document and the segment where it stands, to be drawn together in a bootstrap.
        country: Of the segment, ISO 3166-1 alpha-3; None outside all segments.
        section: Part of the document, as the program has it; of a missed one that of its block.
        confidence: The program's; None for a missed one.
        found: Whether the program has it.
        gold: Whether gold has it, with these bounds and this label.
        touched: Whether the other side has one of this label that overlaps it.
        text: The words.
    """

    document: str
    layout: Layout
    edition: int | None
    unit: str
    country: str | None
    label: Label
    section: Section
    start: int
    end: int
    text: str
    confidence: float | None
    found: bool
    gold: bool
    touched: bool

    @property
    def right(self) -> bool:
        """Whether it was found and is right."""
        return self.found and self.gold


def outcomes(gold: Gold, result: Result) -> list[Outcome]:
    """The mentions of a document that were found or that gold has, by where they stand.

    None for a document whose gold has no mentions.
    """
    if not gold.has_mentions:
        return []
    found: dict[tuple[int, int, str], Mention] = {
        (m.start, m.end, m.label): m for m in result.mentions
    }
    spans = sorted(found.keys() | gold.mentions)
    return [_outcome(gold, result, span, found.get(span)) for span in spans]


def _outcome(
    gold: Gold, result: Result, span: tuple[int, int, str], mention: Mention | None
) -> Outcome:
    start, end, label = span
    known = next(name for name in LABELS if name == label)
    there = mention or Mention(
        start=start,
        end=end,
        text=result.report.text[start:end],
        label=known,
        section=_section(result, start),
        confidence=0.0,
        method="gold",
        canonical="",
    )
    segment = segment_at(result.segments, there)
    ordinal = result.segments.index(segment) + 1 if segment else 0
    others = gold.mentions if mention else {(m.start, m.end, m.label) for m in result.mentions}
    return Outcome(
        document=gold.document,
        layout=result.outline.layout,
        edition=result.outline.edition,
        unit=f"{gold.document}#{ordinal}",
        country=segment.country if segment else None,
        label=known,
        section=there.section,
        start=start,
        end=end,
        text=there.text,
        confidence=mention.confidence if mention else None,
        found=mention is not None,
        gold=span in gold.mentions,
        touched=_touched(span, others),
    )


def _touched(span: tuple[int, int, str], others: Collection[tuple[int, int, str]]) -> bool:
    start, end, label = span
    return any(a < end and start < b and label == other for a, b, other in others)


def _section(result: Result, at: int) -> Section:
    blocks = result.outline.blocks
    return section_of(next((b.role for b in blocks if b.start <= at < b.end), "prose"))
