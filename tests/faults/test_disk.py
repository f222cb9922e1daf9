"""The harness itself: it sees what changes files, and loses just what was not forced to disk."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults import children, powerloss
from tests.faults.disk import Call, watch
from tests.faults.watchers import Counter, Failing, Killer

pytestmark = pytest.mark.skipif(not children.SUPPORTED, reason="needs Linux")


class Noting(Counter):
    """Writes the calls down in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def at(self, number: int, call: Call) -> int | None:
        with open(self.path, "a") as file:
            name = os.path.basename(call.path)
            file.write(f"{call.name} {name} {os.path.basename(call.to)}".strip() + "\n")
        return None


def forked(folder: Path, watcher: Counter, work: Callable[[Path], None]) -> int:
    """Do some work on a folder in a fork that is watched; returns how it ended."""
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.setsid()
            watch(folder, watcher)
            work(folder)
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def writing(folder: Path) -> None:
    """Most ways to change files."""
    (folder / "sub").mkdir()
    (folder / "sub" / "text.txt").write_text("text")
    with open(folder / "raw", "wb", buffering=0) as file:
        file.write(b"one")
        file.write(b"two")
    handle = os.open(folder / "low", os.O_WRONLY | os.O_CREAT)
    os.write(handle, b"low")
    os.fsync(handle)
    os.close(handle)
    (folder / "raw").replace(folder / "sub" / "raw")
    shutil.copyfile(folder / "low", folder / "copy")
    os.unlink(folder / "low")
    shutil.rmtree(folder / "sub")


def test_all_changes_are_seen_in_order(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert forked(folder, Noting(tmp_path / "calls"), writing) == 0
    assert (tmp_path / "calls").read_text().splitlines()[:11] == [
        "mkdir sub",
        "create text.txt",
        "write text.txt",
        "create raw",
        "write raw",
        "write raw",
        "create low",
        "write low",
        "fsync low",
        "replace raw raw",
        "create copy",
    ]
    calls = (tmp_path / "calls").read_text().splitlines()
    assert {"unlink low", "unlink text.txt", "unlink raw", "rmdir sub"} <= set(calls)
    assert (folder / "copy").read_bytes() == b"low"


def test_what_lies_elsewhere_is_not_seen(tmp_path):
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    assert forked(folder, Noting(tmp_path / "calls"), lambda _: writing(other)) == 0
    assert not (tmp_path / "calls").exists()


@pytest.mark.parametrize(("when", "left"), [("before", b""), ("amid", b"on"), ("after", b"one!")])
def test_a_run_is_killed_before_amid_or_after_a_call(tmp_path, when, left):
    def work(folder: Path) -> None:
        (folder / "a").write_bytes(b"one!")
        (folder / "b").write_bytes(b"two!")

    assert forked(tmp_path, Killer(number=2, when=when), work) == -9
    assert (tmp_path / "a").read_bytes() == left
    assert not (tmp_path / "b").exists()


def test_from_some_call_on_there_is_no_space(tmp_path):
    def work(folder: Path) -> None:
        for name in "abc":
            try:
                (folder / name).write_bytes(b"one!")
            except OSError as error:
                assert error.errno == 28

    assert forked(tmp_path, Failing(number=3), work) == 0
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a"]


def replaced(folder: Path, *, sync: bool, sync_folder: bool) -> None:
    """A file takes the place of another."""
    with open(folder / "new", "wb") as file:
        file.write(b"new contents")
        file.flush()
        if sync:
            os.fsync(file.fileno())
    (folder / "new").replace(folder / "file")
    if sync_folder:
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def after_losses(tmp_path: Path, mode: str, *, sync: bool, sync_folder: bool) -> set[bytes]:
    """What a file may hold after the power went off."""
    found = set()
    for turn in range(12):
        folder = tmp_path / f"{turn}"
        folder.mkdir()
        (folder / "file").write_bytes(b"old")
        disk = powerloss.Disk(folder, tmp_path / f"{turn}-pool")
        recorder = disk.recorder()
        forked(folder, recorder, lambda f: replaced(f, sync=sync, sync_folder=sync_folder))
        assert (folder / "file").read_bytes() == b"new contents"
        disk.lose(Random(turn), mode)
        found.add((folder / "file").read_bytes())
    return found


def test_contents_that_were_not_synced_are_lost(tmp_path):
    assert after_losses(tmp_path, "contents", sync=False, sync_folder=True) == {b""}


def test_contents_that_were_synced_stay(tmp_path):
    assert after_losses(tmp_path, "contents", sync=True, sync_folder=False) == {b"new contents"}


@pytest.mark.parametrize("mode", ["ordered", "folders"])
def test_names_in_a_folder_that_was_not_synced_may_be_lost(tmp_path, mode):
    found = after_losses(tmp_path, mode, sync=True, sync_folder=False)
    assert found == {b"old", b"new contents"}


@pytest.mark.parametrize("mode", ["ordered", "folders"])
def test_names_in_a_folder_that_was_synced_stay(tmp_path, mode):
    assert after_losses(tmp_path, mode, sync=True, sync_folder=True) == {b"new contents"}


def test_what_libraries_in_c_write_is_found_afterwards(tmp_path):
    import sqlite3

    def work(folder: Path) -> None:
        base = sqlite3.connect(folder / "draft")
        base.execute("CREATE TABLE t (a)")
        base.commit()
        base.close()
        (folder / "draft").replace(folder / "base")

    folder = tmp_path / "folder"
    folder.mkdir()
    disk = powerloss.Disk(folder, tmp_path / "pool")
    assert forked(folder, disk.recorder(), work) == 0
    assert disk.lose(Random(1), "contents") == 1
    assert (folder / "base").read_bytes() == b""
