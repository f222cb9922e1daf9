"""`govtable accuracy`."""

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.commands import options as shared
from pipeline.commands.exits import OK, USAGE, fail
from pipeline.commands.options import Parser, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.accuracy.counts import Counts
    from pipeline.place import Place

ABOUT = "tell how far any part of a dataset can be trusted"
EXAMPLE = "govtable accuracy outputs --where \"label = 'LAW' AND country_iso3 = 'DEU'\""
_TABLES = ("mentions", "segments", "rankings")


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    about = "folder of the dataset, or a URL such as s3://…"
    add("out", nargs="?", type=shared.place, metavar="OUT", help=about)
    about = "an SQL condition on the rows (default: all); layout, edition, source … stand beside"
    add("--where", default="", metavar="SQL", help=about)
    add("--table", choices=_TABLES, default="mentions", help="whose rows (default: mentions)")
    about = "figures that --save wrote (default: those that come with the models)"
    add("--figures", type=Path, metavar="FILE", help=about)
    about = "measure the figures on this gold, folders or files"
    add("--gold", type=Path, nargs="+", default=[], metavar="GOLD", help=about)
    add("--raw", type=shared.place, default=Path("raw"), help=shared.RAW_HELP)
    about = "gold and reports in the style the models were trained on: they tell how kinds differ"
    add("--samples", type=Path, nargs=2, action="append", default=[], help=about,
        metavar=("GOLD", "RAW"))  # fmt: skip
    add("--save", type=Path, metavar="FILE", help="write the figures measured on --gold")
    add("--json", action="store_true", help="print the answer as JSON")


def execute(options: Values) -> int:
    """Measure if need be, then answer."""
    from pipeline.commands.places import require_folder

    if options.out is None and not options.save:
        return fail("name the folder of a dataset, or --gold and --save", USAGE)
    if options.save and not options.gold:
        return fail("--save writes what is measured on --gold", USAGE)
    if options.gold and options.figures:
        return fail("--gold measures figures, --figures reads them: give one of them", USAGE)
    if options.out is not None:  # said before minutes of measuring are lost
        require_folder(options.out)
    counts = _counts(options)
    if options.out is None:
        from pipeline.accuracy.answer import checked

        print("\n".join(checked(counts)))
        return OK
    from pipeline.accuracy.answer import answer

    with _local(options.out) as folder:
        found = answer(folder, counts, options.table, options.where)
    if options.json:
        json.dump(found.as_dict(), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
        print()
    else:
        print("\n".join(found.lines))
    return OK


def _counts(options: Values) -> "Counts":
    from pipeline.accuracy import counts

    if not options.gold:
        return counts.load(options.figures or counts.shipped())
    from pipeline.accuracy.figures import figures

    found = figures(options.gold, options.raw, options.samples)
    if options.save:
        counts.save(found, options.save)
    return found


@contextmanager
def _local(out: "Place") -> "Iterator[Path]":
    """The dataset's database in a local folder."""
    if isinstance(out, Path):
        yield out
        return
    with TemporaryDirectory(prefix="govtable-") as copy:
        out.fs.get(f"{out.path}/dataset.sqlite", f"{copy}/dataset.sqlite")
        yield Path(copy)
