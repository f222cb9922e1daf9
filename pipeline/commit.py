"""All or none: how a new dataset takes the place of the earlier one.

A dataset is first written whole into `OUT/.staging`. Renaming that folder to `OUT/.commit`
decides: before it the earlier dataset is untouched, after it the new one is complete and only
has to be moved into place, which any later command finishes if this one is cut off.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

STAGING = ".staging"
_COMMIT, _LOCK = ".commit", ".lock"


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


def recover(out: Path) -> None:
    """Finish a commit that was cut off, drop a draft that never came so far."""
    if (out / _COMMIT).is_dir():
        _move(out / _COMMIT, out)
    shutil.rmtree(out / STAGING, ignore_errors=True)


def commit(out: Path) -> None:
    """Put the staged dataset in place."""
    (out / STAGING).rename(out / _COMMIT)
    _move(out / _COMMIT, out)


def _move(commit: Path, out: Path) -> None:
    """Move the files of a commit into place; texts of documents that are gone are dropped last."""
    (out / "text").mkdir(exist_ok=True)
    wanted = commit / "texts.json"
    if not wanted.exists():
        names = sorted(path.name for path in (commit / "text").iterdir())
        wanted.write_text(json.dumps(names), encoding="utf-8")
    for path in sorted((commit / "text").iterdir()):
        path.replace(out / "text" / path.name)
    for path in sorted(commit.iterdir()):
        if path.is_file() and path != wanted:
            path.replace(out / path.name)
    keep = set(json.loads(wanted.read_text(encoding="utf-8")))
    for path in (out / "text").iterdir():
        if path.name not in keep:
            path.unlink()
    shutil.rmtree(commit)
