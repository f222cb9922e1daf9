"""What became of gold and of what was found, counted: the content of `models/accuracy.json`.

Counts only, no text: for each section of each annotated document how many mentions of a label were
found, were right and were missed, by part of the document and by how sure the program was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.settings import MODELS

FILE = "accuracy.json"
VERSION = 1
COUNTRY = "COUNTRY"  # the label of cells that count countries of sections
# Lower ends of the bins of confidence, closer where most mentions are; and what stands for each.
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
MIDDLES = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.925, 0.965, 0.985, 0.995)


@dataclass(frozen=True, slots=True)
class Cell:
    """What cases have in common that are taken to be alike.

    Attributes:
        label: Of the mention; `COUNTRY` where the case is the country of a section.
        part: `body`, `citation` or `boilerplate`; empty for sections.
        layout: Of the document.
        country: Of the section, ISO 3166-1 alpha-3; None outside all sections.
        bin: Which bin of `EDGES` the confidence is in; None for what was missed.
    """

    label: str
    part: str
    layout: str
    country: str | None
    bin: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one cell in one section.

    Attributes:
        unit: Place of the section in `Counts.sections`.
        found: How many the program has; 0 where `cell.bin` is None.
        right: How many of these gold has, too.
        missed: How many only gold has.
    """

    unit: int
    cell: Cell
    found: int = 0
    right: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """An annotated document.

    Attributes:
        sample: Whether it was written for this project, like what the models saw.
        mentions: Whether its mentions are annotated.
    """

    layout: str
    sample: bool
    mentions: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section as the program cut it; `ordinal` 0 is what stands outside all sections."""

    document: int
    ordinal: int
    country: str | None


@dataclass(frozen=True, slots=True)
class Placements:
    """Placements with a rank in one document: country, index and rank compared."""

    document: int
    found: int
    right: int
    gold: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts, with what was fitted to them.

    Attributes:
        segments: Whether the country of a section is right, by how sure the program was.
        scales: How much cells differ, by model (`pipeline.accuracy.pooling.Scales`).
        ranges: Least and greatest plausible number of agencies, by the number found.
        checks: What came out on countries that were left out.
        models: What found the names, each part with its hash or value.
    """

    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Tally, ...]
    segments: tuple[Tally, ...]
    rankings: tuple[Placements, ...]
    scales: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    ranges: tuple[tuple[int, int], ...] = ()
    checks: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    def sample(self, tally: Tally) -> bool:
        """Whether it was counted in a sample."""
        return self.documents[self.sections[tally.unit].document].sample

    def without(self, country: str) -> "Counts":
        """The counts without those of a country's sections."""
        return Counts(
            self.documents,
            self.sections,
            tuple(t for t in self.mentions if t.cell.country != country),
            tuple(t for t in self.segments if t.cell.country != country),
            self.rankings,
            self.scales,
        )


def bin_of(confidence: float) -> int:
    """Which bin a confidence is in.

    Example:
        >>> bin_of(0.3), bin_of(0.9), bin_of(1.0)
        (0, 6, 9)
    """
    return sum(confidence >= edge for edge in EDGES) - 1


def shipped() -> Path:
    """The file of figures that comes with the models."""
    return MODELS / FILE


def save(counts: Counts, path: Path) -> None:
    """Write the counts as JSON, a line each, so that a change can be read."""
    lines = [f'"version": {VERSION}']
    for name in ("documents", "sections", "rankings"):
        lines.append(_listed(name, [list(asdict(row).values()) for row in getattr(counts, name)]))
    for name in ("mentions", "segments"):
        lines.append(_listed(name, [_plain(tally) for tally in getattr(counts, name)]))
    lines.append(_listed("ranges", [list(pair) for pair in counts.ranges]))
    for name in ("scales", "checks", "models"):
        lines.append(f'"{name}": {json.dumps(getattr(counts, name), sort_keys=True)}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def load(path: Path) -> Counts:
    """The counts that `save` wrote.

    Raises:
        ValueError: If the file is missing or no such file.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']}, not {VERSION}")
        return Counts(
            documents=tuple(Document(*row) for row in data["documents"]),
            sections=tuple(Section(*row) for row in data["sections"]),
            mentions=tuple(_tallies(data["mentions"])),
            segments=tuple(_tallies(data["segments"])),
            rankings=tuple(Placements(*row) for row in data["rankings"]),
            scales=data["scales"],
            ranges=tuple((int(low), int(high)) for low, high in data["ranges"]),
            checks=data["checks"],
            models=data["models"],
        )
    except FileNotFoundError:
        raise ValueError(f"{path} is missing; measure it with --gold, --raw and --save") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no figures of accuracy: {error}") from None


def _listed(name: str, rows: Sequence[Sequence[Any]]) -> str:
    inside = ",\n".join(json.dumps(row) for row in rows)
    return f'"{name}": [\n{inside}\n]' if rows else f'"{name}": []'


def _plain(tally: Tally) -> list[Any]:
    cell = tally.cell
    return [
        tally.unit, cell.label, cell.part, cell.layout, cell.country, cell.bin,
        tally.found, tally.right, tally.missed,
    ]  # fmt: skip


def _tallies(rows: Sequence[Sequence[Any]]) -> Iterator[Tally]:
    for unit, label, part, layout, country, where, found, right, missed in rows:
        yield Tally(unit, Cell(label, part, layout, country, where), found, right, missed)
