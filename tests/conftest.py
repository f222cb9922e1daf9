"""Settings and the small dataset that all tests share."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.small import build, copy_samples

# Shells start background jobs with SIGINT ignored, and children inherit it; some tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples at every run: a red test is the change's fault, never chance.
settings.register_profile("govtable", deadline=None, derandomize=True, database=None)
settings.load_profile("govtable")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three short reports; not to be changed."""
    return copy_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset made from `samples`; not to be changed."""
    out = tmp_path_factory.mktemp("dataset")
    build(samples, out)
    return out


@pytest.fixture
def copied(dataset: Path, tmp_path: Path) -> Path:
    """A copy of the dataset, to be broken."""
    return shutil.copytree(dataset, tmp_path / "copied")


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server with a temporary home and database, for all tests that need one."""
    from pipeline import server

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        for name, value in {**server._DEFAULTS, **server._ONE_RUN}.items():
            patch.setenv(name, value)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield
