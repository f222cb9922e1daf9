"""A limit on the time that a piece of Python code may take, in whatever thread it runs."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Overtime(BaseException):
    """The time is over. No Exception, so that no `except Exception` on the way swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Overtime in the block when it takes longer than `seconds`.

    It comes between two steps of the interpreter; a single call into C code is not interrupted
    but followed by it.
    """
    thread = threading.get_ident()
    lock = threading.Lock()
    over = False

    def strike() -> None:
        with lock:
            if not over:
                _raise_in(thread, Overtime)

    timer = threading.Timer(seconds, strike)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise an error in another thread, by the interpreter's own means."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
