"""The worker process of `pipeline.workers.lane`: `python -m pipeline.workers.child AHEAD`.

Requests come on the standard input, answers go to the standard output, both pickled twice, so that
what cannot be unpickled does not spoil what follows. It ends at once when its parent is gone.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

Answer = tuple[Any, Exception | None]

_SELDOM = 50_000  # new objects between two looks for garbage: loading models makes a million


def serve(ahead: str, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Call a function for each request; first import the one named `ahead` and say so."""
    _, error = _outcome(resolve_name, ahead)
    _send(answers, (None, error))
    if error is not None:
        return
    queue: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(requests, queue), daemon=True).start()
    _send(answers, _outcome(_called, queue.get()))
    gc.freeze()  # what the first request loaded stays: no need to look through it again and again
    while True:
        _send(answers, _outcome(_called, queue.get()))


def _called(request: bytes) -> Any:
    name, args = pickle.loads(request)
    return resolve_name(name)(*args)


def _listen(requests: IO[bytes], queue: "SimpleQueue[bytes]") -> None:
    """Take requests until the parent is gone; then nobody wants an answer."""
    with suppress(EOFError):
        while True:
            queue.put(pickle.load(requests))
    os._exit(1)


def prove() -> None:
    """Take a small text through the journey, to see whether a worker can do anything at all."""
    from pipeline import journey
    from pipeline.records import Report

    text = "Estonia\n\nThe Ministry of Finance adopted the Digital Agenda 2030 in 2021.\n"
    journey.process(
        Report(
            document_id="",
            source="",
            sha256="",
            media_type="text/plain",
            text=text,
            language="en",
        )
    )


def _outcome(work: Callable[..., Any], *args: object) -> Answer:
    try:
        return work(*args), None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return None, error


def _send(answers: IO[bytes], answer: Answer) -> None:
    try:
        message = pickle.dumps(answer)
        pickle.loads(message)  # not every error can be made again from its arguments
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is said in words
        error = answer[1]
        message = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    with suppress(BrokenPipeError):
        pickle.dump(message, answers)
        answers.flush()


def _yield_first() -> None:
    """Where memory runs out, the system shall end a worker, not the run or Prefect's server."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _yield_first()
    gc.set_threshold(_SELDOM)
    # What a library prints must not end up among the answers.
    _answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.argv[1], sys.stdin.buffer, _answers)
