"""`govtable export`."""

from pathlib import Path

from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "write a dataset for an annotation tool, to be corrected there"
EXAMPLE = "govtable export outputs --to tasks --format label-studio"
FORMATS = ("label-studio", "cas")


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("out", type=Path, metavar="OUT", help="folder of the dataset")
    add("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    about = "label-studio: JSON tasks; cas: UIMA CAS JSON, for INCEpTION"
    add("--format", choices=FORMATS, required=True, help=about)
    about = "only this document, by document_id or source; may be repeated"
    add("--document", action="append", default=[], metavar="ID_OR_SOURCE", help=about)


def execute(options: Values) -> int:
    """Export, and say how many documents."""
    from pipeline import exchange
    from pipeline.commands.import_ import open_dataset
    from pipeline.commands.places import require_folder

    require_folder(options.out)
    dataset = open_dataset(options.out)
    documents = map(dataset.annotated, dataset.chosen(options.document))
    n = exchange.write(documents, options.to, options.format)
    print(f"{n} document{'' if n == 1 else 's'} in {options.to}")
    return OK
