"""Prefect's surroundings, without starting anything."""

import os

import pytest

from pipeline import server


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


def test_no_server_is_configured_on_a_new_machine(home):
    assert not server.configured()
