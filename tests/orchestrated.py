"""What Prefect recorded of the runs in the tests."""

from pathlib import Path
from typing import Any


def flow_runs(name: str, out: Path | None = None) -> list[Any]:
    """The runs of a flow, the newest first; asks for a list, as Prefect's own pages do.

    Args:
        out: Only those that made this dataset.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowFilter, FlowFilterName
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=[name])),
            sort=FlowRunSort.START_TIME_DESC,
        )
    return [run for run in found if out is None or run.parameters["out"] == str(out)]


def artifacts(run: Any) -> dict[str, Any]:
    """The artifacts of a flow run by their keys."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    with get_client(sync_client=True) as client:
        return {
            artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=of_run)
        }
