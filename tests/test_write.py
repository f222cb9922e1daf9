"""Checked tables become files: all or none, typed, keyed, and the same bytes every time."""

import json
import os
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import tables, write
from pipeline.commit import recover
from pipeline.records import Failure
from pipeline.run import _runs
from pipeline.schema import TABLE, TABLES
from pipeline.settings import DEFAULT
from pipeline.validate import check_dataset, read_tables
from tests.small import contents


@pytest.fixture(scope="module")
def found(dataset):
    return read_tables(dataset)


@pytest.fixture(scope="module")
def other():
    """Another dataset: one quarantined document."""
    failure = Failure(
        document_id="doc-1",
        source="scan.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        reason="It is a scan; save it as text.",
    )
    frames = tables.assemble([failure])
    return frames | {"runs": _runs(frames, DEFAULT)}


def test_what_is_written_is_valid(found, tmp_path):
    write.write(*found, tmp_path)
    check_dataset(tmp_path)


def test_every_table_is_there_in_every_form(dataset):
    names = set(contents(dataset))
    assert {f"{t.name}.{kind}" for t in TABLES for kind in ("csv", "parquet")} <= names
    assert {"dataset.sqlite", "datapackage.json"} <= names


def test_writing_twice_gives_the_same_bytes(found, dataset, tmp_path):
    write.write(*found, tmp_path)
    assert contents(tmp_path) == contents(dataset)


STEPS = [
    (Path, "write_bytes"),  # a text
    (pd.DataFrame, "to_csv"),
    (pd.DataFrame, "to_parquet"),
    (sqlite3, "connect"),
    (Path, "write_text"),  # the data package
    (os, "fsync"),
    (Path, "rename"),  # the commit itself
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_writing_cut_off_leaves_the_earlier_dataset(
    found, other, tmp_path, module, name, monkeypatch
):
    write.write(other, {}, tmp_path)
    before = contents(tmp_path)

    def broken(*args, **more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken)
        with pytest.raises(OSError):
            write.write(*found, tmp_path)
    assert contents(tmp_path) == before
    recover(tmp_path)
    assert contents(tmp_path) == before
    check_dataset(tmp_path)


def test_a_commit_cut_off_is_completed_by_the_next_command(found, other, tmp_path, monkeypatch):
    write.write(other, {}, tmp_path)
    real, calls = Path.replace, []

    def broken(self, target):
        calls.append(target)
        if len(calls) == 9:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(KeyboardInterrupt):
            write.write(*found, tmp_path)
    recover(tmp_path)
    assert check_dataset(tmp_path)["documents"] == 3


def test_a_draft_left_behind_is_no_obstacle(other, tmp_path):
    (tmp_path / ".staging" / "text").mkdir(parents=True)
    (tmp_path / ".staging" / "mentions.csv").write_text("half")
    write.write(other, {}, tmp_path)
    check_dataset(tmp_path)


def test_foreign_files_stay(other, tmp_path):
    (tmp_path / "notes.md").write_text("mine")
    write.write(other, {}, tmp_path)
    write.write(other, {}, tmp_path)
    assert (tmp_path / "notes.md").read_text() == "mine"


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


def test_the_data_package_names_each_file(dataset):
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert all((dataset / resource["path"]).is_file() for resource in package["resources"])


awkward = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=30
)


@settings(max_examples=25)
@given(reason=awkward, source=awkward)
def test_any_words_survive_the_csv(tmp_path_factory, reason, source):
    failure = Failure(
        document_id="doc-1", source=source, sha256="0" * 64, media_type="x/y", reason=reason
    )
    data = tables.assemble([failure])["documents"]
    path = tmp_path_factory.mktemp("csv") / "documents.csv"
    write._csv(data, path)
    types = {"string": "string", "integer": "Int64", "number": "Float64"}
    again = pd.read_csv(
        path,
        dtype={c.name: types[c.type] for c in TABLE["documents"].columns},
        keep_default_na=False,
        na_values=[""],
    )
    assert again["reason"].tolist() == [reason]
    assert again["source"].tolist() == [source]
