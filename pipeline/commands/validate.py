"""`govtable validate`."""

from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK, fail, fail_all
from pipeline.commands.options import Parser, Values

ABOUT = "check a dataset, or a release, against the contract"
EXAMPLE = "govtable validate outputs"


def declare(parser: Parser) -> None:
    """Declare the options."""
    about = "folder of the dataset, or a URL such as s3://…"
    parser.add_argument("out", type=shared.place, metavar="OUT", help=about)


def execute(options: Values) -> int:
    """Check, and print every problem."""
    from pipeline.check import Broken
    from pipeline.commands.places import require_folder
    from pipeline.lease import Busy
    from pipeline.release import check_release, is_release
    from pipeline.validate import check_place

    require_folder(options.out)
    try:
        if isinstance(options.out, Path) and is_release(options.out):
            counts = check_release(options.out)
        else:
            counts = check_place(options.out)
    except Busy as error:
        return fail(str(error))
    except Broken as error:
        return fail_all(str(error))
    print(
        f"{options.out} keeps the contract: "
        + ", ".join(f"{n} {name}" for name, n in counts.items())
    )
    return OK
