"""`govtable diff`."""

from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import FAILED, OK
from pipeline.commands.options import Parser, Values

ABOUT = "list what differs between two datasets, each row with what caused it"
EXAMPLE = "govtable diff outputs-2026.10 outputs"

_WIDTH = 160  # of tables in a file


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("old", type=Path, metavar="OLD", help="folder of the dataset, or release, before")
    add("new", type=Path, metavar="NEW", help="folder of the dataset, or release, now")
    about = "print so many rows of each table (default: 20)"
    add("--limit", type=shared.natural, default=20, metavar="N", help=about)
    about = "list also rows of which ids or offsets alone differ"
    add("--all", action="store_true", help=about)
    add("--csv", type=Path, metavar="FILE", help="write every change as a row of a CSV file")
    add("--json", type=Path, metavar="FILE", help="the same as JSON, with causes and counts")
    add("--exit-code", action="store_true", help="exit with status 1 if anything differs")


def execute(options: Values) -> int:
    """Compare, and show what differs."""
    from rich.console import Console

    from pipeline.commands.places import require_folder
    from pipeline.diff import compare
    from pipeline.diff.save import write_csv, write_json
    from pipeline.diff.show import show

    require_folder(options.old)
    require_folder(options.new)
    difference = compare(options.old, options.new)
    if options.csv:
        write_csv(difference, options.csv, moved=options.all)
    if options.json:
        write_json(difference, options.json, moved=options.all)
    console = Console(soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDTH
    show(difference, limit=options.limit, moved=options.all, console=console)
    return FAILED if options.exit_code and not difference.equal else OK
