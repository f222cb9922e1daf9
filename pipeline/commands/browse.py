"""`govtable browse`."""

import argparse
import json
from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "query a dataset in a browser, with Datasette"
EXAMPLE = "govtable browse outputs"
_LAST_PORT = 65535


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("out", type=Path, metavar="OUT", help="folder of the dataset")
    about = "port to listen on, at this machine only (default: 8001)"
    add("--port", type=_port, default=8001, metavar="N", help=about)
    about = "only print what the browser is told of tables and columns, and the queries, as JSON"
    add("--metadata", action="store_true", help=about)
    about = "only print one page, as in /dataset/documents.json, and serve nothing"
    add("--get", metavar="PATH", help=about)


def execute(options: Values) -> int:
    """Serve the database until the user stops it."""
    from pipeline.commands.places import require_folder
    from pipeline.explorer import datasette
    from pipeline.explorer.dataset import package
    from pipeline.explorer.metadata import metadata

    require_folder(options.out)
    if options.metadata:
        print(json.dumps(metadata(package(options.out)), ensure_ascii=False, indent=1))
        return OK
    return datasette.serve(options.out, port=options.port, get=options.get)


def _port(text: str) -> int:
    number = shared.positive(text)
    if number > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"must be {_LAST_PORT} or less")
    return number
