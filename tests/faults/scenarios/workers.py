"""Worker processes that die: killed by chance, for memory, or over one document always."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import psutil

from tests.faults import children
from tests.faults.scenarios import failed, finished, older, points, some, titled
from tests.faults.scenarios.rivals import Stopped
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.world import World
from tests.small import contents

_ROOM = 1_000_000  # bytes
_GONE = 10  # seconds for workers to notice that their parent is


def deadly_document(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A document kills every worker that takes it: the others are kept, the run manages."""
    yield from _poisoned(lab, folder, "kill")


def no_memory(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A worker has no memory left from some document on: the run manages."""
    yield from _poisoned(lab, folder, "memory")


def _poisoned(lab: Lab, folder: Path, kind: str) -> Iterator[str]:
    world = older(lab, folder)
    name = max(lab.reports[AFTER].keys() - lab.reports[BEFORE].keys())
    ended = children.run(world, workers=2, prepare=partial(_poison, kind, name))
    if ended.code:
        yield f"it ended with {ended.code} and said {ended.said.strip()[-400:]!r}"
    else:
        yield from _kept(lab, world, name, ended)
    if children.validate(world).code:
        yield "what it left breaks the contract"
    yield from finished(lab, world)


def _kept(lab: Lab, world: World, name: str, ended: children.Ended) -> Iterator[str]:
    """All other documents are in the dataset; the deadly one is, too, or is quarantined."""
    found = contents(world.out)
    texts = {n for n in lab.datasets[AFTER] if n.startswith("text/")}
    missing = [n for n in texts if n not in found]
    if len(missing) > 1:
        yield f"{len(missing)} documents are lost"
    if missing and name not in ended.said:
        yield f"the deadly document is not named: {ended.said.strip()!r}"


def _poison(kind: str, name: str) -> None:
    """Let every worker that opens a report die, or have no memory from then on."""
    import resource  # not on every system

    run = os.getpid()

    def look(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and os.getpid() != run and _is(args[0], name):
            if kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            room = psutil.Process().memory_info().vms + _ROOM
            resource.setrlimit(resource.RLIMIT_AS, (room, room))

    sys.addaudithook(look)


def _is(path: object, name: str) -> bool:
    return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).endswith(name)


def killed_worker(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A worker is killed amid its work, once: the run manages nevertheless."""
    for call in some(lab, rng, (8, 15, 30)):
        world = older(lab, folder)
        with Stopped(world, call, children.run_arguments(world, 2)) as stopped:
            for worker in children.family(stopped.command.pid):
                worker.kill()
        if stopped.ended.code:
            yield f"at call {call}: it ended with {stopped.ended.code}: {stopped.ended.said!r}"
        yield from titled(f"at call {call}", failed(lab, world, stopped.ended))


def killed_starting(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A worker is killed as it starts: the run manages, or ends with one line."""
    world = older(lab, folder)
    command = children.Command(world, children.run_arguments(world, 2))
    while command.running:
        if workers := children.family(command.pid):
            workers[0].kill()
            break
    yield from failed(lab, world, command.wait())


def orphans(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Only the run itself is killed: its workers go, too, and write nothing any more."""
    world = older(lab, folder)
    command = children.Command(world, children.run_arguments(world, 2))
    while command.running and len(children.family(command.pid)) < 2:
        time.sleep(0.005)
    time.sleep(rng.uniform(0, 0.3))
    command.signal(signal.SIGKILL)
    command.wait()
    until = time.monotonic() + _GONE
    while (left := children.family(command.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    if left:
        yield f"{len(left)} processes are left after {_GONE} s: {left[0].cmdline()}"
    for process in left:
        process.kill()
    yield from finished(lab, world)


def interrupted(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Ctrl-C reaches the run and its workers: one line, and nobody stays."""
    for call in points(lab, rng, 3):
        world = older(lab, folder)
        with Stopped(world, call, children.run_arguments(world, 2)) as stopped:
            stopped.command.kill(signal.SIGINT)
        yield from _ended(f"at call {call}", stopped.ended, stopped.command.pid)
        yield from titled(f"after call {call}", finished(lab, world))


def interrupted_loading(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """The same with a run from the shell, while its workers are still loading what they need."""
    for number in (signal.SIGINT, signal.SIGTERM):
        world = older(lab, folder)
        process = children.shell(world, 2)
        while process.poll() is None and not children.family(process.pid):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 2))
        os.killpg(process.pid, number)
        said = process.communicate(timeout=children.PATIENCE)[1].decode()
        ended = children.Ended(process.returncode, said, 0)
        yield from _ended(number.name, ended, process.pid)
        yield from titled(f"after {number.name}", finished(lab, world))


def _ended(title: str, ended: children.Ended, pid: int) -> Iterator[str]:
    if ended.code == 0 or not ended.one_line:
        yield f"{title}: it ended with {ended.code} and said {ended.said.strip()[-400:]!r}"
    if left := children.family(pid):
        yield f"{title}: {len(left)} processes are left"
    for process in left:
        process.kill()


SCENARIOS = (
    deadly_document,
    no_memory,
    killed_worker,
    killed_starting,
    orphans,
    interrupted,
    interrupted_loading,
)
