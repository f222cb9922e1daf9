"""One run at a time on a remote dataset, whatever machines the runs are on.

The holder keeps changing an object, `.lock`. Whoever wants it watches for a while: if it changes,
its holder lives. Only the watcher's own clock counts, so that two machines need not agree on the
time. What decides is that the store creates and replaces the object on conditions; where a driver
offers no such replacing (S3 does), a second look tells who came last.
"""

import json
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

from pipeline.place import Place
from pipeline.store import Objects

LOCK = ".lock"


class Busy(Exception):
    """Another run is writing to the same dataset."""


@dataclass(frozen=True, slots=True)
class Times:
    """How often a holder shows that it lives, and how long silence means death (seconds).

    Attributes:
        renew: Time between two changes of the object.
        dead: A holder silent for that long is dead; several times `renew`, for a slow network.
        look: Time between two looks at another's object.
    """

    renew: float = 5
    dead: float = 30
    look: float = 1


class _Seen(NamedTuple):
    """The object as it is: its content and the version that a condition can name."""

    data: bytes
    version: str


class Lease:
    """A run's hold on a dataset; `check` before anything that cannot be undone."""

    def __init__(self, out: Place, times: Times) -> None:
        self._objects = Objects(out)
        self._times = times
        self._token = secrets.token_hex(8)
        self._count = 0
        self._one = Lock()
        self._over = Event()
        self._thread = Thread(target=self._keep, name="lease", daemon=True)

    def check(self) -> None:
        """Make sure that the lease is held, now.

        Raises:
            Busy: If another run has taken it.
            OSError: If the store does not answer.
        """
        with self._one:
            if not self._replace(self._mine()):
                raise Busy(f"another run has taken over {self._objects.root}")

    def acquire(self) -> None:
        """Get hold of the dataset, from a dead run too.

        Raises:
            Busy: If another run holds it.
        """
        while not self._objects.create(LOCK, self._next()):
            if (dead := self._watch()) and not self._replace(dead):
                raise self._busy(dead)
            if dead:
                break
        self._thread.start()

    def release(self) -> None:
        """Give the lease back, if it is still held."""
        self._over.set()
        self._thread.join(self._times.dead)
        with suppress(OSError):  # else it ends as a dead run's does
            if self._mine():
                self._objects.drop([LOCK])

    def _watch(self) -> _Seen | None:
        """The object of a holder that is dead; None if there is none any more.

        Raises:
            Busy: If the holder lives.
        """
        first = seen = self._look()
        until = time.monotonic() + self._times.dead
        while seen and time.monotonic() < until:
            time.sleep(self._times.look)
            seen = self._look()
            if first and seen and seen.data != first.data:
                raise self._busy(seen)
        return seen

    def _keep(self) -> None:
        """Show again and again that this run lives; `check` tells when that no longer helps."""
        while not self._over.wait(self._times.renew):
            try:
                with self._one:
                    if not self._replace(self._mine()):
                        return
            except OSError:  # the network may be back in time
                continue

    def _replace(self, seen: _Seen | None) -> bool:
        """Put this run's next object in the place of what was seen; whether it is there now."""
        if seen is None:
            return False
        data = self._next()
        try:
            self._objects.write(LOCK, data, seen.version)
        except OSError:  # the condition was not met, or the answer was lost
            there = self._objects.read(LOCK)
            if there == seen.data:
                raise
            return there == data
        return self._objects.read(LOCK) == data

    def _look(self) -> _Seen | None:
        """The object; its version is looked up first, so that it is never newer than the data."""
        version = self._objects.version(LOCK)
        data = self._objects.read(LOCK)
        return None if data is None else _Seen(data, version)

    def _mine(self) -> _Seen | None:
        """The object if it is this run's."""
        seen = self._look()
        return seen if seen and _told(seen.data).get("token") == self._token else None

    def _next(self) -> bytes:
        self._count += 1
        told = {"token": self._token, "count": self._count, "host": socket.gethostname()}
        return json.dumps(told).encode()

    def _busy(self, seen: _Seen) -> Busy:
        host = _told(seen.data).get("host", "another machine")
        return Busy(f"another run, on {host}, is writing to {self._objects.root}")


@contextmanager
def hold(out: Place, times: Times | None = None) -> Iterator[Lease]:
    """Hold a remote dataset for one run; a run that died lets go after `times.dead`.

    Raises:
        Busy: If another run holds it.
        OSError: If the store does not answer.
    """
    lease = Lease(out, times or Times())
    lease.acquire()
    try:
        yield lease
    finally:
        lease.release()


def _told(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
