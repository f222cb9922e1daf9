"""Ctrl-C, and the signal by which a system asks a process to end."""

import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.faults.scenarios import failed, older, points, some, titled
from tests.faults.scenarios.rivals import Stopped
from tests.faults.trials import Lab


def interrupted(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """The run ends with one line and not with 0; the earlier dataset stays whole."""
    for number in some(lab, rng, (signal.SIGINT, signal.SIGTERM)):
        for call in points(lab, rng, 3):
            world = older(lab, folder)
            with Stopped(world, call) as stopped:
                stopped.command.kill(number)
            title = f"{signal.Signals(number).name} at call {call}"
            if stopped.ended.code == 0:
                yield f"{title}: it ended with 0"
            yield from titled(title, failed(lab, world, stopped.ended))


SCENARIOS = (interrupted,)
