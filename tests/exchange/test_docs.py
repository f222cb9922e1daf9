"""The guide to corrections says what the code says."""

import csv
import io
import re

from pipeline.corrections import COLUMNS, KINDS, load
from pipeline.files import discover
from pipeline.records import CORRECTION_STATUSES
from tests.small import ROOT

GUIDE = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")


def test_every_action_is_in_the_table():
    rows = [
        f"| `{action}` | {kind.about} | {kind.quote} | {kind.hint or '–'} |"
        for action, kind in KINDS.items()
    ]
    assert "\n".join(rows) in GUIDE


def test_columns_and_statuses_are_all_explained():
    first_cells = re.findall(r"^\| `(\w+)` \|", GUIDE, flags=re.MULTILINE)
    assert first_cells[: len(COLUMNS)] == list(COLUMNS)
    assert first_cells[-len(CORRECTION_STATUSES) :] == list(CORRECTION_STATUSES)


def test_the_example_can_be_read_and_is_about_a_sample(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", GUIDE, flags=re.DOTALL)
    assert tuple(next(csv.reader(io.StringIO(example)))) == COLUMNS
    path = tmp_path / "corrections.csv"
    path.write_text(example, encoding="utf-8")
    shas = [source.sha256 for source in discover(ROOT / "raw")]
    text = (ROOT / "raw" / "ministry-estonia.txt").read_text(encoding="utf-8")
    for c in load(path):
        assert c.document == "*" or any(sha.startswith(c.document) for sha in shas)
        assert c.quote in text
