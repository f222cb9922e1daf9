"""Reading in a process of its own, which may hang, crash or swallow memory without harm.

PDFium and other parsers are C code that no exception stops. They run in a child process with
limits on memory and computing time (`pipeline.read.child`). It serves many files, one after the
other, and is started when the first one comes. Parent and child speak JSON, not pickle: what the
child says may come from a hostile file.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from pipeline.read.child import too_large
from pipeline.read.parts import Content, Part
from pipeline.read.pipe import receive, send
from pipeline.records import Unreadable
from pipeline.settings import PACKAGE, Settings

_PATIENCE = 10  # the clock on the wall against computing time: the machine may be busy


class Guard:
    """A child process that reads files; safe to use from several threads and after a fork."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def parse(self, kind: str, data: bytes, settings: Settings) -> Content:
        """The parts of a file, as `pipeline.read.parse.parse` finds them.

        Raises:
            Unreadable: If it cannot be read, needs too much time or memory, or breaks the reader.
        """
        if self._owner != os.getpid():  # the child belongs to the process that was forked
            self._begin()
        with self._lock:
            answer = self._ask(kind, data, settings) or self._ask(kind, data, settings)
        if answer is None:
            raise Unreadable(too_large(settings))
        return _content(answer)

    def _ask(self, kind: str, data: bytes, settings: Settings) -> Any:
        """The child's answer; None if it broke down, perhaps before it saw the file.

        Raises:
            Unreadable: If the file takes too long.
        """
        child = self._running()
        late = threading.Event()
        timer = threading.Timer(settings.max_read_seconds * _PATIENCE, _kill, (child, late))
        timer.start()
        answered = False
        try:
            assert child.stdin is not None and child.stdout is not None
            send(child.stdin, json.dumps({"kind": kind, "settings": settings.as_dict()}).encode())
            send(child.stdin, data)
            answer = json.loads(receive(child.stdout))
            answered = True
            return answer
        except (OSError, EOFError):
            if late.is_set() or _has_used_its_time(child):
                raise Unreadable(_too_long(settings)) from None
            return None
        finally:
            timer.cancel()
            if late.is_set() or not answered:  # also when we are interrupted amid an answer
                self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent any more cannot be
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "pipeline.read.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PACKAGE.parent,
            )
        return self._child


def _kill(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _has_used_its_time(child: "subprocess.Popen[bytes]") -> bool:
    try:
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return False
    return code in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGALRM", 14))


def _too_long(settings: Settings) -> str:
    return (
        f"Reading takes longer than {settings.max_read_seconds} seconds; the file is damaged"
        " or built to harm, or raise the limit (--set max_read_seconds=…)."
    )


def _content(answer: Any) -> Content:
    if "reason" in answer:
        raise Unreadable(answer["reason"])
    parts = [Part(**part) for part in answer.pop("parts")]
    return Content(parts, **answer)


GUARD = Guard()
atexit.register(GUARD.close)
