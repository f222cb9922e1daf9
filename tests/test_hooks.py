"""Somebody is told of a run that failed, by web address, Prefect block or Apprise."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pipeline.commit import locked
from pipeline.lease import Busy
from pipeline.settings import DEFAULT
from tests.orchestrated import flow_runs

pytestmark = pytest.mark.usefixtures("prefect")


class Listener(HTTPServer):
    """A web server that keeps what is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.posts: list[tuple[str, dict[str, str]]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # noqa: N802 - the name is the library's
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, json.loads(body)))
        self.send_response(500 if self.path == "/broken" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def fail(tmp_path) -> None:
    """A run that fails: there is no folder of reports."""
    from pipeline import flow

    with pytest.raises(NotADirectoryError):
        flow.execute(tmp_path / "absent", tmp_path / "out", 1, DEFAULT, print)
    assert flow_runs("reprocess", tmp_path / "out")[0].state.is_failed()


def test_a_web_address_is_told_what_failed(listener, tmp_path, monkeypatch):
    monkeypatch.setenv("GOVTABLE_NOTIFY", f"{listener.url}/hook")
    fail(tmp_path)
    ((path, post),) = listener.posts
    assert path == "/hook"
    assert post["flow"] == "reprocess"
    assert post["run"] == f"{tmp_path}/out from {tmp_path}/absent"
    assert post["dataset"] == str(tmp_path / "out")
    assert post["state"] == "Failed"
    assert "absent is not a folder" in post["message"]
    assert post["run"] in post["text"], "what chat programs show"


def test_a_prefect_block_is_told(listener, tmp_path, monkeypatch):
    from prefect.blocks.notifications import CustomWebhookNotificationBlock

    CustomWebhookNotificationBlock(
        name="team", url=f"{listener.url}/block", json_data={"text": "{{subject}}: {{body}}"}
    ).save("team", overwrite=True)
    monkeypatch.setenv("GOVTABLE_NOTIFY", "custom-webhook/team")
    fail(tmp_path)
    ((path, post),) = listener.posts
    assert path == "/block"
    assert "absent is not a folder" in post["text"]


def test_an_address_of_apprise_is_told(listener, tmp_path, monkeypatch):
    monkeypatch.setenv("GOVTABLE_NOTIFY", listener.url.replace("http", "json") + "/apprise")
    fail(tmp_path)
    ((path, post),) = listener.posts
    assert path == "/apprise"
    assert "absent is not a folder" in post["message"]


def test_the_address_may_be_a_variable_of_prefect(listener, tmp_path, monkeypatch):
    from prefect.variables import Variable

    monkeypatch.delenv("GOVTABLE_NOTIFY", raising=False)
    Variable.set("govtable_notify", f"{listener.url}/variable", overwrite=True)
    try:
        fail(tmp_path)
    finally:
        Variable.unset("govtable_notify")
    assert [path for path, _ in listener.posts] == ["/variable"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "/broken", "slack-webhook/absent", "nowhere://"]
)
def test_a_message_that_does_not_get_through_does_not_hide_the_failure(
    address, listener, tmp_path, monkeypatch, caplog
):
    address = listener.url + address if address == "/broken" else address
    monkeypatch.setenv("GOVTABLE_NOTIFY", address)
    fail(tmp_path)
    assert "Nobody was told of the failure" in caplog.text


def test_nobody_is_told_of_a_run_that_is_cancelled(listener, samples, tmp_path, monkeypatch):
    from pipeline import flow

    monkeypatch.setenv("GOVTABLE_NOTIFY", listener.url)
    with locked(tmp_path / "out"), pytest.raises(Busy):
        flow.execute(samples, tmp_path / "out", 1, DEFAULT, print)
    assert listener.posts == []
