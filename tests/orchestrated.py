"""A Prefect of its own for the tests, and what it recorded."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A server with a temporary home and database, for all tests that need one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        from pipeline import server

        for name, value in {**server._DEFAULTS, **server._ONE_RUN}.items():
            patch.setenv(name, value)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


def flow_runs(name: str) -> list[Any]:
    """The runs of a flow, the newest first; asks for a list, as Prefect's own pages do."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowFilter, FlowFilterName
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        return client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=[name])),
            sort=FlowRunSort.START_TIME_DESC,
        )


def artifacts(run: Any) -> dict[str, Any]:
    """The artifacts of a flow run by their keys."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    with get_client(sync_client=True) as client:
        return {
            artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=of_run)
        }
