"""Reports and folders that change under way."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.faults import children
from tests.faults.scenarios import complaint, finished, older, points, some, titled
from tests.faults.scenarios.rivals import Stopped
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.world import World
from tests.small import contents


def _rewrite(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"a", b"e"))


def _grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 3)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_text("x")


_ACTIONS: tuple[Callable[[Path], None], ...] = (_rewrite, _grow, _empty, Path.unlink, _folder)


def reports(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A report changes or vanishes while the run goes on: its row is as it was, or says so."""
    calls = [2, *points(lab, rng, len(_ACTIONS) - 1)]
    for call, action in zip(calls, some(lab, rng, _ACTIONS), strict=False):
        world = older(lab, folder)
        with Stopped(world, call) as stopped:
            for path in sorted(world.raw.rglob("*.txt"))[-3:]:
                action(path)
        title = f"{action.__name__.strip('_')} at call {call}"
        yield from titled(title, _sound(world, stopped.ended))
        shutil.rmtree(world.raw)
        world.raw.mkdir()
        yield from titled(title, finished(lab, world))


def _sound(world: World, ended: children.Ended) -> Iterator[str]:
    """The run manages, whatever became of the report, and its dataset keeps the contract."""
    if ended.code:
        yield f"it ended with {ended.code} and said {ended.said.strip()[-400:]!r}"
    checked = children.validate(world)
    if checked.code:
        yield f"validate says {checked.code}: {checked.said.strip()[:400]}"


def dataset_deleted(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """OUT is deleted under way: the run makes it anew, or ends with one line."""
    for call in points(lab, rng):
        world = older(lab, folder)
        with Stopped(world, call) as stopped:
            shutil.rmtree(world.out)
        title = f"deleted at call {call}"
        yield from titled(title, complaint(stopped.ended))
        early = call < lab.runs[BEFORE, AFTER].calls // 2  # else it may have been done already
        if early and stopped.ended.code == 0 and not contents(world.out):
            yield f"{title}: it ended with 0 and there is no dataset"
        yield from titled(title, finished(lab, world))


SCENARIOS = (reports, dataset_deleted)
