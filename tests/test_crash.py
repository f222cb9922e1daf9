"""Whatever cuts a run off, the earlier dataset stays whole, and the next run completes it."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.faults import children
from tests.faults.isolation import Unsupported
from tests.faults.reports import short
from tests.faults.scenarios.all import BY_NAME, SLOW, TOLD
from tests.faults.trials import Lab, Outcome, trial

N = 6  # trials, of one to three kills each
SEED = 4
KINDS = ("moment", "call", "power", "power", "recovery")
NAMES = [name for name in BY_NAME if name not in SLOW | TOLD]
AT_ONCE = 2  # most of the time is spent waiting for processes

pytestmark = pytest.mark.skipif(not children.SUPPORTED, reason="needs Linux")


class Played:
    """All trials and scenarios, played beside each other."""

    def __init__(self, lab: Lab, pool: ThreadPoolExecutor) -> None:
        self.trials: list[Future[Outcome]] = [
            pool.submit(trial, lab, lab.root / f"trial-{n}", n, SEED, KINDS) for n in range(N)
        ]
        self.scenarios: dict[str, Future[list[str]]] = {
            name: pool.submit(self._play, lab, name) for name in NAMES
        }

    @staticmethod
    def _play(lab: Lab, name: str) -> list[str]:
        return list(BY_NAME[name](lab, lab.root / name, Random(f"{SEED}-{name}")))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    root: Path = tmp_path_factory.mktemp("crash")
    lab = Lab.make(root, *short())
    lab.variants = 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield Played(lab, pool)
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("number", range(N))
def test_a_run_cut_off_leaves_one_dataset_whole_and_the_next_completes_it(played, number):
    outcome = played.trials[number].result()
    assert not outcome.problems, outcome


def test_most_runs_are_cut_off_in_time(played):  # else nothing is tried
    faults = [fault for future in played.trials for fault in future.result().faults]
    assert len(faults) >= 10
    assert sum(fault.in_time for fault in faults) > len(faults) / 3


@pytest.mark.parametrize("name", NAMES)
def test_trouble_does_no_harm(played, name):
    try:
        problems = played.scenarios[name].result()
    except Unsupported as error:
        pytest.skip(f"not possible here: {error}")
    assert not problems, BY_NAME[name].__doc__
