"""`govtable evaluate`."""

import argparse
import sys
from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK, USAGE, fail
from pipeline.commands.options import Parser, Values

ABOUT = "measure accuracy against gold annotations"
EXAMPLE = "govtable evaluate --gold gold --raw reports --html accuracy.html"
# As in `pipeline.evaluate`, which is too heavy to import for the help.
GROUPS = ("layout", "country", "edition", "section")
PROTOCOLS = ("held-out-country", "held-out-edition")


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    about = "folder of gold annotations, or one file; also Label Studio and CAS exports"
    add("--gold", type=Path, required=True, help=about)
    add("--raw", type=shared.place, default=Path("raw"), help=shared.RAW_HELP)
    add("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    about = "also write them as a page with figures, tables and every error in its text"
    add("--html", type=Path, metavar="FILE", help=about)
    about = f"print figures by {', '.join(GROUPS)}: one or more, with commas (files have all)"
    add("--by", type=_groups, default=(), metavar="GROUPS", help=about)
    about = "fit thresholds without each country or edition in turn, and measure on it"
    add("--protocol", choices=PROTOCOLS, help=about)
    about = "also compare the gold with this one, by another annotator"
    add("--compare", type=Path, metavar="GOLD", help=about)
    about = "draws of sections for the 95 %% intervals; 0 for none (default: 1000)"
    add("--bootstrap", type=shared.natural, default=1000, metavar="N", help=about)
    about = "also measure this installed spaCy model, as in en_core_web_md"
    add("--baseline", metavar="MODEL", help=about)
    about = "list up to N errors of each label and kind, with the text around them"
    add("--errors", type=shared.natural, default=0, metavar="N", help=about)
    about = "also spoil the comparative pages in N ways and measure sections and confidences"
    add("--perturbed", type=shared.natural, default=0, metavar="N", help=about)


def execute(options: Values) -> int:
    """Measure, and print the figures."""
    from pipeline.commands.places import require_folder
    from pipeline.evaluate import evaluate, html, show

    require_folder(options.raw)
    for path in filter(None, (options.json, options.html)):
        if not path.parent.is_dir():  # said before minutes of measuring are lost
            return fail(f"{path.parent} is not a folder", USAGE)
    report = evaluate(
        options.gold,
        options.raw,
        perturbed=options.perturbed,
        baseline=options.baseline,
        resamples=options.bootstrap,
        protocol=options.protocol,
        other=options.compare,
    )
    if options.json:
        show.save(report, options.json)
    if options.html:
        html.save(report, options.html)
    print(show.text(report, errors=options.errors, by=options.by))
    if options.perturbed and report.robustness is None:
        print("govtable: no comparative page with scores in the gold", file=sys.stderr)
    return OK


def _groups(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in GROUPS]:
        known = ", ".join(GROUPS)
        raise argparse.ArgumentTypeError(f"no figures by {unknown[0]!r}, only by {known}")
    return names
