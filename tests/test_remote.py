"""All or none in an object store: whatever call fails, OUT has the earlier dataset or the new."""

import contextlib
import hashlib
import os
import threading
from pathlib import Path

import pytest
import s3fs
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.commit import Busy
from pipeline.place import listing, place
from pipeline.remote import COMMIT, PUBLISHED, STAGING, recover, unfinished, upload, workspace
from pipeline.store import Objects
from tests import s3

OLD = {
    "a.csv": b"old",
    "b.csv": b"same",
    "text/doc-000000000001.txt": b"one",
    "text/doc-000000000002.txt": b"two",
}
NEW = {
    "a.csv": b"new",
    "b.csv": b"same",
    "text/doc-000000000002.txt": b"TWO",
    "text/doc-000000000003.txt": b"three",
}
FOREIGN = {"notes.txt": b"mine", "text/notes.txt": b"mine", ".kept/rows/ab": b"mine"}


@pytest.fixture(scope="module", autouse=True)
def server():
    with s3.server():
        yield


@pytest.fixture(params=["memory", "s3"])
def out(request):
    return s3.memory() if request.param == "memory" else s3.bucket() / "out"


class Built:
    """A dataset in a local folder."""

    def __init__(self, folder: Path, contents: dict[str, bytes]):
        self.folder, self.contents = folder, contents
        for name, data in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        self.files = {n: hashlib.sha256(d).hexdigest() for n, d in contents.items()}

    def upload(self, out, **more):
        upload(self.folder, out, self.files, **more)


@pytest.fixture
def old(tmp_path):
    return Built(tmp_path / "old", OLD)


@pytest.fixture
def new(tmp_path):
    return Built(tmp_path / "new", NEW)


def everything(out):
    return dict(Objects(out).read_many(listing(out)))


def contents(out):
    """What a reader sees."""
    return {n: data for n, data in everything(out).items() if not n.startswith(".")}


def is_clean(out):
    hidden = {name for name in listing(out) if name.startswith(".")}
    return hidden <= {PUBLISHED} and not unfinished(out)


class Cut(Exception):
    """The process is gone."""


@contextlib.contextmanager
def cut_off_at(n, monkeypatch, only=None):
    """Let the n-th call to the stores fail, and all after it, as if the process was killed.

    Yields:
        The calls so far, filled as they come.
    """
    calls = []

    def count(name):
        if only is None or name in only:
            calls.append(name)
        if len(calls) > n:
            raise Cut

    def memory(name):
        real = getattr(MemoryFileSystem, name)

        def call(self, *args, **more):
            count(name)
            return real(self, *args, **more)

        return call

    real = s3fs.S3FileSystem._call_s3

    async def call_s3(self, method, *args, **more):
        count(method)
        return await real(self, method, *args, **more)

    with monkeypatch.context() as patch:
        for name in ("pipe_file", "cp_file", "rm_file", "cat_file", "find", "ls", "put_file"):
            patch.setattr(MemoryFileSystem, name, memory(name))
        patch.setattr(s3fs.S3FileSystem, "_call_s3", call_s3)
        with contextlib.suppress(Cut, OSError):
            yield calls


def test_a_dataset_is_put_under_out(out, old):
    old.upload(out)
    assert contents(out) == OLD
    assert is_clean(out)


def test_a_new_dataset_takes_the_place_of_the_earlier_one(out, old, new):
    old.upload(out)
    new.upload(out)
    assert contents(out) == NEW
    assert is_clean(out)


def test_foreign_files_stay(out, old, new):
    for name, data in FOREIGN.items():
        Objects(out).write(name, data)
    old.upload(out)
    new.upload(out)
    assert contents(out) == NEW | {n: d for n, d in FOREIGN.items() if not n.startswith(".")}
    assert everything(out)[".kept/rows/ab"] == b"mine"


def test_only_what_differs_is_uploaded(out, old, new, monkeypatch):
    old.upload(out)
    put, real = [], Objects.upload

    def see(self, paths):
        put.extend(str(path.relative_to(new.folder)) for path in paths.values())
        real(self, paths)

    monkeypatch.setattr(Objects, "upload", see)
    new.upload(out)
    assert put == ["a.csv", "text/doc-000000000002.txt", "text/doc-000000000003.txt"]


def test_an_upload_of_nothing_new_writes_nothing(out, old, monkeypatch):
    old.upload(out)
    writes = {"pipe_file", "put_file", "cp_file", "rm_file"}
    writes |= {"put_object", "copy_object", "delete_object", "delete_objects"}
    with cut_off_at(99, monkeypatch, writes) as calls:
        old.upload(out)
        recover(out)
    assert calls == []


@pytest.mark.parametrize("lost", ["a.csv", "text/doc-000000000001.txt", PUBLISHED])
def test_what_is_missing_is_put_back(out, old, lost):
    old.upload(out)
    before = everything(out)
    Objects(out).drop([lost])
    old.upload(out)
    assert everything(out) == before


def test_a_file_of_another_size_is_put_back(out, old):
    old.upload(out)
    Objects(out).write("a.csv", b"someone was here")
    old.upload(out)
    assert contents(out) == OLD


@pytest.mark.parametrize("left", [b"", b"{", b"[1]", b"\xff"])
def test_a_damaged_list_of_what_is_there_is_no_list(out, old, new, left):
    old.upload(out)
    Objects(out).write(PUBLISHED, left)
    new.upload(out)
    assert contents(out) == NEW
    assert is_clean(out)


def test_an_empty_dataset_leaves_no_texts(out, old, tmp_path):
    old.upload(out)
    Built(tmp_path / "none", {"a.csv": b""}).upload(out)
    assert contents(out) == {"a.csv": b"", "b.csv": b"same"}


def both(out, n, old, new, monkeypatch, *, also_recovery_at=None):
    """Upload the new dataset over the old, cut off at the n-th call; then recover."""
    old.upload(out)
    with cut_off_at(n, monkeypatch) as calls:
        new.upload(out)
    decided = Objects(out).read(COMMIT) is not None
    if not decided:
        assert contents(out) in (OLD, NEW), calls
    if also_recovery_at is not None:
        with cut_off_at(also_recovery_at, monkeypatch):
            recover(out)
    recover(out)
    assert is_clean(out), calls
    found = contents(out)
    assert found == NEW if decided else found in (OLD, NEW), calls
    recover(out)
    assert contents(out) == found
    return len(calls) <= n


def test_an_upload_cut_off_anywhere_is_all_or_none(old, new, monkeypatch):
    for n in range(200):
        if both(s3.memory(), n, old, new, monkeypatch):
            break
    assert 10 < n < 199


def test_a_recovery_cut_off_anywhere_is_finished_by_the_next(old, new, monkeypatch):
    for n in range(0, 24, 2):
        for m in range(0, 24, 2):
            both(s3.memory(), n, old, new, monkeypatch, also_recovery_at=m)


def test_an_upload_to_s3_cut_off_anywhere_is_all_or_none(old, new, monkeypatch):
    for n in range(0, 200, 2):
        if both(s3.bucket(), n, old, new, monkeypatch, also_recovery_at=n % 7):
            break
    assert 10 < n < 199


def test_after_a_cut_the_next_upload_is_complete(old, new, monkeypatch):
    for n in range(0, 24, 2):
        out = s3.memory()
        old.upload(out)
        with cut_off_at(n, monkeypatch):
            new.upload(out)
        recover(out)
        new.upload(out)
        assert contents(out) == NEW
        assert is_clean(out)


def test_before_the_decision_nothing_changes(out, old, new):
    old.upload(out)
    before = everything(out)

    def lost():
        raise Busy

    with pytest.raises(Busy):
        new.upload(out, check=lost)
    assert contents(out) == OLD
    assert unfinished(out)
    recover(out)
    assert everything(out) == before


def test_a_first_upload_cut_off_leaves_nothing(out, old):
    def lost():
        raise Busy

    with pytest.raises(Busy):
        old.upload(out, check=lost)
    recover(out)
    assert everything(out) == {}


def test_recovering_where_nothing_was_does_nothing(out):
    recover(out)
    assert everything(out) == {}
    assert not unfinished(out)


@pytest.mark.parametrize("left", [b"", b"{", b'{"token": 1}'])
def test_half_a_decision_is_none(out, old, left):
    old.upload(out)
    Objects(out).write(COMMIT, left)
    Objects(out).write(f"{STAGING}/abc/a.csv", b"half")
    recover(out)
    assert contents(out) == OLD
    assert is_clean(out)


def test_while_another_run_is_publishing_none_is_published(out, old, new):
    old.upload(out)
    Objects(out).write(COMMIT, b"of another")
    with pytest.raises(Busy):
        new.upload(out)
    assert contents(out) == OLD


def test_a_run_whose_drafts_were_dropped_changes_nothing(out, old, new):
    # It was asleep when another took it for dead.
    old.upload(out)
    with pytest.raises(Busy):
        new.upload(out, check=lambda: recover(out))
    assert contents(out) == OLD
    assert is_clean(out)


def test_a_run_that_was_finished_by_another_while_asleep_takes_nothing_back(
    out, old, new, tmp_path, monkeypatch
):
    third = Built(tmp_path / "third", {"a.csv": b"third", "text/doc-000000000001.txt": b"back"})
    old.upload(out)
    real = Objects.copy

    def sleep(self, moves):
        monkeypatch.setattr(Objects, "copy", real)
        recover(out)
        third.upload(out)
        real(self, moves)

    monkeypatch.setattr(Objects, "copy", sleep)
    with pytest.raises(FileNotFoundError):
        new.upload(out)
    recover(out)
    assert contents(out) == {"b.csv": b"same", **third.contents}
    assert is_clean(out)


def test_two_uploads_at_once_leave_one_dataset_whole(old, new, tmp_path):
    third = Built(tmp_path / "third", dict.fromkeys(NEW, b"third"))
    for _ in range(3):
        out = s3.bucket()
        old.upload(out)
        start, errors = threading.Barrier(2), []

        def run(built, out=out, start=start, errors=errors):
            start.wait()
            try:
                built.upload(out)
            except Busy as error:
                errors.append(error)

        threads = [threading.Thread(target=run, args=[built]) for built in (new, third)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recover(out)
        assert contents(out) in (NEW, third.contents)
        assert is_clean(out)
        assert len(errors) < 2


def test_a_workspace_is_one_folder_for_each_address(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one = workspace(place("s3://bucket/out"))
    assert one.is_dir()
    assert one == workspace(place("s3://bucket/out/"))
    assert one != workspace(place("s3://bucket/other"))
    assert one != workspace(place("s3://bucket-out"))
    assert os.fspath(one).isascii()


def test_a_thousand_texts(tmp_path):
    texts = {f"text/doc-{n:012x}.txt": b"%d" % n for n in range(1000)}
    many = Built(tmp_path / "many", texts | {"a.csv": b"x"})
    out = s3.memory()
    many.upload(out)
    assert contents(out) == many.contents
