"""What a run has to do: only what is new or changed, and nothing where the dataset is whole."""

import shutil
from pathlib import Path

import pytest

from pipeline.files import Source
from pipeline.plan import batches, plan, published, shard_path
from pipeline.settings import DEFAULT, Settings
from pipeline.shards import Shards
from pipeline.validate import check_dataset
from tests.small import SAMPLES, build, contents


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


def test_a_file_that_was_only_touched_is_not_new(folders):
    raw, out = folders
    (raw / "ministry-estonia.txt").touch()
    assert published(plan(raw, out, DEFAULT), out) is not None


def test_other_settings_make_everything_new(folders):
    raw, out = folders
    todo = plan(raw, out, Settings(mention_threshold=0.5))
    assert todo.n_new == 3
    assert published(todo, out) is None


def test_a_damaged_result_is_made_again(folders):
    raw, out = folders
    before = contents(out)
    source = plan(raw, out, DEFAULT).sources[0]
    Shards(out, DEFAULT).path(source).write_bytes(b'{"report": ')
    (out / "documents.csv").unlink()
    build(raw, out)
    assert contents(out) == before


DAMAGED = ["documents.csv", "mentions.parquet", "dataset.sqlite", "datapackage.json"]


@pytest.mark.parametrize("name", DAMAGED)
def test_a_lost_or_shortened_file_is_made_again(folders, name):
    raw, out = folders
    before = contents(out)
    (out / name).write_bytes(before[name][:-1])
    assert published(plan(raw, out, DEFAULT), out) is None
    (out / name).unlink()
    assert published(plan(raw, out, DEFAULT), out) is None
    build(raw, out)
    assert contents(out) == before


def test_a_lost_text_is_made_again(folders):
    raw, out = folders
    next((out / "text").iterdir()).unlink()
    assert published(plan(raw, out, DEFAULT), out) is None


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"{}", b"\xff", b'{"key": 1}'])
def test_a_damaged_note_is_no_promise(folders, note):
    raw, out = folders
    (out / ".cache" / "published.json").write_bytes(note)
    assert published(plan(raw, out, DEFAULT), out) is None


def test_the_results_of_gone_files_are_dropped(folders):
    raw, out = folders
    gone = shard_paths(raw, out)["ministry-estonia.txt"]
    (raw / "ministry-estonia.txt").unlink()
    build(raw, out)
    assert not gone.exists()
    assert all(path.exists() for path in shard_paths(raw, out).values())


def shard_paths(raw: Path, out: Path) -> dict[str, Path]:
    kept = Shards(out, DEFAULT)
    return {source.name: kept.path(source) for source in plan(raw, out, DEFAULT).sources}


def source(name: str, size: int) -> Source:
    return Source(Path(name), name, "0" * 64, size)


def test_batches_are_about_as_large_as_asked():
    sizes = [30, 30, 50, 200, 10]
    found = list(batches([source(str(i), n) for i, n in enumerate(sizes)], 100))
    assert [[s.size for s in batch] for batch in found] == [[30, 30, 50], [200], [10]]


def test_no_files_are_no_batches():
    assert list(batches([], 100)) == []


def test_a_result_is_addressed_by_content_path_and_state(tmp_path):
    one = source("a.txt", 1)
    assert shard_path(tmp_path, one, "x") == shard_path(tmp_path, one, "x")
    assert shard_path(tmp_path, one, "x") != shard_path(tmp_path, one, "y")
    assert shard_path(tmp_path, one, "x") != shard_path(tmp_path, source("b.txt", 1), "x")


def test_a_folder_that_is_none_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError):
        plan(tmp_path / "nowhere", tmp_path, DEFAULT)
