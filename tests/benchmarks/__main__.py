"""`python -m tests.benchmarks`: measure, and write `docs/benchmarks.md` and `.json`."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from pipeline import provenance
from tests import benchmarks
from tests.benchmarks import command, machine, page
from tests.benchmarks.figures import MIDDLE
from tests.benchmarks.parts import PARTS, Bench
from tests.benchmarks.results import Results


def main() -> None:
    """Measure the parts that were asked for; a part that fails does not stop the others."""
    options = _parser().parse_args()
    parts = {name: PARTS[name] for name in options.only or PARTS}
    results = Results(options.out.with_suffix(".json"), provenance.code_hash())
    if not options.resume:
        results.drop({kind for part in parts.values() for kind in part.kinds})
        if not options.only:
            _empty(options.workdir)
    os.environ.pop("PREFECT_API_URL", None)
    os.environ["PREFECT_HOME"] = str(options.workdir / "prefect")
    memory = "sum of PSS" if command.has_pss() else "sum of RSS"
    results.about(
        machine=machine.facts(),
        commands=_commands(options, results),
        memory=memory,
        json=results.path.name,
    )
    sizes: tuple[int, ...] = options.sizes
    at = options.at or max([s for s in sizes if s <= MIDDLE], default=sizes[0])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the page is written all the same
    bench = Bench(results, options.workdir, sizes, at, options.rounds)
    failed = False
    try:
        for name, part in parts.items():
            try:
                part.measure(bench)
            except command.Failed as error:
                failed = True
                print(f"{name}: {error}", file=sys.stderr, flush=True)
    finally:
        options.out.write_text(page.written(results, sizes, at), encoding="utf-8")
        print(options.out)
    sys.exit(failed)


def _commands(options: argparse.Namespace, results: Results) -> list[str]:
    """The commands that made the results, this one last; where files lie is left out."""
    before = results.data["about"].get("commands", []) if results.steps else []
    sizes = ",".join(map(str, options.sizes))
    this = f"python -m tests.benchmarks --sizes {sizes} --rounds {options.rounds}"
    this += f" --only {','.join(options.only)}" if options.only else ""
    return [*(command for command in before if command != this), this]


def _empty(workdir: Path) -> None:
    """Remove what an earlier benchmark left."""
    for pattern in ("raw-*", "out-*"):
        for path in workdir.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=benchmarks.__doc__
    )
    add = parser.add_argument
    add("--sizes", type=_sizes, default=(100, 1_000, 10_000), help="numbers of reports")
    add("--at", type=int, help="reports at which runners are compared (default: 1,000)")
    add("--rounds", type=int, default=3)
    add("--only", type=_parts, metavar="PART[,PART]", help=", ".join(PARTS))
    add("--out", type=Path, default=Path("docs/benchmarks.md"))
    workdir = Path(tempfile.gettempdir()) / "govtable-benchmarks"
    add("--workdir", type=Path, default=workdir, help=f"reports and datasets (default: {workdir})")
    add("--resume", action="store_true", help="do not measure again what the JSON holds")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    main()
