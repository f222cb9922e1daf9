"""The flow under Prefect, once: one report more than needed is bad, and the bytes are the same."""

from pathlib import Path

import pytest

from pipeline.settings import DEFAULT
from tests.small import build, contents, copy_samples


@pytest.fixture(scope="session")
def prefect(tmp_path_factory):
    """A Prefect of its own for the tests, with a temporary home and database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    """Two reports and a file that is none."""
    folder = tmp_path_factory.mktemp("raw")
    copy_samples(folder, ("agency-canada.txt", "chapter-portugal.txt"))
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    return folder


def test_the_flow_makes_the_same_dataset(prefect, raw, tmp_path):
    from pipeline import flow

    done: list[int] = []
    result = flow.execute(raw, tmp_path / "flow", 1, DEFAULT, done.append)
    assert (result.n_documents, result.n_new, sum(done)) == (2, 3, 3)
    assert [source for source, _ in result.quarantined] == ["scan.pdf"]
    build(raw, tmp_path / "plain")
    assert contents(tmp_path / "flow") == contents(tmp_path / "plain")
