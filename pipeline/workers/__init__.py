"""Worker processes for a run, of which any may die over a document without harm.

`Crew` hands documents to the workers; a document whose worker dies, killed for memory for one, is
set aside. `alone` gives those a second chance with no other worker beside them; if the worker dies
again, the document is quarantined. `processing` is both, for a run without orchestration. When the
documents are processed, the same workers make the parts of the dataset (`Crew.submit`).
"""

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pkgutil import resolve_name
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from pipeline.files import Source
from pipeline.place import Place
from pipeline.plan import Batch
from pipeline.settings import Settings
from pipeline.workers.lane import Died, Lane

Done = Callable[[int], None]

# What workers call: by name, so that who hands out the work need not import it.
PROCESS = "pipeline.processing:process_batch"
PROVE = "pipeline.workers.child:prove"


class Crew:
    """Workers that take documents as they come, each one at a time in a process of its own."""

    def __init__(self, workers: int, out: Place, settings: Settings, done: Done) -> None:
        """Start nothing yet.

        Args:
            done: Told the number of documents as they are finished, from several threads.
        """
        self._work = (out, settings)
        self._done = done
        self._finished: set[str] = set()
        self._begun: dict[str, Future[bool]] = {}
        self._closed = False
        self._lanes = [Lane(PROCESS) for _ in range(workers)]
        self._free: SimpleQueue[Lane] = SimpleQueue()
        for lane in self._lanes:
            self._free.put(lane)
        self._threads = ThreadPoolExecutor(workers, "worker")

    def __enter__(self) -> "Crew":
        """The crew itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers."""
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._closed = True
        for lane in self._lanes:
            lane.close()
        self._threads.shutdown()  # without cancelling: `process` would wait for ever

    def rest(self) -> None:
        """End all workers, which do nothing at present, until there is work again."""
        for lane in self._lanes:
            lane.rest()

    def start(self, n: int) -> None:
        """Let the workers for `n` documents start, without waiting for them."""
        for lane in self._lanes[:n]:
            lane.start()

    def begin(self, batches: Iterable[Batch]) -> None:
        """Begin with documents that `process` will be asked for, without waiting for them."""
        for source in chain.from_iterable(batches):
            self._begun[source.document_id] = self._submit(source)

    def _taken(self, source: Source) -> "Future[bool]":
        begun = self._begun
        known = source.document_id in begun
        return begun.pop(source.document_id) if known else self._submit(source)

    def _submit(self, source: Source) -> "Future[bool]":
        return self._threads.submit(self._one, source)

    def process(self, batch: Batch) -> Batch:
        """Process documents; safe to be called from several threads, and again after an error.

        Returns:
            Those whose worker died.

        Raises:
            OSError: If a result cannot be kept, or a worker cannot start.
        """
        todo = [source for source in batch if source.document_id not in self._finished]
        futures = [self._taken(source) for source in todo]
        wait(futures, return_when=FIRST_EXCEPTION)
        if failed := [f for f in futures if f.done() and f.exception()]:
            for future in futures:
                future.cancel()
            wait(futures)
            failed[0].result()
        return [s for s, future in zip(todo, futures, strict=True) if not future.result()]

    def submit(self, function: str, *args: object) -> "Future[Any]":
        """Have a worker call a function, or do it here if the worker dies over it.

        Args:
            function: As in `pipeline.making:make`.
        """
        return self._threads.submit(self._call, function, args)

    def _call(self, function: str, args: tuple[object, ...]) -> Any:
        lane = self._free.get()
        try:
            return lane.call(function, *args)
        except Died:
            if self._closed:
                raise
        finally:
            self._free.put(lane)
        return resolve_name(function)(*args)

    def _one(self, source: Source) -> bool:
        """Process a document.

        Returns:
            Whether its worker lives.
        """
        lane = self._free.get()
        try:
            lane.call(PROCESS, [source], *self._work)
        except Died:
            if self._closed:
                raise
            return False
        finally:
            self._free.put(lane)
        self._finished.add(source.document_id)
        self._done(1)
        return True


def alone(suspects: Batch, out: Place, settings: Settings, done: Done) -> Batch:
    """Process documents whose worker died once more, one after the other.

    Returns:
        Those that are quarantined, because it died again.

    Raises:
        OSError: If no worker lives even through a small text: the machine is at fault.
    """
    lost: Batch = []
    lane = Lane(PROCESS)
    try:
        for source in suspects:
            try:
                lane.call(PROCESS, [source], out, settings)
            except Died as death:
                _prove(death)
                import_module("pipeline.processing").quarantine(
                    source, out, settings, reason(death)
                )
                lost.append(source)
            done(1)
    finally:
        lane.close()
    return lost


def _prove(death: Died) -> None:
    lane = Lane(PROVE)
    try:
        lane.call(PROVE)
    except Died:
        text = "worker processes die over any text; the machine may have too little memory"
        raise OSError(text) from death
    finally:
        lane.close()


def reason(death: Died) -> str:
    """Why a document is given up, in a sentence a person can act on."""
    if death.status == -getattr(signal, "SIGKILL", 9):
        return (
            "The worker process was killed twice over this document, most likely because it needs"
            " more memory than there is; split it, or process it on a machine with more memory."
        )
    name = f"status {death.status}"
    with suppress(ValueError, TypeError):
        name = signal.Signals(-(death.status or 0)).name
    return (
        f"The worker process broke down twice over this document ({name});"
        " split it or save it again in another format."
    )


@dataclass(frozen=True, slots=True)
class Work:
    """Documents that are being processed.

    Attributes:
        ready: Waits until all are. It raises an OSError if a result cannot be kept, or no worker
            can do anything.
        crew: Who does it; None if there is nothing to do.
    """

    ready: Callable[[], None]
    crew: Crew | None


@contextmanager
def processing(
    batches: Iterable[Batch], out: Place, settings: Settings, workers: int, done: Done
) -> Iterator[Work]:
    """Process all batches while the block does something else; what is left of them ends with it.

    Args:
        done: Told the number of documents as they are finished.
    """
    todo = [source for batch in batches for source in batch]
    if not todo:
        yield Work(lambda: None, None)
        return
    with Crew(min(workers, len(todo)), out, settings, done) as crew:
        crew.start(len(todo))
        crew.begin([todo])

        def ready() -> None:
            if suspects := crew.process(todo):
                crew.rest()  # so that each of them has the machine to itself
                alone(suspects, out, settings, done)

        yield Work(ready, crew)
