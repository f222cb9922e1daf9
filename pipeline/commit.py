"""All or none: how a new dataset takes the place of the earlier one.

A dataset is first written whole into `OUT/.staging`. Renaming that folder to `OUT/.commit`
decides: before it the earlier dataset is untouched, after it the new one is complete and only
has to be moved into place, which any later command finishes if this one is cut off. Files in OUT
that are not the dataset's are left alone.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

STAGING = ".staging"
_COMMIT, _DONE, _LOCK, _TEXTS = ".commit", ".done", ".lock", "texts.json"
_TEXT_NAME = re.compile(r"doc-[0-9a-f]{12}\.txt")


class Busy(Exception):
    """Another run is writing to the same folder."""


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold OUT for one run; the lock dies with the process.

    Raises:
        Busy: If another run holds it.
        OSError: If OUT cannot be made or written to.
    """
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK | os.X_OK):
        raise PermissionError(13, "Permission denied", str(out))
    try:
        with FileLock(out / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise Busy(f"another run is writing to {out}") from error


def unfinished(out: Path) -> bool:
    """Whether a run was cut off here, or is going on."""
    return (out / _COMMIT).exists() or (out / STAGING).exists()


def recover(out: Path) -> None:
    """Finish a commit that was cut off, drop a draft that never came so far."""
    if (out / _COMMIT).is_dir():
        _move(out / _COMMIT, out)
    for name in (STAGING, _DONE):
        shutil.rmtree(out / name, ignore_errors=True)


def stage(out: Path, texts: Iterable[str]) -> Path:
    """A new empty folder to write the dataset into.

    Args:
        texts: Names of the files that the dataset will have under `text/`.
    """
    staging = out / STAGING
    (staging / "text").mkdir(parents=True)
    (staging / _TEXTS).write_text(json.dumps(sorted(texts)), encoding="utf-8")
    return staging


def commit(out: Path) -> None:
    """Put the staged dataset in place."""
    _sync(out / STAGING)
    (out / STAGING).rename(out / _COMMIT)
    _move(out / _COMMIT, out)


def _move(commit: Path, out: Path) -> None:
    """Move a commit's files into place; texts of documents that are gone are dropped last."""
    (out / "text").mkdir(exist_ok=True)
    for path in sorted((commit / "text").glob("*")):
        path.replace(out / "text" / path.name)
    for path in sorted(commit.iterdir()):
        if path.is_file() and path.name != _TEXTS:
            path.replace(out / path.name)
    if (keep := _names(commit / _TEXTS)) is not None:
        for path in (out / "text").iterdir():
            if _TEXT_NAME.fullmatch(path.name) and path.name not in keep:
                with suppress(OSError):  # a text too many does no harm
                    path.unlink()
    shutil.rmtree(out / _DONE, ignore_errors=True)
    commit.rename(out / _DONE)
    shutil.rmtree(out / _DONE, ignore_errors=True)


def _names(path: Path) -> set[str] | None:
    """The names in a commit's list of texts; None where it cannot be read: nothing is dropped."""
    try:
        return set(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _sync(folder: Path) -> None:
    """Have everything on disk before the commit."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
