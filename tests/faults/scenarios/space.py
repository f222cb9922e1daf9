"""No space: some write fails, files may not grow, or the disk is really full."""

import errno
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import children, isolation, judge
from tests.faults.scenarios import failed, older, points, some, titled
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.watchers import CHANGING, Failing
from tests.faults.world import World, put
from tests.small import contents

_PAGE = 4096  # bytes in which such a disk is filled


def full(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """From some write on there is no space, until the run ends."""
    for number in points(lab, rng):
        world = older(lab, folder)
        ended = children.run(world, watcher=Failing(only=CHANGING, number=number))
        yield from titled(f"full from call {number}", failed(lab, world, ended))


def full_once(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """One write fails, the next may pass."""
    for number in points(lab, rng, 3):
        world = older(lab, folder)
        watcher = Failing(only=CHANGING, number=number, lasts=False)
        ended = children.run(world, watcher=watcher)
        yield from titled(f"full at call {number}", failed(lab, world, ended))


def failing_disk(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Some call fails with an input/output error, syncing and removing among them."""
    for number in points(lab, rng):
        world = older(lab, folder)
        ended = children.run(world, watcher=Failing(number=number, error=errno.EIO))
        yield from titled(f"errors from call {number}", failed(lab, world, ended))


def short_files(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Files may not grow beyond a size, also those that libraries in C write."""
    sizes = sorted(len(data) for data in lab.datasets[AFTER].values())
    for limit in some(lab, rng, (100, sizes[len(sizes) // 2], sizes[-1] - 1)):
        world = older(lab, folder)
        ended = children.run(world, prepare=partial(_limit, limit))
        if ended.code == 0:
            yield f"files of {limit} bytes at most: it ended with 0"
        yield from titled(f"files of {limit} bytes at most", failed(lab, world, ended))


def _limit(size: int) -> None:
    import resource  # not on every system

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def small_disk(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A real disk that has room for the earlier dataset and a part of the new one."""
    paths = list(lab.out(BEFORE).rglob("*"))
    size = sum(-(-path.stat().st_size // _PAGE) * _PAGE for path in paths if path.is_file())
    for share in some(lab, rng, (1.05, 1.4, 1.8)):
        world = lab.place(folder, BEFORE)
        put(world.raw, lab.reports[AFTER])
        work = partial(_on_small_disk, world, lab, int(size * share))
        yield from titled(f"a disk {share} times the dataset", iter(isolation.call(world, work)))


def _on_small_disk(world: World, lab: Lab, size: int) -> list[str]:
    """Within a process that may mount: run on the small disk, then on one that is large enough."""
    isolation.mount_small(world.out, size)
    shutil.copytree(lab.out(BEFORE), world.out, dirs_exist_ok=True)
    code, said = isolation.command(children.run_arguments(world))
    problems = []
    if code == 0:
        if contents(world.out) != lab.datasets[AFTER]:
            problems.append("it ended with 0, but not with the new dataset")
    elif code != 1 or len(said.splitlines()) != 1:
        problems.append(f"it ended with {code} and said {said.strip()[-400:]!r}")
    elif contents(world.out) not in (lab.datasets[BEFORE], lab.datasets[AFTER]):
        problems.append("it left neither the earlier nor the new dataset")
    isolation.enlarge(world.out)
    code, said = isolation.command(children.run_arguments(world))
    if code or contents(world.out) != lab.datasets[AFTER]:
        problems.append(f"with more space the next run ended with {code}: {said.strip()[-400:]}")
    return problems + judge.left_behind(world.out, lab.allowed)


SCENARIOS = (full, full_once, failing_disk, short_files, small_disk)
