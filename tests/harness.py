"""A Prefect of its own for the tests: modules that need it name this one in `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from pipeline import server


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A server with a temporary home and database, for all tests that need one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        for name, value in {**server._DEFAULTS, **server._ONE_RUN}.items():
            patch.setenv(name, value)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield
