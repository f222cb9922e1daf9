"""The options of the command line, with their checks; `pipeline.cli` carries the commands out."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    from pipeline.place import Place

Add = Callable[..., argparse.Action]
_RAW_HELP = "folder of the reports, or a URL such as s3://bucket/raw (default: raw)"
_OUT_HELP = "folder of the dataset, or a URL such as s3://bucket/dataset (default: outputs)"


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
    add = _command(commands, "run", about, example)
    add("raw", nargs="?", type=_place, default=Path("raw"), metavar="RAW", help=_RAW_HELP)
    _out_and_workers(add)
    add("--direct", action="store_true", help="the same stages without Prefect")
    add("--verbose", action="store_true", help="show Prefect's own log")
    add("--strict", action="store_true", help="exit with 1 if a document was quarantined")
    _settings(add)


def _declare_status(commands: "Commands") -> None:
    about = "say what a run would do, and why; changes nothing"
    add = _command(commands, "status", about, "govtable status raw --out outputs")
    add("raw", nargs="?", type=_place, default=Path("raw"), metavar="RAW", help=_RAW_HELP)
    add("--out", type=_place, default=Path("outputs"), help=_OUT_HELP)
    add("--json", action="store_true", help="the same as JSON")
    _settings(add)


def _declare_validate(commands: "Commands") -> None:
    about, example = "check a dataset against the contract", "govtable validate outputs"
    add = _command(commands, "validate", about, example)
    add("out", type=_place, metavar="OUT", help="folder of the dataset, or a URL such as s3://…")


def _declare_evaluate(commands: "Commands") -> None:
    about = "measure accuracy against gold annotations"
    example = "govtable evaluate --gold gold --raw reports --json scores.json"
    add = _command(commands, "evaluate", about, example)
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
    _command(commands, "train", about, "govtable train")


def _declare_serve(commands: "Commands") -> None:
    about = "keep reprocessing on a schedule, through Prefect"
    add = _command(commands, "serve", about, 'govtable serve --cron "0 3 * * *"')
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


def _command(commands: "Commands", name: str, about: str, example: str) -> Add:
    new = commands.add_parser(name, help=about, description=about, epilog=f"example: {example}")
    new.set_defaults(command=name)
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
