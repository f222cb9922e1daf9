"""A schedule on one machine, as `govtable serve` keeps it."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.runner import Runner as Server
from prefect.types.entrypoint import EntrypointType

from pipeline.flow.reprocessing import Runner, WhenBusy, reprocess
from pipeline.place import place
from pipeline.settings import DEFAULT, Settings


class _Server(Server):
    """Prefect's own `serve`, but that SIGTERM cancels the run under way instead of waiting."""

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """End, with the run and its workers; the next run goes on where it was."""
        if self.started:
            asyncio.run_coroutine_threadsafe(self.astop(), asyncio.get_running_loop())
        else:
            signal.raise_signal(signal.SIGINT)


def serve(
    raw: Path | str,
    out: Path | str,
    cron: str | None,
    workers: int,
    settings: Settings = DEFAULT,
    *,
    every: float | None = None,
    runner: Runner = "local",
    address: str | None = None,
    when_busy: WhenBusy = "cancel",
    corrections: str | None = None,
) -> None:
    """Keep reprocessing on a schedule until stopped; one run at a time, a second one is cancelled.

    Args:
        cron: As in `0 3 * * *` for every night at three; None where there is `every`.
        every: Seconds from one run to the next.
    """
    server = _Server(name="scheduled")
    server.add_flow(
        reprocess,
        name="scheduled",
        cron=cron,
        interval=every,
        parameters={
            "raw": str(place(raw).absolute()),
            "out": str(place(out).absolute()),
            "workers": workers,
            "runner": runner,
            "address": address,
            "settings": settings.as_dict(),
            "when_busy": when_busy,
            "corrections": str(place(corrections).absolute()) if corrections else None,
        },
        tags=["govtable"],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(server.start())
