"""prefect.yaml: Prefect reads it, its flows are there, its parameters fit, and it deploys."""

import os
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
import yaml

from tests.small import ROOT

FILE = ROOT / "prefect.yaml"
DEPLOYMENTS = {d["name"]: d for d in yaml.safe_load(FILE.read_text())["deployments"]}


def loaded() -> dict[str, dict[str, Any]]:
    """The deployments as Prefect itself reads them, and what it says to that."""
    from prefect.cli.deploy._config import _load_deploy_configs_and_actions
    from rich.console import Console

    said = StringIO()
    found, _ = _load_deploy_configs_and_actions(FILE, console=Console(file=said))
    assert said.getvalue() == ""
    return {deployment["name"]: deployment for deployment in found}


def test_prefect_reads_the_file(prefect):
    assert loaded().keys() == DEPLOYMENTS.keys()
    nightly = loaded()["nightly"]
    assert nightly["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert nightly["schedules"][0]["timezone"] == "UTC"
    assert "schedules" not in loaded()["on-demand"]


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_each_deployment_names_a_flow_and_values_it_takes(prefect, name):
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint(DEPLOYMENTS[name]["entrypoint"])
    flow.validate_parameters(DEPLOYMENTS[name]["parameters"])
    assert flow.parameters.properties.keys() == DEPLOYMENTS[name]["parameters"].keys()


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_each_parameter_is_described(prefect, name):
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint(DEPLOYMENTS[name]["entrypoint"])
    assert flow.description
    assert all("description" in told for told in flow.parameters.properties.values())


def test_the_file_deploys(prefect):
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL

    def run(*words: str) -> None:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *words]
        env = {**os.environ, "PREFECT_API_URL": PREFECT_API_URL.value()}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    run("work-pool", "create", "govtable", "--type", "process")
    run("deploy", "--all")
    with get_client(sync_client=True) as client:
        found = client.read_deployments()
    assert {d.name for d in found} == DEPLOYMENTS.keys()
    (nightly,) = [d for d in found if d.name == "nightly"]
    assert nightly.schedules[0].schedule.cron == "0 3 * * *"
    assert nightly.enforce_parameter_schema
