"""The files under RAW: which there are, and the hash of each."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.place import Place, answering, is_remote, listing
from pipeline.records import Correction

_RACY = 2 * 10**9  # a file system may write times that coarsely (ns)
_AT_ONCE = 16
_BLOCK = 2**22
_VERSIONS = ("ETag", "etag", "generation", "version_id", "VersionId", "md5Hash")


@dataclass(frozen=True, slots=True)
class Source:
    """A file under RAW.

    Attributes:
        written: Path relative to RAW, as the file system has it.
        sha256: Hash of its bytes.
        size: Bytes.
        stamp: What changes whenever the file does; empty where nothing tells that.
        corrections: What a researcher says is wrong in what is found in it.
    """

    path: Place
    written: str
    sha256: str
    size: int
    stamp: str = field(default="", compare=False)
    corrections: tuple[Correction, ...] = ()

    @property
    def name(self) -> str:
        """Path relative to RAW; bytes that are not UTF-8 are spelled out."""
        return self.written.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

    @property
    def document_id(self) -> str:
        """Id from path and content: the same file at two places is two documents."""
        key = f"{self.written}\n{self.sha256}".encode("utf-8", "surrogateescape")
        digest = hashlib.sha256(key)
        return f"doc-{digest.hexdigest()[:12]}"


class Seen(NamedTuple):
    """What an earlier run saw of a file."""

    stamp: str
    sha256: str


Known = Mapping[str, tuple[str, str]]
"""Seen (or a plain pair) by Source.written."""


class _Found(NamedTuple):
    """A file that is there, not yet read."""

    written: str
    size: int
    stamp: str


def discover(raw: Place, known: Known | None = None) -> list[Source]:
    """The files under `raw`, sorted by path.

    Hidden files and folders are left out, and links that lead out of `raw`. A folder that cannot
    be opened is listed itself, so that its quarantine says what is missing.

    Args:
        known: What an earlier run saw; a file whose stamp has not changed is not read again.

    Raises:
        NotADirectoryError: If `raw` is not a folder.
        OSError: If a remote store does not answer.
    """
    found = sorted(_remote(raw) if is_remote(raw) else _local(Path(raw)))  # type: ignore[arg-type]
    seen = known or {}
    if not is_remote(raw):
        return [_source(raw, file, seen) for file in found]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(lambda file: _source(raw, file, seen), found))


def _remote(raw: Place) -> Iterator[_Found]:
    files = listing(raw)
    if not files and not raw.is_dir():
        raise NotADirectoryError(f"{raw} is not a folder")
    for name, told in files.items():
        if not any(part.startswith(".") for part in name.split("/")):
            size = int(told.get("size") or 0)
            yield _Found(name, size, _remote_stamp(told, size))


def _remote_stamp(told: Mapping[str, Any], size: int) -> str:
    """A stamp from what the store says of a version; times alone say too little."""
    versions = [f"{key}={told[key]}" for key in _VERSIONS if told.get(key)]
    return " ".join([str(size), *versions]) if versions else ""


def _local(raw: Path) -> Iterator[_Found]:
    if not raw.is_dir():
        raise NotADirectoryError(f"{raw} is not a folder")
    return _walk(str(raw), "", raw.resolve())


def _walk(raw: str, folder: str, root: Path) -> Iterator[_Found]:
    """The files in a folder and below it; the folder itself if it cannot be opened."""
    try:
        with os.scandir(os.path.join(raw, folder)) as opened:
            entries = [entry for entry in opened if not entry.name.startswith(".")]
    except OSError:
        yield _Found(folder or ".", 0, "")
        return
    for entry in entries:
        name = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(raw, name, root)
        elif _is_inside(entry, root):
            yield _look(entry.path, name)


def _is_inside(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether an entry is a file that lies under `root`, be it through a link."""
    try:
        return entry.is_file() and (
            not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
        )
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _look(path: str, name: str) -> _Found:
    try:
        told = os.stat(path)
    except OSError:
        return _Found(name, 0, "")
    return _Found(name, told.st_size, _local_stamp(told))


def _local_stamp(told: os.stat_result) -> str:
    """A stamp, empty where the file may change once more without a new time.

    That is so while its time is as good as now, or in the future because a clock was set back.
    """
    if max(told.st_mtime_ns, told.st_ctime_ns) > time.time_ns() - _RACY:
        return ""
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"


def _source(raw: Place, file: _Found, known: Known) -> Source:
    path = raw / file.written
    stamp, sha256 = known.get(file.written, ("", ""))
    if stamp and stamp == file.stamp:
        return Source(path, file.written, sha256, file.size, stamp)
    try:
        sha256, size = _hash(path)
    except OSError as error:
        if is_remote(path) and not isinstance(error, FileNotFoundError | PermissionError):
            raise  # a store that does not answer says nothing of the file
        # The reader says why, when its turn comes.
        return Source(path, file.written, hashlib.sha256(b"").hexdigest(), 0)
    return Source(path, file.written, sha256, size, file.stamp)


def _hash(path: Place) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    options = {"block_size": _BLOCK} if is_remote(path) else {}
    with answering(), path.open("rb", **options) as file:  # type: ignore[call-overload]
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
