"""Clocks that are wrong, that jump, and times of files that say nothing."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random

from tests.faults import children, judge
from tests.faults.scenarios import finished, older, some, titled
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.world import World, listing, put
from tests.small import contents

_YEARS = (1980, 2100)
_SECONDS = {year: datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in _YEARS}


def other_years(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """All files are from one year, the clock is in another."""
    for files, clock in some(lab, rng, ((1980, 2100), (2100, 1980))):
        world = older(lab, folder)
        _date(world, _SECONDS[files])
        ended = children.run(world, prepare=partial(_set_clock, (_SECONDS[clock],)))
        title = f"files of {files}, clock in {clock}"
        yield from titled(title, _done(lab, world, ended))


def jumping(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Whoever looks at the clock finds it in another century than before."""
    world = older(lab, folder)
    ended = children.run(world, prepare=partial(_set_clock, tuple(_SECONDS.values())))
    yield from _done(lab, world, ended)


def same_size_and_time(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A report gets another text of the same length, and its earlier time back."""
    changed = dict(lab.reports[BEFORE])
    name = next(iter(changed))
    changed[name] = changed[name].replace(b"Comparison", b"In figures", 1)
    if changed == lab.reports[BEFORE]:
        changed[name] = changed[name].replace(b"a", b"e")
    other = World.make(folder.with_name(f"{folder.name}-other"))
    put(other.raw, changed)
    children.run(other)
    world = lab.place(folder, BEFORE)
    yield from titled("before", _done(lab, world, children.run(world), BEFORE))
    times = (world.raw / name).stat()
    (world.raw / name).write_bytes(changed[name])
    os.utime(world.raw / name, ns=(times.st_atime_ns, times.st_mtime_ns))
    ended = children.run(world)
    if contents(world.out) == lab.datasets[BEFORE]:
        yield "a report with a new text, the same size and the same time was not noticed"
    else:
        allowed = lab.allowed | listing(other.out)
        yield from judge.completed(world, ended, contents(other.out), allowed)


def _done(lab: Lab, world: World, ended: children.Ended, target: str = AFTER) -> Iterator[str]:
    """The run must have managed, and the next one, too."""
    yield from judge.completed(world, ended, lab.datasets[target], lab.allowed)
    yield from titled("once more", finished(lab, world, target))


def _date(world: World, seconds: float) -> None:
    for folder in (world.raw, world.out):
        for path in [*folder.rglob("*"), folder]:
            os.utime(path, (seconds, seconds))


def _set_clock(readings: tuple[float, ...]) -> None:
    """Let the clock on the wall show these times in turn; the one that only runs goes on."""
    turn = cycle(readings)
    begin = time.monotonic()
    time.time = lambda: next(turn) + time.monotonic() - begin
    time.time_ns = lambda: int(time.time() * 1e9)


SCENARIOS = (other_years, jumping, same_size_and_time)
