"""Datasette on the SQLite file of a dataset, which it cannot change."""

import json
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from pipeline.explorer.dataset import package
from pipeline.explorer.metadata import metadata

FILE = "dataset.sqlite"
_HOST = "127.0.0.1"
_SETTINGS = {"default_page_size": 50, "sql_time_limit_ms": 10_000, "facet_time_limit_ms": 1_000}


def serve(out: Path, *, port: int, get: str | None = None) -> int:
    """Serve the dataset to this machine until the user stops it.

    Args:
        get: Instead print the page of this path.

    Returns:
        The exit status: of Datasette, or 0 where the user stopped it.

    Raises:
        ValueError: If Datasette is not installed, there is no dataset, or the port is taken.
    """
    if find_spec("datasette") is None:
        raise ValueError("this needs Datasette: pip install -e '.[view]' in the folder of govtable")
    base = out / FILE
    if not base.is_file():
        raise ValueError(f"{base} is missing; `govtable run` writes it")
    if get is None:
        _check_free(port)
    described = json.dumps(metadata(package(out)))
    try:
        start = command(base, port=port, get=get)
        return subprocess.run(start, input=described, text=True, check=False).returncode
    except KeyboardInterrupt:  # which Datasette had as well
        return 0


def _check_free(port: int) -> None:
    """Datasette would first open another server's page, and then fail with a log."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((_HOST, port))
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            raise ValueError(f"port {port}: {said}; choose another with --port") from error


def command(base: Path, *, port: int, get: str | None = None) -> list[str]:
    """What is executed; it reads the metadata from its standard input."""
    settings = [
        part for name, value in _SETTINGS.items() for part in ("--setting", name, str(value))
    ]
    task = ["--get", get] if get is not None else ["--host", _HOST, "--port", str(port), "--open"]
    start = [sys.executable, "-m", "datasette", "serve", "--immutable", str(base.absolute())]
    return [*start, "--metadata", "-", *settings, *task]
