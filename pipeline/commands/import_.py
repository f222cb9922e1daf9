"""`govtable import`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.exits import OK, USAGE, fail
from pipeline.commands.options import Parser, Values

if TYPE_CHECKING:
    from pipeline.exchange.dataset import Dataset

ABOUT = "turn what was corrected in an annotation tool into corrections"
EXAMPLE = "govtable import project.json --dataset outputs --to corrections.csv"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    about = "the tool's export: Label Studio JSON, CAS JSON or XMI, or a folder of them"
    add("file", type=Path, metavar="FILE_OR_FOLDER", help=about)
    about = "folder of the dataset that was exported"
    add("--dataset", type=Path, required=True, metavar="OUT", help=about)
    about = "file of corrections to write (default: corrections.csv)"
    add("--to", type=Path, default=Path("corrections.csv"), metavar="FILE", help=about)
    add("--append", action="store_true", help="keep the corrections that are in that file")


def execute(options: Values) -> int:
    """Import, and say how many corrections there are."""
    from pipeline import exchange
    from pipeline.commands.places import require_folder
    from pipeline.exchange.changes import changed
    from pipeline.exchange.keeping import keep

    if not options.file.exists():
        return fail(f"there is no {options.file}", USAGE)
    require_folder(options.dataset)
    found = exchange.read(options.file)
    if found is None:
        return fail(f"{options.file} is neither Label Studio's JSON nor a CAS (JSON or XMI)")
    if not found.documents:
        return fail(f"nobody annotated the {_n(len(found.left_out), 'task')} in {options.file}")
    dataset = open_dataset(options.dataset)
    rows = changed(found.documents, dataset)
    if found.left_out:
        _note(f"{_n(len(found.left_out), 'task')} not annotated, left out")
    if not rows:
        print(f"nothing to correct in {_n(len(found.documents), 'document')}")
        return OK
    if dataset.n_corrections and not options.append:
        _note("the dataset was corrected before; keep those corrections too (--append)")
    keep(rows, options.to, append=options.append)
    documents = _n(len({row.document for row in rows}), "document")
    print(
        f"{_n(len(rows), 'correction')} of {documents} in {options.to}; the next run applies them"
    )
    return OK


def _n(n: int, name: str) -> str:
    return f"{n} {name}{'' if n == 1 else 's'}"


def _note(message: str) -> None:
    print(f"govtable: {message}", file=sys.stderr)


def open_dataset(out: Path) -> "Dataset":
    """The dataset in a folder.

    Raises:
        ValueError: If it cannot be read, or a run is writing to it.
    """
    from pipeline.check import Broken
    from pipeline.exchange.dataset import Dataset
    from pipeline.lease import Busy

    try:
        return Dataset(out)
    except Broken as error:
        raise ValueError(f"{out} is no dataset: {error.problems[0]}") from error
    except Busy as error:
        raise ValueError(str(error)) from error
