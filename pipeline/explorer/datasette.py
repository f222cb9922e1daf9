"""Datasette on the SQLite file of a dataset, which it cannot change."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.explorer.metadata import metadata

FILE = "dataset.sqlite"
_SETTINGS = {"default_page_size": 50, "sql_time_limit_ms": 10_000, "facet_time_limit_ms": 1_000}


def serve(out: Path, *, port: int, get: str | None = None) -> int:
    """Serve the dataset to this machine until the user stops it.

    Args:
        get: Instead print the page of this path.

    Returns:
        The exit status of Datasette.

    Raises:
        ValueError: If Datasette is not installed, or there is no dataset.
    """
    if find_spec("datasette") is None:
        raise ValueError("this needs Datasette: pip install 'govtable[view]'")
    base = out / FILE
    if not base.is_file():
        raise ValueError(f"{base} is missing; `govtable run` writes it")
    with TemporaryDirectory(prefix="govtable-") as folder:
        described = Path(folder) / "metadata.json"
        described.write_text(json.dumps(metadata()), encoding="utf-8")
        return subprocess.run(command(base, described, port=port, get=get), check=False).returncode


def command(base: Path, described: Path, *, port: int, get: str | None = None) -> list[str]:
    """What is executed."""
    settings = [
        part for name, value in _SETTINGS.items() for part in ("--setting", name, str(value))
    ]
    task = ["--get", get] if get else ["--host", "127.0.0.1", "--port", str(port), "--open"]
    start = [sys.executable, "-m", "datasette", "serve", "--immutable", str(base.resolve())]
    return [*start, "--metadata", str(described), *settings, *task]
