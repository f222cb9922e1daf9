import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from pipeline import files
from pipeline.files import Seen, Source, discover
from tests import s3

SHA = hashlib.sha256(b"text").hexdigest()


def source(name: str, sha256: str = SHA) -> Source:
    return Source(Path("/raw") / name, name, sha256, 4)


def fill(raw: Path, *names: str) -> None:
    for name in names:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text("text", encoding="utf-8")


def test_id_has_one_form():
    prefix, digits = source("a.txt").document_id.split("-")
    assert prefix == "doc"
    assert len(digits) == 12
    assert set(digits) <= set("0123456789abcdef")


def test_id_is_pinned():
    # Ids are part of published tables: another formula would break every reference to them.
    assert source("sgi/2019.txt").document_id == "doc-d4a0efec01c1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(source("a.txt"), source("b.txt"), id="same content at two places"),
        pytest.param(source("a.txt"), source("x/a.txt"), id="same name in two folders"),
        pytest.param(source("a.txt"), source("a.txt", "0" * 64), id="changed content"),
    ],
)
def test_different_documents_have_different_ids(one, other):
    assert one.document_id != other.document_id


def test_the_id_does_not_depend_on_where_raw_lies(tmp_path):
    fill(tmp_path / "one", "a.txt")
    fill(tmp_path / "two", "a.txt")
    ids = {discover(tmp_path / raw)[0].document_id for raw in ("one", "two")}
    assert len(ids) == 1


def test_discover_reports_hash_and_size(tmp_path):
    fill(tmp_path, "a.txt")
    assert discover(tmp_path) == [Source(tmp_path / "a.txt", "a.txt", SHA, 4)]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["b.txt", "a.txt"], ["a.txt", "b.txt"], id="sorted"),
        pytest.param(["x/y/z.txt"], ["x/y/z.txt"], id="sub-folders, slashes"),
        pytest.param(["b.txt", "a/c.txt"], ["a/c.txt", "b.txt"], id="sorted over folders"),
        pytest.param(["B.txt", "a.txt"], ["B.txt", "a.txt"], id="sorted by code point"),
        pytest.param(["a", "a.pdf", "a.TXT"], ["a", "a.TXT", "a.pdf"], id="any suffix"),
        pytest.param([".hidden.txt", "a.txt"], ["a.txt"], id="hidden file"),
        pytest.param([".git/a.txt", "a.txt"], ["a.txt"], id="hidden folder"),
        pytest.param(["x/.y/z/a.txt"], [], id="below a hidden folder"),
        pytest.param(["x.y/a.txt"], ["x.y/a.txt"], id="a dot inside is not hidden"),
        pytest.param(["Ðæmi ő.txt"], ["Ðæmi ő.txt"], id="letters beyond ASCII"),
    ],
)
def test_discover(tmp_path, files, found):
    fill(tmp_path, *files)
    assert [s.name for s in discover(tmp_path)] == found


def test_discover_looks_into_a_raw_that_is_hidden_itself(tmp_path):
    fill(tmp_path / ".data" / "raw", "a.txt")
    assert [s.name for s in discover(tmp_path / ".data" / "raw")] == ["a.txt"]


def test_discover_leaves_out_folders_and_broken_links(tmp_path):
    (tmp_path / "empty.txt").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert discover(tmp_path) == []


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_discover_refuses_what_is_no_folder(tmp_path, name):
    fill(tmp_path, "file.txt")
    with pytest.raises(NotADirectoryError, match=name):
        discover(tmp_path / name)


def test_discover_keeps_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    # It must reach the reader, which quarantines it with a reason.
    fill(tmp_path, "locked.txt")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = discover(tmp_path)
    assert (found.name, found.size) == ("locked.txt", 0)


def _bytes_names(folder: Path, *names: bytes) -> None:
    for name in names:
        try:
            (folder / os.fsdecode(name)).write_text("text", encoding="utf-8")
        except OSError:
            pytest.skip("the file system takes only UTF-8 names")


def test_a_name_that_is_no_utf8_can_be_written_to_tables(tmp_path):
    _bytes_names(tmp_path, b"caf\xe9.txt")
    (found,) = discover(tmp_path)
    assert found.name.encode("utf-8")
    assert found.path.read_text(encoding="utf-8") == "text"


def test_two_broken_names_stay_two_documents(tmp_path):
    _bytes_names(tmp_path, b"caf\xe8.txt", b"caf\xe9.txt")
    assert len({s.document_id for s in discover(tmp_path)}) == 2


def test_a_folder_that_cannot_be_opened_is_listed_itself(tmp_path, monkeypatch):
    fill(tmp_path, "a.txt", "closed/b.txt")
    real = os.scandir

    def scandir(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [(s.name, s.size) for s in discover(tmp_path)] == [("a.txt", 4), ("closed", 0)]


@pytest.mark.parametrize(
    ("link", "target", "found"),
    [
        pytest.param("link.txt", "a.txt", True, id="to a file inside"),
        pytest.param("link.txt", "../outside/b.txt", False, id="to a file outside"),
        pytest.param("link", "x", False, id="to a folder inside, which is listed once"),
        pytest.param("link", "../outside", False, id="to a folder outside"),
        pytest.param("link", ".", False, id="to RAW itself"),
        pytest.param("link.txt", "link.txt", False, id="to itself"),
        pytest.param(".link.txt", "a.txt", False, id="hidden"),
    ],
)
def test_links(tmp_path, link, target, found):
    raw = tmp_path / "raw"
    fill(tmp_path, "outside/b.txt", "raw/a.txt", "raw/x/c.txt")
    (raw / link).symlink_to(target)
    names = [s.name for s in discover(raw)]
    assert names == sorted(["a.txt", "x/c.txt"] + [link] * found)


def test_a_raw_that_is_a_link_is_looked_into(tmp_path):
    fill(tmp_path, "raw/a.txt", "raw/b.txt")
    (tmp_path / "raw" / "c.txt").symlink_to("a.txt")
    (tmp_path / "link").symlink_to("raw")
    assert [s.name for s in discover(tmp_path / "link")] == ["a.txt", "b.txt", "c.txt"]


# What an earlier run saw


def later(monkeypatch, seconds):
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + int(seconds * 10**9))


def known(found):
    """What a run keeps, after its way through JSON."""
    kept = json.dumps({s.written: Seen(s.stamp, s.sha256) for s in found})
    return {name: Seen(*pair) for name, pair in json.loads(kept).items()}


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read, as they are."""
    names, real = [], files._hash

    def look(path):
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(files, "_hash", look)
    return names


def test_a_file_that_has_not_changed_is_not_read_again(tmp_path, monkeypatch, read):
    fill(tmp_path, "a.txt", "x/b.txt")
    later(monkeypatch, 10)
    first = discover(tmp_path)
    assert read == ["a.txt", "b.txt"]
    assert discover(tmp_path, known(first)) == first
    assert read == ["a.txt", "b.txt"]


def test_a_name_that_is_no_utf8_is_known_again(tmp_path, monkeypatch, read):
    _bytes_names(tmp_path, b"caf\xe9.txt")
    later(monkeypatch, 10)
    discover(tmp_path, known(discover(tmp_path)))
    assert len(read) == 1


def keep_times(path, change):
    """Change a file and set its time back."""
    told = path.stat()
    change(path)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


def swap(path):
    new = path.with_name("new")
    new.write_text("TEXT", encoding="utf-8")
    new.replace(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: p.write_text("longer"), id="another length"),
        pytest.param(lambda p: p.write_text("TEXT"), id="the same length"),
        pytest.param(lambda p: keep_times(p, lambda p: p.write_text("TEXT")), id="time set back"),
        pytest.param(lambda p: keep_times(p, swap), id="another file, time set back"),
    ],
)
def test_a_file_that_has_changed_is_read_again(tmp_path, monkeypatch, change):
    fill(tmp_path, "a.txt")
    later(monkeypatch, 10)
    first = discover(tmp_path)
    change(tmp_path / "a.txt")
    (second,) = discover(tmp_path, known(first))
    assert second.sha256 == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()


def test_a_file_that_was_just_written_is_read_again(tmp_path, read):
    # Another write within the clock's grain would leave its time as it is.
    fill(tmp_path, "a.txt")
    (first,) = discover(tmp_path)
    assert first.stamp == ""
    discover(tmp_path, known([first]))
    assert read == ["a.txt", "a.txt"]


@pytest.mark.parametrize("shift", [-3600, 1.5], ids=["the clock was set back", "just now"])
def test_a_file_from_the_future_is_read_again(tmp_path, monkeypatch, shift, read):
    fill(tmp_path, "a.txt")
    later(monkeypatch, 10)
    first = discover(tmp_path)
    monkeypatch.undo()
    later(monkeypatch, shift)
    assert discover(tmp_path, known(first))[0].stamp == ""


def test_a_time_that_was_set_to_the_future_is_no_stamp(tmp_path, monkeypatch):
    fill(tmp_path, "a.txt")
    os.utime(tmp_path / "a.txt", (4e9, 4e9))
    later(monkeypatch, 10)
    assert discover(tmp_path)[0].stamp == ""


def test_a_file_that_cannot_be_read_is_not_taken_for_known(tmp_path, monkeypatch):
    fill(tmp_path, "a.txt")
    later(monkeypatch, 10)

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        first = discover(tmp_path)
    (second,) = discover(tmp_path, known(first))
    assert (second.sha256, second.size) == (SHA, 4)


def test_what_is_known_of_files_that_are_gone_does_not_matter(tmp_path):
    fill(tmp_path, "a.txt")
    assert [s.name for s in discover(tmp_path, {"gone.txt": ("1 2 3 4", SHA)})] == ["a.txt"]


# An object store


@pytest.fixture(scope="module")
def server():
    with s3.server():
        yield


@pytest.fixture
def raw(server):
    return s3.bucket() / "raw"


def put(raw, *names, data=b"text"):
    raw.fs.pipe({f"{raw.path}/{name}": data for name in names})


def test_a_remote_raw_is_listed_as_a_local_one(raw):
    put(
        raw,
        "b.txt",
        "a/c.txt",
        ".hidden.txt",
        ".git/a.txt",
        "x/.y/z.txt",
        "x.y/a.txt",
        "Ðæmi ő.txt",
    )
    found = discover(raw)
    assert [s.name for s in found] == ["a/c.txt", "b.txt", "x.y/a.txt", "Ðæmi ő.txt"]
    assert {(s.sha256, s.size) for s in found} == {(SHA, 4)}
    assert found[0].path.open("rb").read() == b"text"


def test_a_document_has_the_same_id_wherever_it_lies(raw, tmp_path):
    put(raw, "x/a.txt")
    fill(tmp_path, "x/a.txt")
    assert discover(raw)[0].document_id == discover(tmp_path)[0].document_id


@pytest.mark.parametrize("name", ["a?b.txt", "a#b.txt", "a%20b.txt", "a//b.txt", "[a]*.txt"])
def test_names_that_an_address_could_not_have(raw, name):
    put(raw, name)
    (found,) = discover(raw)
    assert (found.name, found.sha256) == (name, SHA)


def test_a_remote_file_that_has_not_changed_is_not_read_again(raw, read):
    put(raw, "a.txt", "b.txt")
    first = discover(raw)
    put(raw, "b.txt", data=b"TEXT")
    read.clear()
    second = discover(raw, known(first))
    assert read == ["b.txt"]
    assert [s.sha256 for s in second] == [SHA, hashlib.sha256(b"TEXT").hexdigest()]


def test_a_store_that_tells_no_version_is_read_again(read):
    raw = s3.memory()
    put(raw, "a.txt")
    discover(raw, known(discover(raw)))
    assert read == ["a.txt", "a.txt"]


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_a_remote_raw_that_is_no_folder_is_refused(raw, name):
    put(raw, "file.txt")
    with pytest.raises(NotADirectoryError, match=name):
        discover(raw / name)


def test_a_bucket_that_does_not_exist_is_refused(server):
    with pytest.raises(NotADirectoryError, match="no-such-bucket"):
        discover(s3.place("s3://no-such-bucket"))


def test_a_large_remote_file_is_hashed_whole(raw, monkeypatch):
    monkeypatch.setattr(files, "_BLOCK", 1000)
    data = os.urandom(10_000)
    put(raw, "a.bin", data=data)
    (found,) = discover(raw)
    assert (found.sha256, found.size) == (hashlib.sha256(data).hexdigest(), 10_000)


def test_a_store_that_stops_answering_is_no_unreadable_file(raw, monkeypatch):
    # A quarantine would drop the document from the dataset for a fault of the network.
    put(raw, "a.txt")

    real = type(raw.fs)._call_s3

    async def call(self, method, *args, **more):
        if method == "get_object":
            raise RuntimeError("gone")  # as botocore does, with an error of its own
        return await real(self, method, *args, **more)

    monkeypatch.setattr(type(raw.fs), "_call_s3", call)
    with pytest.raises(OSError, match="gone"):
        discover(raw)
