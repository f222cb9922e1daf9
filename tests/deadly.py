"""Functions for worker processes that die and err; imports nothing heavy, as they start often."""

import os
import signal
import time


def deed(batch, out, settings):
    """What a worker does in these tests: the name of the document says it."""
    (source,) = batch
    with (out / f"{source.name}.tries").open("a") as file:
        file.write("x")
    if source.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name.startswith("once") and (out / f"{source.name}.tries").stat().st_size == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name.startswith("abort"):
        os.abort()
    if source.name.startswith("full"):
        raise OSError(28, "No space left on device")
    if source.name.startswith("slow"):
        time.sleep(60)
    return 1


def nothing() -> None:
    """Do nothing, and well."""


def whoami() -> int:
    """The process that does it."""
    return os.getpid()


def dies_elsewhere(process: int) -> int:
    """Do it in one process only."""
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return process


def raises_what_cannot_be_pickled() -> None:
    """Raise an error that no other process knows."""

    class Local(Exception):
        pass

    raise Local("here")
