"""One run in this process, as `govtable run` does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prefect import tags
from prefect.client.schemas.objects import State
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)

from pipeline import server
from pipeline.flow.reprocessing import Runner, WhenBusy, reprocess
from pipeline.lease import Busy
from pipeline.place import place
from pipeline.plan import Plan, Summary
from pipeline.settings import Settings
from pipeline.workers import Crew
from pipeline.workers.here import CREW, DONE, TODO

_HEAD_START = 2  # batches: some ten seconds


def execute(
    raw: Path | str,
    out: Path | str,
    workers: int,
    settings: Settings,
    progress: Callable[[int], None],
    runner: Runner = "local",
    address: str | None = None,
    when_busy: WhenBusy = "cancel",
    corrections: str | None = None,
    *,
    todo: Plan | None = None,
) -> Summary:
    """Run the flow once, with a server of our own unless one is configured.

    Args:
        progress: Told the number of documents as they are finished.
        todo: What is to do, where that is known: workers begin with it while the server starts.

    Raises:
        Busy: If another run is writing to `out`.
        Exception: Whatever failed the flow.
    """
    DONE.set(progress)
    crew = None
    if runner == "local" and todo and todo.n_new:
        crew = Crew(min(workers, todo.n_new), place(out).absolute(), settings, progress)
        crew.start(todo.n_new)
        crew.begin(todo.batches[:_HEAD_START])
    CREW.set(crew)
    TODO.set(todo)
    try:
        with _at_the_server(), tags("govtable"):
            state: State[Any] = reprocess(
                raw=str(raw),
                out=str(out),
                workers=workers,
                runner=runner,
                address=address,
                settings=settings.as_dict(),
                when_busy=when_busy,
                corrections=corrections,
                return_state=True,
            )
    finally:
        CREW.set(None)
        TODO.set(None)
        if crew:
            crew.close()
    if state.is_cancelled():
        raise Busy(state.message)
    summary: Summary = state.result()
    return summary


@contextmanager
def _at_the_server() -> Iterator[None]:
    """Prefect's settings for a run in this process; the server answers."""
    changed: dict[Any, Any] = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    if not PREFECT_API_URL.value():
        changed[PREFECT_API_URL] = server.start()
    server.wait()
    with temporary_settings(changed):
        yield
