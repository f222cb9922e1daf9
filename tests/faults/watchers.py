"""What may happen at a call: it is counted, fails, waits, or is the last one of a run."""

import errno
import mmap
import os
import signal
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disk import Call

CHANGING = frozenset(
    "create open write rename replace link symlink mkdir truncate ftruncate sendfile"
    " copy_file_range".split()
)
_COUNT = struct.Struct("q")


@dataclass
class Counter:
    """Counts the calls of a run and of the processes it forks; those named in `only`, or all."""

    only: frozenset[str] = frozenset()

    def begin(self) -> None:
        """Start in the process of the run; the count is shared with its forks."""
        self._shared = mmap.mmap(-1, _COUNT.size)

    @property
    def count(self) -> int:
        """Calls so far."""
        return int(_COUNT.unpack_from(self._shared)[0])

    def before(self, call: Call) -> int | None:
        if self.only and call.name not in self.only:
            return None
        number = self.count + 1
        _COUNT.pack_into(self._shared, 0, number)
        return self.at(number, call)

    def at(self, number: int, call: Call) -> int | None:
        """What happens at a call that was counted."""
        return None

    def after(self, call: Call) -> None:
        """Nothing."""


@dataclass
class Killer(Counter):
    """Kills the run at the `number`-th call: before it, after it, or amid a write; 0 never does."""

    number: int = 1
    when: str = "before"
    reached: bool = False

    def at(self, number: int, call: Call) -> int | None:
        if number != self.number:
            return None
        if self.when == "before":
            die()
        self.reached = True
        return call.size // 2 if self.when == "amid" else None

    def after(self, call: Call) -> None:
        if self.reached:
            die()


@dataclass
class Failing(Counter):
    """Lets the `number`-th call fail, and all after it if the trouble lasts."""

    number: int = 1
    error: int = errno.ENOSPC
    lasts: bool = True

    def at(self, number: int, call: Call) -> int | None:
        if number == self.number or (self.lasts and number > self.number):
            raise OSError(self.error, os.strerror(self.error), call.path)
        return None


@dataclass
class Waiting(Counter):
    """Stops at the `number`-th call until a file appears; says so with a file of its own."""

    number: int = 1
    folder: Path = field(default_factory=Path)

    @property
    def stopped(self) -> Path:
        """Appears when the process has come so far."""
        return self.folder / "stopped"

    @property
    def go(self) -> Path:
        """Lets it go on."""
        return self.folder / "go"

    def at(self, number: int, call: Call) -> int | None:
        if number == self.number:
            self.stopped.touch()
            while not self.go.exists():
                time.sleep(0.005)
        return None


def die() -> None:
    """End the run, with all its processes, as `kill -9` and as a power loss would."""
    os.killpg(os.getpgrp(), signal.SIGKILL)
    time.sleep(60)  # until it arrives
