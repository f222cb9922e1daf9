"""What a power loss may undo, written down while a run changes files: see `powerloss`."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.disk import REAL, REAL_OPEN, Call
from tests.faults.watchers import Killer

LOG = "log.jsonl"


class Entry(NamedTuple):
    """A name in a folder; files and folders go by their inode numbers."""

    folder: int
    name: str
    number: int
    is_folder: bool


@dataclass
class Recorder(Killer):
    """Writes down what changes, keeps what is overwritten, and kills as told; number 0 never does.

    Attributes:
        pool: Folder for the log, for links to every file by its number, and for synced contents.
    """

    pool: Path = field(default_factory=Path)
    synced: int = 0

    def before(self, call: Call) -> int | None:
        if call.name in ("rename", "replace"):
            self._keep(call.to)
            if os.path.isdir(call.path):
                self._log({"seen": [list(e) for e in entries(Path(call.path))]})
        elif call.name in ("unlink", "remove"):
            self._keep(call.path)
        return super().before(call)

    def after(self, call: Call) -> None:
        if event := self._event(call):
            self._log(event)
        super().after(call)

    def _event(self, call: Call) -> dict[str, Any]:
        path = call.path
        match call.name:
            case "create" | "open" | "mkdir":
                return {"enter": described(path)}
            case "link" | "symlink":
                return {"enter": described(call.to)}
            case "unlink" | "remove" | "rmdir":
                return {"leave": [number(os.path.dirname(path)), os.path.basename(path)]}
            case "rename" | "replace":
                old = [number(os.path.dirname(path)), os.path.basename(path)]
                return {"move": [*old, *described(call.to)]}
            case "fsync" | "fdatasync" if os.path.isdir(path):
                return {"seen": [list(e) for e in entries(Path(path))], "sync": number(path)}
            case "fsync" | "fdatasync" if os.path.exists(path):
                return {"contents": number(path), "copy": self._copied(path)}
        return {}

    def _copied(self, path: str) -> str:
        self.synced += 1
        name = f"synced-{os.getpid()}-{self.synced}"
        with REAL_OPEN(path, "rb") as old, REAL_OPEN(self.pool / name, "wb") as new:
            new.write(old.read())
        return name

    def _keep(self, path: str) -> None:
        if os.path.isfile(path):
            kept = self.pool / str(number(path))
            if not kept.exists():
                REAL["link"](path, kept)

    def _log(self, event: dict[str, Any]) -> None:
        fd = REAL["open"](self.pool / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        REAL["write"](fd, json.dumps(event).encode() + b"\n")
        os.close(fd)


def entries(folder: Path) -> list[Entry]:
    """Every entry below a folder, from the top down."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            found.append(Entry(*described(os.fspath(path))))
        except FileNotFoundError:
            continue
    return found


def described(path: str) -> list[Any]:
    """What `Entry` holds, of a path."""
    return [
        number(os.path.dirname(path)),
        os.path.basename(path),
        number(path),
        os.path.isdir(path),
    ]


def number(path: str) -> int:
    """The inode number of a path."""
    return os.lstat(path).st_ino
