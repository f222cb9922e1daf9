"""The map: one run as a Prefect flow. The only module that imports Prefect.

A task run stands for a batch of documents, never for one (Prefect spends some 25 ms of server
time on each). Tasks get paths and hand back counts; results lie in the shards.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline import server

server.prepare()  # Prefect reads its environment once, on import

from prefect import flow, task  # noqa: E402
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import wait  # noqa: E402
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from pipeline import run  # noqa: E402
from pipeline.commit import locked, recover  # noqa: E402
from pipeline.plan import Batch, Plan, Summary, plan  # noqa: E402
from pipeline.settings import DEFAULT, Settings  # noqa: E402

_RETRIES = 2
_DELAYS = [1.0, 5.0]
_progress: Callable[[int], None] = lambda n: None  # noqa: E731
_lock = Lock()


def _can_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Whether an error may pass by itself: a full disk or a slow network drive, not a defect."""
    result = getattr(state, "data", None)
    return isinstance(getattr(result, "exception", result), OSError)


@task(
    cache_policy=NO_CACHE,
    retry_condition_fn=_can_pass,
    retries=_RETRIES,
    retry_delay_seconds=_DELAYS,
)
def discover(raw: Path, out: Path, settings: Settings) -> Plan:
    """Find the files that are new or changed."""
    return plan(raw, out, settings)


@task(
    cache_policy=NO_CACHE,
    retry_condition_fn=_can_pass,
    task_run_name="batch-{number}",
    retries=_RETRIES,
    retry_delay_seconds=_DELAYS,
)
def process_batch(number: int, batch: Batch, out: Path, settings: Settings, pool: object) -> int:
    """Take a batch of documents from bytes to kept results, here or in worker processes."""
    submit = getattr(pool, "submit", None)
    if submit is None:
        for source in batch:
            run.process_batch([source], out, settings)
            _advance(1)
        return len(batch)
    futures: list[Future[int]] = [
        submit(run.process_batch, [source], out, settings) for source in batch
    ]
    for future in futures:
        future.add_done_callback(lambda _: _advance(1))
    return sum(future.result() for future in futures)


@task(
    cache_policy=NO_CACHE,
    retry_condition_fn=_can_pass,
    retries=_RETRIES,
    retry_delay_seconds=_DELAYS,
)
def publish(todo: Plan, out: Path, settings: Settings) -> Summary:
    """Assemble, check and write the dataset."""
    return run.publish(todo, out, settings)


@flow(
    name="govtable",
    task_runner=ThreadPoolTaskRunner(max_workers=4),  # type: ignore[arg-type]
    validate_parameters=False,
)
def reprocess(
    raw: Path = Path("raw"),
    out: Path = Path("outputs"),
    workers: int = 1,
    settings: Settings | dict[str, Any] = DEFAULT,
) -> Summary:
    """Bring the dataset under `out` up to date with the reports under `raw`."""
    raw, out = Path(raw), Path(out)
    if isinstance(settings, dict):  # as a deployment keeps it
        settings = Settings(**settings)
    with locked(out):
        recover(out)
        todo = discover(raw, out, settings)
        _process(todo, out, settings, workers)
        result = publish(todo, out, settings)
    _artifacts(result)
    return result


def _process(todo: Plan, out: Path, settings: Settings, workers: int) -> None:
    """Submit the batches; with one worker they run one after the other."""
    with run.pool(workers) as executor:
        if executor is None:
            for number, batch in enumerate(todo.batches, start=1):
                process_batch(number, batch, out, settings, None)
            return
        futures = [
            process_batch.submit(number, batch, out, settings, _Opaque(executor))
            for number, batch in enumerate(todo.batches, start=1)
        ]
        wait(futures)
        for future in futures:
            future.result()


class _Opaque:
    """Hands the pool to a task without Prefect looking inside."""

    def __init__(self, executor: object) -> None:
        self.submit = executor.submit  # type: ignore[attr-defined]


def _artifacts(result: Summary) -> None:
    """What a person wants to see in Prefect's own pages."""
    create_markdown_artifact(
        key="govtable-summary",
        markdown=(
            f"# Dataset in `{result.out}`\n\n{result.n_documents} documents, "
            f"{result.n_countries} countries, {result.n_mentions} mentions of "
            f"{result.n_entities} entities, {result.n_rankings} rankings; "
            f"{result.n_quarantined} quarantined."
        ),
    )
    if result.quarantined:
        create_table_artifact(
            key="govtable-quarantine",
            table=[{"source": source, "reason": reason} for source, reason in result.quarantined],
        )


def _advance(n: int) -> None:
    with _lock:
        _progress(n)


def execute(
    raw: Path, out: Path, workers: int, settings: Settings, progress: Callable[[int], None]
) -> Summary:
    """Run the flow once, in this process; without a server configured Prefect starts its own.

    Args:
        progress: Told the number of documents as they are finished.
    """
    global _progress
    _progress = progress
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        summary: Summary = reprocess(raw, out, workers, settings)
    return summary


def serve(raw: Path, out: Path, cron: str, workers: int, settings: Settings = DEFAULT) -> None:
    """Keep reprocessing on a schedule until stopped; one run at a time."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

    reprocess.serve(
        name="scheduled",
        cron=cron,
        parameters={
            "raw": str(raw.resolve()),
            "out": str(out.resolve()),
            "workers": workers,
            "settings": settings.as_dict(),
        },
        tags=["govtable"],
        global_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
