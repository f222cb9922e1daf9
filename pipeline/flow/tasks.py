"""The tasks of a run.

A task run stands for a batch of documents, never for one: each costs Prefect's server some 25 ms.
Tasks get paths and hand back little; results lie in the store. What they do is said elsewhere: Dask
sends a task's own lines to its workers as they are, and all other functions by name.
"""

import errno
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from pipeline import workers
from pipeline.place import Place
from pipeline.plan import Batch, Plan, Summary, plan
from pipeline.settings import Settings
from pipeline.workers import here

_LASTING = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG}
_LASTING_KINDS = (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError)


def can_pass(error: BaseException | None) -> bool:
    """Whether an error may be gone in a moment: a full disk or a slow network, not a defect."""
    lasting = isinstance(error, _LASTING_KINDS) or getattr(error, "errno", None) in _LASTING
    return isinstance(error, OSError) and not lasting


def _retry(_task: Any, _run: Any, state: Any) -> bool:
    found = state.data
    return can_pass(getattr(found, "exception", found))


_PATIENT: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(2),  # 2, 4 and 8 seconds
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": _retry,
}


@task(**_PATIENT)
def discover(raw: Place, out: Place, settings: Settings, corrected: Place | None = None) -> Plan:
    """Find the files that are new or changed.

    What was found before still holds if nothing has changed since but what workers began with.
    """
    found, before = plan(raw, out, settings, corrected), here.TODO.get()
    return before if before and before.key == found.key else found


@task(task_run_name="batch-{number}", **_PATIENT)
def process_batch(number: int, batch: Batch, out: Place, settings: Settings) -> Batch:
    """Take a batch of documents from bytes to kept results.

    Returns:
        Those whose worker process died.
    """
    return here.process_batch(batch, out, settings)


@task(**_PATIENT)
def process_alone(suspects: Batch, out: Place, settings: Settings) -> Batch:
    """Process documents whose worker died once more, with no other worker beside them.

    Returns:
        Those that are quarantined, because it died again.
    """
    return workers.alone(suspects, out, settings, here.DONE.get())


@task(**_PATIENT)
def publish(todo: Plan, out: Place, settings: Settings) -> Summary:
    """Assemble, check and write the dataset, with the crew of the run if there is one."""
    from pipeline import publish

    return publish.publish(todo, out, settings, hands=here.CREW.get())
