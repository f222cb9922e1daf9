"""One run at a time on a remote dataset; the machines' clocks need not agree."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from pipeline import lease as module
from pipeline.commit import Busy
from pipeline.lease import LOCK, Lease, Times, hold
from pipeline.store import Objects
from tests import s3

QUICK = Times(renew=0.05, dead=0.6, look=0.05)
SILENT = Times(renew=60, dead=0.3, look=0.05)


@pytest.fixture(scope="module", autouse=True)
def server():
    with s3.server():
        yield


@pytest.fixture(params=["memory", "s3"])
def out(request):
    return s3.memory() if request.param == "memory" else s3.bucket() / "out"


@pytest.fixture
def bucket():
    return s3.bucket() / "out"


def lock(out):
    return Objects(out).read(LOCK)


def test_a_dataset_is_held_and_let_go(out):
    with hold(out, QUICK) as lease:
        assert json.loads(lock(out))["token"] == lease._token
        lease.check()
    assert lock(out) is None


def test_it_is_let_go_after_an_error(out):
    with pytest.raises(RuntimeError), hold(out, QUICK):
        raise RuntimeError
    assert lock(out) is None


def test_the_holder_shows_that_it_lives(out):
    with hold(out, QUICK):
        first = lock(out)
        time.sleep(1)
        assert lock(out) != first


def test_a_second_run_is_told_at_once_who_is_there(out):
    with hold(out, QUICK) as lease:
        begin = time.monotonic()
        with pytest.raises(Busy, match=r"another run, on .*, is writing to"), hold(out):
            pass
        assert time.monotonic() - begin < Times().dead / 2
        lease.check()
    with hold(out, QUICK):
        pass


def test_a_run_that_died_lets_go(out):
    dead = Lease(out, SILENT)
    dead.acquire()
    with hold(out, QUICK) as lease:
        lease.check()
        with pytest.raises(Busy, match="has taken over"):
            dead.check()
        dead.release()
        lease.check()  # the dead run has not let go of what is another's


def test_a_run_that_is_silent_for_less_is_not_dead(out):
    slow = Times(renew=0.4, dead=60, look=0.05)
    with hold(out, slow), pytest.raises(Busy), hold(out, Times(renew=5, dead=2, look=0.05)):
        pass


def test_a_process_that_was_killed_lets_go(bucket):
    code = (
        "import sys, time; from pipeline.place import place; from pipeline.lease import *;"
        "Lease(place(sys.argv[1]), Times(renew=.1)).acquire(); print('held', flush=True);"
        "time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(bucket)], stdout=subprocess.PIPE, env=os.environ
    )
    try:
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(Busy), hold(bucket, Times(dead=5, look=0.05)):
            pass
    finally:
        child.kill()
        child.wait()
    with hold(bucket, QUICK) as lease:
        lease.check()


def test_clocks_do_not_matter(out, monkeypatch):
    with hold(out, QUICK) as lease:
        for moment in (0.0, 4e9):
            monkeypatch.setattr(time, "time", lambda moment=moment: moment)
            with pytest.raises(Busy), hold(out, QUICK):
                pass
        lease.check()


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b"not ours"])
def test_an_object_that_tells_nothing_is_taken_over(out, left):
    Objects(out).write(LOCK, left)
    with hold(out, QUICK) as lease:
        lease.check()


@pytest.mark.parametrize("dead", [False, True], ids=["free", "left by a dead run"])
def test_only_one_of_many_gets_it(bucket, dead):
    if dead:
        Lease(bucket, SILENT).acquire()
    started, held, refused = threading.Barrier(4), [], []
    over = threading.Event()

    def run():
        started.wait()
        try:
            with hold(bucket, QUICK) as lease:
                held.append(lease)
                over.wait(10)
                lease.check()
        except Busy:
            refused.append(1)
        if len(refused) == 3:
            over.set()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(held), len(refused)) == (1, 3)


def test_a_network_that_comes_back_in_time_does_no_harm(out, monkeypatch):
    real, fail = Objects.write, threading.Event()

    def write(*args):
        if fail.is_set():
            raise OSError("unreachable")
        real(*args)

    monkeypatch.setattr(Objects, "write", write)
    with hold(out, QUICK) as lease:
        fail.set()
        time.sleep(0.2)
        with pytest.raises(OSError, match="unreachable"):
            lease.check()
        fail.clear()
        lease.check()


def test_a_write_whose_answer_was_lost_counts(out, monkeypatch):
    real = Objects.write

    def write(*args):
        real(*args)
        raise OSError("no answer")

    with hold(out, SILENT) as lease:
        monkeypatch.setattr(Objects, "write", write)
        lease.check()
        lease.check()


def test_a_store_that_does_not_answer_at_the_end_does_not_undo_a_run(out, monkeypatch):
    def refuse(*_args):
        raise OSError("unreachable")

    with monkeypatch.context() as patch, hold(out, SILENT):
        patch.setattr(Objects, "read", refuse)
    assert lock(out) is not None
    with hold(out, QUICK):
        pass


def test_a_lock_that_is_let_go_while_watched_is_free(out, monkeypatch):
    first = Lease(out, SILENT)
    first.acquire()
    monkeypatch.setattr(module.time, "sleep", lambda _: first.release())
    with hold(out, Times(renew=5, dead=60, look=0.05)) as lease:
        lease.check()
