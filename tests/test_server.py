"""Prefect's surroundings: its environment, and the server of our own."""

import os
import subprocess
import sys

import psutil
import pytest

from pipeline import server
from tests.small import ROOT


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PREFECT_HOME", "PREFECT_API_URL", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return tmp_path


def test_a_home_of_its_own_where_prefect_has_none(home):
    server.prepare()
    assert os.environ["PREFECT_HOME"] == str(home / ".local/state/govtable/prefect")


def test_the_users_home_stays(home):
    (home / ".prefect").mkdir()
    server.prepare()
    assert "PREFECT_HOME" not in os.environ


def test_what_the_user_has_set_stays(home):
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "DEBUG"
    server.prepare()
    assert os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] == "DEBUG"


@pytest.mark.parametrize("where", ["environment", "profile"])
def test_a_configured_server_is_used(home, where):
    if where == "environment":
        os.environ["PREFECT_API_URL"] = "http://127.0.0.1:4200/api"
    else:
        (home / ".prefect").mkdir()
        (home / ".prefect/profiles.toml").write_text(
            'PREFECT_API_URL = "http://127.0.0.1:4200/api"'
        )
    assert server.configured()
    with server.running() as url:
        assert url is None
    server.start()
    assert server._own is None


def test_no_server_is_configured_on_a_new_machine(home):
    assert not server.configured()


def test_a_killed_run_leaves_no_server_over(tmp_path):
    code = "from pipeline import server; server.start(); print('started', flush=True); input()"
    env = {**os.environ, "PREFECT_HOME": str(tmp_path)}
    env.pop("PREFECT_API_URL", None)
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    run.stdout.readline()
    (child,) = psutil.Process(run.pid).children()
    run.kill()
    run.wait()
    assert psutil.wait_procs([child], timeout=30)[1] == []


def test_a_server_that_does_not_start_says_why(home):
    os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = "sqlite+aiosqlite:////absent/prefect.db"
    with pytest.raises(OSError, match="unable to open database file"), server.running():
        pass
