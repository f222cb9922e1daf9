"""`python -m MODULE` as a fork of this process, where everything is loaded."""

import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

_Popen = subprocess.Popen


def install() -> None:
    """Let modules that this process starts as commands be forks, which also share its faults."""
    subprocess.Popen = Forking  # type: ignore[misc]


class Forking(_Popen):  # type: ignore[type-arg]
    """Starts a process; one that would only run a module becomes it by itself."""

    def __init__(self, args: Any, *more: Any, **named: Any) -> None:
        if module := _module(args):
            environment = named.pop("env", None)
            named["preexec_fn"] = partial(
                _become, module, args[3:], environment, named.pop("cwd", None)
            )
        super().__init__(args, *more, **named)


def _module(args: Any) -> str:
    """The module of `[python, "-m", MODULE, …]`; other flags need an interpreter of its own."""
    if isinstance(args, (list, tuple)) and len(args) > 2 and args[:2] == [sys.executable, "-m"]:
        return str(args[2])
    return ""


def _become(
    module: str, arguments: Sequence[str], environment: dict[str, str] | None, cwd: str | None
) -> None:
    """Run the module and end; what comes after this in `Popen` never happens.

    The pipes are in place already; that all others are closed tells the parent to go on.
    """
    status = 1
    try:
        _reset_signals()
        os.closerange(3, os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else 4096)
        if environment is not None:
            os.environ.clear()
            os.environ.update(environment)
        if cwd is not None:
            os.chdir(cwd)
        sys.stdin, sys.stdout, sys.stderr = (_stream(fd) for fd in range(3))
        sys.argv = [module, *arguments]
        status = _status(partial(runpy.run_module, module, run_name="__main__", alter_sys=True))
    finally:
        os._exit(status)


def _reset_signals() -> None:
    """As an interpreter does that starts."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _stream(fd: int) -> Any:
    return open(fd, "r" if fd == 0 else "w", closefd=False)


def _status(work: Callable[[], Any]) -> int:
    try:
        work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter would
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
