"""Workers that die in every way: the document is done again, alone, and no other is lost."""

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import psutil
import pytest

from pipeline import processing, workers
from pipeline.files import Source
from pipeline.settings import DEFAULT
from pipeline.workers.lane import Died, Lane

DEEDS = "tests.deadly"
DEED, NOTHING = f"{DEEDS}:deed", f"{DEEDS}:nothing"


def sources(*names: str) -> list[Source]:
    return [Source(Path(name), name, name, 1) for name in names]


@pytest.fixture
def given_up(monkeypatch) -> dict[str, str]:
    """What is quarantined, with its reason; nothing is loaded to prove that a worker can live."""
    found: dict[str, str] = {}
    monkeypatch.setattr(
        processing,
        "quarantine",
        lambda source, out, settings, reason: found.__setitem__(source.name, reason),
        raising=False,
    )
    monkeypatch.setattr(workers, "PROVE", NOTHING)
    return found


@pytest.fixture(autouse=True)
def deeds(monkeypatch):
    monkeypatch.setattr(workers, "PROCESS", DEED)


def process(names: list[str], out: Path, n: int = 2) -> list[int]:
    done: list[int] = []
    batches = [sources(*names)]
    with workers.processing(batches, out, DEFAULT, n, done.append) as work:
        work.ready()
    return done


def tries(out: Path, name: str) -> int:
    return (out / f"{name}.tries").stat().st_size


def test_each_document_is_processed_once(tmp_path, given_up):
    assert sum(process(["a", "b", "c", "d"], tmp_path)) == 4
    assert [tries(tmp_path, name) for name in "abcd"] == [1, 1, 1, 1]
    assert not given_up


def test_a_document_that_kills_its_worker_twice_is_quarantined_and_only_that(tmp_path, given_up):
    assert sum(process(["a", "kill", "b", "c"], tmp_path)) == 4
    assert [tries(tmp_path, name) for name in ("a", "kill", "b", "c")] == [1, 2, 1, 1]
    assert list(given_up) == ["kill"]
    assert "needs more memory than there is" in given_up["kill"]


def test_a_worker_that_dies_once_does_no_harm(tmp_path, given_up):
    assert sum(process(["once", "a"], tmp_path, 1)) == 2
    assert tries(tmp_path, "once") == 2
    assert not given_up


def test_the_reason_names_another_signal(tmp_path, given_up):
    process(["abort"], tmp_path)
    assert "SIGABRT" in given_up["abort"]


def test_a_machine_on_which_no_worker_lives_is_no_documents_fault(tmp_path, given_up, monkeypatch):
    monkeypatch.setattr(workers, "PROVE", "os:abort")
    with pytest.raises(OSError, match="too little memory"):
        process(["kill"], tmp_path)
    assert not given_up


def test_an_error_of_the_system_ends_the_run(tmp_path, given_up):
    with pytest.raises(OSError, match="No space left"):
        process(["full", *map(str, range(5000))], tmp_path)
    assert len(list(tmp_path.iterdir())) < 2500, "the others are not processed in vain"


def test_what_is_finished_is_not_done_again_after_an_error(tmp_path):
    done: list[int] = []
    with workers.Crew(1, tmp_path, DEFAULT, done.append) as crew:
        for _ in range(2):
            with pytest.raises(OSError):
                crew.process(sources("a", "full"))
    assert tries(tmp_path, "a") == 1
    assert tries(tmp_path, "full") == 2
    assert done == [1]


def test_errors_come_back_whatever_they_are():
    lane = Lane(NOTHING)
    for _ in range(2):  # the worker still lives
        with pytest.raises(RuntimeError, match="Local: here"):
            lane.call(f"{DEEDS}:raises_what_cannot_be_pickled")
    lane.close()


def test_a_function_that_is_not_there_is_no_death():
    with pytest.raises(AttributeError):
        Lane(f"{DEEDS}:absent").call(NOTHING)


def test_a_worker_that_does_not_start_is_no_death(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OSError, match="as it started"):
        Lane(NOTHING).call(NOTHING)


def test_a_worker_can_be_ended_while_it_works(tmp_path):
    lane = Lane(DEED)
    errors: list[BaseException] = []

    def call() -> None:
        try:
            lane.call(DEED, sources("slow"), tmp_path, DEFAULT)
        except Died as error:
            errors.append(error)

    thread = Thread(target=call)
    thread.start()
    while not (tmp_path / "slow.tries").exists():
        time.sleep(0.05)
    lane.close()
    thread.join(10)
    assert errors


def test_a_crew_can_be_ended_while_it_works(tmp_path):
    crew = workers.Crew(1, tmp_path, DEFAULT, print)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            crew.process(sources("slow", "b", "c"))
        except Died as error:
            errors.append(error)

    thread = Thread(target=work)
    thread.start()
    while not (tmp_path / "slow.tries").exists():
        time.sleep(0.05)
    crew.close()
    thread.join(10)
    assert not thread.is_alive()
    assert errors
    assert [path.name for path in tmp_path.iterdir()] == ["slow.tries"]


def test_what_is_not_waited_for_ends_with_the_block(tmp_path):
    batch = sources("slow", "a", "b")
    others = psutil.Process().children(recursive=True)
    with (
        pytest.raises(KeyboardInterrupt),
        workers.processing([batch], tmp_path, DEFAULT, 1, print),
    ):
        while not (tmp_path / "slow.tries").exists():
            time.sleep(0.05)
        children = [c for c in psutil.Process().children(recursive=True) if c not in others]
        raise KeyboardInterrupt
    assert children
    assert psutil.wait_procs(children, timeout=5)[1] == []
    assert [path.name for path in tmp_path.iterdir()] == ["slow.tries"]


def test_a_killed_parent_leaves_no_worker_over(tmp_path):
    code = (
        "from pathlib import Path; from pipeline.files import Source; from pipeline import workers;"
        "from pipeline.settings import DEFAULT;"
        "workers.PROCESS = 'tests.deadly:deed';"
        f"block = workers.processing([[Source(Path(), 'slow', '', 1)]], Path({str(tmp_path)!r}),"
        " DEFAULT, 1, print); block.__enter__().ready()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[1])
    while not (tmp_path / "slow.tries").exists():
        assert parent.poll() is None
        time.sleep(0.05)
    children = psutil.Process(parent.pid).children(recursive=True)
    parent.kill()
    parent.wait()
    assert children
    assert psutil.wait_procs(children, timeout=5)[1] == []


def test_a_worker_shows_itself_sound():
    lane = Lane(workers.PROVE)
    assert lane.call(workers.PROVE) is None
    lane.close()


def test_documents_that_were_begun_are_processed_once(tmp_path, given_up):
    done: list[int] = []
    batch = sources("a", "kill", "b")
    with workers.Crew(2, tmp_path, DEFAULT, done.append) as crew:
        crew.begin([batch[:2]])
        suspects = crew.process(batch)
        assert [source.name for source in suspects] == ["kill"]
        assert crew.process(batch[:1]) == []
    assert sum(done) == 2
    assert [tries(tmp_path, name) for name in ("a", "kill", "b")] == [1, 1, 1]


def test_other_work_is_done_by_any_worker_or_here(tmp_path):
    with workers.Crew(2, tmp_path, DEFAULT, print) as crew:
        crew.process(sources("a", "b"))
        futures = [crew.submit(f"{DEEDS}:whoami") for _ in range(6)]
        first = {future.result() for future in futures}
        assert os.getpid() not in first
        assert crew.submit(f"{DEEDS}:dies_elsewhere", os.getpid()).result() == os.getpid()
        crew.rest()
        assert not any(psutil.pid_exists(pid) for pid in first)
        assert crew.submit(f"{DEEDS}:whoami").result() not in {*first, os.getpid()}


def test_an_error_over_other_work_comes_back(tmp_path):
    with (
        workers.Crew(1, tmp_path, DEFAULT, print) as crew,
        pytest.raises(OSError, match="No space left"),
    ):
        crew.submit(DEED, sources("full"), tmp_path, DEFAULT).result()
