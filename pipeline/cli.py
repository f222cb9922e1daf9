"""The command line. Each command parses, calls one plain function, and prints.

Heavy imports wait until a command needs them, so that `--help` answers at once.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    from pipeline.console import Bar
    from pipeline.place import Place
    from pipeline.state import Summary

OK, FAILED, USAGE = 0, 1, 2
Command = Callable[[argparse.Namespace], int]
Add = Callable[..., argparse.Action]
_RAW_HELP = "folder of the reports, or a URL such as s3://bucket/raw (default: raw)"
_OUT_HELP = "folder of the dataset, or a URL such as s3://bucket/dataset (default: outputs)"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the command failed, 2 wrong usage.
    """
    options = parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return _fail("stopped")
    except (OSError, ValueError) as error:
        return _fail(_one_line(error))
    except Exception as error:
        if os.environ.get("GOVTABLE_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"{kind}: {_one_line(error)} (GOVTABLE_DEBUG=1 shows where)")


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="govtable",
        description="Turn governance reports into a normalised, validated, citable dataset.",
        epilog="example: govtable run raw --out outputs",
    )
    top.add_argument("--version", action="version", version=f"govtable {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for declare in (_declare_run, _declare_status, _declare_validate, _declare_evaluate):
        declare(commands)
    for declare in (_declare_train, _declare_serve):
        declare(commands)
    return top


def _declare_run(commands: "Commands") -> None:
    about, example = "process the reports under RAW into OUT", "govtable run reports --out dataset"
    add = _command(commands, "run", _run, about, example)
    add("raw", nargs="?", type=_place, default=Path("raw"), metavar="RAW", help=_RAW_HELP)
    _out_and_workers(add)
    add("--direct", action="store_true", help="the same stages without Prefect")
    add("--verbose", action="store_true", help="show Prefect's own log")
    add("--strict", action="store_true", help="exit with 1 if a document was quarantined")
    _settings(add)


def _declare_status(commands: "Commands") -> None:
    about = "say what a run would do, and why; changes nothing"
    add = _command(commands, "status", _status, about, "govtable status raw --out outputs")
    add("raw", nargs="?", type=_place, default=Path("raw"), metavar="RAW", help=_RAW_HELP)
    add("--out", type=_place, default=Path("outputs"), help=_OUT_HELP)
    add("--json", action="store_true", help="the same as JSON")
    _settings(add)


def _declare_validate(commands: "Commands") -> None:
    about, example = "check a dataset against the contract", "govtable validate outputs"
    add = _command(commands, "validate", _validate, about, example)
    add("out", type=_place, metavar="OUT", help="folder of the dataset, or a URL such as s3://…")


def _declare_evaluate(commands: "Commands") -> None:
    about = "measure accuracy against gold annotations"
    example = "govtable evaluate --gold gold --raw reports --json scores.json"
    add = _command(commands, "evaluate", _evaluate, about, example)
    add("--gold", type=Path, required=True, help="folder of gold annotations, or one file")
    add("--raw", type=_place, default=Path("raw"), help=_RAW_HELP)
    add("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    about = "also measure this installed spaCy model, as in en_core_web_md"
    add("--baseline", metavar="MODEL", help=about)
    add("--errors", type=int, default=0, metavar="N", help="list up to N errors a label")
    add(
        "--perturbed",
        type=_natural,
        default=0,
        metavar="N",
        help="also spoil the comparative pages in N ways and measure sections and confidences",
    )


def _declare_train(commands: "Commands") -> None:
    about = "rebuild models/ from the annotated corpus"
    _command(commands, "train", _train, about, "govtable train")


def _declare_serve(commands: "Commands") -> None:
    about = "keep reprocessing on a schedule, through Prefect"
    add = _command(commands, "serve", _serve, about, 'govtable serve --cron "0 3 * * *"')
    when = commands.choices["serve"].add_mutually_exclusive_group(required=True)
    about = 'schedule, as in "0 3 * * *" for every night at three'
    when.add_argument("--cron", help=about)
    about = "schedule as an interval"
    when.add_argument("--every", type=_positive, metavar="SECONDS", help=about)
    add("--raw", type=_place, default=Path("raw"), help=_RAW_HELP)
    _out_and_workers(add)
    _settings(add)


def _settings(add: Add) -> None:
    about = "a limit or threshold, as in --set max_pages=300; may be repeated"
    add("--set", action="append", default=[], type=_setting, metavar="NAME=VALUE", help=about)


def _setting(text: str) -> str:
    from pipeline.settings import DEFAULT

    try:
        DEFAULT.having([text])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _out_and_workers(add: Add) -> None:
    add("--out", type=_place, default=Path("outputs"), help=_OUT_HELP)
    add("--workers", type=_positive, default=1, metavar="N", help="worker processes (default: 1)")
    about = "where batches run: worker processes here, or a Dask cluster (default: local)"
    add("--runner", choices=("local", "dask"), default="local", help=about)
    add("--address", metavar="URL", help="the Dask scheduler, as in tcp://host:8786")
    about = "what to do while another run writes to OUT (default: cancel)"
    add("--when-busy", choices=("cancel", "wait"), default="cancel", help=about)


def _command(commands: "Commands", name: str, function: Command, about: str, example: str) -> Add:
    new = commands.add_parser(name, help=about, description=about, epilog=f"example: {example}")
    new.set_defaults(command=function)
    return new.add_argument


def _place(text: str) -> "Place":
    from pipeline.place import place

    try:
        return place(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


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
    with suppress(ValueError):  # in a thread
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as with Ctrl-C
    try:
        with progress() as bar:
            result = _execute(options, bar)
    except Busy as error:
        return _fail(str(error))
    show(result)
    return FAILED if options.strict and result.n_quarantined else OK


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
            from pipeline.run import publish
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


if __name__ == "__main__":
    sys.exit(main())
