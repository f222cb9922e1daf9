"""Imported once by the process that all runs are forked from: everything they need is loaded."""

import contextlib
import gc
import importlib
import os
import pkgutil
import signal
import tempfile
from pathlib import Path

import pipeline
from tests.faults import forking
from tests.faults.reports import short


def _load() -> None:
    """Import what a run may import."""
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.startswith(("pipeline.flow", "pipeline.train", "pipeline.evaluate")):
            importlib.import_module(module.name)


def _run() -> None:
    """One document, one run and one check of its dataset, so that models and caches are loaded."""
    from pipeline import cli, journey
    from pipeline.files import discover
    from pipeline.settings import DEFAULT

    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nothing:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        (raw / "one.txt").write_bytes(next(iter(short()[0].values())))
        with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
            journey.travel(discover(raw)[0], DEFAULT)
            cli.main(["run", str(raw), "--out", str(out), "--direct"])
            cli.main(["validate", str(out)])


def _calm() -> None:
    """Take back what a command has set up for its own process."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    gc.collect()
    gc.freeze()  # forks need not look at what is there


for step in (_load, forking.install, _run, _calm):
    with contextlib.suppress(Exception):  # what is wrong the trials will say
        step()
