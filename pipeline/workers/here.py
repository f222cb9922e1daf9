"""A batch of a run, wherever its task finds itself: beside the crew, or alone in a process."""

from contextvars import ContextVar
from importlib import import_module
from threading import Lock

from pipeline.place import Place
from pipeline.plan import Batch, Plan
from pipeline.settings import Settings
from pipeline.workers import Crew, Done

# The crew of the run; on another machine there is none.
CREW: ContextVar[Crew | None] = ContextVar("CREW", default=None)
# What is to do, where that was found before the run began.
TODO: ContextVar[Plan | None] = ContextVar("TODO", default=None)
# Told the number of documents as they are finished.
DONE: ContextVar[Done] = ContextVar("DONE", default=lambda n: None)

_one_at_a_time = Lock()


def process_batch(batch: Batch, out: Place, settings: Settings) -> Batch:
    """Process a batch.

    Returns:
        The documents whose worker process died.
    """
    if crew := CREW.get():
        return crew.process(batch)
    with _one_at_a_time:  # models are loaded once, however many threads a process has
        import_module("pipeline.processing").process_batch(batch, out, settings)
    return []
