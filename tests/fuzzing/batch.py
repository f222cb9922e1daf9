"""Many broken files in one real run: none may be lost, and none may take the others with it."""

import csv
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from pipeline.files import discover
from pipeline.validate import check_dataset
from tests.fuzzing.inputs import Input
from tests.fuzzing.judge import reason_problem
from tests.small import build


def batch_problem(some: Sequence[Input]) -> str:
    """What goes wrong when these files are processed together; nothing if all is well."""
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        for each in some:
            (raw / each.name).write_bytes(each.data)
        try:
            build(raw, out)
            check_dataset(out)
            return _lost(raw, out, len(some))
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            return traceback.format_exc()


def _lost(raw: Path, out: Path, expected: int) -> str:
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = sorted(source.document_id for source in discover(raw))
    if len(wanted) != expected or sorted(row["document_id"] for row in rows) != wanted:
        return f"{expected} files, {len(wanted)} discovered, {len(rows)} rows in documents.csv"
    reasons = [row["reason"] for row in rows if row["status"] == "quarantined"]
    return next(filter(None, map(reason_problem, reasons)), "")
