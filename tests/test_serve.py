"""A schedule really runs: a file that appears is processed, it alone, and nothing stays behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest

from pipeline.validate import check_place
from tests.small import ROOT, copy_samples

_SECONDS = 150


@pytest.fixture
def served(dataset, samples, tmp_path) -> Iterator[subprocess.Popen[str]]:
    """A schedule on copies of the reports and their dataset, `tmp_path/raw` and `tmp_path/out`."""
    shutil.copytree(samples, tmp_path / "raw")
    shutil.copytree(dataset, tmp_path / "out")
    home = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    env = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--every", "5", "--out", "out"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**env, **home, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


def ask(url: str, what: str) -> list[dict[str, Any]]:
    """What Prefect's server lists."""
    body = json.dumps({"sort": "START_TIME_ASC"} if what == "flow_runs" else {}).encode()
    request = Request(f"{url}/{what}/filter", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def until(found: Callable[[], Any], process: subprocess.Popen[str]) -> Any:
    """The first thing found, within the time that there is."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the schedule ended by itself"
        if thing := found():
            return thing
        time.sleep(0.5)
    raise AssertionError("nothing happened in time")


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_file_that_appears_is_processed_and_nothing_else(served, tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    kept = times(out / ".cache")
    copy_samples(raw, ("strategy-ireland.txt",))
    url = served.stdout.readline().split()[-1] + "/api"

    def finished() -> list[dict[str, Any]]:
        return [run for run in ask(url, "flow_runs") if run["state_type"] == "COMPLETED"]

    first = until(finished, served)[0]
    assert first["state"]["message"] == "4 documents, 1 of them new or changed"
    assert "govtable" in first["tags"]
    assert first["auto_scheduled"]

    def tasks() -> list[str]:  # they are recorded a little later
        names = [r["name"] for r in ask(url, "task_runs") if r["flow_run_id"] == first["id"]]
        return sorted(name.rsplit("-", 1)[0] for name in names)

    until(lambda: tasks() == ["batch", "discover", "publish"], served)
    now = times(out / ".cache")
    same = [path for path, when in kept.items() if now.get(path) == when]
    assert len(same) >= 3, "what is kept of the other documents is not made again"

    family = psutil.Process(served.pid).children(recursive=True)
    served.send_signal(signal.SIGTERM)
    served.wait(30)
    assert psutil.wait_procs(family, timeout=15)[1] == []
    assert check_place(out)["documents"] == 4
