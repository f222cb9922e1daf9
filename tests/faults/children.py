"""Commands in processes of their own, forked from one in which everything is loaded."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from tests.faults import forking
from tests.faults.disk import Watcher, watch
from tests.faults.world import World

SUPPORTED = hasattr(os, "fork") and sys.platform == "linux"
ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds after which a command hangs
_BLINK = 0.003
_ONE = threading.Lock()
Prepare = Callable[[], None]


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Attributes:
        code: Exit status; -9 for one that was killed.
        said: What it wrote to stderr.
        calls: Calls that its watcher has counted.
    """

    code: int
    said: str
    seconds: float
    calls: int = 0

    @property
    def one_line(self) -> bool:
        """Whether it said just one line, as a failed command should."""
        lines = self.said.splitlines()
        return len(lines) == 1 and lines[0].startswith("govtable: ")


class Command:
    """A command of govtable that goes on while we do something else."""

    def __init__(
        self,
        world: World,
        arguments: Sequence[str],
        watcher: Watcher | None = None,
        prepare: Prepare | None = None,
    ) -> None:
        """Start it.

        Args:
            watcher: Told of its calls that change files.
            prepare: Called first in its process.
        """
        number = len(list(world.notes.glob("*.err")))
        self._err = world.notes / f"{number}.err"
        self._err.touch()
        self.process = _started(_main, world, list(arguments), self._err, watcher, prepare)
        self.began = time.perf_counter()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the process and all that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def signal(self, number: int) -> None:
        """Send a signal to the process alone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE) -> Ended:
        """Wait until it has ended.

        Raises:
            TimeoutError: If it does not; it is killed.
        """
        until = self.began + seconds
        while self.running:
            if time.perf_counter() > until:
                self.kill()
                raise TimeoutError(f"still running after {seconds} seconds: {self._said()}")
            time.sleep(_BLINK)
        took = time.perf_counter() - self.began
        assert self.process.exitcode is not None
        return Ended(self.process.exitcode, self._said(), took, self._calls())

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return _running(self.process)

    @property
    def pid(self) -> int:
        """The number of the process, and of its group and session."""
        assert self.process.pid is not None
        return self.process.pid

    def _said(self) -> str:
        return self._err.read_text("utf-8", "replace")

    def _calls(self) -> int:
        with suppress(OSError, ValueError):
            return int(self._err.with_suffix(".calls").read_text())
        return 0


def forked(function: Callable[..., None], *args: object) -> int:
    """Call a function in a process of its own; returns its exit status."""
    process = _started(function, *args)
    while _running(process):
        time.sleep(_BLINK)
    return process.exitcode or 0


def _started(function: Callable[..., None], *args: object) -> BaseProcess:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.warm"])
    process = context.Process(target=function, args=args)
    with _ONE:
        process.start()
    return process


def _running(process: BaseProcess) -> bool:
    with _ONE:  # the library does not expect two threads to ask at once
        return process.exitcode is None


def run_arguments(world: World, workers: int = 1) -> list[str]:
    """A run from the reports of a world to its dataset."""
    more = ["--workers", str(workers)] if workers > 1 else []
    return ["run", str(world.raw), "--out", str(world.out), "--direct", *more]


def run(
    world: World,
    *,
    workers: int = 1,
    watcher: Watcher | None = None,
    prepare: Prepare | None = None,
) -> Ended:
    """Run and wait."""
    return Command(world, run_arguments(world, workers), watcher, prepare).wait()


def shell(world: World, workers: int) -> "subprocess.Popen[bytes]":
    """A run as from the shell, with a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *run_arguments(world, workers)],
        env=os.environ | world.environment,
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def fresh(world: World, workers: int, seconds: float = PATIENCE) -> Ended:
    """Run as from the shell; killed with all its processes if it takes longer."""
    began = time.perf_counter()
    process = shell(world, workers)
    try:
        said = process.communicate(timeout=seconds)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said = process.communicate()[1]
    took = time.perf_counter() - began
    return Ended(process.returncode, said.decode("utf-8", "replace"), took)


def family(session: int) -> list[psutil.Process]:
    """All processes that a command has started and that still live."""
    found = []
    for process in psutil.process_iter():
        try:
            inside = process.pid != session and os.getsid(process.pid) == session
            if inside and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def validate(world: World, out: Path | None = None) -> Ended:
    """Validate a dataset and wait."""
    return Command(world, ["validate", str(out or world.out)]).wait()


def _main(
    world: World,
    arguments: list[str],
    err: Path,
    watcher: Watcher | None,
    prepare: Prepare | None,
) -> None:
    """What happens in the new process."""
    os.setsid()
    for fd, path in ((1, Path(os.devnull)), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.dup2(opened, fd)
        os.close(opened)
    os.environ.update(world.environment)
    tempfile.tempdir = None
    forkserver._forkserver = forkserver.ForkServer()  # what it starts is its own
    os.chdir(world.root / "cwd")
    forking.install()
    if prepare is not None:
        prepare()
    if watcher is not None:
        watch(world.out, watcher)
    from pipeline import cli

    try:
        sys.exit(cli.main(arguments))
    finally:
        if watcher is not None:
            err.with_suffix(".calls").write_text(str(watcher.count))
