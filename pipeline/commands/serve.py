"""`govtable serve`."""

from pathlib import Path

from pipeline.commands import options as shared
from pipeline.commands.exits import OK
from pipeline.commands.options import Parser, Values

ABOUT = "keep reprocessing on a schedule, through Prefect"
EXAMPLE = 'govtable serve --cron "0 3 * * *"'


def declare(parser: Parser) -> None:
    """Declare the options."""
    when = parser.add_mutually_exclusive_group(required=True)
    about = 'schedule, as in "0 3 * * *" for every night at three'
    when.add_argument("--cron", help=about)
    about = "schedule as an interval"
    when.add_argument("--every", type=shared.positive, metavar="SECONDS", help=about)
    add = parser.add_argument
    add("--raw", type=shared.place, default=Path("raw"), help=shared.RAW_HELP)
    shared.work(add)
    shared.settings(add)


def execute(options: Values) -> int:
    """Serve until stopped."""
    from pipeline import server
    from pipeline.commands.places import require_fitting, text
    from pipeline.settings import DEFAULT

    require_fitting(options)
    settings = DEFAULT.having(options.set)
    with server.running() as url:
        from pipeline import flow

        place = url.removesuffix("/api") if url else "the configured Prefect server"
        when = f"at {options.cron!r}" if options.cron else f"every {options.every} seconds"
        print(f"reprocessing {options.raw} into {options.out} {when}; see {place}", flush=True)
        flow.serve(
            str(options.raw),
            str(options.out),
            options.cron,
            options.workers,
            settings,
            every=options.every,
            runner=options.runner,
            address=options.address,
            when_busy=options.when_busy,
            corrections=text(options.corrections),
        )
    return OK
