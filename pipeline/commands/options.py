"""Options that several commands take, with their checks."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.place import Place

Parser = argparse.ArgumentParser
Values = argparse.Namespace
Add = Callable[..., argparse.Action]
RAW_HELP = "folder of the reports, or a URL such as s3://bucket/raw (default: raw)"
OUT_HELP = "folder of the dataset, or a URL such as s3://bucket/dataset (default: outputs)"


def raw(add: Add) -> None:
    """RAW, which may be left out."""
    add("raw", nargs="?", type=place, default=Path("raw"), metavar="RAW", help=RAW_HELP)


def out(add: Add) -> None:
    """Where the dataset is."""
    add("--out", type=place, default=Path("outputs"), help=OUT_HELP)


def corrections(add: Add) -> None:
    """The file of corrections."""
    about = "what researchers corrected (default: corrections.csv beside RAW, if there is one)"
    add("--corrections", type=place, metavar="FILE", help=about)


def settings(add: Add) -> None:
    """Limits and thresholds."""
    about = "a limit or threshold, as in --set max_pages=300; may be repeated"
    add("--set", action="append", default=[], type=_setting, metavar="NAME=VALUE", help=about)


def work(add: Add) -> None:
    """Where the dataset is, and who does the work."""
    out(add)
    corrections(add)
    add("--workers", type=positive, default=1, metavar="N", help="worker processes (default: 1)")
    about = "where batches run: worker processes here, or a Dask cluster (default: local)"
    add("--runner", choices=("local", "dask"), default="local", help=about)
    add("--address", metavar="URL", help="the Dask scheduler, as in tcp://host:8786")
    about = "what to do while another run writes to OUT (default: cancel)"
    add("--when-busy", choices=("cancel", "wait"), default="cancel", help=about)


def _setting(text: str) -> str:
    from pipeline.settings import DEFAULT

    try:
        DEFAULT.having([text])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def place(text: str) -> "Place":
    """A folder or a URL."""
    from pipeline import place as places

    try:
        return places.place(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def natural(text: str) -> int:
    """A number from 0."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def positive(text: str) -> int:
    """A number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
