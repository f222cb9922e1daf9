"""Every scenario by its name."""

from tests.faults.scenarios import (
    Scenario,
    access,
    clock,
    damage,
    moving,
    rivals,
    signals,
    space,
    workers,
)

_MODULES = (space, access, clock, rivals, signals, moving, damage, workers)


def _name(scenario: Scenario) -> str:
    return f"{scenario.__module__.rpartition('.')[2]}.{scenario.__name__}"


BY_NAME: dict[str, Scenario] = {_name(s): s for module in _MODULES for s in module.SCENARIOS}
# Those that load everything anew, in processes of their own.
SLOW = {"workers.interrupted_loading"}
# Those without a claim: the command tells what happens.
TOLD = {"damage.repaired_bits"}
