"""`govtable train`."""

from pathlib import Path

from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "rebuild models/ from the annotated corpus"
EXAMPLE = "govtable train"


def declare(parser: Parser) -> None:
    """Where the encoders of the folds are."""
    parser.add_argument(
        "--encoders",
        type=Path,
        metavar="FOLDER",
        help="what `python -m pipeline.train.encoder FOLDER` made; without it choice.npz is kept",
    )


def execute(options: Values) -> int:
    """Fit the models."""
    from pipeline.train import train

    for path, about in train(options.encoders):
        print(f"{path}: {about}")
    return OK
