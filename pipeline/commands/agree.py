"""`govtable agree`."""

from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "compare the gold annotations of two people"
EXAMPLE = "govtable agree gold-anna gold-ben --raw reports --differences 20"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    about = "gold annotations: a folder or a file, also Label Studio and CAS exports"
    add("first", type=Path, metavar="FIRST", help=about)
    add("second", type=Path, metavar="SECOND", help="… of the other person")
    add("--raw", type=shared.place, default=Path("raw"), help=shared.RAW_HELP)
    about = "also write the figures and all differences as JSON"
    add("--json", type=Path, metavar="FILE", help=about)
    about = "list up to N differences, with the text around them"
    add("--differences", type=shared.natural, default=0, metavar="N", help=about)


def execute(options: Values) -> int:
    """Compare, and print the figures."""
    from pipeline.commands.places import require_folder
    from pipeline.evaluate import agree, show

    require_folder(options.raw)
    found = agree(options.first, options.second, options.raw)
    if options.json:
        show.save(found, options.json)
    print(show.agreed(found, differences=options.differences))
    return OK
