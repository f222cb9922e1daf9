"""Reading in a process of its own, which may hang, crash or swallow memory without harm.

PDFium and other parsers are C code that no exception stops. They run in a child process with a
limit on memory, and the child is killed when its time is over. It serves many files, one after
the other, and is started when the first one comes. Parent and child speak JSON, not pickle: what
the child says may come from a hostile file.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO, Any

from pipeline.read.parts import Content, Part
from pipeline.records import Unreadable
from pipeline.settings import PACKAGE, Settings

_LENGTH = 8  # bytes of the number before a message


class Guard:
    """A child process that reads files; safe to use from several threads."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def parse(self, kind: str, data: bytes, settings: Settings) -> Content:
        """The parts of a file, as `pipeline.read.parse.parse` finds them.

        Raises:
            Unreadable: If it cannot be read, needs too much time or memory, or breaks the reader.
        """
        with self._lock:
            child = self._running()
            late = threading.Event()
            timer = threading.Timer(settings.max_read_seconds, _kill, (child, late))
            timer.start()
            try:
                answer = _ask(child, {"kind": kind, "settings": settings.as_dict()}, data)
            except (OSError, EOFError, ValueError) as error:
                self.close()
                raise Unreadable(_why(settings, late=late.is_set())) from error
            finally:
                timer.cancel()
        return _content(answer)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "pipeline.read.guard"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PACKAGE.parent,
            )
        return self._child


def _kill(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _why(settings: Settings, *, late: bool) -> str:
    if late:
        return (
            f"Reading takes longer than {settings.max_read_seconds} seconds; the file is damaged"
            " or built to harm, or raise the limit (--set max_read_seconds=…)."
        )
    return (
        "The reader broke down over the file, which is damaged or needs more than"
        f" {settings.max_read_memory / 1e9:.1f} GB of memory; save or export it again."
    )


def _ask(child: "subprocess.Popen[bytes]", request: dict[str, Any], data: bytes) -> Any:
    assert child.stdin is not None and child.stdout is not None
    _send(child.stdin, json.dumps(request).encode())
    _send(child.stdin, data)
    return json.loads(_receive(child.stdout))


def _content(answer: Any) -> Content:
    if "reason" in answer:
        raise Unreadable(answer["reason"])
    parts = [Part(**part) for part in answer.pop("parts")]
    return Content(parts, **answer)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """The next message.

    Raises:
        EOFError: If the other side is gone.
    """
    head = pipe.read(_LENGTH)
    message = pipe.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if len(head) < _LENGTH or len(message) < int.from_bytes(head, "big"):
        raise EOFError
    return message


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """The child's life: read one file after the other until the parent is gone."""
    while True:
        try:
            request, data = json.loads(_receive(requests)), _receive(requests)
        except EOFError:
            return
        settings = Settings(**request["settings"])
        _limit(settings)
        _send(answers, json.dumps(_answer(request["kind"], data, settings)).encode())
        _relax()


def _answer(kind: str, data: bytes, settings: Settings) -> dict[str, Any]:
    from pipeline.read.parse import parse

    try:
        return asdict(parse(kind, data, settings))
    except Unreadable as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": _why(settings, late=False)}
    except Exception as error:  # noqa: BLE001 - whatever it is, the file gets a reason
        words = f"{type(error).__name__}: {error}"[:300]
        advice = "it may be damaged or too large: save it again"
        return {"reason": f"The file cannot be read ({words}); {advice}."}


def _limit(settings: Settings) -> None:
    """Limit the child's memory, and its time should the parent die; where the system can."""
    if hasattr(signal, "alarm"):
        signal.alarm(settings.max_read_seconds + 5)
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = settings.max_read_memory
        soft = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))
    except (ImportError, ValueError, OSError):
        pass


def _relax() -> None:
    """Wait for the next file without a limit of time."""
    if hasattr(signal, "alarm"):
        signal.alarm(0)


GUARD = Guard()
atexit.register(GUARD.close)


if __name__ == "__main__":
    # What a library prints must not end up among the answers.
    _answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _serve(sys.stdin.buffer, _answers)
