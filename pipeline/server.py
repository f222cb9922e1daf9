"""Prefect's surroundings: its environment, and a server of our own where none is configured.

Nothing here imports Prefect, which reads its environment once, on import, and takes a second.
`python -m pipeline.server PORT` is the server; it ends with the process that started it.
"""

import atexit
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

# What the user has set stays.
_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}
# Recording task runs in large batches costs a third; written so, none is lost.
_SERVER = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "200",
    "PREFECT__SERVER_FINAL": "1",
}
# For a schedule: the place of a run that died with its machine is free again after five minutes,
# and runs older than 90 days are dropped.
_SCHEDULE = {
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
        "prefect.server.concurrency.lease_storage.filesystem"
    ),
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}
# For one run: no pages, no schedules, no block types, no events but task runs.
_ONE_RUN = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
}
# What it says is not for the terminal but for us.
_HEARD = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR"}
_START_SECONDS = 120
_STOP_SECONDS = 10
_LINES = 100  # of what the server says
_HOST = "127.0.0.1"


def prepare() -> None:
    """Quiet defaults, and a home for Prefect unless the user has one already."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_HOME" not in os.environ and not (Path.home() / ".prefect").exists():
        os.environ["PREFECT_HOME"] = str(_home())


def _home() -> Path:
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    home = state / "govtable" / "prefect"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        home = Path(tempfile.mkdtemp(prefix="govtable-prefect-"))
    return home


def configured() -> bool:
    """Whether the user has named a Prefect server, in the environment or in a profile."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    try:
        return "PREFECT_API_URL" in (home / "profiles.toml").read_text(encoding="utf-8")
    except OSError:
        return False


class _Server:
    """A server of our own in a process of its own."""

    def __init__(self, kind: dict[str, str]) -> None:
        """Start it, without waiting for it.

        Args:
            kind: Settings of this kind of server.
        """
        port = _free_port()
        self.url = f"http://{_HOST}:{port}/api"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.server", str(port)],
            stdin=subprocess.PIPE,  # closes when we are gone, however
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**_SERVER, **kind, **os.environ, **_HEARD},
            start_new_session=True,  # Ctrl-C is for us, who still have to tell it how the run ended
        )
        assert self._process.stderr is not None
        self._said: deque[bytes] = deque(maxlen=_LINES)
        Thread(target=self._said.extend, args=(self._process.stderr,), daemon=True).start()

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            OSError: If it does not.
        """
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise OSError(f"Prefect's server did not start ({self._why()}); --direct does without")

    def _why(self) -> str:
        """What it said last, its errors before anything else."""
        lines = [line.decode(errors="replace").strip() for line in self._said]
        errors = [line for line in lines if re.match(r"[\w.]+(Error|Exception)\b", line)]
        return next(filter(None, reversed(errors or lines)), "it does not answer")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe is not None:
                pipe.close()


_own: _Server | None = None


@contextmanager
def running() -> Iterator[str | None]:
    """A Prefect server for a schedule while the block runs; none where one is configured.

    Yields:
        The server's address, None if the user's own is used.

    Raises:
        OSError: If the server does not start.
    """
    prepare()
    if configured():
        yield None
        return
    own = _Server(_SCHEDULE)
    os.environ["PREFECT_API_URL"] = own.url
    try:
        own.wait()
        yield own.url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        own.stop()


def start() -> str | None:
    """Let a light Prefect server for one run start, unless one is configured; see `wait`.

    Called before Prefect is imported, which takes its address from the environment then, the server
    starts meanwhile. It ends with this process, after Prefect has told it what is left to tell.

    Returns:
        The server's address, None if the user's own is used.
    """
    global _own
    prepare()
    if _own is None and not configured():
        _own = _Server(_ONE_RUN)
        os.environ["PREFECT_API_URL"] = _own.url
        atexit.register(_own.stop)
    return _own.url if _own else None


def wait() -> None:
    """Wait until the server that `start` started answers, if there is one.

    Raises:
        OSError: If it does not.
    """
    if _own:
        _own.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _end_with(parent: int) -> None:
    """End this process, the server, when its parent has gone, also if that was killed."""
    while os.read(parent, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_STOP_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    import uvicorn

    Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=_HOST,
        port=int(sys.argv[1]),
        lifespan="on",
        log_level="error",
        timeout_graceful_shutdown=3,
    )
