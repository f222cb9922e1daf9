"""Files of a dataset that do not say the same, or are none, are reported with their name."""

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import sqlite, validate
from pipeline.check import Broken
from pipeline.schema import TABLE, TABLES
from pipeline.validate import check_dataset, check_place, read_tables

Change = Callable[[Path], None]


def test_a_dataset_is_whole(dataset):
    counts = check_dataset(dataset)
    assert set(counts) == {table.name for table in TABLES}
    assert counts["documents"] == 3
    assert all(counts[name] for name in ("segments", "mentions", "entities", "citations", "panel"))
    assert check_place(dataset) == counts


def test_the_database_is_compared_piece_by_piece(dataset, monkeypatch):
    monkeypatch.setattr(validate, "_ROWS", 7)
    check_dataset(dataset)


def _replace(name: str, old: bytes, new: bytes) -> Change:
    """Another text for one that stands in a file."""

    def change(out: Path) -> None:
        data = (out / name).read_bytes()
        assert old in data
        (out / name).write_bytes(data.replace(old, new, 1))

    return change


def _lines(name: str, edit: Callable[[list[list[str]]], None]) -> Change:
    """An edit of the cells of a CSV, which is written again as it was."""

    def change(out: Path) -> None:
        path = out / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return change


def _last_digit(rows: list[list[str]]) -> None:
    """The last digit that a number can have."""
    at = rows[0].index("confidence")
    rows[1][at] = repr(float(rows[1][at]) - 1e-16)


def _parquet(name: str, edit: Callable[[pa.Table], pa.Table]) -> Change:
    def change(out: Path) -> None:
        path = out / f"{name}.parquet"
        pq.write_table(edit(pq.ParquetFile(path).read()), path)

    return change


def _cell(column: str, value: object, at: int = 0) -> Callable[[pa.Table], pa.Table]:
    def edit(data: pa.Table) -> pa.Table:
        i = data.schema.get_field_index(column)
        cells = data.column(i).to_pylist()
        cells[at] = value
        return data.set_column(i, data.schema.field(i), pa.array(cells, data.schema.field(i).type))

    return edit


def _sql(*statements: str) -> Change:
    def change(out: Path) -> None:
        base = sqlite3.connect(out / "dataset.sqlite")
        for statement in statements:
            base.execute(statement)
        base.commit()
        base.close()

    return change


def _without_keys(out: Path) -> None:
    """The same rows in a table that declares no keys to other tables."""
    lines = sqlite.ddl(TABLE["citations"]).splitlines()
    kept = [line for line in lines if "FOREIGN KEY" not in line]
    kept[-2] = kept[-2].removesuffix(",")
    moved = "ALTER TABLE citations RENAME TO earlier"
    copied = "INSERT INTO citations SELECT * FROM earlier"
    _sql(moved, "\n".join(kept), copied, "DROP TABLE earlier")(out)


def _cut(name: str) -> Change:
    def change(out: Path) -> None:
        path = out / name
        path.write_bytes(path.read_bytes()[:-200])

    return change


def _text(edit: Callable[[bytes], bytes]) -> Change:
    def change(out: Path) -> None:
        path = min((out / "text").iterdir())
        path.write_bytes(edit(path.read_bytes()))

    return change


def _remove(name: str) -> Change:
    def change(out: Path) -> None:
        (out / name).unlink()

    return change


def _folder(name: str) -> Change:
    def change(out: Path) -> None:
        (out / name).unlink()
        (out / name).mkdir()

    return change


def _garbage(name: str) -> Change:
    def change(out: Path) -> None:
        (out / name).write_bytes(b"\x00 no such format \xff" * 40)

    return change


def _package(edit: Callable[[dict], object]) -> Change:
    def change(out: Path) -> None:
        path = out / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        edit(package)
        path.write_text(json.dumps(package), encoding="utf-8")

    return change


def _unlist(package: dict) -> None:
    package["resources"] = [r for r in package["resources"] if r["name"] != "mentions"]


def _json(text: str) -> Change:
    def change(out: Path) -> None:
        (out / "datapackage.json").write_text(text, encoding="utf-8")

    return change


FILES = [
    ("an edited cell in CSV", _replace("documents.csv", b"ok", b"OK"), "documents.csv differs"),
    ("a CSV cut short", _cut("mentions.csv"), "mentions.csv"),
    ("a last digit in CSV", _lines("mentions.csv", _last_digit), "mentions.csv differs"),
    ("a lost row in CSV", _lines("mentions.csv", lambda rows: rows.pop(3)), "mentions.csv differs"),
    ("a lost last row in CSV", _lines("panel.csv", lambda rows: rows.pop()), "panel.csv differs"),
    (
        "a row twice in CSV",
        _lines("mentions.csv", lambda rows: rows.append(rows[-1])),
        "mentions.csv differs",
    ),
    (
        "rows in another order in CSV",
        _lines("mentions.csv", lambda rows: rows.append(rows.pop(1))),
        "mentions.csv differs",
    ),
    (
        "columns in another order in CSV",
        _lines("citations.csv", lambda rows: [row.append(row.pop(0)) for row in rows]),
        "citations.csv differs",
    ),
    ("only the head of a CSV", _lines("runs.csv", lambda rows: rows.pop()), "runs.csv"),
    ("an empty CSV", _lines("runs.csv", lambda rows: rows.clear()), "runs.csv"),
    ("a short row in CSV", _lines("panel.csv", lambda rows: rows[2].pop()), "panel.csv"),
    ("a long row in CSV", _lines("panel.csv", lambda rows: rows[2].append("x")), "panel.csv"),
    ("an empty line in CSV", _replace("panel.csv", b"\n", b"\n\n"), "panel.csv"),
    ("a byte order mark", _replace("runs.csv", b"run_id", b"\xef\xbb\xbfrun_id"), "runs.csv"),
    ("line ends of Windows", _replace("runs.csv", b"\n", b"\r\n"), "runs.csv differs"),
    ("no UTF-8 in CSV", _replace("countries.csv", b"Estonia", b"Eston\xff"), "countries.csv"),
    ("quotes for null", _replace("documents.csv", b",,", b',"",'), "documents.csv differs"),
    ("a number that is none", _replace("countries.csv", b",0,0\n", b",x,0\n"), "countries.csv"),
    ("an edited text", _text(lambda data: b"x" + data), "blocks|quote"),
    ("a longer text", _text(lambda data: data + b"\n"), "n_chars"),
    ("a text that is no UTF-8", _text(lambda data: b"\xff" + data), "text/"),
    (
        "a lost row in SQLite",
        _sql("DELETE FROM citations WHERE citation_id LIKE '%-c00001'"),
        "citations differs",
    ),
    (
        "a lost last row in SQLite",
        _sql("DELETE FROM countries WHERE country_iso3 = 'ZWE'"),
        "countries differs",
    ),
    (
        "one row more in SQLite",
        _sql("INSERT INTO countries VALUES ('ZZZ', NULL, NULL, 'Nowhere', NULL, NULL, 0, 0)"),
        "countries differs",
    ),
    (
        "an edited value in SQLite",
        _sql("UPDATE documents SET title = 'Another'"),
        "documents differs",
    ),
    (
        "an empty text for null in SQLite",
        _sql("UPDATE documents SET reason = '' WHERE reason IS NULL"),
        "documents differs",
    ),
    ("a stray key in SQLite", _sql("UPDATE mentions SET document_id = 'gone'"), "foreign key"),
    ("a lost table in SQLite", _sql("DROP TABLE runs"), "dataset.sqlite: runs is missing"),
    ("lost keys in SQLite", _without_keys, "citations is declared in another way"),
    (
        "another cell in Parquet",
        _parquet("mentions", _cell("confidence", 0.123)),
        r"mentions.csv differs[^$]*mentions differs",
    ),
    ("an empty text for null", _parquet("documents", _cell("reason", "")), "documents.csv differs"),
    (
        "a lost row in Parquet",
        _parquet("citations", lambda data: data.slice(1)),
        r"citations.csv differs[^$]*citations differs",
    ),
    (
        "a row twice in Parquet",
        _parquet("citations", lambda data: pa.concat_tables([data, data.slice(0, 1)])),
        "citations",
    ),
    (
        "a column too many in Parquet",
        _parquet("runs", lambda data: data.append_column("more", data.column(0))),
        "runs",
    ),
    (
        "a column that the rest hangs on is gone",
        _parquet("documents", lambda data: data.drop_columns(["status"])),
        "documents.parquet has no column status",
    ),
    (
        "another type in Parquet",
        _parquet("panel", lambda data: data.set_column(3, "edition", pa.array(["x"] * len(data)))),
        "panel.parquet",
    ),
    (
        "a run that is not told",
        _parquet("runs", lambda data: data.slice(1)),
        "runs: there are 0 rows, not one",
    ),
    ("no Parquet", _remove("segments.parquet"), "segments.parquet is missing"),
    ("no CSV", _remove("segments.csv"), "segments.csv"),
    ("no SQLite", _remove("dataset.sqlite"), "dataset.sqlite is missing"),
    ("no data package", _remove("datapackage.json"), "datapackage.json"),
    ("a folder for Parquet", _folder("runs.parquet"), "runs.parquet"),
    ("a folder for CSV", _folder("runs.csv"), "runs.csv"),
    ("a folder for SQLite", _folder("dataset.sqlite"), "dataset.sqlite"),
    ("Parquet that is none", _garbage("runs.parquet"), "runs.parquet"),
    ("CSV that is none", _garbage("runs.csv"), "runs.csv"),
    ("SQLite that is none", _garbage("dataset.sqlite"), "dataset.sqlite"),
    ("JSON that is none", _garbage("datapackage.json"), "datapackage.json"),
    ("JSON of another kind", _json("[1]"), "datapackage.json"),
    ("JSON of another shape", _json('{"resources": [1]}'), "datapackage.json"),
    ("a table not in the package", _package(_unlist), "mentions is missing"),
    (
        "another number of rows in the package",
        _package(lambda package: package["resources"][0].update(rows=1)),
        "datapackage.json: countries",
    ),
    (
        "a column not in the package",
        _package(lambda package: package["resources"][0]["schema"]["fields"].pop()),
        "datapackage.json: countries",
    ),
]


@pytest.mark.parametrize(("reason", "change", "message"), FILES, ids=[f[0] for f in FILES])
def test_broken_files_are_reported(copied, reason, change, message):
    change(copied)
    with pytest.raises(Broken, match=message):
        check_dataset(copied)


def test_a_lost_text_is_reported(copied):
    min((copied / "text").iterdir()).unlink()
    with pytest.raises(Broken, match="text/.* is missing"):
        check_dataset(copied)


def test_all_files_that_differ_are_told_at_once(copied):
    _remove("runs.csv")(copied)
    _sql("DROP TABLE runs", "UPDATE documents SET title = 'Another'")(copied)
    _json("{}")(copied)
    with pytest.raises(Broken) as error:
        check_dataset(copied)
    assert len(error.value.problems) == 3 + len(TABLES)


def test_a_folder_that_is_none_is_reported(tmp_path):
    with pytest.raises(Broken, match="not a folder"):
        check_dataset(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["mentions.parquet", "dataset.sqlite", "entities.csv"])
def test_a_turned_bit_is_noticed_wherever_it_is(copied, name):
    data = bytearray((copied / name).read_bytes())
    data[-9] ^= 1
    (copied / name).write_bytes(bytes(data))
    with pytest.raises(Broken):
        check_place(copied)


def test_what_the_note_lists_and_nothing_else_looks_at_is_noticed(copied):
    package = copied / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    check_dataset(copied)
    with pytest.raises(Broken, match="datapackage.json is not as it was written"):
        check_place(copied)


def test_quotes_line_ends_and_blanks_in_cells_are_no_difference(copied, tmp_path):
    """The CSV says the same as Parquet, however odd the cell is."""
    odd = ['say "so"', "two\nlines", " blank ", "comma, semicolon;", "nan", "NULL", "1e5", "\u2028"]
    data = pq.ParquetFile(copied / "countries.parquet").read()
    for i, cell in enumerate(odd):
        data = _cell("name", cell, at=i)(data)
    pq.write_table(data, copied / "countries.parquet")
    with (copied / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(data.column_names)
        table.writerows(row.values() for row in data.to_pylist())
    base = sqlite3.connect(copied / "dataset.sqlite")
    pairs = [(row["name"], row["country_iso3"]) for row in data.to_pylist()]
    base.executemany("UPDATE countries SET name = ? WHERE country_iso3 = ?", pairs)
    base.commit()
    base.close()
    check_dataset(copied)


def test_the_tables_are_read_with_the_types_of_the_schema(dataset):
    frames, texts = read_tables(dataset)
    kinds = {"string": "string", "integer": "Int64", "number": "Float64"}
    for table in TABLES:
        assert [str(t) for t in frames[table.name].dtypes] == [kinds[c.type] for c in table.columns]
    assert len(texts) == 3
    assert isinstance(frames["mentions"], pd.DataFrame)
