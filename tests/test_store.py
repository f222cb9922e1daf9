"""Objects by key, in a local folder and in two object stores."""

import errno
import os
import pickle
import threading

import pytest

from pipeline.place import place
from pipeline.store import Objects, Store
from tests import s3

LOCAL, REMOTE = "local", ["memory", "s3"]


@pytest.fixture(scope="module", autouse=True)
def server():
    with s3.server():
        yield


@pytest.fixture(params=[LOCAL, *REMOTE])
def root(request, tmp_path):
    if request.param == LOCAL:
        return tmp_path / "out"
    if request.param == "memory":
        return s3.memory() / "out"
    return s3.bucket() / "out"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def test_what_was_put_comes_back(root):
    store = Store(root)
    store.put("rows/ab/abcd", b"one")
    assert store.get("rows/ab/abcd") == b"one"


def test_no_bytes_are_something(root):
    Store(root).put("rows/a", b"")
    assert Store(root).get("rows/a") == b""


def test_the_last_put_counts(root):
    store = Store(root)
    store.put("rows/a", b"one, which is longer")
    store.put("rows/a", b"two")
    assert store.get("rows/a") == b"two"


def test_nothing_is_none(root):
    store = Store(root)
    assert store.get("rows/a") is None
    assert store.get_many(["rows/a", "rows/b"]) == {}
    assert store.get_many([]) == {}
    assert store.names("rows") == set()
    store.drop(["rows/a"])
    store.drop([])
    store.sweep("rows", [])


def test_many_at_once(root):
    store = Store(root)
    kept = {f"rows/{n % 3}/{n}": str(n).encode() for n in range(30)}
    for key, data in kept.items():
        store.put(key, data)
    assert store.get_many([*kept, "rows/9/99"]) == kept
    assert store.names("rows") == set(kept)


def test_names_are_those_of_one_folder(root):
    store = Store(root)
    for key in ("rows/ab/abcd", "rows/b", "rows-of-others/c", "work/d"):
        store.put(key, b"x")
    assert store.names("rows") == {"rows/ab/abcd", "rows/b"}


def test_a_listing_is_never_stale(root):
    one, other = Store(root), Store(root)
    assert one.names("rows") == set()
    other.put("rows/a", b"x")
    assert one.names("rows") == {"rows/a"}
    other.drop(["rows/a"])
    assert one.names("rows") == set()


def test_what_is_dropped_is_gone_and_the_rest_stays(root):
    store = Store(root)
    for key in "abc":
        store.put(f"rows/{key}", b"x")
    store.drop(["rows/a", "rows/missing", "rows/b"])
    assert store.names("rows") == {"rows/c"}
    assert store.get("rows/a") is None


def test_what_is_there_after_a_sweep_outlives_a_power_loss(tmp_path, monkeypatch):
    store, synced = Store(tmp_path), {}
    for key in ("rows/a/1", "rows/a/2", "rows/b/3", "work/4"):
        store.put(key, b"x")
    monkeypatch.setattr(
        "pipeline.store.sync_folder",
        lambda folder: synced.update({folder.name: sorted(path.name for path in folder.iterdir())}),
    )
    store.sweep("rows", {"rows/a/2", "rows/b/3"})
    assert synced == {"rows": ["a", "b"], "a": ["2"], "b": ["3"]}


def test_a_sweep_keeps_what_is_wanted_and_other_folders(root):
    store = Store(root)
    for key in ("rows/a/1", "rows/b/2", "rows/3", "work/a"):
        store.put(key, b"x")
    store.sweep("rows", {"rows/b/2", "rows/never"})
    assert store.names("rows") == {"rows/b/2"}
    assert store.names("work") == {"work/a"}


def test_a_store_travels_to_other_processes(root):
    Store(root).put("rows/a", b"x")
    assert pickle.loads(pickle.dumps(Store(root))).get("rows/a") == b"x"


def damage(root, key, change):
    path = root / key
    with path.open("rb") as file:
        data = file.read()
    with path.open("wb") as file:
        file.write(change(data))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:3], id="cut within the mark"),
        pytest.param(lambda data: data[:12], id="cut within the digest"),
        pytest.param(lambda data: data[:-1], id="cut at the end"),
        pytest.param(lambda data: data[:-1] + b"?", id="another byte"),
        pytest.param(lambda data: data + b"?", id="a byte more"),
        pytest.param(lambda data: bytes(len(data)), id="zeros"),
        pytest.param(lambda data: b"gvt2" + data[4:], id="another version"),
        pytest.param(lambda data: b'{"json": true, "of": "an earlier version"}', id="foreign"),
    ],
)
def test_a_damaged_object_is_none(root, change):
    store = Store(root)
    store.put("rows/a", b"some bytes")
    store.put("rows/b", b"x")
    damage(root, "rows/a", change)
    assert store.get("rows/a") is None
    assert store.get_many(["rows/a", "rows/b"]) == {"rows/b": b"x"}
    store.put("rows/a", b"again")
    assert store.get("rows/a") == b"again"


# A local folder


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_in_the_place_of_an_object_is_none(folder):
    (folder / "rows" / "a").mkdir(parents=True)
    assert Store(folder).get("rows/a") is None


@pytest.mark.parametrize("call", ["open", "replace"])
def test_a_put_that_fails_leaves_the_earlier_object_and_no_draft(folder, monkeypatch, call):
    store = Store(folder)
    store.put("rows/a", b"old")

    def refuse(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if call == "open":
            patch.setattr("builtins.open", refuse)
        else:
            patch.setattr(os, "replace", refuse)
        with pytest.raises(OSError, match="No space left"):
            store.put("rows/a", b"new")
    assert store.get("rows/a") == b"old"
    assert files(folder) == {"rows/a"}


def test_a_draft_that_was_swept_away_is_written_again(folder, monkeypatch):
    store, real = Store(folder), os.replace

    def sweep_first(draft, path):
        monkeypatch.setattr(os, "replace", real)
        Store(folder).sweep("rows", [])
        real(draft, path)

    store.put("rows/a", b"old")
    monkeypatch.setattr(os, "replace", sweep_first)
    store.put("rows/a", b"new")
    assert store.get("rows/a") == b"new"


def test_drafts_are_no_objects_and_are_swept(folder):
    store = Store(folder)
    store.put("rows/a", b"x")
    (folder / "rows" / ".b.1234.abcd").write_bytes(b"half")
    assert store.names("rows") == {"rows/a"}
    store.sweep("rows", {"rows/a"})
    assert files(folder) == {"rows/a"}


def test_a_folder_that_cannot_be_written_says_so(folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        Store(folder).put("rows/a", b"x")


def test_readers_see_an_object_whole_while_it_is_written(folder):
    store = Store(folder)
    contents = {bytes([n]) * 100_000 for n in range(4)}
    store.put("rows/a", next(iter(contents)))
    seen, over = set(), threading.Event()

    def read():
        while not over.is_set():
            seen.add(store.get("rows/a"))

    reader = threading.Thread(target=read)
    reader.start()
    for data in [*contents] * 10:
        store.put("rows/a", data)
    over.set()
    reader.join()
    assert seen <= contents


# An object store


@pytest.fixture(params=REMOTE)
def objects(request):
    if request.param == "memory":
        return Objects(s3.memory())
    return Objects(s3.bucket())


def test_only_one_creates_an_object(objects):
    assert objects.create("a", b"one")
    assert not objects.create("a", b"two")
    assert objects.read("a") == b"one"


def test_a_creation_whose_answer_was_lost_counts(objects):
    objects.write("a", b"one")
    assert objects.create("a", b"one")


def test_a_write_on_condition_fails_when_the_object_has_changed():
    objects = Objects(s3.bucket())
    objects.write("a", b"one")
    version = objects.version("a")
    objects.write("a", b"two", version)
    with pytest.raises(OSError):
        objects.write("a", b"three", version)
    assert objects.read("a") == b"two"
    assert objects.version("missing") == ""


def test_copies_and_uploads(objects, tmp_path):
    (tmp_path / "a").write_bytes(b"one")
    objects.upload({"x/a": tmp_path / "a"})
    objects.copy({"x/a": "y/b"})
    assert objects.read("y/b") == b"one"
    objects.upload({})
    objects.copy({})


def test_a_copy_of_nothing_is_an_error(objects):
    with pytest.raises(FileNotFoundError):
        objects.copy({"missing": "y"})


def test_a_store_that_does_not_answer_is_no_empty_one(monkeypatch):
    store = Store(s3.bucket())
    store.put("rows/a", b"x")

    async def refuse(*_args, **_more):
        raise RuntimeError("cannot connect")  # as botocore does, with an error of its own

    monkeypatch.setattr(type(store.root.fs), "_call_s3", refuse)
    for call in (store.names, store.get, lambda key: store.get_many([key])):
        with pytest.raises(OSError, match="cannot connect"):
            call("rows")


def test_a_bucket_that_does_not_exist_is_told():
    with pytest.raises(FileNotFoundError, match="bucket"):
        Store(place("s3://no-such-bucket/out")).put("rows/a", b"x")


def test_an_address_that_drivers_take_for_a_pattern_is_refused():
    with pytest.raises(ValueError, match="cannot have"):
        Store(place("memory://out*"))
