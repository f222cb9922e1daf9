"""Every call of this process that changes files under a folder, with a say before and after it.

Python's own calls are seen, down to each write that reaches the system. What libraries in C write
by themselves (Parquet, SQLite) is not; a run that is killed at a moment of the clock is cut off
there, too.
"""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

FDS = Path("/proc/self/fd")
SUPPORTED = FDS.is_dir()
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Call(NamedTuple):
    """A call that is about to change something, or has.

    Attributes:
        name: Such as `open`, `write`, `rename`, `fsync`.
        path: What it changes, absolute.
        to: Where a rename or link leads.
        size: Bytes of a write.
    """

    name: str
    path: str
    to: str = ""
    size: int = 0


class Watcher(Protocol):
    """Told of each call; may raise, or end the process."""

    @property
    def count(self) -> int:
        """Calls so far."""

    def begin(self) -> None:
        """Called once, in the process that is watched."""

    def before(self, call: Call) -> int | None:
        """Before the call; a number lets a write do only so many bytes."""

    def after(self, call: Call) -> None:
        """After it has succeeded."""


REAL: dict[str, Callable[..., Any]] = {
    name: getattr(os, name)
    for name in (
        "rename replace link symlink unlink remove rmdir mkdir truncate ftruncate utime chmod fsync"
        " fdatasync write sendfile copy_file_range open"
    ).split()
    if hasattr(os, name)
}
REAL_OPEN = io.open
_TWO = ("rename", "replace", "link", "symlink")
_ONE = ("unlink", "remove", "rmdir", "mkdir", "truncate", "utime", "chmod", "fsync", "fdatasync")
_DESCRIPTORS = ("ftruncate", "sendfile")


def watch(folder: Path, watcher: Watcher) -> None:
    """Tell a watcher of all changes under a folder, as long as this process and its forks live."""
    watcher.begin()
    Disk(folder, watcher).install()


class Disk:
    """Stands between Python and the system."""

    def __init__(self, folder: Path, watcher: Watcher) -> None:
        """Watch `folder`; nothing is in place yet."""
        self.root = os.path.realpath(folder)
        self.watcher = watcher

    def install(self) -> None:
        """Take the place of the functions of `os` and of `open`."""
        for name in _TWO:
            self._put(
                name, lambda a, more: (self._at(a[0], more, "src"), self._at(a[1], more, "dst"))
            )
        for name in _ONE:
            self._put(name, lambda a, more: (self._at(a[0], more), ""))
        for name in _DESCRIPTORS:
            self._put(name, lambda a, more: (self._at(a[0], more), ""))
        self._put("copy_file_range", lambda a, more: (self._at(a[1], more), ""))
        os.write = self._write
        os.open = self._open_descriptor
        for module in (builtins, io, __import__("_io")):
            module.open = self._open

    def told(self, call: Call, real: Callable[[], Any]) -> Any:
        """Make a call, telling the watcher."""
        self.watcher.before(call)
        result = real()
        self.watcher.after(call)
        return result

    def written(self, path: str, data: Any, real: Callable[[Any], int]) -> int:
        """Write, telling the watcher, which may let only a part through."""
        view = memoryview(data).cast("B")
        call = Call("write", path, size=len(view))
        part = self.watcher.before(call)
        done = real(view if part is None else view[:part])
        self.watcher.after(call)
        return done

    def watched(self, path: str) -> bool:
        """Whether a path is the folder or lies in it."""
        return path == self.root or path.startswith(self.root + os.sep)

    def _put(self, name: str, paths: Callable[..., tuple[str, str]]) -> None:
        real = REAL.get(name)
        if real is None:
            return

        def call(*args: Any, **more: Any) -> Any:
            path, to = paths(args, more)
            if not (self.watched(path) or self.watched(to)):
                return real(*args, **more)
            return self.told(Call(name, path, to), lambda: real(*args, **more))

        setattr(os, name, call)

    def _at(self, path: Any, more: dict[str, Any] | None = None, side: str = "") -> str:
        """The absolute path of what a call names, also by a descriptor."""
        if isinstance(path, int):
            return _of_descriptor(path)
        if hasattr(path, "fileno"):
            return _of_descriptor(path.fileno())
        name = os.fsdecode(path)
        folder = (more or {}).get(f"{side}_dir_fd" if side else "dir_fd")
        if folder is not None:
            name = os.path.join(_of_descriptor(folder), name)
        head, tail = os.path.split(os.path.abspath(name))
        return os.path.join(os.path.realpath(head), tail)

    def _write(self, fd: int, data: Any) -> int:
        path = _of_descriptor(fd)
        if not self.watched(path):
            return REAL["write"](fd, data)
        return self.written(path, data, lambda part: REAL["write"](fd, part))

    def _open_descriptor(self, path: Any, flags: int, *args: Any, **more: Any) -> int:
        real = REAL["open"]
        at = self._at(path, more)
        if not flags & _WRITING or not self.watched(at):
            return real(path, flags, *args, **more)
        return self.told(_opening(at), lambda: real(path, flags, *args, **more))

    def _open(
        self, file: Any, mode: str = "r", buffering: int = -1, *args: Any, **more: Any
    ) -> Any:
        path = self._at(file)
        if not set(mode) & set("wax+") or not self.watched(path):
            return REAL_OPEN(file, mode, buffering, *args, **more)
        return self._opened(path, file, mode, buffering, *args, **more)

    def _opened(
        self,
        path: str,
        file: Any,
        mode: str,
        buffering: int,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        disk = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                return disk.written(path, data, super().write)

            def truncate(self, size: int | None = None) -> int:
                real = super().truncate
                return disk.told(Call("truncate", path), lambda: real(size))

        plain = mode.replace("b", "").replace("t", "")

        def make() -> Raw:
            return Raw(file, plain, closefd, opener)

        raw = make() if isinstance(file, int) else self.told(_opening(path), make)
        if buffering == 0:
            return raw
        size = buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE
        buffer = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw, size)
        if "b" in mode:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
        text.mode = mode  # type: ignore[misc]
        return text


def _opening(path: str) -> Call:
    """An opening for writing; `create` where there is no such file yet."""
    return Call("open" if os.path.lexists(path) else "create", path)


def _of_descriptor(fd: int) -> str:
    try:
        return os.readlink(FDS / str(fd))
    except OSError:
        return ""
