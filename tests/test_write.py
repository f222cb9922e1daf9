"""Kept rows become files: all or none, typed, keyed, and the same bytes every time."""

import io
import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import arrow, parts, processing, tables
from pipeline import publish as publishing
from pipeline.columns import Column
from pipeline.commit import locked, recover
from pipeline.plan import CACHE, broken, plan, published
from pipeline.records import Failure
from pipeline.schema import TABLE, TABLES
from pipeline.settings import DEFAULT
from pipeline.state import recall
from pipeline.store import Store
from pipeline.validate import check_dataset, check_place, read_tables
from tests.small import build, contents

SCAN = b"%PDF-1.7 ..."


@pytest.fixture
def ready(samples, tmp_path):
    """RAW with the samples, OUT with the dataset of a scan, and the samples' rows kept there."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "scan.pdf").write_bytes(SCAN)
    build(raw, out)
    (raw / "scan.pdf").unlink()
    shutil.copytree(samples, raw, dirs_exist_ok=True)
    for batch in plan(raw, out, DEFAULT).batches:
        processing.process_batch(batch, out, DEFAULT)
    return raw, out


def publish(raw: Path, out: Path) -> None:
    with locked(out):
        publishing.publish(plan(raw, out, DEFAULT), out, DEFAULT)


def test_every_table_is_there_in_every_form(dataset):
    names = set(contents(dataset))
    assert {f"{t.name}.{kind}" for t in TABLES for kind in ("csv", "parquet")} <= names
    assert {"dataset.sqlite", "datapackage.json"} <= names


def test_another_dataset_before_makes_no_difference(ready, dataset):
    publish(*ready)
    assert contents(ready[1]) == contents(dataset)


STEPS = [
    (Path, "write_bytes"),  # a text
    (parts, "csv"),
    (pq, "ParquetWriter"),
    (sqlite3, "connect"),
    (Path, "write_text"),  # the data package
    (os, "fsync"),
    (Path, "rename"),  # the commit itself
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_writing_cut_off_leaves_the_earlier_dataset(ready, dataset, module, name, monkeypatch):
    out = ready[1]
    before = contents(out)

    def broken(*args, **more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken)
        with pytest.raises(OSError):
            publish(*ready)
    assert contents(out) == before
    recover(out)
    assert contents(out) == before
    check_dataset(out)
    publish(*ready)
    assert contents(out) == contents(dataset)


def test_a_commit_cut_off_is_completed_by_the_next_command(ready, dataset, monkeypatch):
    real, calls = Path.replace, []

    def broken(self, target):
        calls.append(target)
        if len(calls) == 9:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(KeyboardInterrupt):
            publish(*ready)
    recover(ready[1])
    assert contents(ready[1]) == contents(dataset)


def test_a_draft_left_behind_is_no_obstacle(ready, dataset):
    (ready[1] / ".staging" / "text").mkdir(parents=True)
    (ready[1] / ".staging" / "mentions.csv").write_text("half")
    publish(*ready)
    assert contents(ready[1]) == contents(dataset)


def test_foreign_files_stay(ready):
    (ready[1] / "notes.md").write_text("mine")
    publish(*ready)
    assert (ready[1] / "notes.md").read_text() == "mine"


def test_sqlite_has_primary_and_foreign_keys(dataset):
    base = sqlite3.connect(dataset / "dataset.sqlite")
    for table in TABLES:
        columns = base.execute(f'PRAGMA table_info("{table.name}")').fetchall()
        assert [c[1] for c in columns] == table.names
        assert [c[1] for c in columns if c[5]] == [table.key]
        assert {c[1] for c in columns if c[3]} >= {c.name for c in table.columns if not c.null}
        keys = base.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
        expected = {
            (c.name, c.references, TABLE[c.references].key) for c in table.columns if c.references
        }
        assert {(key[3], key[2], key[4]) for key in keys} == expected
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    base.close()


def test_sqlite_refuses_what_breaks_a_key(copied):
    base = sqlite3.connect(copied / "dataset.sqlite")
    base.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE mentions SET document_id = 'doc-gone'")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE mentions SET label = 'PERSON'")
    base.close()


def test_null_is_an_empty_cell_and_lines_end_in_lf(dataset):
    raw = (dataset / "documents.csv").read_bytes()
    assert b"\r" not in raw
    assert not {b"nan", b"<NA>", b"None", b"-99"} & set(raw.replace(b"\n", b",").split(b","))


def test_the_texts_are_the_canonical_ones(dataset):
    frames, texts = read_tables(dataset)
    documents = frames["documents"].set_index("document_id")
    assert set(texts) == set(documents.index)
    for document_id, text in texts.items():
        assert len(text) == documents.loc[document_id, "n_chars"]
        assert b"\r" not in (dataset / "text" / f"{document_id}.txt").read_bytes()


def test_pandas_reads_the_types_of_the_schema(dataset):
    kinds = {"string": "string", "integer": "Int64", "number": "Float64"}
    for table in TABLES:
        data = pd.read_parquet(dataset / f"{table.name}.parquet")
        assert [str(kind) for kind in data.dtypes] == [kinds[c.type] for c in table.columns]


def test_the_data_package_names_each_file(dataset):
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert all((dataset / resource["path"]).is_file() for resource in package["resources"])


awkward = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=30
)


@settings(max_examples=25)
@given(reason=awkward, source=awkward)
def test_any_words_survive_the_csv(reason, source):
    failure = Failure(
        document_id="doc-1", source=source, sha256="0" * 64, media_type="x/y", reason=reason
    )
    table = TABLE["documents"]
    data = tables.assemble([failure])["documents"]
    types = {"string": "string", "integer": "Int64", "number": "Float64"}
    again = pd.read_csv(
        io.BytesIO(parts.head(table) + parts.csv(arrow.of_frame(data, table))),
        dtype={c.name: types[c.type] for c in table.columns},
        keep_default_na=False,
        na_values=[""],
    )
    assert again.equals(data)


def test_a_table_of_many_rows_has_few_row_groups(tmp_path):
    from pipeline.write import Sheet

    table = TABLE["runs"]
    assert isinstance(table.columns[0], Column)
    one = pd.concat([tables.frame(table, [{"run_id": f"run-{i:09}"}]) for i in range(3)])
    many = pd.concat([one] * 30_000, ignore_index=True)
    with ThreadPoolExecutor(1) as thread:
        sheet = Sheet(table, tmp_path, thread)
        for _ in range(2):
            rows = arrow.of_frame(many, table)
            sheet.add(parts.csv(rows), rows)
        sheet.close()
    assert pq.ParquetFile(tmp_path / "runs.parquet").metadata.num_row_groups == 1
    assert len(pd.read_parquet(tmp_path / "runs.parquet")) == sheet.n_rows == 180_000


def test_a_recovered_commit_brings_its_note(ready, dataset, monkeypatch):
    real, calls = Path.replace, []

    def cut(self, target):
        calls.append(target)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            publish(*ready)
    assert check_place(ready[1])["documents"] == 3
    todo, state = plan(*ready, DEFAULT), recall(Store(ready[1] / CACHE))
    assert state is not None and state.key == todo.key and not broken(state, ready[1])
    assert published(todo, ready[1]) is None  # the run that was cut off has not tidied up
