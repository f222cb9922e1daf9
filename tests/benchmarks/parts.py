"""The parts of the benchmark: what is measured, in which order, round by round."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path

from pipeline import server
from tests import many
from tests.benchmarks import cluster, command
from tests.benchmarks.folders import Dataset
from tests.benchmarks.results import Figures, Results

ONCE = 1_000  # reports above which the first run is measured once
Measure = Callable[[], Figures]

_SHORT = 100  # reports whose words a second are compared with spaCy's


@dataclass(frozen=True, slots=True)
class Bench:
    """What all parts share.

    Attributes:
        sizes: Numbers of reports, ascending.
        at: The number of reports at which runners are compared.
    """

    results: Results
    workdir: Path
    sizes: tuple[int, ...]
    at: int
    rounds: int

    def folder(self, name: str, out: str, *options: str, also: Sequence[int] = ()) -> Dataset:
        """A folder of reports, and a dataset, under the working directory."""
        return Dataset(self.workdir / name, self.workdir / out, options, also)

    def of(self, size: int) -> Dataset:
        """The reports and the dataset of one size."""
        return self.folder(f"raw-{size}", f"out-{size}", "--direct")


def growth(bench: Bench) -> None:
    """First runs over folders of growing size, and over a single report."""
    _single(bench)
    for size in bench.sizes:
        data = bench.of(size)
        for k in range(1, (bench.rounds if size <= ONCE else 1) + 1):
            bench.results.step(f"first/{size}/{k}", partial(data.first, range(size)))


def _single(bench: Bench) -> None:
    """Runs over one short report alone, into an empty folder."""
    data = bench.folder("raw-single", "out-single", "--direct")
    for k in range(1, bench.rounds + 1):
        bench.results.step(f"single/1/{k}", partial(data.first, [_short()]))


@cache
def _short() -> int:
    """The first report that is a short plain text: what a run over it takes is its start."""
    texts = ((i, many.report(i)) for i in count())
    return next(i for i, t in texts if t.name.endswith(".txt") and len(t.text.split()) < 250)


def incremental(bench: Bench) -> None:
    """Runs with nothing new, one report new, changed or removed."""
    for size in bench.sizes:
        data, own = bench.of(size), bench.folder("raw-single", "out-single", "--direct")
        for k in range(1, bench.rounds + 1):
            _then(bench, data, f"nothing/{size}/{k}", range(size), range(size))
        for k in range(1, bench.rounds + 1):
            new = size + k - 1
            _then(bench, data, f"new/{size}/{k}", range(new), range(new + 1))
            bench.results.step(f"own/{size}/{k}", partial(own.first, [new]))
        _changes(bench, data, size + bench.rounds)


def _changes(bench: Bench, data: Dataset, n: int) -> None:
    """One report more changed each round, then one more removed, from the middle."""
    size, changed, all_ = n - bench.rounds, set[int](), set(range(n))
    for k in range(1, bench.rounds + 1):
        then = changed | {k - 1}
        _then(bench, data, f"changed/{size}/{k}", all_, all_, changed, then)
        changed = then
    left = all_
    for k in range(1, bench.rounds + 1):
        fewer = left - {(n // 2 + k) % n}
        _then(bench, data, f"removed/{size}/{k}", left, fewer, changed, changed)
        left = fewer


def _then(
    bench: Bench,
    data: Dataset,
    key: str,
    before: "range | set[int]",
    after: "range | set[int]",
    changed_before: "set[int] | tuple[()]" = (),
    changed_after: "set[int] | tuple[()]" = (),
) -> None:
    """Measure the run from one state of the folder to the next."""

    def measure() -> Figures:
        data.settle(before, changed_before)
        return data.measured(after, changed_after)

    bench.results.step(key, measure)


def workers(bench: Bench) -> None:
    """One process against two, in turn."""
    for k in range(1, bench.rounds + 1):
        for n in (1, 2):
            data = bench.folder(f"raw-{bench.at}", "out-workers", "--direct", "--workers", str(n))
            step = f"workers-{n}/{bench.at}/{k}"
            bench.results.step(step, partial(data.first, range(bench.at)))


def prefect(bench: Bench) -> None:
    """With Prefect against without, in turn, over all reports and over one."""
    bench.folder("raw-single", "out-prefect").first([_short()])  # makes Prefect's home
    folders = (("raw-single", [_short()]), (f"raw-{bench.at}", range(bench.at)))
    for raw, numbers in folders:
        for k in range(1, bench.rounds + 1):
            for name in ("direct", "prefect", "served"):
                data = bench.folder(raw, "out-prefect", *(["--direct"] if name == "direct" else []))
                place = server.running if name == "served" else nullcontext
                measure = partial(_inside, place, partial(data.first, numbers))
                bench.results.step(f"{name}/{len(numbers)}/{k}", measure)


def _inside(place: Callable[[], AbstractContextManager[object]], measure: Measure) -> Figures:
    """Measure while something runs, as a Prefect server."""
    with place():
        return measure()


def dask(bench: Bench) -> None:
    """On a Dask cluster of two worker processes on this machine."""
    known = subprocess.run([*command.GOVTABLE, "run", "--help"], capture_output=True, text=True)
    if "--runner" not in known.stdout:
        print("dask: this command has no --runner; left out")
        return
    with cluster.running() as (address, pid):
        options = ("--runner", "dask", "--address", address)
        data = bench.folder(f"raw-{bench.at}", "out-dask", *options, also=(pid,))
        for k in range(1, bench.rounds + 1):
            bench.results.step(f"dask/{bench.at}/{k}", partial(data.first, range(bench.at)))


def words(bench: Bench) -> None:
    """Words a second of the journey and of a spaCy pipeline, each in a process of its own."""
    size = min(_SHORT, bench.sizes[-1])
    data = bench.folder(f"raw-{size}", f"out-{size}", "--direct")
    data.arrange(range(size))
    for what in ("journey", "spacy"):
        bench.results.step(f"words/{what}", partial(_words, what, data.raw, bench.rounds))


def _words(what: str, raw: Path, rounds: int) -> Figures:
    arguments = [sys.executable, "-m", "tests.benchmarks.words", what, str(raw), str(rounds)]
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1].partition(": ")[2]}
    found: Figures = json.loads(done.stdout)
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the benchmark, and the first words of its steps' keys."""

    measure: Callable[[Bench], None]
    kinds: tuple[str, ...]


PARTS = {
    "growth": Part(growth, ("single", "first")),
    "incremental": Part(incremental, ("nothing", "new", "own", "changed", "removed")),
    "workers": Part(workers, ("workers-1", "workers-2")),
    "prefect": Part(prefect, ("direct", "prefect", "served")),
    "dask": Part(dask, ("dask",)),
    "words": Part(words, ("words",)),
}
