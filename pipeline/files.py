"""The files under RAW: which there are, and the hash of each."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """A file under RAW.

    Attributes:
        written: Path relative to RAW, as the file system has it.
        sha256: Hash of its bytes.
        size: Bytes.
    """

    path: Path
    written: str
    sha256: str
    size: int

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


def discover(raw: Path) -> list[Source]:
    """The files under `raw`, sorted by path.

    Hidden files and folders are left out, and links that lead out of `raw`. A folder that cannot
    be opened is listed itself, so that its quarantine says what is missing.

    Raises:
        NotADirectoryError: If `raw` is not a folder.
    """
    if not raw.is_dir():
        raise NotADirectoryError(f"{raw} is not a folder")
    return [_source(raw, name) for name in sorted(_names(raw))]


def _names(raw: Path) -> Iterator[str]:
    """Paths of the files, and of folders that cannot be opened, relative to `raw`."""
    root = raw.resolve()
    closed: list[str] = []
    for folder, folders, files in os.walk(raw, onerror=lambda e: closed.append(str(e.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(folder, name)
            inside = path.is_file() and path.resolve().is_relative_to(root)
            if inside and not name.startswith("."):
                yield path.relative_to(raw).as_posix()
    yield from (Path(folder).relative_to(raw).as_posix() for folder in closed)


def _source(raw: Path, name: str) -> Source:
    path = raw / name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError:  # the reader says why, when its turn comes
        digest, size = hashlib.sha256(b"").hexdigest(), 0
    return Source(path, name, digest, size)
