"""The files under RAW: which there are, and the hash of each."""

import hashlib
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

    Hidden files and folders are left out, and links that lead out of `raw`.

    Raises:
        NotADirectoryError: If `raw` is not a folder.
    """
    if not raw.is_dir():
        raise NotADirectoryError(f"{raw} is not a folder")
    root = raw.resolve()
    names = sorted(
        path.relative_to(raw).as_posix() for path in raw.rglob("*") if _is_report(path, raw, root)
    )
    return [_source(raw, name) for name in names]


def _is_report(path: Path, raw: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(raw).parts)
    return not hidden and path.is_file() and path.resolve().is_relative_to(root)


def _source(raw: Path, name: str) -> Source:
    path = raw / name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError:  # the reader says why, when its turn comes
        digest, size = hashlib.sha256(b"").hexdigest(), 0
    return Source(path, name, digest, size)
