"""What a run has to do: only what is new or changed, and nothing where the dataset is whole."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.files import Source
from pipeline.plan import CACHE, batch_bytes, batches, plan, published, rows_key, work_key
from pipeline.processing import quarantine
from pipeline.settings import DEFAULT, Settings
from pipeline.state import recall, remember
from pipeline.store import Store
from pipeline.validate import check_dataset
from tests.small import ROOT, SAMPLES, build, contents

SAMPLE = ROOT / "raw" / "ministry-estonia.txt"


@pytest.fixture
def folders(samples: Path, copied: Path, tmp_path: Path) -> tuple[Path, Path]:
    """RAW and OUT, both to be changed."""
    return shutil.copytree(samples, tmp_path / "raw"), copied


def new(raw: Path, out: Path) -> list[str]:
    """The files that a run would process."""
    return [source.name for batch in plan(raw, out, DEFAULT).batches for source in batch]


def test_everything_is_new_at_first(samples, tmp_path):
    assert new(samples, tmp_path) == sorted(SAMPLES)
    assert published(plan(samples, tmp_path, DEFAULT), tmp_path) is None


def test_nothing_is_new_afterwards(folders):
    raw, out = folders
    todo = plan(raw, out, DEFAULT)
    summary = published(todo, out)
    assert todo.n_new == 0
    assert summary is not None
    assert (summary.n_documents, summary.n_new, summary.out) == (3, 0, str(out))


def test_a_changed_file_is_new(folders):
    raw, out = folders
    path = raw / "ministry-estonia.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore is to come.\n", encoding="utf-8")
    assert new(raw, out) == ["ministry-estonia.txt"]
    assert published(plan(raw, out, DEFAULT), out) is None
    assert build(raw, out).n_new == 1
    assert check_dataset(out)["documents"] == 3


def test_a_changed_file_of_the_same_size_and_age_is_new(folders):
    raw, out = folders
    path = raw / "ministry-estonia.txt"
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"2", b"3"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    assert new(raw, out) == ["ministry-estonia.txt"]


def test_a_renamed_file_is_a_new_document_and_the_old_one_is_gone(folders):
    raw, out = folders
    (raw / "ministry-estonia.txt").rename(raw / "estonia.txt")
    assert new(raw, out) == ["estonia.txt"]
    build(raw, out)
    assert check_dataset(out)["documents"] == 3
    assert len(list((out / "text").iterdir())) == 3


def test_a_removed_file_leaves_the_dataset(folders):
    raw, out = folders
    (raw / "ministry-estonia.txt").unlink()
    todo = plan(raw, out, DEFAULT)
    assert todo.n_new == 0
    assert published(todo, out) is None
    assert build(raw, out).n_documents == 2
    assert check_dataset(out)["documents"] == 2
    assert len(list((out / "text").iterdir())) == 2


def test_a_folder_that_lost_all_its_reports_is_no_order_to_empty_the_dataset(folders):
    raw, out = folders
    before = contents(out)
    for path in raw.iterdir():
        path.unlink()
    with pytest.raises(FileNotFoundError, match="holds no report, but the dataset in .* has some"):
        build(raw, out)
    assert contents(out) == before


def test_a_file_that_was_only_touched_is_not_new(folders):
    raw, out = folders
    (raw / "ministry-estonia.txt").touch()
    assert published(plan(raw, out, DEFAULT), out) is not None


def test_other_settings_make_everything_new(folders):
    raw, out = folders
    todo = plan(raw, out, Settings(mention_threshold=0.5))
    assert todo.n_new == 3
    assert published(todo, out) is None


@pytest.mark.parametrize("folder", ["rows", "parts", "work"])
@pytest.mark.parametrize("damage", [b"", b"gvt1", b"x" * 200], ids=["empty", "torn", "other"])
def test_damaged_results_are_made_again(folders, folder, damage):
    raw, out = folders
    before = contents(out)
    for path in (out / CACHE / folder).rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    (out / "documents.csv").unlink()
    build(raw, out)
    assert contents(out) == before


DAMAGED = ["documents.csv", "mentions.parquet", "dataset.sqlite", "datapackage.json"]


@pytest.mark.parametrize("name", DAMAGED)
def test_a_lost_or_damaged_file_is_made_again(folders, name):
    raw, out = folders
    before = contents(out)
    for data in (before[name][:-1], before[name][:-1] + b"~"):
        (out / name).write_bytes(data)
        assert published(plan(raw, out, DEFAULT), out) is None
    (out / name).unlink()
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert contents(out) == before


def test_a_lost_text_is_made_again(folders):
    raw, out = folders
    before = contents(out)
    next((out / "text").iterdir()).unlink()
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert contents(out) == before


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"{}", b"\xff", b'{"key": 1}'])
def test_a_damaged_note_is_no_promise(folders, note):
    raw, out = folders
    before = contents(out)
    Store(out / CACHE).put("state/published", note)
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert contents(out) == before


def test_the_note_comes_back_as_it_was(dataset, tmp_path):
    state = recall(Store(dataset / CACHE))
    assert state is not None
    odd = replace(state, seen={"caf\udce9.txt": ("", "0" * 64)}, pace=1.5)
    remember(Store(tmp_path), odd)
    assert recall(Store(tmp_path)) == odd


def test_documents_to_be_read_another_time_are_no_rest(folders):
    raw, out = folders
    store = Store(out / CACHE)
    state = recall(store)
    assert state is not None
    remember(store, replace(state, n_passing=1))
    assert published(plan(raw, out, DEFAULT), out) is None


def test_the_results_of_gone_files_are_dropped(folders):
    raw, out = folders
    store = Store(out / CACHE)
    gone = next(s for s in plan(raw, out, DEFAULT).sources if s.name == "ministry-estonia.txt")
    parts = store.names("parts")
    (raw / "ministry-estonia.txt").unlink()
    build(raw, out)
    assert {rows_key(gone, DEFAULT), work_key(gone)}.isdisjoint(
        store.names("rows") | store.names("work")
    )
    assert len(store.names("rows")) == len(store.names("work")) == 2
    assert store.names("parts") < parts


def source(name: str, size: int) -> Source:
    return Source(Path(name), name, "0" * 64, size)


def test_batches_are_about_as_large_as_asked():
    sizes = [30, 30, 50, 200, 10]
    found = list(batches([source(str(i), n) for i, n in enumerate(sizes)], 100))
    assert [[s.size for s in batch] for batch in found] == [[30, 30, 50], [200], [10]]


def test_no_files_are_no_batches():
    assert list(batches([], 100)) == []


@pytest.mark.parametrize("pace", [None, 5_000.0, 80_000.0])
@pytest.mark.parametrize("n", [1, 100, 10_000])
def test_a_batch_takes_seconds_and_there_are_not_too_many(pace, n):
    sources = [source(str(i), 3_000) for i in range(n)]
    size = batch_bytes(sources, pace)
    assert 2 <= size / (pace or 20_000) <= 60
    assert len(list(batches(sources, size))) <= 151 or size / (pace or 20_000) == 60


def test_a_result_is_addressed_by_content_path_and_state():
    one = source("a.txt", 1)
    assert rows_key(one, DEFAULT) == rows_key(one, DEFAULT)
    assert rows_key(one, DEFAULT) != rows_key(one, Settings(max_pages=1))
    assert rows_key(one, DEFAULT) != rows_key(source("b.txt", 1), DEFAULT)
    assert work_key(one) == work_key(source("b.txt", 1))


def test_a_folder_that_is_none_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError):
        plan(tmp_path / "nowhere", tmp_path, DEFAULT)


HEAVY = ("pandas", "pyarrow", "spacy", "sklearn", "numpy", "prefect", "pydantic", "fsspec")


def test_nothing_to_do_is_decided_before_anything_heavy_is_imported(samples, dataset):
    lines = [
        "import sys, json",
        "from pipeline.cli import main",
        f"status = main(['run', {str(samples)!r}, '--out', {str(dataset)!r}])",
        "print(json.dumps([status, sorted(sys.modules)]))",
    ]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    assert [name for name in HEAVY if name in modules] == []


def test_lost_rows_are_made_again_where_only_their_texts_are_missing(folders):
    raw, out = folders
    before = contents(out)
    for path in (out / CACHE / "rows").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    shutil.rmtree(out / CACHE / "state")
    shutil.rmtree(out / "text")
    build(raw, out)
    assert contents(out) == before


def test_drafts_of_killed_runs_are_swept(folders):
    raw, out = folders
    for folder in ("rows/ab", "work/ab", "parts/ab", "state"):
        (out / CACHE / folder).mkdir(parents=True, exist_ok=True)
        (out / CACHE / folder / ".draft.1.ab").write_bytes(b"half")
    (raw / "ministry-estonia.txt").unlink()
    build(raw, out)
    assert not list((out / CACHE).rglob(".*"))


def test_a_folder_in_place_of_a_file_is_told_and_stops_nothing_else(folders):
    raw, out = folders
    (out / "blocks.csv").unlink()
    (out / "blocks.csv").mkdir()
    before = contents(out)
    with pytest.raises(IsADirectoryError, match="blocks.csv"):
        build(raw, out)
    assert contents(out) == before
    (out / "blocks.csv").rmdir()
    build(raw, out)
    assert check_dataset(out)["documents"] == 3


def test_removed_rows_are_an_order_to_process_again(folders):
    # Such as after a document was given up for want of memory, on a larger machine.
    raw, out = folders
    before = contents(out)
    source = next(s for s in plan(raw, out, DEFAULT).sources if s.name == "agency-canada.txt")
    quarantine(source, out, DEFAULT, "The worker process was killed twice.")
    (raw / "ministry-estonia.txt").touch()
    shutil.rmtree(out / CACHE / "parts")
    (out / "documents.csv").unlink()
    assert build(raw, out).n_quarantined == 1
    shutil.rmtree(out / CACHE / "rows")
    assert published(plan(raw, out, DEFAULT), out) is None
    assert build(raw, out).n_quarantined == 0
    assert contents(out) == before


def test_a_failure_that_may_pass_says_what_it_was_and_is_tried_again(folders, monkeypatch):
    raw, out = folders
    before = contents(out)
    (raw / "ministry-estonia.txt").write_text("x", encoding="utf-8")
    calls = []

    def failing(source, settings, steps):
        calls.append(source.name)
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.journey._read", failing)
        summary = build(raw, out)
    assert calls == ["ministry-estonia.txt"]
    ((name, reason),) = summary.quarantined
    assert (name, reason) == (
        "ministry-estonia.txt", "The document does not fit into memory; split it.",
    )  # fmt: skip
    assert not Store(out / CACHE).names("passing")
    assert published(plan(raw, out, DEFAULT), out) is None
    shutil.copy(SAMPLE, raw)
    assert build(raw, out).n_quarantined == 0
    assert contents(out) == before


def test_configuration_is_part_of_the_dataset(folders):
    raw, out = folders
    assert published(plan(raw, out, Settings(seed=7)), out) is None
    assert plan(raw, out, Settings(seed=7)).n_new == 0


def test_a_run_killed_before_it_tidied_up_is_finished_by_the_next(folders, monkeypatch):
    raw, out = folders
    (raw / "ministry-estonia.txt").unlink()

    def killed(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.publish._Publishing._sweep", killed)
        with pytest.raises(KeyboardInterrupt):
            build(raw, out)
    (out / CACHE / "rows" / ".draft.1.ab").write_bytes(b"half")
    assert check_dataset(out)["documents"] == 2
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert published(plan(raw, out, DEFAULT), out) is not None
    assert not list((out / CACHE).rglob(".*"))


def test_a_run_cut_off_over_reports_that_went_back_is_tidied_up_after(folders, monkeypatch):
    raw, out = folders
    before = contents(out)
    path = raw / "ministry-estonia.txt"
    was = path.read_bytes()
    path.write_bytes(was + b"\nMore is to come.\n")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("pipeline.publish.commit.commit", _cut_off)
        build(raw, out)
    path.write_bytes(was)
    assert plan(raw, out, DEFAULT).n_new == 0
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert contents(out) == before
    assert published(plan(raw, out, DEFAULT), out) is not None


def _cut_off(*_args: object) -> None:
    raise KeyboardInterrupt
