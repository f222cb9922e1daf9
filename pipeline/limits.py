"""A limit on the time that a piece of Python code may take, in whatever thread it runs."""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Overtime(BaseException):
    """The time is over. No Exception, so that no `except Exception` on the way swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Overtime in the block when it has computed longer than `seconds`.

    The thread's own computing time counts, where the system tells it, so that a busy machine does
    not decide; else the clock. Overtime comes between two steps of the interpreter: a single call
    into C code is not interrupted but followed by it.
    """
    watch = _Watch(seconds)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


class _Watch:
    """Looks at a thread's time now and then."""

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._clock = _clock_of(self._thread)
        self._until = self._clock() + seconds
        self._lock = threading.Lock()
        self._over = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        with self._lock:
            self._over.set()

    def _look(self) -> None:
        while not self._over.wait(max(0.01, self._until - self._clock())):
            with self._lock:
                if not self._over.is_set() and self._clock() >= self._until:
                    _raise_in(self._thread, Overtime)
                    return


def _clock_of(thread: int) -> Callable[[], float]:
    """The computing time of a thread in seconds, or the time of day where it is not told."""
    tell = getattr(time, "pthread_getcpuclockid", None)
    if tell is None:
        return time.monotonic
    clock = tell(thread)
    return lambda: time.clock_gettime(clock)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise an error in another thread, by the interpreter's own means."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
