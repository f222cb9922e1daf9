import threading
import time
from contextlib import suppress

import pytest

from pipeline import journey
from pipeline.files import discover
from pipeline.limits import Overtime, time_limit
from pipeline.settings import Settings


def busy(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(Exception):  # which must not swallow the limit
            int("x")


def test_work_that_is_done_in_time():
    with time_limit(5):
        busy(0.01)


def test_work_that_is_not():
    with pytest.raises(Overtime), time_limit(0.05):
        busy(20)


def test_the_limit_ends_with_the_block():
    with time_limit(0.05):
        pass
    busy(0.2)


def test_it_holds_in_other_threads():
    caught = []

    def work() -> None:
        try:
            with time_limit(0.05):
                busy(20)
        except Overtime:
            caught.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=10)
    assert caught


def test_a_document_that_takes_too_long_is_quarantined(tmp_path, monkeypatch):
    (tmp_path / "slow.txt").write_text("A report about the ministry and its plan for the year.")
    monkeypatch.setattr(journey, "process", lambda *given: busy(20))
    (source,) = discover(tmp_path)
    failure = journey.travel(source, Settings(max_seconds=1))
    assert failure.reason.startswith("The document takes longer than 1 seconds")
