"""Where batches are processed: in worker processes of this machine, or on a Dask cluster."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.flow.tasks import process_alone, process_batch
from pipeline.place import Place
from pipeline.plan import Batch, Plan
from pipeline.settings import Settings
from pipeline.workers import Crew
from pipeline.workers.here import CREW, DONE


@contextmanager
def crew(todo: Plan, out: Place, settings: Settings, workers: int) -> Iterator[None]:
    """Have worker processes on this machine during the block; those that began already, if any."""
    found = CREW.get() or Crew(min(workers, todo.n_new), out, settings, DONE.get())
    with found:
        found.start(todo.n_new)
        CREW.set(found)
        try:
            yield
        finally:
            CREW.set(None)


def on_this_machine(todo: Plan, out: Place, settings: Settings, workers: int) -> None:
    """Process all batches in the worker processes of `crew`.

    A few more task runs than workers are under way, so that no worker waits at a batch's end.
    """
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=workers + 1)
    with runner:
        futures = _submit(runner, enumerate(todo.batches, start=1), out, settings)
        from pipeline import publish  # noqa: F401 - is needed next, and here we wait anyway

        suspects = [source for future in futures for source in future.result()]
    if suspects:
        if found := CREW.get():
            found.rest()  # so that each of them has the machine to itself
        process_alone(suspects, out, settings)


def _submit(
    runner: TaskRunner[Any], batches: Iterable[tuple[int, Batch]], out: Place, settings: Settings
) -> list[PrefectFuture[Batch]]:
    common = {"out": out, "settings": settings}
    return [
        runner.submit(process_batch, {"number": number, "batch": batch, **common})
        for number, batch in batches
    ]


def on_cluster(todo: Plan, out: Place, settings: Settings, address: str | None) -> None:
    """Process all batches on an existing Dask cluster, whose workers reach `out` and Prefect's API.

    Dask tells which batches were on workers that died, but not which document it was: each of them
    is then processed once more on its own, and quarantined if it takes workers down again.

    Raises:
        ValueError: If there is no address, or prefect-dask is not installed.
        OSError: If nothing answers at the address.
    """
    from pipeline.processing import quarantine

    with _dask(address) as runner:
        for source in _gather(runner, todo.batches, out, settings):
            # One after the other: all that waits on a worker is blamed for its death.
            for lost in _gather(runner, [[source]], out, settings):
                quarantine(lost, out, settings, _REASON)
                DONE.get()(1)


_REASON = (
    "Several workers of the cluster died over this document, most likely because it needs more"
    " memory than they have; split it, or process it on a machine with more memory."
)


def _gather(
    runner: TaskRunner[Any], batches: list[Batch], out: Place, settings: Settings
) -> list[Any]:
    """Process batches.

    Returns:
        The documents of those over which workers died.
    """
    from distributed import KilledWorker

    suspects: Batch = []
    futures = _submit(runner, enumerate(batches, start=1), out, settings)
    for batch, future in zip(batches, futures, strict=True):
        try:
            future.result()
            DONE.get()(len(batch))
        except KilledWorker:
            suspects += batch
    return suspects


def _dask(address: str | None) -> TaskRunner[Any]:
    if not address:
        raise ValueError("the dask runner needs the address of a scheduler, tcp://HOST:PORT")
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise ValueError(
            "the dask runner needs prefect-dask: pip install -e '.[distributed]' in the folder of"
            " govtable"
        ) from None
    runner: TaskRunner[Any] = DaskTaskRunner(address=address)
    return runner
