"""What the measurements were made on and with."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_PACKAGES = ("spacy", "scikit-learn", "pandas", "pyarrow", "prefect", "distributed")


def facts() -> dict[str, object]:
    """Processor, cores, memory, system, versions, load."""
    versions = {name: found for name in _PACKAGES if (found := _version(name))}
    return {
        "processor": _processor(),
        "cores": _cores(),
        "memory_gb": round(_memory() / 1e9, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": versions | {"sqlite": sqlite3.sqlite_version},
        "load": [round(load, 2) for load in os.getloadavg()],
    }


def _processor() -> str:
    lines = _read("/proc/cpuinfo").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    """Bytes of the machine, or of the container if that is less."""
    limit = _read("/sys/fs/cgroup/memory.max").strip()
    total = int(psutil.virtual_memory().total)
    return min(total, int(limit)) if limit.isdigit() else total


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
