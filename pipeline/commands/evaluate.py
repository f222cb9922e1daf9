"""`govtable evaluate`."""

import sys
from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK, USAGE, fail
from pipeline.commands.options import Parser, Values

ABOUT = "measure accuracy against gold annotations"
EXAMPLE = "govtable evaluate --gold gold --raw reports --json scores.json"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    add("--gold", type=Path, required=True, help="folder of gold annotations, or one file")
    add("--raw", type=shared.place, default=Path("raw"), help=shared.RAW_HELP)
    add("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    about = "also measure this installed spaCy model, as in en_core_web_md"
    add("--baseline", metavar="MODEL", help=about)
    add("--errors", type=int, default=0, metavar="N", help="list up to N errors a label")
    about = "also spoil the comparative pages in N ways and measure sections and confidences"
    add("--perturbed", type=shared.natural, default=0, metavar="N", help=about)


def execute(options: Values) -> int:
    """Measure, and print the figures."""
    from pipeline.evaluate import evaluate, show

    if not options.raw.is_dir():
        return fail(f"{options.raw} is not a folder", USAGE)
    report = evaluate(
        options.gold, options.raw, perturbed=options.perturbed, baseline=options.baseline
    )
    print(show.text(report, errors=options.errors))
    if options.perturbed and report.robustness is None:
        print("govtable: no comparative page with scores in the gold", file=sys.stderr)
    if options.json:
        show.save(report, options.json)
    return OK
