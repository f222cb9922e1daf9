"""No permission: OUT may only be read, or not any more."""

import errno
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import children, isolation
from tests.faults.scenarios import failed, finished, older, points, titled
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.watchers import Failing
from tests.faults.world import World, prints, put
from tests.small import contents


def read_only(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """The modes of OUT forbid writing: one line, nothing changes; it can still be validated."""
    world = lab.place(folder, BEFORE)
    yield from titled("nothing new", iter(_read_only(world, lab, may_pass=True)))
    put(world.raw, lab.reports[AFTER])
    yield from titled("reports have changed", iter(_read_only(world, lab, may_pass=False)))
    yield from finished(lab, world)


def _read_only(world: World, lab: Lab, *, may_pass: bool) -> list[str]:
    modes = _protect(world.out)
    before = prints(world.out)
    try:
        problems = isolation.call(world, partial(_without_powers, world, may_pass=may_pass))
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    _protect(world.out)
    if prints(world.out) != before:
        problems.append("something changed")
    for path, mode in modes.items():
        path.chmod(mode)
    if contents(world.out) != lab.datasets[BEFORE]:
        problems.append("the dataset changed")
    return problems


def _protect(folder: Path) -> dict[Path, int]:
    """Take away all permission to write; returns the modes that there were."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode & 0o777 for path in paths}
    for path in reversed(paths):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return modes


def _without_powers(world: World, *, may_pass: bool) -> list[str]:
    isolation.without_powers()
    if os.access(world.out, os.W_OK):
        raise isolation.Unsupported("everything may be written to")
    problems = []
    code, said = isolation.command(children.run_arguments(world))
    if not (may_pass and code == 0):
        if code != 1 or len(said.splitlines()) != 1:
            problems.append(f"it ended with {code} and said {said.strip()[-400:]!r}")
        elif str(world.out) not in said:
            problems.append(f"it does not name the folder: {said.strip()!r}")
    code, said = isolation.command(["validate", str(world.out)])
    if code:
        problems.append(f"validate ended with {code}: {said.strip()[-400:]!r}")
    return problems


def lost(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Permission is lost amid a run, also to remove what it has begun."""
    for number in points(lab, rng, 3):
        world = older(lab, folder)
        ended = children.run(world, watcher=Failing(number=number, error=errno.EACCES))
        yield from titled(f"no permission from call {number}", failed(lab, world, ended))


SCENARIOS = (read_only, lost)
