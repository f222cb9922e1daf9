"""The benchmark harness: what it measures, what follows from it, and that it can be cut off."""

import json
import sys
from pathlib import Path

import pytest

from tests import many
from tests.benchmarks import command, figures, folders, page
from tests.benchmarks.folders import Dataset
from tests.benchmarks.results import Figures, Results


def _results(tmp_path: Path, seconds: dict[str, float], **more: float) -> Results:
    results = Results(tmp_path / "b.json", "code")
    for key, value in seconds.items():
        size = int(key.split("/")[1])
        found: Figures = {"seconds": value, "cpu": value, "peak_mb": 100.0, "dataset": "same"}
        counted = dict.fromkeys(("documents", "quarantined", "mentions", "entities"), size)
        sizes = {"words": 500 * size, "dataset_mb": 1.0, "cache_mb": 2.0}
        results.step(key, lambda f={**found, **counted, **sizes, **more}: f)
    return results


def test_growth_in_proportion_has_the_exponent_one(tmp_path: Path) -> None:
    sizes = (100, 1_000, 10_000)
    results = _results(tmp_path, {f"first/{n}/1": n / 10 for n in sizes})
    found = figures.exponents(results, sizes)
    assert found and found.fit == pytest.approx(1) and found.ends == pytest.approx(1)


def test_a_fixed_start_hides_growth_unless_it_is_left_out(tmp_path: Path) -> None:
    sizes = (100, 1_000, 10_000)
    results = _results(tmp_path, {f"first/{n}/1": 10 + (n / 100) ** 1.2 for n in sizes})
    whole, less = figures.exponents(results, sizes), figures.exponents(results, sizes, 10)
    assert whole and less and whole.ends < 0.8
    assert less.ends == pytest.approx(1.2) and less.fit == pytest.approx(1.2)


def test_the_own_cost_of_a_new_report_is_taken_off_round_by_round(tmp_path: Path) -> None:
    steps = {"new/50/1": 9.0, "own/50/1": 4.0, "new/50/2": 7.0, "own/50/2": 6.0}
    assert figures.beside_own(_results(tmp_path, steps), 50) == [5.0, 1.0]


def test_the_fixed_start_of_prefect_is_told_from_the_rest(tmp_path: Path) -> None:
    steps = {"direct/1/1": 5.0, "prefect/1/1": 15.0, "direct/90/1": 100.0, "prefect/90/1": 112.0}
    cost = figures.orchestration(_results(tmp_path, steps), 90)
    assert cost and (cost.start, cost.whole) == (10.0, 12.0)
    assert cost.share == pytest.approx(12 / 112)
    assert cost.share_after_start == pytest.approx(2 / 102)


def test_bars_are_met_or_not_or_not_measured(tmp_path: Path) -> None:
    steps = {f"{kind}/{n}/1": n / 1_000 for n in (1_000, 10_000) for kind in ("first", "nothing")}
    steps |= {"workers-1/1000/1": 10.0, "workers-2/1000/1": 8.0}
    met = {bar.name: bar.met for bar in figures.bars(_results(tmp_path, steps), (1_000, 10_000))}
    assert met["nothing new among 10,000"] is False  # 10 s
    assert met["memory at 10,000"] is True
    assert met["two processes over one at 1,000"] is False
    assert met["Prefect's share at 1,000"] is None
    assert met["exponent of time, 100 to 10,000"] is None  # 100 was not measured


def test_the_page_shows_what_was_measured_and_marks_other_bytes(tmp_path: Path) -> None:
    steps = {"first/20/1": 3.0, "workers-1/20/1": 2.0, "workers-2/20/1": 1.0, "workers-2/20/2": 1.5}
    results = _results(tmp_path, steps)
    results.steps["workers-2/20/2"]["dataset"] = "another"
    machine = {"processor": "P", "cores": 2, "memory_gb": 8, "system": "S", "python": "3"}
    machine |= {"versions": {"spacy": "3.8"}, "load": [0.1]}
    results.about(machine=machine, commands=["make bench"], memory="sum of PSS", json="b.json")
    text = page.written(results, (20,), 20)
    assert "| 20 | `--direct --workers 1` | 2.00 | 2.00 | 100 | 1 | yes |" in text
    assert "| 1.25 [1.00–1.50] |" in text and "| **no** |" in text
    assert "| Prefect's share at 1,000 |  | ≤ 3 % | not measured |" in text


def test_a_step_is_kept_at_once_and_not_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    Results(path, "code").step("first/1/1", lambda: {"seconds": 1.0})
    assert json.loads(path.read_text())["steps"]["first/1/1"]["seconds"] == 1.0
    again = Results(path, "code")
    assert again.step("first/1/1", lambda: pytest.fail("measured again"))["seconds"] == 1.0
    again.drop(["first"])
    assert again.step("first/1/1", lambda: {"seconds": 2.0})["seconds"] == 2.0


def test_a_folder_can_be_brought_into_any_state(tmp_path: Path) -> None:
    data = Dataset(tmp_path / "raw", tmp_path / "out")
    data.arrange(range(5), changed={1})
    changed = {p.name for p in data.raw.iterdir() if "another floor" in p.read_text("utf-8")}
    assert changed == {many.report(1).name} and len(list(data.raw.iterdir())) == 5
    Dataset(tmp_path / "raw", tmp_path / "out").arrange({0, 1, 3})  # after an interruption
    expected = {many.report(i).name: many.report(i).text for i in (0, 1, 3)}
    assert {p.name: p.read_text("utf-8") for p in data.raw.iterdir()} == expected


def test_a_dataset_is_counted_and_compared_without_what_is_hidden(dataset: Path) -> None:
    found = folders.counted(dataset)
    assert found["documents"] == 3 and found["mentions"] and found["dataset_mb"] > 0
    assert found["words"] > 1_000
    assert folders.digest(dataset) == folders.digest(dataset)


def test_seconds_and_memory_are_those_of_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    hungry = "import time; kept = bytearray(80_000_000); time.sleep(0.7)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}])"
    monkeypatch.setattr(command, "GOVTABLE", (sys.executable, "-c"))
    measured = command.run([parent])
    assert measured.seconds >= 0.7 and measured.peak_mb >= 80


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(command.Failed, match="invalid choice|usage"):
        command.run(["nonsense"])
