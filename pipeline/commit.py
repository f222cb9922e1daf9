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
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.lease import Busy, Lease, hold
from pipeline.place import Place, sync_folder

STAGING = ".staging"
_COMMIT, _DONE, _LOCK, _TEXTS, _CACHE = ".commit", ".done", ".lock", "texts.json", ".cache"
_LOOK = 1.0  # seconds between two tries to get hold of OUT
_TEXT_NAME = re.compile(r"doc-[0-9a-f]{12}\.txt")


_held: dict[str, Lease] = {}  # leases on remote datasets, by place


@contextmanager
def locked(out: Place, *, wait: bool = False) -> Iterator[None]:
    """Hold OUT for one run; the lock dies with the process.

    Args:
        wait: Until another run has finished, however long.

    Raises:
        Busy: If another run holds it.
        OSError: If OUT cannot be made or written to.
    """
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(_locked(out))
                break
            except Busy:
                if not wait:
                    raise
                time.sleep(_LOOK)
        yield


@contextmanager
def _locked(out: Place) -> Iterator[None]:
    if not isinstance(out, Path):
        with hold(out) as lease:
            _held[str(out)] = lease
            try:
                yield
            finally:
                _held.pop(str(out), None)
        return
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK | os.X_OK):
        raise PermissionError(13, "Permission denied", str(out))
    lock = FileLock(out / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(f"another run is writing to {out}") from error
    try:
        yield
    finally:
        lock.release()


def holder(out: Place) -> Callable[[], None]:
    """What makes sure, just before the commit, that a remote OUT is still held."""
    lease = _held.get(str(out))
    return lease.check if lease is not None else lambda: None


def unfinished(out: Place) -> bool:
    """Whether a run was cut off here, or is going on."""
    if not isinstance(out, Path):
        from pipeline import remote

        return remote.unfinished(out)
    return (out / _COMMIT).exists() or (out / STAGING).exists()


def recover(out: Place) -> None:
    """Finish a commit that was cut off, drop a draft that never came so far."""
    if not isinstance(out, Path):
        from pipeline import remote

        remote.recover(out, holder(out))
        return
    if (out / _COMMIT).is_dir():
        _move(out / _COMMIT, out)
    for name in (STAGING, _DONE):
        shutil.rmtree(out / name, ignore_errors=True)


def stage(out: Path) -> Path:
    """A new empty folder to write the dataset's new files into."""
    staging = out / STAGING
    (staging / "text").mkdir(parents=True)
    return staging


def commit(out: Path, texts: Iterable[str]) -> None:
    """Put the staged files in place.

    Args:
        texts: The files under `text/` that the dataset has, staged or in place already.

    Raises:
        IsADirectoryError: If a folder of the user's has the name of a file.
    """
    for path in (out / STAGING).rglob("*"):
        if path.is_file() and (place := out / path.relative_to(out / STAGING)).is_dir():
            raise IsADirectoryError(21, "Is a folder in place of a file of the dataset", str(place))
    names = sorted(Path(name).name for name in texts)
    (out / STAGING / _TEXTS).write_text(json.dumps(names), encoding="utf-8")
    _sync(out / STAGING)
    (out / STAGING).rename(out / _COMMIT)
    sync_folder(out)
    _move(out / _COMMIT, out)


def _move(commit: Path, out: Path) -> None:
    """Move a commit's files into place; the note on them, under `.cache`, comes last."""
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
    for path in [p for p in sorted((commit / _CACHE).rglob("*")) if p.is_file()]:
        target = out / path.relative_to(commit)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        sync_folder(target.parent)
    if (out / _CACHE).is_dir():
        sync_folder(out / _CACHE)
    shutil.rmtree(out / _DONE, ignore_errors=True)
    sync_folder(out / "text")
    sync_folder(out)  # what has been moved stays, before the note that it has to be is gone
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
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)
