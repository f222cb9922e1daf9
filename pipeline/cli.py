"""The command line: finds the command, carries it out, turns what failed into one line.

The commands are in `pipeline.commands`.
"""

import os
import sys
from collections.abc import Sequence

from pipeline import __version__, commands
from pipeline.commands.exits import USAGE, WrongUsage, fail
from pipeline.commands.options import Parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the command failed, 2 wrong usage.
    """
    options = parser().parse_args(argv)
    try:
        return commands.command(options.command).execute(options)
    except KeyboardInterrupt:
        return fail("stopped")
    except WrongUsage as error:
        return fail(str(error), USAGE)
    except OSError as error:
        place = getattr(options, "out", None)
        known = error.filename or not error.strerror or place is None
        return fail(_one_line(error) if known else f"{error.strerror}: {place}")
    except ValueError as error:
        return fail(_one_line(error))
    except Exception as error:
        if os.environ.get("GOVTABLE_DEBUG"):
            raise
        kind = type(error).__name__
        return fail(f"{kind}: {_one_line(error)} (GOVTABLE_DEBUG=1 shows where)")


def parser() -> Parser:
    """All commands with their options."""
    top = Parser(
        prog="govtable",
        description="Turn governance reports into a normalised, validated, citable dataset.",
        epilog="example: govtable run raw --out outputs",
    )
    top.add_argument("--version", action="version", version=f"govtable {__version__}")
    names = top.add_subparsers(metavar="COMMAND", required=True)
    for name in commands.NAMES:
        command = commands.command(name)
        about, example = command.ABOUT, f"example: {command.EXAMPLE}"
        new = names.add_parser(name.rstrip("_"), help=about, description=about, epilog=example)
        new.set_defaults(command=name)
        command.declare(new)
    return top


def _one_line(error: BaseException) -> str:
    if isinstance(error, PermissionError) and error.filename:
        return f"no permission for {error.filename}"
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"cannot use {error.filename}: {error.strerror.lower()}"
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
