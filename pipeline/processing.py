"""A batch of documents -> kept rows. In any process or on any machine that sees RAW and OUT."""

import time

from threadpoolctl import threadpool_limits

from pipeline import journey, read
from pipeline.files import Source
from pipeline.place import Place
from pipeline.plan import Batch
from pipeline.records import Failure, Result
from pipeline.settings import Settings
from pipeline.shards import Shards, shard


def process_batch(batch: Batch, out: Place, settings: Settings) -> int:
    """Process a batch and keep the rows of each document.

    Returns:
        Number of documents.
    """
    with threadpool_limits(1):  # sums are the same on every machine
        return _process(batch, Shards.of(out, settings), settings)


def _process(batch: Batch, kept: Shards, settings: Settings) -> int:
    for source in batch:
        began = time.perf_counter()
        steps = kept.steps(source)
        outcome = journey.travel(source, settings, steps)
        data, passing = _rows(outcome, source, began)
        # What a document came to that ran out of time would let it end in time at another run.
        whole = steps if isinstance(outcome, Result) else None
        kept.save(source, data, whole, passing=passing)
    return len(batch)


def _rows(outcome: Result | Failure, source: Source, began: float) -> tuple[bytes, bool]:
    """The rows as bytes, and whether they may be others another time."""
    try:
        seconds = time.perf_counter() - began
        return shard(outcome, seconds), isinstance(outcome, Failure) and outcome.passing
    except Exception as error:  # noqa: BLE001 - a defect of ours must not take the run down
        reason = f"An internal error stopped the writing ({type(error).__name__}: {error})."
        return shard(read.failure(source, reason)), True


def quarantine(source: Source, out: Place, settings: Settings, reason: str) -> None:
    """Give a document up that cannot be processed here, such as one that kills its worker."""
    kept = Shards.of(out, settings)
    kept.save(source, shard(read.failure(source, reason)), None)
