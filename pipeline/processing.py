"""A batch of documents -> kept rows. In any process or on any machine that sees RAW and OUT."""

import time

from pipeline import journey, read
from pipeline.files import Source
from pipeline.place import Place
from pipeline.plan import Batch
from pipeline.records import Failure, Result
from pipeline.settings import Settings
from pipeline.shards import Shards, shard


def process_batch(batch: Batch, out: Place, settings: Settings) -> int:
    """Process a batch and keep the rows of each document, unless they may be others next time.

    Returns:
        Number of documents.
    """
    kept = Shards.of(out, settings)
    for source in batch:
        began = time.perf_counter()
        steps = kept.steps(source)
        outcome = journey.travel(source, settings, steps)
        data, passing = _rows(outcome, source, began)
        if not passing:
            kept.save(source, data, steps)
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
