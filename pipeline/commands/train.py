"""`govtable train`."""

from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "rebuild models/ from the annotated corpus"
EXAMPLE = "govtable train"


def declare(parser: Parser) -> None:
    """There are no options."""


def execute(options: Values) -> int:
    """Fit every model."""
    from pipeline.train import train

    for path, about in train():
        print(f"{path}: {about}")
    return OK
