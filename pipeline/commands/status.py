"""`govtable status`."""

from pipeline.commands import options as shared
from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "say what a run would do, and why; changes nothing"
EXAMPLE = "govtable status raw --out outputs"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    shared.raw(add)
    shared.out(add)
    add("--json", action="store_true", help="the same as JSON")
    shared.corrections(add)
    shared.settings(add)


def execute(options: Values) -> int:
    """Compare, and say what differs."""
    from dataclasses import asdict

    from pipeline.commands.places import require_folder
    from pipeline.settings import DEFAULT
    from pipeline.status import status, why

    require_folder(options.raw)
    found = status(options.raw, options.out, DEFAULT.having(options.set), options.corrections)
    if options.json:
        import json

        print(json.dumps(asdict(found) | {"up_to_date": found.up_to_date}, indent=2))
        return OK
    if found.up_to_date:
        print(f"{options.out} is up to date with {found.n_documents} documents; nothing to do")
        return OK
    print(f"a run would process {len(found.to_process)} of {found.n_documents} documents:")
    for reason in why(found):
        print(f"  {reason}")
    return OK
