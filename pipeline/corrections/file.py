"""The file of corrections -> corrections, and back."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipeline.corrections.kinds import COLUMNS, COUNT, correction
from pipeline.corrections.sheet import sheet
from pipeline.place import Place, answering
from pipeline.records import Correction

NAME = "corrections.csv"


def beside(raw: Place) -> Place | None:
    """Where the corrections for the reports in `raw` are kept; None at the root of a store."""
    whole = raw.absolute() if isinstance(raw, Path) else raw
    return whole.parent / NAME if whole.parent != whole else None


def load(path: Place | None) -> tuple[Correction, ...]:
    """The corrections in a file, in order, each once; none if there is no such file.

    Rows that differ in their notes alone are one: the last, for the last word counts.

    Raises:
        ValueError: If the file cannot be understood; the message names the line.
        OSError: If it cannot be read.
    """
    if path is None:
        return ()
    try:
        with answering():
            data = path.read_bytes()
    except FileNotFoundError:
        return ()
    found: dict[str, Correction] = {}
    told = sheet(data, str(path))
    for line, cells in told.rows:
        row = dict(zip(told.columns, cells, strict=True))
        own = {column: row.get(column, "").strip() or None for column in COLUMNS}
        if not any(own.values()):
            continue
        try:
            c = _row(own)
        except ValueError as error:
            raise ValueError(f"{path} line {line}: {error}") from error
        found.pop(c.correction_id, None)
        found[c.correction_id] = c
    if circle := _circle(found.values()):
        raise ValueError(f"{path}: {circle!r} is said to be another entity that is said to be it")
    return tuple(found.values())


def write(corrections: Iterable[Correction]) -> str:
    """Corrections as the text of a file, the reverse of `load`."""
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    table.writeheader()
    for c in corrections:
        table.writerow({name: getattr(c, name) for name in COLUMNS})
    return lines.getvalue()


def _row(cells: dict[str, str | None]) -> Correction:
    nth = re.fullmatch(rf"({COUNT})(?:\.0)?", cells["nth"] or "")  # pandas writes 1.0
    if cells["nth"] and nth is None:
        raise ValueError(
            f"nth is {cells['nth']!r}; it has to be 1, 2, …, or empty for every occurrence"
        )
    document = cells["document"] or ""
    return correction(
        document if document.startswith("doc-") else document.lower(),
        cells["quote"] or "",
        cells["action"] or "",
        cells["value"],
        nth=int(nth[1]) if nth else None,
        was=cells["was"],
        note=cells["note"],
    )


def _circle(corrections: Iterable[Correction]) -> str | None:
    """A name that is another's and that other's is it, if there is one."""
    same: dict[str, dict[str, str]] = defaultdict(dict)
    for c in corrections:
        if c.action == "same_entity":
            same[c.document][c.quote.casefold()] = (c.value or "").casefold()
    for names in same.values():
        for first in names:
            seen, name = {first}, names[first]
            while name in names and name not in seen:
                seen.add(name)
                name = names[name]
            if name in seen:
                return first
    return None
