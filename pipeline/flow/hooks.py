"""Telling people of a run that failed or crashed.

`GOVTABLE_NOTIFY`, in the environment or as the Prefect variable `govtable_notify`, says whom:

- `https://…`           gets the message as JSON (POST)
- `slack-webhook/team`  the Prefect notification block of that type and name
- `mailto://…`          or any other address that Apprise knows
"""

import os
from typing import Any
from urllib.parse import urlsplit

import httpx
from prefect.blocks.core import Block
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.logging import get_logger
from prefect.variables import Variable

VARIABLE = "GOVTABLE_NOTIFY"
_SECONDS = 10


def notify(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell whom the user named; a message that does not get through must not hide the failure."""
    try:
        address = os.environ.get(VARIABLE) or Variable.get(VARIABLE.lower())
        if address:
            send(str(address), told(flow, flow_run, state))
    except Exception as error:  # noqa: BLE001 - whatever it is
        get_logger("govtable").error("Nobody was told of the failure: %s", error)


def told(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> dict[str, str]:
    """What is said of a run."""
    return {
        "flow": flow.name,
        "run": flow_run.name,
        "run_id": str(flow_run.id),
        "dataset": str(flow_run.parameters.get("out", "")),
        "state": state.name or state.type.value,
        "message": state.message or "",
    }


def send(address: str, what: dict[str, str]) -> None:
    """Send a message to a web address, a Prefect block or an address that Apprise knows.

    Raises:
        Exception: If it does not get through.
    """
    subject = f"govtable: {what['run']}: {what['state']}"
    body = "\n".join(f"{name}: {value}" for name, value in what.items())
    scheme = urlsplit(address).scheme
    if scheme in ("http", "https"):
        message = {"text": f"{subject}\n{what['message']}", **what}
        httpx.post(address, json=message, timeout=_SECONDS).raise_for_status()
    elif scheme:
        _send_by_apprise(address, subject, body)
    else:
        block: Any = Block.load(address)
        block.notify(body, subject)


def _send_by_apprise(address: str, subject: str, body: str) -> None:
    from apprise import Apprise

    sender = Apprise()
    if not (sender.add(address) and sender.notify(body=body, title=subject)):
        raise OSError(f"{urlsplit(address).scheme}:// did not take the message")
