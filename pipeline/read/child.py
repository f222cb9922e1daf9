"""The child process that reads files for `pipeline.read.guard`: `python -m pipeline.read.child`."""

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from typing import IO, Any

from pipeline.read.parse import parse
from pipeline.read.pipe import receive, send
from pipeline.records import Unreadable
from pipeline.settings import Settings


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Read one file after the other until the parent is gone."""
    while True:
        try:
            request, data = json.loads(receive(requests)), receive(requests)
        except EOFError:
            return
        settings = Settings(**request["settings"])
        _limit(settings)
        send(answers, json.dumps(answer(request["kind"], data, settings)).encode())
        _relax()


def answer(kind: str, data: bytes, settings: Settings) -> dict[str, Any]:
    """The content of a file, or the reason why there is none."""
    try:
        return asdict(parse(kind, data, settings))
    except Unreadable as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": too_large(settings)}
    except Exception as error:  # noqa: BLE001 - whatever it is, the file gets a reason
        words = f"{type(error).__name__}: {error}"[:300]
        advice = "it may be damaged or too large: save it again"
        return {"reason": f"The file cannot be read ({words}); {advice}."}


def too_large(settings: Settings) -> str:
    """Why a file is given up that breaks the reader or does not fit into memory."""
    return (
        "The reader broke down over the file, which is damaged or needs more than"
        f" {settings.max_read_memory / 1e9:.1f} GB of memory; save or export it again, or raise the"
        " limit (--set max_read_memory=…)."
    )


def _limit(settings: Settings) -> None:
    """Limit memory and computing time, where the system can; the parent has a clock as well."""
    if hasattr(signal, "alarm"):
        signal.alarm(settings.max_read_seconds * 20)  # should the parent die
    try:
        import resource
    except ImportError:
        return
    used = int(time.process_time()) + 1
    for what, most in (
        (resource.RLIMIT_AS, settings.max_read_memory),
        (resource.RLIMIT_CPU, used + settings.max_read_seconds),
    ):
        hard = resource.getrlimit(what)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, hard))


def _relax() -> None:
    """Wait for the next file without a limit of time."""
    if hasattr(signal, "alarm"):
        signal.alarm(0)


if __name__ == "__main__":
    # What a library prints must not end up among the answers.
    _answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, _answers)
