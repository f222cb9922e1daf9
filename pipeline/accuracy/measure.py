"""Gold and the reports it annotates -> counts (`pipeline.accuracy.counts`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.accuracy.counts import (
    COUNTRY,
    Cell,
    Counts,
    Document,
    Placements,
    Section,
    Tally,
    bin_of,
)
from pipeline.evaluate.calibration import judged_sections
from pipeline.evaluate.gold import Gold, checked, load
from pipeline.evaluate.outcomes import outcomes
from pipeline.evaluate.reports import results
from pipeline.evaluate.scores import ranking_scores
from pipeline.place import Place
from pipeline.records import Result


@dataclass(frozen=True, slots=True)
class Measured:
    """A document with gold, and what the journey found in it."""

    gold: Gold
    result: Result
    sample: bool


def measured(golds: Iterable[Path], raw: Place, *, sample: bool = False) -> list[Measured]:
    """Run the journey on each report that has gold.

    Args:
        golds: Folders of gold files, or single ones.
        raw: The folder of the reports that they name.
        sample: Whether the reports were written for this project.

    Raises:
        ValueError: If there is no gold, it names a report twice or does not fit it, or a report is
            missing or cannot be read.
    """
    listed = [g for path in golds for g in load(path)]
    names = Counter(g.document for g in listed)
    if twice := sorted(name for name, n in names.items() if n > 1):
        raise ValueError(f"gold names a report twice: {', '.join(twice)}")
    found = results(listed, raw)
    return [
        Measured(checked(g, found[g.document].report.text), found[g.document], sample)
        for g in listed
    ]


@dataclass(slots=True)
class _Draft:
    """Counts in the making."""

    documents: list[Document] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    mentions: list[Tally] = field(default_factory=list)
    segments: list[Tally] = field(default_factory=list)
    rankings: list[Placements] = field(default_factory=list)


def counted(measured: Sequence[Measured]) -> Counts:
    """The counts of some documents, in the order of their names."""
    draft = _Draft()
    for one in sorted(measured, key=lambda m: (m.sample, m.gold.document)):
        _count(one, draft)
    return Counts(
        tuple(draft.documents),
        tuple(draft.sections),
        tuple(draft.mentions),
        tuple(draft.segments),
        tuple(draft.rankings),
    )


def _count(one: Measured, draft: _Draft) -> None:
    document = len(draft.documents)
    draft.documents.append(Document(one.result.outline.layout, one.sample, one.gold.has_mentions))
    units = {}
    # Those with nothing in them count, too: most often nothing is right there.
    for ordinal, country in enumerate((None, *(s.country for s in one.result.segments))):
        units[f"{one.gold.document}#{ordinal}"] = len(draft.sections)
        draft.sections.append(Section(document, ordinal, country))
    draft.mentions.extend(_mentions(one, units))
    draft.segments.extend(_countries(one, units))
    if one.gold.has_rankings:
        core = ranking_scores([(one.gold, one.result)])["country, index, rank"]
        draft.rankings.append(Placements(document, core.found, core.hits_found, core.gold))


def _mentions(one: Measured, units: dict[str, int]) -> Iterator[Tally]:
    counts: dict[tuple[int, Cell], Counter[str]] = defaultdict(Counter)
    for o in outcomes(one.gold, one.result):
        sure = None if o.confidence is None else bin_of(o.confidence)
        cell = Cell(o.label, o.section, o.layout, o.country, sure)
        counts[units[o.unit], cell].update(
            found=int(o.found), right=int(o.right), missed=int(not o.found)
        )
    return _tallies(counts)


def _countries(one: Measured, units: dict[str, int]) -> Iterator[Tally]:
    """Whether most of each section is its country's; nothing where gold has no sections."""
    counts: dict[tuple[int, Cell], Counter[str]] = defaultdict(Counter)
    if one.gold.segments:
        judged = judged_sections(one.gold, one.result.segments)
        for ordinal, (confidence, right) in enumerate(judged, start=1):
            country = one.result.segments[ordinal - 1].country
            layout = one.result.outline.layout
            cell = Cell(COUNTRY, "", layout, country, bin_of(confidence))
            unit = units[f"{one.gold.document}#{ordinal}"]
            counts[unit, cell].update(found=1, right=int(right))
    return _tallies(counts)


def _tallies(counts: dict[tuple[int, Cell], Counter[str]]) -> Iterator[Tally]:
    def order(item: tuple[int, Cell]) -> tuple[int, str, str, int]:
        unit, cell = item
        return unit, cell.label, cell.part, -1 if cell.bin is None else cell.bin

    for unit, cell in sorted(counts, key=order):
        c = counts[unit, cell]
        yield Tally(unit, cell, c["found"], c["right"], c["missed"])
