"""Files of corrections, as a researcher writes them."""

import csv
from pathlib import Path

from pipeline.corrections import COLUMNS

SHA = "ab" * 32


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    """A file of corrections."""
    path = folder / "corrections.csv"
    names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        table.writerows(rows)
    return path
