"""Objects by key under a place; each appears whole or not at all, and comes back the same way."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.place import Place, answering, is_remote, listing, sync_folder

_MAGIC = b"gvt1"
_DIGEST = 16
_TRIES = 3


class Store:
    """What is kept by key, such as `rows/ab/abcd`; no name in a key begins with a dot.

    An object that was torn, by a power loss for one, is as good as none.
    """

    def __init__(self, root: Place) -> None:
        """Keep objects under `root`, which need not exist yet."""
        self.root = root
        self._kept = Objects(root) if is_remote(root) else _Folder(Path(root))  # type: ignore[arg-type]

    def names(self, folder: str) -> set[str]:
        """The keys of the objects under a folder; empty if there is none."""
        return {key for key in self._kept.keys(folder) if not _is_draft(key)}

    def get(self, key: str) -> bytes | None:
        """An object; None where there is none or it is damaged."""
        stored = self._kept.read(key)
        return None if stored is None else _opened(stored)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The objects that there are and that are sound, by key; several at once if remote."""
        found = ((key, _opened(stored)) for key, stored in self._kept.read_many(keys))
        return {key: data for key, data in found if data is not None}

    def put(self, key: str, data: bytes) -> None:
        """Keep an object, in place of the one that has this key."""
        self._kept.write(key, _closed(data))

    def drop(self, keys: Iterable[str]) -> None:
        """Drop objects; that some are missing does not matter."""
        self._kept.drop(keys)

    def sweep(self, folder: str, keep: Collection[str]) -> None:
        """Drop what is in a folder and not in `keep`, and drafts that killed processes left.

        What is there and what is not outlives a power loss from then on.
        """
        wanted = set(keep)
        self._kept.drop([key for key in self._kept.keys(folder) if key not in wanted])
        self._kept.settle(folder)


class Objects:
    """Bytes by key in a remote place, where a write is whole or does not happen.

    Every method raises an OSError if the store does not answer.
    """

    def __init__(self, root: Place) -> None:
        """Objects under `root`.

        Raises:
            ValueError: If its address has characters that drivers take for patterns.
        """
        self.root = root
        if set("*?[") & set(str(root)):
            raise ValueError(f"{root}: a dataset's address cannot have * ? or [")

    @property
    def _files(self) -> Any:
        """The fsspec file system; every process has its own."""
        return self.root.fs  # type: ignore[union-attr]

    def _path(self, key: str) -> str:
        return f"{self.root.path.rstrip('/')}/{key}"  # type: ignore[union-attr]

    def keys(self, folder: str) -> list[str]:
        """The keys under a folder."""
        return [f"{folder}/{name}" for name in listing(self.root / folder)]

    def version(self, key: str) -> str:
        """What `write` can name as a condition; empty where the driver has no such thing."""
        self._files.invalidate_cache()
        try:
            with answering():
                told = self._files.info(self._path(key))
        except FileNotFoundError:
            return ""
        return str(told.get("ETag") or "") if "s3" in self._files.protocol else ""

    def read(self, key: str) -> bytes | None:
        """An object, None where there is none."""
        try:
            with answering():
                return bytes(self._files.cat_file(self._path(key)))
        except FileNotFoundError:
            return None

    def read_many(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those objects that there are."""
        wanted = {self._path(key): key for key in keys}
        if not wanted:
            return
        with answering():
            found = self._files.cat(list(wanted), on_error="return")
            for data in found.values():
                if isinstance(data, Exception) and not isinstance(data, FileNotFoundError):
                    raise data
        yield from ((wanted[p], data) for p, data in found.items() if isinstance(data, bytes))

    def write(self, key: str, data: bytes, version: str = "") -> None:
        """Put an object, in place of the one that has this key.

        Args:
            version: If told, an error where the object there is no longer of this version.
        """
        condition = {"IfMatch": version} if version else {}
        with answering():
            self._files.pipe_file(self._path(key), data, **condition)

    def create(self, key: str, data: bytes) -> bool:
        """Put an object if there is none of this key; `data` must be no one else's.

        Returns:
            Whether the object is there and is this one.
        """
        try:
            with answering():
                self._files.pipe_file(self._path(key), data, mode="create")
        except OSError as error:  # drivers differ, and the answer may have been lost
            there = self.read(key)
            if there is None and not isinstance(error, FileExistsError):
                raise
            return there == data
        return True

    def upload(self, paths: Mapping[str, Path]) -> None:
        """Put local files, several at once."""
        if paths:
            with answering():
                self._files.put([str(p) for p in paths.values()], list(map(self._path, paths)))

    def copy(self, moves: Mapping[str, str]) -> None:
        """Copy objects from key to key within the store, several at once."""
        if moves:
            sources, targets = map(self._path, moves), map(self._path, moves.values())
            with answering():
                self._files.copy(list(sources), list(targets), on_error="raise")

    def drop(self, keys: Iterable[str]) -> None:
        """Drop objects; that some are missing does not matter."""
        paths = [self._path(key) for key in keys]
        try:
            if paths:
                with answering():
                    self._files.rm(paths)
        except FileNotFoundError:
            for path in paths:
                with suppress(FileNotFoundError), answering():
                    self._files.rm_file(path)

    def settle(self, folder: str) -> None:
        """Nothing to do: a write that was answered stays."""


class _Folder:
    """Bytes by key in a local folder: a draft is written and then renamed."""

    def __init__(self, root: Path) -> None:
        self._prefix = f"{root}{os.sep}"  # joining Paths would take longer than reading

    def keys(self, folder: str) -> Iterator[str]:
        """The keys of objects and drafts under a folder."""
        try:
            with os.scandir(self._prefix + folder) as entries:
                found = list(entries)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in found:
            key = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from self.keys(key)
            else:
                yield key

    def read(self, key: str) -> bytes | None:
        """An object, None where there is none that can be read."""
        try:
            with open(self._prefix + key, "rb", buffering=0) as file:
                return file.read()
        except OSError:
            return None

    def read_many(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those objects that there are."""
        for key in keys:
            if (data := self.read(key)) is not None:
                yield key, data

    def write(self, key: str, data: bytes) -> None:
        """Put an object."""
        path = self._prefix + key
        folder, name = os.path.split(path)
        draft = os.path.join(folder, f".{name}.{os.getpid()}.{secrets.token_hex(8)}")
        for left in reversed(range(_TRIES)):
            try:
                _rename(draft, data, path)
                return
            except FileNotFoundError:  # no folder yet, or another run swept the draft away
                if not left:
                    raise
                os.makedirs(folder, exist_ok=True)
            except IsADirectoryError:  # nothing of ours
                if not left:
                    raise
                shutil.rmtree(path)

    def drop(self, keys: Iterable[str]) -> None:
        """Drop objects; that some are missing does not matter."""
        for key in keys:
            with suppress(FileNotFoundError):
                os.unlink(self._prefix + key)

    def settle(self, folder: str) -> None:
        """Have the names under a folder on disk; a power loss may undo what is not."""
        for path, _, _ in os.walk(self._prefix + folder):
            sync_folder(Path(path))


def _rename(draft: str, data: bytes, path: str) -> None:
    """Write a draft and give it its name; nothing is left of one that fails."""
    try:
        with open(draft, "xb") as file:
            file.write(data)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _is_draft(key: str) -> bool:
    return key.rpartition("/")[2].startswith(".")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _closed(data: bytes) -> bytes:
    """The bytes with what tells later that they are whole."""
    return _MAGIC + _digest(data) + data


def _opened(stored: bytes) -> bytes | None:
    """The bytes that were kept, None if these are not they."""
    head = len(_MAGIC) + _DIGEST
    data = stored[head:]
    return data if stored[:head] == _MAGIC + _digest(data) else None
