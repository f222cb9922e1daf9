"""A process with a name space of its own: it may mount disks, or loses the powers of root."""

import ctypes
import json
import os
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults import children, forking
from tests.faults.world import World

_NEWUSER, _NEWNS = 0x10000000, 0x00020000
_REMOUNT, _PRIVATE, _REC = 0x20, 0x40000, 0x4000
_LARGE = 64 * 1024 * 1024


class Unsupported(Exception):
    """The system does not allow it."""


def call(world: World, work: Callable[[], list[str]]) -> list[str]:
    """Do some work in a forked process that may mount disks.

    Raises:
        Unsupported: If the system does not allow that.
    """
    answer = world.notes / "isolated.json"
    answer.unlink(missing_ok=True)
    code = children.forked(_work, world, work, answer)
    if not answer.exists():
        return [f"the process ended with {code}"]
    problems: list[str] = json.loads(answer.read_text())
    if problems[:1] == ["unsupported"]:
        raise Unsupported(problems[1])
    return problems


def _work(world: World, work: Callable[[], list[str]], answer: Path) -> None:
    os.environ.update(world.environment)
    os.chdir(world.root / "cwd")
    forking.install()
    try:
        problems = work()
    except Unsupported as error:
        problems = ["unsupported", str(error)]
    except Exception:  # noqa: BLE001 - whatever it is, somebody must read it
        problems = [traceback.format_exc()]
    answer.write_text(json.dumps(problems))


def mount_small(folder: Path, size: int) -> None:
    """Put a small disk at a folder; it goes with this process.

    Raises:
        Unsupported: If the system does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    _system("unshare", _NEWUSER | _NEWNS)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _system("mount", None, b"/", None, _PRIVATE | _REC, None)
    _mount(folder, 0, size)


def enlarge(folder: Path) -> None:
    """Give the disk as much space as anyone needs."""
    _mount(folder, _REMOUNT, _LARGE)


def without_powers() -> None:
    """Let the modes of files count also for root, which this process runs as.

    Raises:
        Unsupported: If the system does not allow it.
    """
    if os.geteuid() == 0:
        _system("unshare", _NEWUSER)


def command(arguments: Sequence[str]) -> tuple[int, str]:
    """Run a command of govtable in a fork of this process.

    Returns:
        Its exit status and what it wrote to stderr.
    """
    err = Path(os.environ["TMPDIR"], "..", "notes", "isolated.err").resolve()
    pid = os.fork()
    if not pid:
        _become(arguments, err)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, err.read_text("utf-8", "replace")


def _become(arguments: Sequence[str], err: Path) -> None:
    status = 70
    try:
        for fd, path in ((1, os.devnull), (2, err)):
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, fd)
        from pipeline import cli

        status = cli.main(arguments)
    finally:
        os._exit(status)


def _mount(folder: Path, flags: int, size: int) -> None:
    options = f"size={size}".encode()
    _system("mount", b"none", os.fsencode(folder), b"tmpfs", flags, options)


def _system(name: str, *args: int | bytes | None) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in args]
    try:
        failed = getattr(library, name)(*given)
    except AttributeError:
        raise Unsupported(f"there is no {name}") from None
    if failed:
        raise Unsupported(f"{name}: {os.strerror(ctypes.get_errno())}")
