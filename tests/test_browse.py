"""`govtable browse`: what Datasette is told fits the dataset, and it cannot change it."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.explorer import datasette
from pipeline.explorer.dataset import package
from pipeline.explorer.metadata import metadata
from pipeline.explorer.queries import QUERIES
from pipeline.schema import TABLE, TABLES

VALUES = {"country": "PRT", "index_name": "", "below": "1.1", "indicator": "digital"}
EMPTY = {"quarantined_documents"}  # in the small dataset
needs_datasette = pytest.mark.skipif(find_spec("datasette") is None, reason="no Datasette")


def test_every_table_and_column_is_described() -> None:
    described = metadata({})["databases"]["dataset"]["tables"]
    assert list(described) == [table.name for table in TABLES]
    for table in TABLES:
        assert list(described[table.name]["columns"]) == table.names


def test_facets_order_and_labels_are_columns() -> None:
    for name, about in metadata({})["databases"]["dataset"]["tables"].items():
        named = [*about.get("facets", ())]
        named += [about[key] for key in ("sort", "sort_desc", "label_column") if key in about]
        assert set(named) <= set(TABLE[name].names)


def test_a_number_is_described_with_its_unit() -> None:
    columns = metadata({})["databases"]["dataset"]["tables"]["segments"]["columns"]
    assert "points" in columns["score_min"]
    assert "probability" in columns["country_confidence"]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_query_answers(query: object, dataset: Path) -> None:
    with sqlite3.connect(f"{(dataset / datasette.FILE).as_uri()}?mode=ro", uri=True) as base:
        rows = base.execute(query.sql, VALUES).fetchall()
    assert bool(rows) == (query.name not in EMPTY)


def test_the_metadata_can_be_printed(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["browse", str(dataset), "--metadata"]) == 0
    assert json.loads(capsys.readouterr().out) == metadata(package(dataset))


@needs_datasette
def test_datasette_shows_the_dataset(dataset: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = "/dataset/agencies_of_a_country.json?country=prt&_shape=array"
    before = (dataset / datasette.FILE).read_bytes()
    assert cli.main(["browse", str(dataset), "--get", path]) == 0
    names = {row["name"] for row in json.loads(capfd.readouterr().out)}
    assert "Court of Auditors" in names
    assert cli.main(["browse", str(dataset), "--get", "/dataset/entities"]) == 0
    page = capfd.readouterr().out
    assert "The things mentioned, over all documents." in page
    assert "Canonical name, in English where the text gives it" in page
    assert (dataset / datasette.FILE).read_bytes() == before


def test_the_database_is_served_to_this_machine_and_cannot_be_changed() -> None:
    given = datasette.command(Path("dataset.sqlite"), port=8002)
    assert given[given.index("--immutable") + 1] == str(Path("dataset.sqlite").resolve())
    assert given[given.index("--host") + 1] == "127.0.0.1"
    assert given[given.index("--port") + 1] == "8002"


def test_without_datasette_it_says_how_to_get_it(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(datasette, "find_spec", lambda name: None)
    assert cli.main(["browse", str(dataset)]) == 1
    assert ".[view]" in capsys.readouterr().err


def test_a_folder_without_a_dataset_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["browse", str(tmp_path / "none")]) == 2
    if find_spec("datasette"):
        assert cli.main(["browse", str(tmp_path)]) == 1
        assert "dataset.sqlite is missing" in capsys.readouterr().err


def test_a_release_says_what_may_be_done_with_it() -> None:
    release = {
        "title": "Reports of a year",
        "version": "2026.11.0",
        "id": "https://doi.org/10.5281/zenodo.1",
        "licenses": [{"title": "Creative Commons", "path": "https://example.org/by"}],
    }
    found = metadata(release)
    assert found["title"] == "Reports of a year"
    assert (found["license"], found["license_url"]) == (
        "Creative Commons",
        "https://example.org/by",
    )
    assert found["about_url"] == "https://doi.org/10.5281/zenodo.1"
    assert "license" not in metadata({"title": "Reports"})


# What a shell starts in the background ignores the signal, and so would its children.
STARTED = """
import signal, sys
from pipeline.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@needs_datasette
def test_a_port_that_is_taken_is_refused_in_a_line(
    dataset: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        assert cli.main(["browse", str(dataset), "--port", str(port)]) == 1
    said = capfd.readouterr().err
    assert said.startswith(f"govtable: port {port}: address already in use")
    assert len(said.splitlines()) == 1


def test_a_port_that_cannot_be_is_wrong_usage(dataset: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["browse", str(dataset), "--port", "70000"])
    assert stopped.value.code == 2


@needs_datasette
def test_stopping_it_leaves_no_server_and_is_no_failure(dataset: Path) -> None:
    port = free_port()
    start = [sys.executable, "-c", STARTED, "browse", str(dataset), "--port", str(port)]
    quiet = os.environ | {"BROWSER": "true"}  # which opens nothing
    served = subprocess.Popen(start, env=quiet, stderr=subprocess.PIPE, text=True)
    try:
        assert answers(port, wanted=True)
        served.send_signal(signal.SIGINT)
        said = served.communicate(timeout=20)[1]
        assert served.returncode == 0
        assert "Traceback" not in said
        assert answers(port, wanted=False)
    finally:
        served.kill()


def answers(port: int, *, wanted: bool) -> bool:
    """Whether something listens, or stops listening, within half a minute."""
    for _ in range(300):
        with closing(socket.socket()) as tried:
            if (tried.connect_ex(("127.0.0.1", port)) == 0) == wanted:
                return True
        time.sleep(0.1)
    return False
