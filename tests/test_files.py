import hashlib
import os
from pathlib import Path

import pytest

from pipeline.files import Source, discover

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
