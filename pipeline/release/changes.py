"""CHANGELOG.md of a release: what differs from an earlier one, by table and cause."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.diff import Difference, compare
from pipeline.release import package
from pipeline.release.about import About

NAME = "CHANGELOG.md"
_TITLE = "# Changes of this dataset\n"
_KINDS = ("added", "removed", "changed", "moved")


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier release or dataset.

    Attributes:
        version: Its version; None where it is no release.
        log: The sections of its own CHANGELOG.md.
    """

    folder: Path
    version: str | None
    log: str


def since(folder: Path) -> Since:
    """Look at an earlier release or dataset.

    Raises:
        ValueError: If it is none.
    """
    try:
        found = json.loads((folder / package.NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder} is no earlier release: {package.NAME}: {error}") from error
    folder = folder.resolve()  # by a path that is no word of a note
    log = folder / NAME
    if not isinstance(found, dict) or not log.is_file():
        return Since(folder, None, "")
    _, _, sections = log.read_text(encoding="utf-8").partition("\n## ")
    return Since(folder, str(found.get("version")), f"\n## {sections}" if sections else "")


def changelog(about: About, folder: Path, n_rows: Mapping[str, int], earlier: Since | None) -> str:
    """The file.

    Args:
        folder: Where the tables of the new release are.
        n_rows: Number of rows of each table.
    """
    when = f" ({about.released.isoformat()})" if about.released else ""
    head = [_TITLE, f"## {about.version}{when}", ""]
    if earlier is None:
        kept = ("documents", "segments", "mentions", "entities", "rankings")
        counts = ", ".join(f"{n_rows[name]:,} {name}" for name in kept)
        return "\n".join([*head, f"First release: {counts}.", ""])
    than = f"version {earlier.version}" if earlier.version else "the dataset before"
    difference = compare(earlier.folder, folder)
    # The one is still a draft, and where the other lies says nothing to a reader.
    names = {str(folder): "this release", str(earlier.folder): than}
    rows = [*_rows(difference), *_notes(difference, names)]
    return "\n".join([*head, f"Rows that differ from {than}:", "", *rows, ""]) + earlier.log


def _rows(difference: Difference) -> list[str]:
    """A Markdown table of counts, and what caused them."""
    lines = []
    for name, table in difference.tables.items():
        if len(table.rows):
            counts = " | ".join(f"{table.counts[kind]:,}" for kind in _KINDS)
            lines.append(f"| {name} | {table.n_old:,} → {table.n_new:,} | {counts} |")
    if lines:
        head = ["| table | rows | " + " | ".join(_KINDS) + " |", "|" + "---|" * (len(_KINDS) + 2)]
        same = "`moved` rows say the same; only their ids or offsets are others."
        lines = [*head, *lines, "", same]
    else:
        lines = ["None."]
    reports = {kind: len(names) for kind, names in difference.reports.items() if names}
    if reports:
        lines += ["", "Reports: " + ", ".join(f"{n} {kind}" for kind, n in reports.items()) + "."]
    if difference.corrections:
        lines += ["", f"Corrections that only one of them has: {len(difference.corrections)}."]
    if difference.parts:
        names = sorted({f"{part.kind} {part.name}" for part in difference.parts})
        lines += ["", "What made them differs, too: " + ", ".join(names) + "."]
    return lines


def _notes(difference: Difference, names: Mapping[str, str]) -> Iterator[str]:
    """What could not be compared; folders go by their names."""
    for note in difference.notes:
        for path, name in names.items():
            note = note.replace(path, name)
        yield from ("", note)
