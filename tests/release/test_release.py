"""A release is whole, says the same as the dataset, and is the same bytes when made again."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.check import Broken
from pipeline.lease import Busy
from pipeline.release import is_release, manifest, release
from pipeline.release.data import tables
from pipeline.schema import TABLES
from tests.release.conftest import ABOUT
from tests.small import build, contents, copy_samples

QUOTED = {
    ("blocks", "path"),
    ("tier_statements", "text"),
    ("rankings", "qualifier"),
    ("citations", "text"),
    ("corrections", "quote"),
    ("corrections", "note"),
}


def test_a_release_has_the_dataset_byte_for_byte(graded, released):
    ours, theirs = contents(graded), contents(released)
    same = [name for name in ours if name != "datapackage.json"]  # that says more in a release
    assert {name: theirs.get(name) for name in same} == {name: ours[name] for name in same}


def test_a_release_has_what_is_needed_to_use_and_cite_it(released):
    there = set(contents(released))
    assert {
        "README.md", "LICENSE.md", "CHANGELOG.md", "CODEBOOK.md", "codebook.csv", "CITATION.cff",
        "accuracy.json", "croissant.json", "datapackage.json", "MANIFEST.sha256",
    } <= there  # fmt: skip
    assert not [name for name in there if "cache" in name]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_sha256sum_checks_every_file(released):
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", manifest.NAME],
        cwd=released,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(contents(released)) - 1


def test_the_same_release_again_is_the_same_bytes_and_no_error(graded, released, tmp_path):
    folder = tmp_path / "again"
    for _ in range(2):  # the second time it is there already
        release(graded, folder, ABOUT)
        assert contents(folder) == contents(released)
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_another_release_is_not_overwritten(graded, broken):
    before = contents(broken)
    with pytest.raises(ValueError, match="another release already"):
        release(graded, broken, replace(ABOUT, version="2026.12.0"))
    (broken / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="another release already"):
        release(graded, broken, ABOUT)
    assert contents(broken) == before | {"README.md": b"mine"}


def test_a_folder_of_something_else_is_not_overwritten(graded, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="is no release"):
        release(graded, tmp_path / "mine", ABOUT)
    assert contents(tmp_path) == {"mine/notes.txt": b"mine"}


def test_a_dataset_that_is_not_sound_is_not_released(copied, tmp_path):
    (copied / "runs.csv").unlink()
    with pytest.raises(Broken, match=r"runs\.csv"):
        release(copied, tmp_path / "release", ABOUT)
    assert [path.name for path in tmp_path.iterdir()] == ["copied"]


def test_a_text_that_is_not_as_the_run_wrote_it_is_not_released(copied, tmp_path):
    path = min((copied / "text").iterdir())
    text = path.read_text(encoding="utf-8")
    at = text.rindex(".")  # no mention ends with it
    path.write_text(f"{text[:at]},{text[at + 1 :]}", encoding="utf-8", newline="\n")
    with pytest.raises(Broken, match=rf"text/{path.name} is not as it was written"):
        release(copied, tmp_path / "release", ABOUT)


def test_a_release_is_not_released_again(released, tmp_path):
    with pytest.raises(ValueError, match="is a release already"):
        release(released, tmp_path / "release", replace(ABOUT, texts=False))


def test_a_release_that_fails_its_checks_is_not_there(graded, tmp_path, monkeypatch):
    from pipeline.release import citation

    monkeypatch.setattr(citation, "citation", lambda about: "title: none\n")
    with pytest.raises(Broken, match="authors is missing"):
        release(graded, tmp_path / "release", ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_a_dataset_that_a_run_writes_to_is_not_released(copied, tmp_path):
    from pipeline.commit import locked

    with locked(copied), pytest.raises(Busy):
        release(copied, tmp_path / "release", ABOUT)


def test_a_missing_tool_is_named(graded, tmp_path, monkeypatch):
    from pipeline.release import gate

    monkeypatch.setattr(gate, "find_spec", lambda name: None if name == "duckdb" else object())
    with pytest.raises(ValueError, match=r"duckdb .*pip install -e '\.\[release\]'"):
        release(graded, tmp_path / "release", ABOUT)


def test_what_holds_stretches_of_text_is_declared():
    found = {(t.name, c.name) for t in TABLES for c in t.columns if c.quoted}
    assert found == QUOTED


def test_without_texts_no_stretch_of_a_report_is_left(graded, textless):
    assert not (textless / "text").exists()
    texts = [path.read_text(encoding="utf-8") for path in (graded / "text").glob("*.txt")]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    sentences = [line.encode() for line in lines if line.endswith(".") and len(line) > 60]
    assert len(sentences) > 20
    for name, data in contents(textless).items():
        assert not [line for line in sentences if line in data], name


@pytest.mark.parametrize("table", tables(texts=False), ids=lambda table: table.name)
def test_without_texts_everything_else_is_as_it_was(table, graded, textless):
    before = pd.read_parquet(graded / f"{table.name}.parquet")
    after = pd.read_parquet(textless / f"{table.name}.parquet")
    left_out = [column.name for column in table.columns if column.quoted]
    assert after[left_out].isna().all(axis=None)
    pd.testing.assert_frame_equal(after.drop(columns=left_out), before.drop(columns=left_out))
    with closing(sqlite3.connect(textless / "dataset.sqlite")) as base:
        names = ", ".join(f'"{name}"' for name in after.columns)
        rows = base.execute(f'SELECT {names} FROM "{table.name}"').fetchall()
    spelled = after.astype(object).where(after.notna(), None).itertuples(index=False, name=None)
    assert sorted(rows, key=lambda row: row[0]) == sorted(spelled, key=lambda row: row[0])


def test_without_texts_the_description_says_what_is_left_out(textless):
    package = json.loads((textless / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        (resource["name"], field["name"]): field
        for resource in package["resources"]
        for field in resource.get("schema", {}).get("fields", [])
    }
    assert {key for key, field in fields.items() if field.get("leftOut")} == QUOTED
    assert not any(fields[key]["constraints"].get("required") for key in QUOTED)
    assert package["texts"] is None
    codebook = (textless / "CODEBOOK.md").read_text(encoding="utf-8")
    assert codebook.count("| left out of this release |") == len(QUOTED)


def test_a_dataset_without_a_single_report_can_be_released(tmp_path):
    build(copy_samples(tmp_path / "raw", ()), tmp_path / "out")
    for texts in (True, False):
        about = replace(ABOUT, texts=texts)
        assert release(tmp_path / "out", tmp_path / f"{texts}", about)["documents"] == 0


def test_a_dataset_is_no_release(graded, released):
    assert is_release(released)
    assert not is_release(graded)
