"""Several runs on one dataset, at once or after one that was killed."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.faults import children, judge
from tests.faults.scenarios import complaint, finished, older, points, some, titled
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.watchers import Killer, Waiting
from tests.faults.world import World, listing

_AT_ONCE = 4
_FUTURE = 4_102_444_800


def second(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """While a run goes on, a second one is sent away; the first does not notice."""
    calls = lab.runs[BEFORE, AFTER].calls
    for number in some(lab, rng, (calls // 3, 2, calls - 2)):
        world = older(lab, folder)
        with Stopped(world, number) as first:
            ended = children.run(world)
            if number > 2 and ended.code != 1:
                yield f"during call {number}: the second ended with {ended.code}"
            if ended.code and (not ended.one_line or str(world.out) not in ended.said):
                yield f"during call {number}: the second said {ended.said!r}"
        yield from titled(f"first stopped at call {number}", complaint(first.ended))
        if ended.code == 1 and first.ended.code:
            yield f"stopped at call {number}: neither run managed: {first.ended.said!r}"
        yield from titled(f"after call {number}", finished(lab, world))


class Stopped:
    """A run that waits at a call until the end of the block."""

    def __init__(self, world: World, number: int, arguments: list[str] | None = None) -> None:
        """Start it."""
        for name in ("stopped", "go"):
            (world.notes / name).unlink(missing_ok=True)
        self.watcher = Waiting(number=number, folder=world.notes)
        given = arguments or children.run_arguments(world)
        self.command = children.Command(world, given, self.watcher)
        self.ended: children.Ended

    def __enter__(self) -> "Stopped":
        while self.command.running and not self.watcher.stopped.exists():
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self.watcher.go.touch()
        self.ended = self.command.wait()


def onlookers(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Amid a run somebody asks for its status and validates: an answer each, and no harm."""
    for number in points(lab, rng, 6):
        world = older(lab, folder)
        with Stopped(world, number) as first:
            before = listing(world.out)
            status = ["status", str(world.raw), "--out", str(world.out)]
            for arguments in (status, ["validate", str(world.out)]):
                ended = children.Command(world, arguments).wait()
                yield from titled(f"{arguments[0]} during call {number}", complaint(ended))
            if listing(world.out) != before:
                yield f"during call {number}: something changed"
        if first.ended.code:
            yield f"stopped at call {number}: it ended with {first.ended.code}: {first.ended.said}"
        yield from titled(f"after call {number}", finished(lab, world))


def many(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Several runs start at the same moment: one or more succeed, the others are sent away."""
    for turn in some(lab, rng, (1, 2)):
        world = older(lab, folder)
        arguments = children.run_arguments(world)
        commands = [children.Command(world, arguments) for _ in range(_AT_ONCE)]
        ended = [command.wait() for command in commands]
        for each in ended:
            yield from titled(f"turn {turn}", complaint(each))
        if not any(each.code == 0 for each in ended):
            yield f"turn {turn}: none of {_AT_ONCE} runs managed: {ended[0].said!r}"
        yield from titled(f"turn {turn}, at once", _whole(lab, world))
        yield from titled(f"turn {turn}", finished(lab, world))


def _whole(lab: Lab, world: World) -> Iterator[str]:
    state = judge.found(world, [], lab.datasets[AFTER])
    yield from state.problems


def stale_lock(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """What a killed run leaves stops nobody, whatever its date and whatever stands in it."""
    world = older(lab, folder)
    calls = lab.runs[BEFORE, AFTER].calls
    children.run(world, watcher=Killer(number=calls // 2))
    for path in world.out.glob(".*"):
        os.utime(path, (_FUTURE, _FUTURE))
        if path.is_file():
            path.write_bytes(b"1\n")
    yield from finished(lab, world)


SCENARIOS = (second, onlookers, many, stale_lock)
