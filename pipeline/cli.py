"""The command line. Each command parses, calls one plain function, and prints.

Heavy imports wait until a command needs them, so that `--help` answers at once.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.options import parser

if TYPE_CHECKING:
    from pipeline.console import Bar
    from pipeline.place import Place
    from pipeline.state import Summary

OK, FAILED, USAGE = 0, 1, 2
Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the command failed, 2 wrong usage.
    """
    options = parser().parse_args(argv)
    try:
        return _COMMANDS[options.command](options)
    except KeyboardInterrupt:
        return _fail("stopped")
    except OSError as error:
        place = getattr(options, "out", None)
        known = error.filename or not error.strerror or place is None
        return _fail(_one_line(error) if known else f"{error.strerror}: {place}")
    except ValueError as error:
        return _fail(_one_line(error))
    except Exception as error:
        if os.environ.get("GOVTABLE_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"{kind}: {_one_line(error)} (GOVTABLE_DEBUG=1 shows where)")


def _fail(message: str, status: int = FAILED) -> int:
    print(f"govtable: {message}", file=sys.stderr)
    return status


def _one_line(error: BaseException) -> str:
    if isinstance(error, PermissionError) and error.filename:
        return f"no permission for {error.filename}"
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"cannot use {error.filename}: {error.strerror.lower()}"
    return " ".join(str(error).split()) or type(error).__name__


def _run(options: argparse.Namespace) -> int:
    from pipeline.console import progress, show
    from pipeline.lease import Busy

    if problem := _misplaced(options):
        return _fail(problem, USAGE)
    try:
        with _ended_by_sigterm(), progress() as bar:
            result = _execute(options, bar)
    except Busy as error:
        return _fail(str(error))
    show(result)
    return FAILED if options.strict and result.n_quarantined else OK


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM end what is under way as Ctrl-C does, with one line and nothing left behind."""
    earlier = None
    with suppress(ValueError):  # in a thread
        earlier = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        if earlier is not None:
            signal.signal(signal.SIGTERM, earlier)


def _misplaced(options: argparse.Namespace) -> str:
    """What is wrong with RAW, OUT and the runner; empty if nothing is."""
    if not options.raw.is_dir():
        return f"{options.raw} is not a folder"
    if _entangled(options.raw, options.out):
        return f"{options.out} lies among the reports; choose another --out"
    if options.runner == "dask" and not options.address:
        return "--runner dask needs the --address of the scheduler, as in tcp://host:8786"
    if options.runner == "dask" and getattr(options, "direct", False):
        return "--direct is without Prefect, and Dask works through it; leave one of them out"
    return ""


def _entangled(raw: "Place", out: "Place") -> bool:
    """Whether a run would read what it has written."""
    if isinstance(raw, Path) != isinstance(out, Path):
        return False
    raw, out = (p.resolve() if isinstance(p, Path) else p for p in (raw, out))
    inside = [out, *out.parents]
    return raw in inside or out / "text" in [raw, *raw.parents]


def _execute(options: argparse.Namespace, bar: "Bar") -> "Summary":
    from pipeline.commit import locked, recover
    from pipeline.plan import plan, published
    from pipeline.settings import DEFAULT

    settings = DEFAULT.having(options.set)
    wait = options.when_busy == "wait"
    with locked(options.out, wait=wait):
        recover(options.out)
        todo = plan(options.raw, options.out, settings)
        if done := published(todo, options.out):
            return done
        bar.total(todo.n_new)
        if options.direct or not todo.n_new:
            from pipeline.publish import publish
            from pipeline.workers import process

            process(todo.batches, options.out, settings, options.workers, bar.advance)
            bar.say("writing")
            return publish(todo, options.out, settings)
    if options.verbose:
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO")
    from pipeline import server

    server.start()  # while Prefect is imported and the workers start
    bar.say("starting Prefect")
    from pipeline import flow

    return flow.execute(
        str(options.raw),
        str(options.out),
        options.workers,
        settings,
        bar.advance,
        runner=options.runner,
        address=options.address,
        when_busy=options.when_busy,
        n_new=todo.n_new,
    )


def _status(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from pipeline.settings import DEFAULT
    from pipeline.status import status, why

    if not options.raw.is_dir():
        return _fail(f"{options.raw} is not a folder", USAGE)
    found = status(options.raw, options.out, DEFAULT.having(options.set))
    if options.json:
        import json

        print(json.dumps(asdict(found) | {"up_to_date": found.up_to_date}, indent=2))
        return OK
    if found.up_to_date:
        print(f"{options.out} is up to date with {found.n_documents} documents; nothing to do")
        return OK
    print(f"a run would process {len(found.to_process)} of {found.n_documents} documents:")
    for reason in why(found):
        print(f"  {reason}")
    return OK


def _validate(options: argparse.Namespace) -> int:
    from pipeline.check import Broken
    from pipeline.lease import Busy
    from pipeline.validate import check_place

    if not options.out.is_dir():
        return _fail(f"{options.out} is not a folder")
    try:
        counts = check_place(options.out)
    except Busy as error:
        return _fail(str(error))
    except Broken as error:
        for problem in str(error).splitlines():
            print(f"govtable: {problem}", file=sys.stderr)
        return FAILED
    print(
        f"{options.out} keeps the contract: "
        + ", ".join(f"{n} {name}" for name, n in counts.items())
    )
    return OK


def _evaluate(options: argparse.Namespace) -> int:
    from pipeline.evaluate import evaluate, show

    if not options.raw.is_dir():
        return _fail(f"{options.raw} is not a folder", USAGE)
    report = evaluate(
        options.gold, options.raw, perturbed=options.perturbed, baseline=options.baseline
    )
    print(show.text(report, errors=options.errors))
    if options.perturbed and report.robustness is None:
        print("govtable: no comparative page with scores in the gold", file=sys.stderr)
    if options.json:
        show.save(report, options.json)
    return OK


def _train(_: argparse.Namespace) -> int:
    from pipeline.train import train

    for path, about in train():
        print(f"{path}: {about}")
    return OK


def _serve(options: argparse.Namespace) -> int:
    from pipeline import server
    from pipeline.settings import DEFAULT

    if problem := _misplaced(options):
        return _fail(problem, USAGE)
    settings = DEFAULT.having(options.set)
    with server.running() as url:
        from pipeline import flow

        place = url.removesuffix("/api") if url else "the configured Prefect server"
        when = f"at {options.cron!r}" if options.cron else f"every {options.every} seconds"
        print(f"reprocessing {options.raw} into {options.out} {when}; see {place}", flush=True)
        flow.serve(
            str(options.raw),
            str(options.out),
            options.cron,
            options.workers,
            settings,
            every=options.every,
            runner=options.runner,
            address=options.address,
            when_busy=options.when_busy,
        )
    return OK


_COMMANDS: dict[str, Command] = {
    "run": _run,
    "status": _status,
    "validate": _validate,
    "evaluate": _evaluate,
    "train": _train,
    "serve": _serve,
}

if __name__ == "__main__":
    sys.exit(main())
