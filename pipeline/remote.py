"""All or none in an object store: how a dataset built in a local folder comes under a remote OUT.

As in `pipeline.commit`, one step decides. Files that differ are uploaded to `.staging/TOKEN`. Then
the object `.commit` is created, which says what moves where: before it the earlier dataset is
untouched, after it the new one is complete and only has to be copied into place, which any later
command finishes if this one is cut off. `.published.json` has the hashes of what OUT holds.

While `.commit` is there no other can be created. So a staging folder is only ever dropped under a
`.commit` that says so, or when its own commit is over: a run that was asleep meanwhile finds either
that object, or its files gone, and changes nothing.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path
from pydantic import BaseModel, ValidationError

from pipeline.lease import Busy
from pipeline.place import Place, listing
from pipeline.store import Objects

STAGING, COMMIT, PUBLISHED = ".staging", ".commit", ".published.json"
_TEXTS = "text"
_TEXT_NAME = re.compile(r"doc-[0-9a-f]{12}\.txt")


class _Commit(BaseModel):
    """A decision: what is copied into place, what goes, and what OUT then holds.

    Attributes:
        token: The staging folder's name.
        moves: Paths relative to OUT, copied from the staging folder.
        drops: Objects that go.
        files: SHA-256 by path, the whole dataset; None where only drafts are dropped.
    """

    token: str
    moves: list[str]
    drops: list[str]
    files: dict[str, str] | None


def workspace(out: Place) -> Path:
    """A local folder to build a dataset in, the same in every run."""
    url = str(out)
    name = re.sub(r"[^A-Za-z0-9]+", "-", url).strip("-")[-40:]
    digest = hashlib.sha256(url.encode()).hexdigest()[:12]
    folder = user_cache_path("govtable") / f"{name}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def upload(
    here: Path, out: Place, files: Mapping[str, str], check: Callable[[], None] = lambda: None
) -> None:
    """Put a dataset under OUT, all or none; what is there already is not uploaded again.

    Args:
        here: The folder that it was built in.
        files: SHA-256 of every file, by path relative to OUT.
        check: Raises if this run may no longer write, see `pipeline.lease`.

    Raises:
        Busy: If another run is publishing to OUT.
        OSError: If the store does not answer.
    """
    objects = Objects(out)
    held, known = _held(out, files), _published(objects)
    moves = _differing(here, files, held, known)
    drops = sorted(name for name in held if _is_text(name) and name not in files)
    if not moves and not drops and known == dict(files):
        return
    token = secrets.token_hex(8)
    objects.upload({f"{STAGING}/{token}/{name}": here / name for name in moves})
    check()
    _decide(objects, _Commit(token=token, moves=moves, drops=drops, files=dict(files)), check)


def recover(out: Place, check: Callable[[], None] = lambda: None) -> None:
    """Finish a commit that was cut off, drop drafts that never came so far.

    Only for a run that holds the dataset.

    Raises:
        OSError: If the store does not answer.
    """
    objects = Objects(out)
    if (data := objects.read(COMMIT)) is not None:
        _finish(objects, data, check)
    if drafts := objects.keys(STAGING):
        token = secrets.token_hex(8)
        _decide(objects, _Commit(token=token, moves=[], drops=drafts, files=None), check)


def unfinished(out: Place) -> bool:
    """Whether a run was cut off here, or is going on."""
    objects = Objects(out)
    return objects.read(COMMIT) is not None or bool(objects.keys(STAGING))


def _decide(objects: Objects, commit: _Commit, check: Callable[[], None]) -> None:
    """Create the object that decides, and carry it out."""
    data = commit.model_dump_json().encode()
    if not objects.create(COMMIT, data) or not _finish(objects, data, check):
        raise Busy(f"another run is publishing to {objects.root}")


def _finish(objects: Objects, data: bytes, check: Callable[[], None]) -> bool:
    """Carry out a decision; again, where an earlier run was cut off.

    Returns:
        False if its drafts are gone: another run dropped them before, nothing was changed.
    """
    try:
        commit = _Commit.model_validate_json(data)
    except ValidationError:  # of a store that may keep half an object: nothing was decided
        _close(objects, data)
        return False
    staged = {f"{STAGING}/{commit.token}/{name}": name for name in commit.moves}
    drafts = objects.keys(f"{STAGING}/{commit.token}")
    if not staged.keys() <= set(drafts):
        _close(objects, data)
        return False
    objects.copy(staged)
    check()
    objects.drop(commit.drops)
    if commit.files is not None:
        objects.write(PUBLISHED, _as_json(commit.files))
    _close(objects, data)
    objects.drop(drafts)
    return True


def _close(objects: Objects, data: bytes) -> None:
    """Drop the decision, if it is still this one."""
    if objects.read(COMMIT) == data:
        objects.drop([COMMIT])


def _published(objects: Objects) -> dict[str, str]:
    """The hashes of what OUT holds; empty where that is not known."""
    try:
        told: Any = json.loads(objects.read(PUBLISHED) or b"")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _held(out: Place, files: Mapping[str, str]) -> dict[str, int]:
    """The sizes of what lies in those folders of OUT that a dataset has files in."""
    folders = {os.path.dirname(name) for name in files} | {_TEXTS}
    return {
        f"{folder}/{name}" if folder else name: int(told.get("size") or 0)
        for folder in folders
        for name, told in listing(out / folder if folder else out, deep=False).items()
    }


def _differing(
    here: Path, files: Mapping[str, str], held: Mapping[str, int], known: Mapping[str, str]
) -> list[str]:
    """The files that OUT does not hold as they are here."""
    return sorted(
        name
        for name, sha256 in files.items()
        if known.get(name) != sha256 or held.get(name) != (here / name).stat().st_size
    )


def _is_text(name: str) -> bool:
    folder, _, last = name.rpartition("/")
    return folder == _TEXTS and _TEXT_NAME.fullmatch(last) is not None


def _as_json(files: Mapping[str, str]) -> bytes:
    return json.dumps(files, sort_keys=True, indent=0).encode()
