"""`govtable release`."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.commands import options as shared
from pipeline.commands.exits import OK, USAGE, fail, fail_all
from pipeline.commands.options import Parser, Values

if TYPE_CHECKING:
    from pipeline.release import About, Accuracy

ABOUT = "make a release of a dataset that can be cited"
EXAMPLE = 'govtable release outputs --version 2026.11.0 --author "Lovelace, Ada"'
Made = TypeVar("Made")


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("out", type=Path, metavar="OUT", help="folder of the dataset")
    add("--version", required=True, type=_of("version"), help="as in 2026.11.0 or 1.2.0")
    add("--to", type=Path, metavar="FOLDER", help="where (default: OUT-VERSION beside OUT)")
    about = "leave out the reports' texts and stretches of them; names, titles and positions stay"
    add("--no-text", action="store_true", help=about)
    add("--title", type=_of("title"), help="title of the dataset")
    about = '"Family, Given", or the name of an organisation; may be repeated'
    add("--author", action="append", default=[], type=_of("author"), help=about)
    add("--license", type=_of("licence"), help="SPDX identifier (default: CC-BY-4.0)")
    add("--doi", type=_of("doi"), help="as in 10.5281/zenodo.1234567")
    add("--date", type=_of("day"), help="day of the release, as in 2026-11-30")
    about = "an earlier release, to say what changed"
    add("--since", type=Path, metavar="FOLDER", help=about)
    about = "figures that evaluate --json wrote (default: an estimate)"
    add("--accuracy", type=Path, metavar="FILE", help=about)
    add("--gold", type=Path, help="measure the accuracy now, against these annotations")
    add("--raw", type=shared.place, default=Path("raw"), help=f"with --gold: {shared.RAW_HELP}")


def execute(options: Values) -> int:
    """Make the release, and say where it is."""
    from pipeline.check import Broken
    from pipeline.commands.places import require_folder
    from pipeline.lease import Busy
    from pipeline.release import release

    if options.accuracy and options.gold:
        return fail("--accuracy and --gold exclude each other", USAGE)
    require_folder(options.out)
    out: Path = options.out.resolve()
    folder: Path = options.to or out.with_name(f"{out.name}-{options.version}")
    about = _about(options)
    try:
        n_rows = release(out, folder, about, figures=_figures(options), since=options.since)
    except Busy as error:
        return fail(str(error))
    except Broken as error:
        return fail_all(str(error))
    if not options.author:
        print("govtable: no --author was given, so the citation names none", file=sys.stderr)
    print(f"{folder}: {sum(n_rows.values()):,} rows in {len(n_rows)} tables, checked")
    print(f"cite as  {about.reference}")
    return OK


def _about(options: Values) -> "About":
    from pipeline.release.about import LICENSES, TITLE, UNNAMED, About

    return About(
        version=options.version,
        title=options.title or TITLE,
        authors=tuple(options.author) or (UNNAMED,),
        license=options.license or LICENSES["CC-BY-4.0"],
        doi=options.doi,
        released=options.date,
        texts=not options.no_text,
    )


def _figures(options: Values) -> "Accuracy":
    from pipeline.release import accuracy

    if options.accuracy:
        return accuracy.stated(options.accuracy)
    if options.gold:
        return accuracy.measured(options.gold, options.raw)
    return accuracy.estimated(options.out)


def _of(name: str) -> Callable[[str], object]:
    """What reads an option; how it looks is known to `pipeline.release.about`."""

    def read(text: str) -> object:
        from importlib import import_module

        try:
            return getattr(import_module("pipeline.release.about"), name)(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None

    return read
