"""All or none: whatever call fails, the folder holds the earlier dataset or the new one."""

import contextlib
import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from pipeline import commit as committing
from pipeline.commit import STAGING, Busy, locked, recover
from tests.small import contents

OLD = {
    "a.csv": b"old",
    "b.csv": b"old",
    "text/doc-000000000001.txt": b"one",
    "text/doc-000000000002.txt": b"two",
}
NEW = {
    "a.csv": b"new",
    "b.csv": b"new",
    "text/doc-000000000002.txt": b"TWO",
    "text/doc-000000000003.txt": b"three",
}
TEXTS = [name for name in NEW if name.startswith("text/")]
DECIDED = NEW | {"texts.json": json.dumps([name.removeprefix("text/") for name in TEXTS]).encode()}
COMMIT = ".commit"


def commit(out: Path, texts: list[str] = TEXTS) -> None:
    committing.commit(out, texts)


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the old dataset, and the new one staged."""
    put(tmp_path, OLD)
    put(tmp_path / STAGING, NEW)
    return tmp_path


def fail_at(n: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the n-th call that changes the disk fail, and all after it, as if power went off.

    Returns:
        The names of the calls so far, filled as they come.
    """
    calls: list[str] = []
    for module, name in (
        (os, "rename"), (os, "replace"), (os, "unlink"), (os, "rmdir"), (os, "mkdir"),
        (Path, "rename"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir"),
        (Path, "write_text"), (Path, "write_bytes"), (shutil, "rmtree"),
    ):  # fmt: skip
        real = getattr(module, name)

        def call(*args, _real=real, _name=name, **more):
            calls.append(_name)
            if len(calls) > n:
                raise OSError(28, "No space left on device")
            return _real(*args, **more)

        monkeypatch.setattr(module, name, call)
    return calls


STAGES = [False, True]


def cut_off(action, out: Path, n: int) -> list[str]:
    """Run `action`, the n-th call of which fails; returns the calls it came to."""
    with pytest.MonkeyPatch.context() as patch:
        calls = fail_at(n, patch)
        with contextlib.suppress(OSError):
            action(out)
    return calls


@pytest.mark.parametrize("late", STAGES, ids=["moving", "clearing"])
def test_a_commit_cut_off_anywhere_is_all_or_none(tmp_path, late):
    for n in range(60):
        out = tmp_path / str(n)
        put(out, OLD)
        put(out / STAGING, NEW)
        calls = cut_off(commit, out, n)
        if ("rmtree" in calls) != late:
            continue
        decided = not (out / STAGING).exists()
        recover(out)
        assert contents(out) == (NEW if decided else OLD), calls
        assert not (out / STAGING).exists()
        assert not (out / COMMIT).exists()


@pytest.mark.parametrize("late", STAGES, ids=["moving", "clearing"])
def test_a_recovery_cut_off_is_finished_by_the_next(tmp_path, late):
    for n in range(60):
        out = tmp_path / str(n)
        put(out, OLD)
        put(out / COMMIT, DECIDED)
        calls = cut_off(recover, out, n)
        if ("rmtree" in calls) != late:
            continue
        recover(out)
        assert contents(out) == NEW, calls
        assert not (out / COMMIT).exists()


def test_before_the_commit_nothing_of_the_old_dataset_changes(out):
    recover(out)
    assert contents(out) == OLD


def test_texts_of_documents_that_are_gone_go_with_them(out):
    commit(out)
    assert sorted(path.name for path in (out / "text").iterdir()) == [
        "doc-000000000002.txt",
        "doc-000000000003.txt",
    ]


def test_a_first_dataset_needs_no_earlier_one(tmp_path):
    put(tmp_path / STAGING, NEW)
    commit(tmp_path)
    assert contents(tmp_path) == NEW


def test_a_dataset_without_documents_is_committed(tmp_path):
    put(tmp_path, OLD)
    put(tmp_path / STAGING, {"a.csv": b"new"})
    (tmp_path / STAGING / "text").mkdir()
    commit(tmp_path, [])
    assert contents(tmp_path) == {"a.csv": b"new", "b.csv": b"old"}


def test_what_is_in_place_already_need_not_be_staged(tmp_path):
    put(tmp_path, OLD)
    put(tmp_path / STAGING, {"a.csv": b"new"})
    commit(tmp_path, ["text/doc-000000000002.txt"])
    assert contents(tmp_path) == {
        "a.csv": b"new",
        "b.csv": b"old",
        "text/doc-000000000002.txt": b"two",
    }


def test_recovering_twice_changes_nothing(out):
    put(out / STAGING, DECIDED)
    (out / STAGING).rename(out / COMMIT)
    recover(out)
    recover(out)
    assert contents(out) == NEW


def test_without_the_list_of_texts_none_is_dropped(out):
    put(out / STAGING, {"texts.json": b""})
    (out / STAGING).rename(out / COMMIT)
    recover(out)
    assert contents(out) == OLD | NEW


def test_a_clearing_cut_off_after_the_list_of_texts_keeps_the_texts(out):
    # Everything has been moved; of the folder only the emptied `text` is left to remove.
    commit(out)
    (out / COMMIT / "text").mkdir(parents=True)
    recover(out)
    assert contents(out) == NEW


def test_a_clearing_cut_off_at_the_last_step_is_finished(out):
    commit(out)
    (out / COMMIT).mkdir()
    recover(out)
    assert contents(out) == NEW
    assert not (out / COMMIT).exists()


def test_foreign_files_stay(out):
    put(out, {"notes.md": b"mine", "figures/one.png": b"mine"})
    commit(out)
    assert contents(out) == NEW | {"notes.md": b"mine", "figures/one.png": b"mine"}


def test_foreign_files_among_the_texts_stay(out):
    put(out, {"text/notes.md": b"mine"})
    commit(out)
    assert contents(out) == NEW | {"text/notes.md": b"mine"}


def test_a_foreign_folder_among_the_texts_stops_nothing(out):
    put(out, {"text/drafts/one.txt": b"mine"})
    commit(out)
    assert contents(out) == NEW | {"text/drafts/one.txt": b"mine"}


def test_one_run_at_a_time(tmp_path):
    with locked(tmp_path), pytest.raises(Busy, match="another run"), locked(tmp_path):
        pass


def test_the_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError("stop")
    with locked(tmp_path):
        pass


def test_the_folder_is_made(tmp_path):
    with locked(tmp_path / "new" / "folder") as _:
        assert (tmp_path / "new" / "folder").is_dir()


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError), locked(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_text() == "mine"


def test_whoever_waits_comes_next(tmp_path):
    turns = []

    def later():
        with locked(tmp_path, wait=True):
            turns.append("second")

    thread = threading.Thread(target=later)
    with locked(tmp_path):
        thread.start()
        thread.join(0.2)
        turns.append("first")
    thread.join(10)
    assert turns == ["first", "second"]
