"""Kills runs at any moment and looks at what they leave, and what the next run makes of it.

`python -m tests.crash [N] [--seed S] [--raw RAW] [--workers 1|2] [--kinds KIND,…] [--only NUMBER]`
makes N trials (default 100) with very short reports, or those in RAW. A trial starts without a
dataset or with an older one, after which a report came, one went, one changed and one was renamed.
One to three runs in a row are cut off, each by one of these:

    moment     everything is killed at a moment of the clock
    call       killed before, after or amid a call that changes a file
    recovery   the same, and then the next run or `govtable validate`
    power      the same as `call`, and what was not forced to disk is lost (one worker only)
    fresh      a run started from the shell is killed, with all its processes, at a moment
    worker     one worker process is killed at a moment (two workers only)

After each, OUT must hold the earlier or the new dataset, whole, at once or after `govtable
validate` (`recovered`); `undone` are runs that ended with 0 and were lost in a power loss
nevertheless. Then an undisturbed run must give the very bytes of a run into an empty folder, and
leave nothing that such a run does not.

`python -m tests.crash --scenarios [NAME…]` plays what else may go wrong instead: full disks, lost
permissions, wrong clocks, rivals, signals, damaged files, dying workers.

Exit status 1 if something was wrong; with `--keep FOLDER` the folders of such trials stay.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from tests.faults import children
from tests.faults.isolation import Unsupported
from tests.faults.reports import of_folder, short
from tests.faults.scenarios.all import BY_NAME
from tests.faults.trials import CUTS, Lab, Outcome, trial
from tests.faults.world import clear

# How often each kind is drawn; a run from the shell takes long.
_USUAL = {
    1: ("moment",) * 4 + ("call",) * 4 + ("recovery",) * 2 + ("power",) * 6 + ("fresh",),
    2: ("moment",) * 4 + ("worker",) * 4 + ("call",) * 4 + ("fresh",),
}


def trials(lab: Lab, numbers: range, seed: int, kinds: tuple[str, ...], *, keep: bool) -> int:
    """Make the trials and show what came of them.

    Returns:
        Number of those in which something was wrong.
    """
    tally: Counter[tuple[str, str]] = Counter()
    wrong = 0
    begin = perf_counter()
    for number in numbers:
        folder = lab.root / f"trial-{number}"
        outcome = trial(lab, folder, number, seed, kinds)
        _count(tally, outcome)
        wrong += bool(outcome.problems)
        if outcome.problems:
            _complain(outcome)
        if not (keep and outcome.problems):
            clear(folder)
    _show(tally, len(numbers), wrong, perf_counter() - begin)
    return wrong


def _count(tally: Counter[tuple[str, str]], outcome: Outcome) -> None:
    for fault in outcome.faults:
        tally[fault.kind, "runs"] += 1
        if not fault.in_time:
            tally[fault.kind, "ended with 0"] += 1
            tally[fault.kind, "undone"] += fault.state.which == "earlier"
        tally[fault.kind, fault.state.which] += 1
        if fault.state.recovered:
            tally[fault.kind, "recovered"] += 1


def _complain(outcome: Outcome) -> None:
    print(f"WRONG trial {outcome.number}, from {outcome.start}:")
    for fault in outcome.faults:
        print(f"    {fault.kind} {fault.about}: {fault.state.which}")
    for problem in outcome.problems:
        print(f"  - {problem}")
    sys.stdout.flush()


def _show(tally: Counter[tuple[str, str]], count: int, wrong: int, seconds: float) -> None:
    columns = ("runs", "ended with 0", "earlier", "new", "mixed", "recovered", "undone")
    print(f"{count} trials in {seconds:,.0f} s, {wrong} with something wrong\n")
    print(f"{'':10}" + "".join(f"{column:>14}" for column in columns))
    for kind in CUTS:
        if tally[kind, "runs"]:
            print(f"{kind:10}" + "".join(f"{tally[kind, column]:14}" for column in columns))
    total = {c: sum(n for (_, column), n in tally.items() if column == c) for c in columns}
    print(f"{'all':10}" + "".join(f"{total[column]:14}" for column in columns))


def scenarios(lab: Lab, names: Sequence[str], seed: int) -> int:
    """Play scenarios and show what came of them.

    Returns:
        Number of those in which something was wrong.
    """
    wrong = 0
    for name in names or BY_NAME:
        begin = perf_counter()
        try:
            problems = list(BY_NAME[name](lab, lab.root / "scenario", Random(f"{seed}-{name}")))
        except Unsupported as error:
            print(f"{name}: not possible here ({error})")
            continue
        wrong += bool(problems)
        verdict = "WRONG" if problems else "ok"
        print(f"{name}: {verdict} ({perf_counter() - begin:.1f} s)")
        for problem in problems:
            print(f"  - {problem}")
        sys.stdout.flush()
    return wrong


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.crash",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("n", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--first", type=int, default=0, help="the first number, to go on from")
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--workers", type=int, default=1, choices=(1, 2))
    parser.add_argument("--kinds", default="")
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--scenarios", nargs="*", choices=[*BY_NAME, []], metavar="NAME")
    return parser.parse_args(arguments)


def _played(said: argparse.Namespace, root: Path) -> int:
    before, after = of_folder(said.raw) if said.raw else short()
    # Scenarios bring their own workers where they need them.
    workers = said.workers if said.scenarios is None else 1
    lab = Lab.make(root, before, after, workers)
    if said.scenarios is not None:
        return scenarios(lab, said.scenarios, said.seed)
    kinds = tuple(said.kinds.split(",")) if said.kinds else _USUAL[said.workers]
    if "fresh" in kinds:
        lab.measure_fresh()
    one = said.only
    numbers = range(said.first, said.first + said.n) if one is None else range(one, one + 1)
    return trials(lab, numbers, said.seed, kinds, keep=said.keep is not None)


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    said = _arguments(arguments)
    if not children.SUPPORTED:
        print("not possible on this system")
        return 0
    if said.keep:
        said.keep.mkdir(parents=True, exist_ok=True)
        return int(bool(_played(said, said.keep.resolve())))
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        return int(bool(_played(said, Path(folder).resolve())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
