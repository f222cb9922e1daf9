import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.place import answering, is_remote, listing, place
from tests import s3


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("raw", "raw", id="relative"),
        pytest.param("/data/raw", "/data/raw", id="absolute"),
        pytest.param("C:/data", "C:/data", id="a drive is no URL"),
        pytest.param("c://data", "c:/data", id="a drive with two slashes"),
        pytest.param("file:///data/raw", "/data/raw", id="file URL"),
        pytest.param("file://localhost/data", "/data", id="this machine named"),
        pytest.param("FILE:///data", "/data", id="upper case"),
        pytest.param("file:///a%20b", "/a b", id="escapes"),
        pytest.param(Path("/data"), "/data", id="a path"),
    ],
)
def test_local_places_are_paths(text, path):
    found = place(text)
    assert found == Path(path)
    assert isinstance(found, Path)
    assert not is_remote(found)


@pytest.mark.parametrize("url", ["s3://bucket/raw", "memory://folder/raw"])
def test_urls_of_object_stores_are_remote(url):
    found = place(url)
    assert is_remote(found)
    assert str(found / "a.txt") == f"{url}/a.txt"
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_local_folder_of_another_machine_is_refused():
    with pytest.raises(ValueError, match="another machine"):
        place("file://host/data")


def test_a_driver_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(ValueError, match=r"pip install -e '\.\[gcs\]'"):
        place("gs://bucket/raw")


def test_a_url_that_no_driver_knows_is_refused():
    with pytest.raises(ValueError, match="there is no driver for nonsense://"):
        place("nonsense://bucket")


def test_local_places_need_no_fsspec():
    code = (
        "import sys; from pipeline.place import place; from pipeline.store import Store;"
        "from pipeline.files import discover;"
        "Store(place('/x')).get('a/b'); discover(place('pipeline/reference'));"
        "sys.exit(any(name.partition('.')[0] in ('fsspec', 'upath') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def memory():
    return s3.memory()


def put(root, *names):
    for name in names:
        root.fs.pipe_file(f"{root.path}/{name}", b"x")


def test_a_listing_has_what_lies_in_folders(memory):
    put(memory, "a", "x/b", "x/y/c")
    assert set(listing(memory)) == {"a", "x/b", "x/y/c"}
    assert set(listing(memory, deep=False)) == {"a"}
    assert listing(memory)["a"]["size"] == 1


def test_a_listing_of_nothing_is_empty(memory):
    assert listing(memory) == {}
    assert listing(memory, deep=False) == {}


def test_a_listing_leaves_out_the_neighbours(memory):
    put(memory, "x/a", "xy/b")
    assert set(listing(memory / "x")) == {"a"}


def test_a_listing_leaves_out_marks_of_folders(memory, monkeypatch):
    put(memory, "a")
    found = memory.fs.find(memory.path, detail=True) | {f"{memory.path}/x/": {"type": "file"}}
    monkeypatch.setattr(type(memory.fs), "find", lambda *_args, **_more: found)
    assert set(listing(memory)) == {"a"}


class Closed:
    """A driver that walks, over a folder that cannot be opened."""

    def invalidate_cache(self):
        pass

    def find(self, path, detail, on_error="omit"):
        if on_error == "raise":
            raise PermissionError(13, "closed")
        return {}


def test_a_folder_that_cannot_be_listed_is_no_empty_one():
    class Somewhere:
        fs, path = Closed(), "/x"

    with pytest.raises(PermissionError):
        listing(Somewhere())


def test_errors_of_drivers_are_errors_of_input_and_output():
    with pytest.raises(OSError, match="cannot connect"), answering():
        raise RuntimeError("cannot connect")
    with pytest.raises(FileNotFoundError), answering():
        raise FileNotFoundError
