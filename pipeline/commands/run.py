"""`govtable run`."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.commands import options as shared
from pipeline.commands.exits import FAILED, OK, fail
from pipeline.commands.options import Parser, Values

if TYPE_CHECKING:
    from pipeline.console import Bar
    from pipeline.plan import Plan
    from pipeline.settings import Settings
    from pipeline.state import Summary

ABOUT = "process the reports under RAW into OUT"
EXAMPLE = "govtable run reports --out dataset"


def declare(parser: Parser) -> None:
    """Declare the options."""
    add = parser.add_argument
    shared.raw(add)
    shared.work(add)
    add("--direct", action="store_true", help="the same stages without Prefect")
    add("--verbose", action="store_true", help="show Prefect's own log")
    add("--strict", action="store_true", help="exit with 1 if a document was quarantined")
    shared.settings(add)


def execute(options: Values) -> int:
    """Bring the dataset up to date."""
    from pipeline.commands.places import require_fitting
    from pipeline.console import progress, show
    from pipeline.lease import Busy

    require_fitting(options)
    try:
        with _ended_by_sigterm(), progress() as bar:
            result = _execute(options, bar)
    except Busy as error:
        return fail(str(error))
    show(result)
    return FAILED if options.strict and result.n_quarantined else OK


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM end what is under way as Ctrl-C does, with one line and nothing left behind."""
    earlier = None
    with suppress(ValueError):  # in a thread
        earlier = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        if earlier is not None:
            signal.signal(signal.SIGTERM, earlier)


def _execute(options: Values, bar: "Bar") -> "Summary":
    from pipeline.commands.places import text
    from pipeline.commit import locked, recover
    from pipeline.plan import plan, published
    from pipeline.settings import DEFAULT

    settings = DEFAULT.having(options.set)
    wait = options.when_busy == "wait"
    with locked(options.out, wait=wait):
        recover(options.out)
        todo = plan(options.raw, options.out, settings, options.corrections)
        if done := published(todo, options.out):
            return done
        bar.total(todo.n_new)
        if options.direct or not todo.n_new:
            return _direct(todo, options, settings, bar)
    if options.verbose:
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO")
    from pipeline import server

    server.start()  # while Prefect is imported and the workers start
    bar.say("starting Prefect")
    from pipeline import flow

    return flow.execute(
        str(options.raw),
        str(options.out),
        options.workers,
        settings,
        bar.advance,
        runner=options.runner,
        address=options.address,
        when_busy=options.when_busy,
        corrections=text(options.corrections),
        todo=todo,
    )


def _direct(todo: "Plan", options: Values, settings: "Settings", bar: "Bar") -> "Summary":
    """Process and publish without Prefect; publishing begins while the workers are at it."""
    from pipeline.workers import processing

    with processing(todo.batches, options.out, settings, options.workers, bar.advance) as work:
        from pipeline.publish import publish  # takes a while, too

        def processed() -> None:
            work.ready()
            bar.say("writing")

        return publish(todo, options.out, settings, processed, work.crew)
