"""The map: from reports to dataset as a Prefect flow."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed
from pydantic import Field

from pipeline.commit import locked, recover
from pipeline.flow import artifacts
from pipeline.flow.hooks import notify
from pipeline.flow.spread import crew, on_cluster, on_this_machine
from pipeline.flow.tasks import discover, publish
from pipeline.lease import Busy
from pipeline.place import Place, place
from pipeline.plan import Plan, Summary, published
from pipeline.settings import DEFAULT, Settings

Runner = Literal["local", "dask"]
WhenBusy = Literal["wait", "cancel"]

_LONGEST_WAIT = 6 * 3600.0  # seconds for another run to end
_LOOK_AGAIN = 5.0


@flow(
    name="reprocess",
    description="Brings a dataset up to date with its reports; reads what is new or changed.",
    flow_run_name="{out} from {raw}",
    on_failure=[notify],
    on_crashed=[notify],
)
def reprocess(
    raw: str = "raw",
    out: str = "outputs",
    workers: Annotated[int, Field(ge=1)] = 1,
    runner: Runner = "local",
    address: str | None = None,
    settings: dict[str, int | float] | None = None,
    when_busy: WhenBusy = "cancel",
    corrections: str | None = None,
) -> State[Summary]:
    """Bring a dataset up to date with its reports.

    The run fails only if the dataset could not be written; then the earlier one is untouched.
    Documents that cannot be read are quarantined and named in the state.

    Args:
        raw: Folder of the reports, a path or a URL.
        out: Folder of the dataset, a path or a URL.
        workers: Worker processes on this machine.
        runner: Where batches are processed: on this machine, or on a Dask cluster.
        address: Scheduler of the Dask cluster, as in `tcp://10.0.0.5:8786`.
        settings: Limits and thresholds that differ from the defaults, as in `{"max_pages": 300}`.
        when_busy: While another run writes to the same dataset, wait, or cancel this one.
        corrections: What researchers corrected, a path or a URL; `corrections.csv` beside the
            folder of the reports unless told.
    """
    source, target = place(raw).absolute(), place(out).absolute()  # workers may stand elsewhere
    corrected = place(corrections).absolute() if corrections else None
    chosen = DEFAULT.having([f"{name}={value}" for name, value in (settings or {}).items()])
    laps = artifacts.Laps()
    try:
        with _held(target, when_busy):
            recover(target)
            with laps.lap("discover"):
                todo = discover(source, target, chosen, corrected)
            result = _bring_up_to_date(todo, target, chosen, laps, workers, runner, address)
    except Busy as error:
        return Cancelled(message=f"{error}")
    artifacts.after_run(result, laps)
    return _final(result)


def _bring_up_to_date(
    todo: Plan,
    out: Place,
    settings: Settings,
    laps: artifacts.Laps,
    workers: int,
    runner: Runner,
    address: str | None,
) -> Summary:
    if done := published(todo, out):
        return done
    with ExitStack() as stack:
        with laps.lap("process"):
            if todo.n_new and runner == "dask":
                on_cluster(todo, out, settings, address)
            elif todo.n_new:
                stack.enter_context(crew(todo, out, settings, workers))
                on_this_machine(todo, out, settings, workers)
        with laps.lap("publish"):
            return publish(todo, out, settings)


@contextmanager
def _held(out: Place, when_busy: WhenBusy) -> Iterator[None]:
    """Hold the dataset, if need be after another run.

    Raises:
        Busy: If another run holds it, still or for too long.
    """
    end = time.monotonic() + (_LONGEST_WAIT if when_busy == "wait" else 0)
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(locked(out))
                break
            except Busy:
                if time.monotonic() >= end:
                    raise
                time.sleep(_LOOK_AGAIN)
        yield


def _final(result: Summary) -> State[Any]:
    """The state that tells people what to look at."""
    message = f"{result.n_documents} documents, {result.n_new} of them new or changed"
    if not result.n_quarantined:
        return Completed(message=message, data=result)
    found = f"{result.n_quarantined} quarantined"
    return Completed(name=f"Completed: {found}", message=f"{message}; {found}", data=result)
