"""A whole run: the same bytes whatever the workers, the folder or what was there before."""

import os
import shutil
from pathlib import Path

import pytest

from pipeline import making, parts
from pipeline.validate import check_dataset, read_tables
from tests.small import build, contents


def test_two_workers_give_the_same_bytes(samples, dataset, tmp_path):
    build(samples, tmp_path, workers=2)
    assert contents(tmp_path) == contents(dataset)


def test_workers_make_the_parts_and_the_bytes_are_the_same(samples, dataset, tmp_path, monkeypatch):
    # A group a document, so that there is something to share out; this process makes none.
    monkeypatch.setattr(parts, "_TOGETHER", 1)
    monkeypatch.setattr(making, "make", None)
    build(samples, tmp_path, workers=2)
    assert contents(tmp_path) == contents(dataset)


def test_what_was_there_before_makes_no_difference(samples, dataset, tmp_path):
    # First one report, then all: only two are processed, and ids and rows come out the same.
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    shutil.copy(samples / "ministry-estonia.txt", raw)
    assert build(raw, out).n_new == 1
    shutil.copytree(samples, raw, dirs_exist_ok=True)
    assert build(raw, out).n_new == 2
    assert contents(out) == contents(dataset)


def test_the_summary_counts_what_the_tables_hold(samples, copied):
    summary = build(samples, copied)
    frames, _ = read_tables(copied)
    assert summary.n_documents == len(frames["documents"]) == 3
    assert summary.n_segments == len(frames["segments"])
    assert summary.n_mentions == len(frames["mentions"])
    assert summary.n_entities == len(frames["entities"])
    assert summary.quarantined == ()


BAD = {
    "empty.txt": b"",
    "scan.pdf": b"%PDF-1.7 ...",
    "photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "broken.txt": "Größe und Maß der Behörde. ".encode() * 20 + b"\xe9\xff",
}


def test_bad_files_are_quarantined_with_a_reason(samples, tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    shutil.copy(samples / "ministry-estonia.txt", raw)
    for name, data in BAD.items():
        (raw / name).write_bytes(data)
    summary = build(raw, out)
    assert summary.n_documents == 1
    assert {source for source, _ in summary.quarantined} == set(BAD)
    assert all(reason.endswith(".") for _, reason in summary.quarantined)
    assert check_dataset(out)["documents"] == 5


def test_a_folder_without_files_is_an_empty_dataset(tmp_path):
    (tmp_path / "raw").mkdir()
    summary = build(tmp_path / "raw", tmp_path / "out")
    assert (summary.n_documents, summary.n_quarantined) == (0, 0)
    counts = check_dataset(tmp_path / "out")
    assert counts["documents"] == 0
    assert counts["countries"] > 200


def test_the_same_file_twice_is_two_documents(samples, tmp_path):
    raw = tmp_path / "raw"
    for folder in ("one", "two"):
        (raw / folder).mkdir(parents=True)
        shutil.copy(samples / "agency-canada.txt", raw / folder)
    build(raw, tmp_path / "out")
    frames, _ = read_tables(tmp_path / "out")
    assert set(frames["documents"]["source"]) == {"one/agency-canada.txt", "two/agency-canada.txt"}
    assert frames["documents"]["document_id"].nunique() == 2
    assert check_dataset(tmp_path / "out")["documents"] == 2


def test_an_odd_character_in_a_report_keeps_the_dataset_valid(samples, tmp_path):
    # A stray NUL is not enough to make a file binary.
    raw = tmp_path / "raw"
    raw.mkdir()
    text = (samples / "chapter-portugal.txt").read_text(encoding="utf-8")
    assert "Lisbon." in text
    (raw / "odd.txt").write_text(text.replace("Lisbon.", "Lis\x00bon."), encoding="utf-8")
    build(raw, tmp_path / "out")
    assert check_dataset(tmp_path / "out")["documents"] == 1


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_that_are_no_utf8_stay_apart(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    try:
        for last in (b"\xfe", b"\xff"):
            Path(os.fsdecode(os.fsencode(raw) + b"/a" + last + b".txt")).write_bytes(b"")
    except OSError:
        pytest.skip("the file system allows only UTF-8 names")
    build(raw, tmp_path / "out")
    assert check_dataset(tmp_path / "out")["documents"] == 2
