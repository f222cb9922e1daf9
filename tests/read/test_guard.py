import threading
import time

import pytest

from pipeline.read.guard import Guard
from pipeline.read.media import HTML, PDF
from pipeline.records import Unreadable
from pipeline.settings import DEFAULT, Settings

PAGE = b"<h1>A plan</h1><p>For the coming year.</p>"
DEEP = b"<div>" * 150_000  # the parser needs minutes for it


@pytest.fixture
def guard():
    it = Guard()
    yield it
    it.close()


def texts(content) -> list[str]:
    return [part.text for part in content.parts]


def test_a_file_is_read(guard):
    content = guard.parse(HTML, PAGE, DEFAULT)
    assert texts(content) == ["A plan", "For the coming year."]
    assert (content.parts[0].kind, content.parts[0].level) == ("heading", 1)


def test_one_child_reads_many_files(guard):
    guard.parse(HTML, PAGE, DEFAULT)
    first = guard._child.pid
    guard.parse(HTML, PAGE, DEFAULT)
    assert guard._child.pid == first


def test_what_cannot_be_read_has_the_readers_reason(guard):
    with pytest.raises(Unreadable, match="PDF is damaged"):
        guard.parse(PDF, b"%PDF-1.7 and no more", DEFAULT)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(guard):
    guard.parse(HTML, PAGE, DEFAULT)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="longer than 1 seconds"):
        guard.parse(HTML, DEEP, Settings(max_read_seconds=1))
    assert time.monotonic() - began < 10
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_a_file_that_needs_too_much_memory_is_given_up_and_the_next_is_read(guard):
    large = b"<p>word</p>" * 2_000_000
    with pytest.raises(Unreadable, match="too large|of memory"):
        guard.parse(HTML, large, Settings(max_read_memory=300_000_000))
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_a_child_that_was_killed_is_started_again(guard):
    guard.parse(HTML, PAGE, DEFAULT)
    guard._child.kill()
    guard._child.wait()
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_a_child_that_dies_just_before_a_file_does_the_file_no_harm(guard, monkeypatch):
    guard.parse(HTML, PAGE, DEFAULT)
    guard._child.kill()
    monkeypatch.setattr(guard._child, "poll", lambda: None)  # not seen yet
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_a_file_that_the_child_never_took_is_no_obstacle_to_closing(guard):
    guard.parse(HTML, PAGE, DEFAULT)
    guard._child.stdin.write(b"x" * 1000)  # waits in the buffer
    guard._child.kill()
    guard._child.wait()
    guard.close()
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_an_answer_that_nobody_waited_for_is_not_the_next_files(guard, monkeypatch):
    guard.parse(HTML, PAGE, DEFAULT)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("pipeline.read.guard.receive", _interrupt)
        guard.parse(HTML, b"<p>another page</p>", DEFAULT)
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def _interrupt(_pipe):
    raise KeyboardInterrupt


def test_warnings_that_are_errors_do_not_reach_the_child(guard, monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    assert texts(guard.parse(HTML, PAGE, DEFAULT))[0] == "A plan"


def test_threads_get_their_own_answers(guard):
    found: dict[int, list[str]] = {}

    def ask(n: int) -> None:
        found[n] = texts(guard.parse(HTML, f"<p>page {n}</p>".encode(), DEFAULT))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: [f"page {n}"] for n in range(8)}
