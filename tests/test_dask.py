"""Batches on a Dask cluster: the same bytes, and documents that take workers down."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import processing
from pipeline.files import Source
from pipeline.plan import Plan
from pipeline.settings import DEFAULT
from tests.small import contents

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.usefixtures("prefect")


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A Dask cluster of so many worker processes on this machine; its address."""
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    ) as started:
        yield started.scheduler_address


@pytest.fixture
def small_batches(monkeypatch):
    """A batch for each document."""
    from pipeline.flow import tasks

    plan = tasks.plan

    def apart(*places):
        todo = plan(*places)
        return replace(todo, batches=[[s] for batch in todo.batches for s in batch])

    monkeypatch.setattr(tasks, "plan", apart)


def test_a_cluster_makes_the_same_bytes(samples, dataset, tmp_path, small_batches):
    from pipeline import flow

    done: list[int] = []
    with cluster(2) as address:
        result = flow.execute(
            samples, tmp_path / "out", 1, DEFAULT, done.append, runner="dask", address=address
        )
    assert (result.n_new, done) == (3, [1, 1, 1])
    assert contents(tmp_path / "out") == contents(dataset)


class Blamed:
    """Dask as it is about workers that die: all that waits on such a worker is blamed."""

    def __init__(self) -> None:
        self.waiting: list[list[Source]] = []
        self.told = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Leave."""

    def submit(self, task, parameters):
        self.waiting.append(parameters["batch"])
        return SimpleNamespace(result=self.result)

    def result(self):
        blamed = any(source.name == "kill" for batch in self.waiting for source in batch)
        self.told += 1
        if self.told == len(self.waiting):
            self.waiting, self.told = [], 0
        if blamed:
            raise distributed.KilledWorker("process_batch", None, 3)


def test_a_document_that_takes_workers_down_is_quarantined_and_no_other(tmp_path, monkeypatch):
    from pipeline.flow import spread

    lost: dict[str, str] = {}
    monkeypatch.setattr(spread, "_dask", lambda address: Blamed())
    monkeypatch.setattr(
        processing,
        "quarantine",
        lambda source, out, settings, reason: lost.update({source.name: reason}),
        raising=False,
    )
    sources = [Source(Path(name), name, name, 1) for name in ("a", "kill", "b")]
    spread.on_cluster(Plan(sources, [sources[:2], sources[2:]], ""), tmp_path, DEFAULT, "tcp://h:1")
    assert list(lost) == ["kill"]
    assert "more memory" in lost["kill"]


def test_without_an_address_the_error_says_so(samples, tmp_path):
    from pipeline import flow

    with pytest.raises(ValueError, match="address of a scheduler"):
        flow.execute(samples, tmp_path / "out", 1, DEFAULT, print, runner="dask")


def test_without_prefect_dask_the_error_says_what_to_install(samples, tmp_path, monkeypatch):
    from pipeline import flow

    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)
    with pytest.raises(ValueError, match=r"\.\[distributed\]"):
        flow.execute(
            samples, tmp_path / "out", 1, DEFAULT, print, runner="dask", address="tcp://h:1"
        )
