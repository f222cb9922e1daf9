"""Single things that go wrong, each with the claim that it does no harm.

A scenario yields what is wrong, a line each; nothing if all is well.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from tests.faults import children, judge
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.world import World, put

T = TypeVar("T")
Scenario = Callable[[Lab, Path, Random], Iterator[str]]


def older(lab: Lab, folder: Path) -> World:
    """A world with an older dataset, whose reports have changed since."""
    world = lab.place(folder, BEFORE)
    put(world.raw, lab.reports[AFTER])
    return world


def some(lab: Lab, rng: Random, variants: Sequence[T]) -> list[T]:
    """Those of the variants that are tried, in order."""
    chosen = rng.sample(range(len(variants)), min(len(variants), lab.variants))
    return [variants[i] for i in sorted(chosen)]


def points(lab: Lab, rng: Random, count: int = 4) -> list[int]:
    """Calls spread over a run that brings an older dataset up to date."""
    calls = lab.runs[BEFORE, AFTER].calls
    count = min(count, lab.variants)
    return [max(1, int((i + rng.random()) * calls / count)) for i in range(count)]


def failed(lab: Lab, world: World, ended: children.Ended) -> Iterator[str]:
    """What is wrong with a run that met trouble: how it ended, what it left, what comes next.

    It may have managed nevertheless; then its dataset must be the new one.
    """
    yield from complaint(ended)
    state = judge.found(world, [lab.datasets[BEFORE]], lab.datasets[AFTER])
    yield from state.problems
    if ended.code == 0 and state.which != "new":
        yield f"it ended with 0, its dataset is {state.which}"
    yield from finished(lab, world)


def complaint(ended: children.Ended) -> Iterator[str]:
    """What is wrong with how a run ended: 0, or 1 and one line."""
    if ended.code not in (0, 1):
        yield f"it ended with {ended.code}"
    if ended.code != 0 and not ended.one_line:
        yield f"it ended with {ended.code} and said {ended.said.strip()[-400:]!r}"


def finished(lab: Lab, world: World, target: str = AFTER) -> Iterator[str]:
    """What is wrong after one more run, which nothing disturbs."""
    put(world.raw, lab.reports[target])
    yield from judge.completed(world, children.run(world), lab.datasets[target], lab.allowed)


def titled(title: str, problems: Iterator[str]) -> Iterator[str]:
    """The problems with what was done in front."""
    return (f"{title}: {problem}" for problem in problems)
