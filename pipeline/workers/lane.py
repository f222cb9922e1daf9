"""One worker process: started when there is work, and again after it died.

A process of its own instead of a pool of the standard library: a pool only tells that some process
died, loses what all the others were doing, and its processes outlive a parent that is killed.
"""

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import Any

from pipeline.settings import PACKAGE

# One thread a process: the workers share the cores, and sums are the same on every machine.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 5  # seconds for a process to be gone whose pipe is closed


class Died(Exception):
    """The worker process ended over a piece of work."""

    def __init__(self, status: int | None) -> None:
        """Keep the exit status; of a signal it is the negative number."""
        super().__init__(f"a worker process ended with status {status}")
        self.status = status


class Lane:
    """A worker process that does one piece of work at a time."""

    def __init__(self, ahead: str) -> None:
        """Start nothing yet.

        Args:
            ahead: A function as in `pipeline.processing:process_batch`, which the process imports
                before it says that it is ready.
        """
        self._ahead = ahead
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._closed = False
        self._lock = Lock()  # of starting and closing

    def start(self) -> None:
        """Let the process start and import what it needs, without waiting for it.

        Raises:
            Died: If the lane has been closed.
        """
        with self._lock:
            if self._closed:
                raise Died(None)
            if self._child is None:
                self._ready = False
                self._child = _popen(self._ahead)

    def call(self, function: str, *args: object) -> Any:
        """What a function returns for these arguments.

        Args:
            function: As in `pipeline.processing:process_batch`.

        Raises:
            Died: If the process ended, or was ended; the next call starts a new one.
            OSError: If the process does not even start.
            Exception: Whatever the function raised.
        """
        self.start()
        if not self._ready:
            self._wait_until_ready()
        try:
            self._send((function, args))
            answer, error = self._receive()
        except (EOFError, OSError):
            raise Died(self._bury()) from None
        if error is not None:
            raise error
        return answer

    def rest(self) -> None:
        """End the process, which does nothing at present, until there is work again."""
        with self._lock:
            self._end()

    def close(self) -> None:
        """End the process for good, whatever it is doing; safe to call from another thread."""
        with self._lock:
            self._closed = True
        self._end()

    def _end(self) -> None:
        if (child := self._child) is None:
            return
        child.kill()
        child.wait()
        self._child = None
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent any more cannot be
                    pipe.close()

    def _bury(self) -> int | None:
        """End a process that hung up.

        Returns:
            Its exit status.
        """
        if (child := self._child) is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
        self._end()
        return child.returncode

    def _wait_until_ready(self) -> None:
        try:
            _, error = self._receive()
        except (EOFError, OSError):
            status = self._bury()
            if self._closed:
                raise Died(status) from None
            raise OSError(f"a worker process ended with status {status} as it started") from None
        if error is not None:
            self._end()
            raise error
        self._ready = True

    def _send(self, message: object) -> None:
        assert self._child is not None and self._child.stdin is not None
        pickle.dump(pickle.dumps(message), self._child.stdin)
        self._child.stdin.flush()

    def _receive(self) -> tuple[Any, Exception | None]:
        """What the process answers: a value, or the error that was raised.

        Raises:
            EOFError: If it hung up, perhaps amid its answer.
        """
        assert self._child is not None and self._child.stdout is not None
        try:
            data = pickle.load(self._child.stdout)
        except (OSError, ValueError, pickle.UnpicklingError):
            raise EOFError from None
        answer: tuple[Any, Exception | None] = pickle.loads(data)
        return answer


def _popen(ahead: str) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.workers.child", ahead],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path},
    )
