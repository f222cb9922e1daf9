"""Trials: runs that are killed, once or several times in a row, and the run that follows."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults import children, judge, powerloss
from tests.faults.reports import Reports
from tests.faults.watchers import Counter, Killer
from tests.faults.world import World, clear, copy, listing, prints, put
from tests.small import contents

EMPTY, BEFORE, AFTER = "empty", "before", "after"
_WHEN = ("before", "after", "amid")
_SWITCH = 0.25  # probability that the reports change back between two kills


@dataclass
class Undisturbed:
    """A run that nothing has disturbed."""

    seconds: float
    calls: int

    def learn(self, ended: children.Ended) -> None:
        """Take note of a run that came to its end before it was killed: the machine is faster."""
        if ended.code == 0 and self.seconds / 2 < ended.seconds < self.seconds:  # else it was idle
            self.seconds = ended.seconds


@dataclass
class Lab:
    """What undisturbed runs give, to compare with.

    Attributes:
        variants: How many variants of a scenario are tried at most.
        datasets: Files of the dataset before and after the change, and of none.
        allowed: Names that may lie under OUT after any of the runs.
        runs: How long a run takes and how many calls it makes, by start and target.
        fresh: The same for a run from the shell, if it has been measured.
    """

    root: Path
    reports: dict[str, Reports]
    workers: int = 1
    variants: int = 99
    datasets: dict[str, judge.Files] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)
    runs: dict[tuple[str, str], Undisturbed] = field(default_factory=dict)
    fresh: Undisturbed = field(default_factory=lambda: Undisturbed(0, 0))

    @classmethod
    def make(cls, root: Path, before: Reports, after: Reports, workers: int = 1) -> "Lab":
        """Make the datasets before and after, each from nothing and from the other."""
        lab = cls(root, {BEFORE: before, AFTER: after}, workers)
        lab.datasets[EMPTY] = {}
        children.run(World.make(root / "warm"))  # starts what all others are forked from
        for start, other in ((BEFORE, AFTER), (AFTER, BEFORE)):
            world = World.make(root / start)
            lab._undisturbed(world, EMPTY, start)
            copy(world.out, lab.out(start))
            lab.datasets[start] = contents(world.out)
            lab.allowed |= listing(world.out)
            lab._undisturbed(world, start, other)
            lab.allowed |= listing(world.out)
        return lab

    def out(self, name: str) -> Path:
        """Where the dataset before or after is kept."""
        return self.root / f"kept-{name}"

    def place(self, folder: Path, start: str) -> World:
        """A world that starts empty or with a dataset."""
        clear(folder)
        world = World.make(folder)
        if start != EMPTY:
            copy(self.out(start), world.out)
            put(world.raw, self.reports[start])
        return world

    def measure_fresh(self) -> None:
        """Find out how long a run from the shell takes."""
        world = World.make(self.root / "fresh")
        put(world.raw, self.reports[AFTER])
        self.fresh.seconds = children.fresh(world, self.workers).seconds

    def _undisturbed(self, world: World, start: str, target: str) -> None:
        put(world.raw, self.reports[target])
        ended = children.run(world, workers=self.workers, watcher=Counter())
        if ended.code:
            raise RuntimeError(f"an undisturbed run fails: {ended.said}")
        self.runs[start, target] = Undisturbed(ended.seconds, ended.calls)


@dataclass(frozen=True)
class Fault:
    """One run that was cut off.

    Attributes:
        kind: A key of `CUTS`.
        about: How exactly, for people.
        state: What it left.
        in_time: Whether it did not end with 0.
    """

    kind: str
    about: str
    state: judge.State
    in_time: bool


@dataclass
class Outcome:
    """A trial: the faults one after the other, and what was wrong."""

    number: int
    start: str
    faults: list[Fault] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


Cut = Callable[[Lab, World, Undisturbed, Random], tuple[str, children.Ended]]


def trial(lab: Lab, folder: Path, number: int, seed: int, kinds: tuple[str, ...]) -> Outcome:
    """Kill some runs in a row, look at what each left, and complete it."""
    rng = Random(f"{seed}-{number}")
    start = rng.choice((EMPTY, BEFORE, BEFORE))
    world = lab.place(folder, start)
    outcome = Outcome(number, start)
    target, earlier = AFTER, [lab.datasets[start]]
    around: dict[str, tuple[str, int, int]] = {}
    for turn in range(rng.choice((1, 1, 2, 3))):
        if turn and rng.random() < _SWITCH:
            target = BEFORE if target == AFTER else AFTER
        put(world.raw, lab.reports[target])
        around = prints(world.raw)
        kind = rng.choice(kinds)
        usual = lab.runs[start if start != target else EMPTY, target]
        about, ended = CUTS[kind](lab, world, usual, rng)
        state = judge.found(world, earlier, lab.datasets[target], always=lab.variants > 1)
        outcome.faults.append(Fault(kind, about, state, ended.code != 0))
        outcome.problems += _problems(state, ended, kind, about)
        # Nobody has looked yet whether the commit was decided: the next run may still finish it.
        open_ = state.which == "earlier" and not state.recovered
        earlier = [*earlier, lab.datasets[target]] if open_ else [state.files]
    ended = children.run(world)
    outcome.problems += judge.completed(world, ended, lab.datasets[target], lab.allowed)
    if changed := judge.touched(around, prints(world.raw)):
        outcome.problems.append(f"RAW was written to: {changed}")
    return outcome


def _problems(state: judge.State, ended: children.Ended, kind: str, about: str) -> list[str]:
    problems = [f"{kind} {about}: {problem}" for problem in state.problems]
    if ended.code == 0 and state.which != "new" and kind != "power":
        problems.append(f"{kind} {about}: the run ended with 0, its dataset is {state.which}")
    if ended.code not in (0, -signal.SIGKILL):
        problems.append(f"{kind} {about}: ended with {ended.code}: {ended.said.strip()[-300:]}")
    return problems


def _at_moment(
    lab: Lab, world: World, usual: Undisturbed, rng: Random
) -> tuple[str, children.Ended]:
    """Killed at a moment of the clock, with all that it has started."""
    share = rng.uniform(0, 1.05)
    command = children.Command(world, children.run_arguments(world, lab.workers))
    time.sleep(share * usual.seconds)
    command.kill()
    ended = command.wait()
    usual.learn(ended)
    return f"at {share:.3f} of the time", ended


def _at_call(lab: Lab, world: World, usual: Undisturbed, rng: Random) -> tuple[str, children.Ended]:
    """Killed before, after or amid a call that changes files."""
    number, when = _drawn(usual, rng)
    watcher = Killer(number=number, when=when)
    ended = children.run(world, workers=lab.workers, watcher=watcher)
    return f"{when} call {number} of {usual.calls}", ended


def _at_power(
    lab: Lab, world: World, usual: Undisturbed, rng: Random
) -> tuple[str, children.Ended]:
    """The power goes off at a call, or just after the run: what was not synced is lost."""
    number, when = _drawn(usual, rng)
    number = 0 if rng.random() < 0.2 else number
    mode = rng.choice(powerloss.MODES)
    disk = powerloss.Disk(world.out, world.notes / "pool")
    ended = children.run(world, workers=lab.workers, watcher=disk.recorder(number, when))
    lost = disk.lose(rng, mode)
    where = f"{when} call {number} of {usual.calls}" if number else "after the end"
    return f"{where}, {mode}, {lost} lost", ended


def _fresh(lab: Lab, world: World, usual: Undisturbed, rng: Random) -> tuple[str, children.Ended]:
    """A run as from the shell, killed with all its processes."""
    share = rng.uniform(0, 1.05) ** 0.5  # it spends the first part loading
    ended = children.fresh(world, lab.workers, share * lab.fresh.seconds)
    lab.fresh.learn(ended)
    return f"at {share:.3f} of the time", ended


def _worker(lab: Lab, world: World, usual: Undisturbed, rng: Random) -> tuple[str, children.Ended]:
    """One of the workers is killed; the run itself goes on."""
    share = rng.uniform(0, 1)
    command = children.Command(world, children.run_arguments(world, lab.workers))
    time.sleep(share * usual.seconds)
    if family := children.family(command.pid):
        rng.choice(family).kill()
    return f"at {share:.3f} of the time", command.wait()


def _recovery(
    lab: Lab, world: World, usual: Undisturbed, rng: Random
) -> tuple[str, children.Ended]:
    """A run is killed late, and so is the command that was to complete its work."""
    number = rng.randint(usual.calls // 2, usual.calls)
    ended = children.run(world, workers=lab.workers, watcher=Killer(number=number))
    again, when = rng.randint(1, 40), rng.choice(_WHEN)
    watcher = Killer(number=again, when=when)
    if rng.random() < 0.5:
        children.run(world, workers=lab.workers, watcher=watcher)
    else:
        children.Command(world, ["validate", str(world.out)], watcher).wait()
    return f"before call {number} of {usual.calls}, then {when} call {again}", ended


def _drawn(usual: Undisturbed, rng: Random) -> tuple[int, str]:
    return rng.randint(1, usual.calls), rng.choice(_WHEN)


CUTS: dict[str, Cut] = {"moment": _at_moment, "call": _at_call, "power": _at_power}
CUTS |= {"recovery": _recovery, "fresh": _fresh, "worker": _worker}
