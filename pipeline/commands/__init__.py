"""The commands, a module each: ABOUT, EXAMPLE, `declare` its options, `execute` it.

To add one, write the module and name it in `NAMES`. Heavy imports wait until `execute`, so that
`--help` answers at once.
"""

from importlib import import_module
from typing import Protocol, cast

from pipeline.commands.options import Parser, Values

NAMES = (
    "run",
    "status",
    "validate",
    "release",
    "report",
    "browse",
    "diff",
    "evaluate",
    "accuracy",
    "agree",
    "export",
    "import_",
    "train",
    "serve",
)


class Command(Protocol):
    """What a module of this package offers."""

    ABOUT: str
    EXAMPLE: str

    def declare(self, parser: Parser) -> None:
        """Declare the options."""

    def execute(self, options: Values) -> int:
        """Carry the command out.

        Returns:
            The exit status.
        """


def command(name: str) -> Command:
    """The command of that name."""
    return cast(Command, import_module(f"{__name__}.{name}"))
