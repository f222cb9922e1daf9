"""`govtable diff`."""

import csv
import json

import pandas as pd
import pytest

from pipeline.cli import main
from pipeline.diff import compare
from pipeline.diff.difference import COLUMNS


@pytest.fixture
def shorter(copied):
    """The dataset without its last thirty mentions."""
    path = copied / "mentions.parquet"
    pd.read_parquet(path).iloc[:-30].to_parquet(path)
    return copied


def test_equal_datasets(dataset, copied, capsys):
    assert main(["diff", str(dataset), str(copied), "--exit-code"]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_the_exit_status_tells_only_if_asked(dataset, shorter):
    assert main(["diff", str(dataset), str(shorter)]) == 0
    assert main(["diff", str(dataset), str(shorter), "--exit-code"]) == 1


def test_the_limit_is_a_table(dataset, shorter, capsys):
    main(["diff", str(dataset), str(shorter), "--limit", "7"])
    out = capsys.readouterr().out
    assert sum(line.startswith("    - ") for line in out.splitlines()) == 7
    assert "mentions: … and 23 more" in out


def test_files_hold_every_change(dataset, shorter, tmp_path):
    table, tree = tmp_path / "changes.csv", tmp_path / "changes.json"
    main(["diff", str(dataset), str(shorter), "--csv", str(table), "--json", str(tree)])
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30
    assert tuple(rows[0]) == COLUMNS
    assert {row["kind"] for row in rows} == {"removed"}
    assert all(row["key_old"] and not row["key_new"] and row["old"] for row in rows)
    assert b"\r" not in table.read_bytes()
    found = json.loads(tree.read_text(encoding="utf-8"))
    assert found["tables"]["mentions"]["removed"] == 30
    assert [{k: v or "" for k, v in row.items()} for row in found["changes"]] == rows
    assert not found["equal"]


def test_files_of_one_comparison_are_the_same_bytes(dataset, shorter, tmp_path):
    paths = [tmp_path / name for name in ("a.json", "b.json")]
    for path in paths:
        main(["diff", str(dataset), str(shorter), "--json", str(path)])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_moved_rows_are_listed_if_asked(dataset, copied, tmp_path, capsys):
    path = copied / "mentions.parquet"
    data = pd.read_parquet(path)
    data["mention_id"] = data["mention_id"].str.replace("-m0", "-m1")
    data.to_parquet(path)
    found = compare(dataset, copied)
    assert found.tables["mentions"].n("moved") == len(data)
    assert not (found.changes()["table"] == "mentions").any()
    table = tmp_path / "changes.csv"
    main(["diff", str(dataset), str(copied), "--all", "--limit", "1", "--csv", str(table)])
    with table.open(encoding="utf-8", newline="") as file:
        moved = [row for row in csv.DictReader(file) if row["kind"] == "moved"]
    assert len([row for row in moved if row["table"] == "mentions"]) == len(data)
    assert "    > " in capsys.readouterr().out


@pytest.mark.parametrize("side", [0, 1])
def test_what_is_no_dataset_is_one_line(dataset, tmp_path, capsys, side):
    places = [str(dataset), str(dataset)]
    places[side] = str(tmp_path / "nowhere")
    assert main(["diff", *places]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"govtable: {places[side]} is not a folder"
