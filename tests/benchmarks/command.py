"""One command in a fresh process: seconds, computing time, and the memory of its process tree."""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

GOVTABLE = (sys.executable, "-m", "pipeline.cli")
_EVERY = 0.2  # seconds between two looks at the memory
_FIRST = 0.02  # and at first, so that a short command is seen, too
_SHARE = 0.02  # of the time goes to looking, at most: a look stops who is looked at
_TAIL = 1_500  # characters of the output of a command that failed


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took.

    Attributes:
        seconds: By the clock, from its start to its end.
        cpu: Seconds of computing, user and system, of the command and the processes it waited for.
        peak_mb: The most memory of all its processes together, in MB (10^6 bytes).
    """

    seconds: float
    cpu: float
    peak_mb: float


class Failed(Exception):
    """The command ended with another status than 0; the end of its output is the message."""


def run(arguments: Sequence[str | Path], also: Sequence[int] = ()) -> Measured:
    """Run govtable's command line and measure it.

    Args:
        arguments: As in `["run", raw, "--out", out, "--direct"]`.
        also: Processes outside the command's tree whose trees count as its memory.

    Raises:
        Failed: If it does not end with 0.
    """
    with tempfile.TemporaryFile() as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        process = subprocess.Popen(
            [*GOVTABLE, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            with Memory([process.pid, *also]) as memory:
                status = process.wait()
                seconds = time.perf_counter() - began
        finally:
            process.kill()  # does nothing where it has ended
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if status:
            output.seek(0)
            tail = output.read().decode(errors="replace").strip()[-_TAIL:]
            raise Failed(f"govtable {' '.join(map(str, arguments))} ended with {status}:\n{tail}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(round(seconds, 3), round(cpu, 3), round(memory.peak / 1e6, 1))


class Memory(threading.Thread):
    """Looks at the memory of process trees while its block runs; `peak` is the most, in bytes."""

    def __init__(self, roots: Sequence[int]) -> None:
        """Watch the trees below these processes."""
        super().__init__(daemon=True)
        self.peak = 0
        self._roots = roots
        self._over = threading.Event()

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look until the block is over."""
        pause = grown = _FIRST
        while not self._over.wait(pause):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(map(_tree, self._roots)))
            grown = min(_EVERY, grown * 1.5)
            pause = max(grown, (time.perf_counter() - began) / _SHARE)


def _tree(root: int) -> int:
    try:
        parent = psutil.Process(root)
        return sum(map(_used, [parent, *parent.children(recursive=True)]))
    except psutil.Error:
        return 0


def _used(process: psutil.Process) -> int:
    """What a process holds, with shared pages divided up (PSS) where the system tells."""
    try:
        pss = getattr(process.memory_full_info(), "pss", 0)
        return int(pss or process.memory_info().rss)
    except psutil.Error:
        return 0


def has_pss() -> bool:
    """Whether the system tells the share of memory of a process."""
    return hasattr(psutil.Process().memory_full_info(), "pss")
