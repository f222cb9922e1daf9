"""`govtable report`."""

import sys
from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import FAILED, OK, USAGE, fail
from pipeline.commands.options import Parser, Values

ABOUT = "write a dataset as a page to explore in a browser, offline"
EXAMPLE = "govtable report outputs --to report.html"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("out", type=Path, metavar="OUT", help="folder of the dataset")
    about = "the page (default: report.html)"
    add("--to", type=Path, default=Path("report.html"), metavar="FILE", help=about)
    about = "figures from evaluate --json (default: estimated, from gold that the models come with)"
    add("--accuracy", type=Path, metavar="FILE", help=about)
    about = "megabytes above which a folder beside the page holds the data (default: 25)"
    add("--limit", type=shared.natural, default=25, metavar="MB", help=about)


def execute(options: Values) -> int:
    """Write the page, and say where it is."""
    from pipeline import explorer
    from pipeline.check import Broken
    from pipeline.commands.places import require_folder
    from pipeline.explorer import figures

    require_folder(options.out)
    if options.to.suffix.lower() not in (".html", ".htm"):
        return fail(f"{options.to} is to be a page: FILE.html", USAGE)
    given = options.accuracy
    known = figures.load(given, options.out) if given else figures.shipped(options.out)
    limit = options.limit * explorer.MEGABYTE
    try:
        written = explorer.write(options.out, options.to, figures=known, limit=limit)
    except Broken as error:
        for problem in str(error).splitlines():
            print(f"govtable: {problem}", file=sys.stderr)
        return FAILED
    size = f"{written.size / explorer.MEGABYTE:.1f} MB"
    if written.folder:
        print(f"{written.page} and the folder {written.folder.name} beside it, {size};")
        print(f"one file would be above {options.limit} MB (--limit); keep both together")
    else:
        print(f"{written.page}, {size}; one file, to be opened in a browser")
    return OK
