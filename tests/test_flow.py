"""The flow under Prefect: the same bytes as without it, states, retries and what people see."""

import shutil
from pathlib import Path

import pytest

from pipeline import publish
from pipeline.commit import locked
from pipeline.lease import Busy
from pipeline.plan import plan
from pipeline.settings import DEFAULT
from tests.orchestrated import artifacts, flow_runs
from tests.small import build, contents, copy_samples

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    """Two reports and a file that is none."""
    folder = tmp_path_factory.mktemp("raw")
    copy_samples(folder, ("agency-canada.txt", "chapter-portugal.txt"))
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    return folder


@pytest.fixture(scope="module")
def out(prefect, raw, tmp_path_factory) -> Path:
    """A dataset that the flow made."""
    from pipeline import flow

    done: list[int] = []
    folder = tmp_path_factory.mktemp("flow") / "My dataset"
    result = flow.execute(raw, folder, 1, DEFAULT, done.append, todo=plan(raw, folder, DEFAULT))
    assert (result.n_documents, result.n_new, sum(done)) == (2, 3, 3)
    assert [source for source, _ in result.quarantined] == ["scan.pdf"]
    return folder


@pytest.fixture
def quick(monkeypatch):
    """Retries without the wait."""
    from pipeline.flow import tasks

    for task in (tasks.discover, tasks.process_batch, tasks.process_alone, tasks.publish):
        monkeypatch.setattr(task, "retry_delay_seconds", 0)


def test_the_flow_makes_the_same_dataset(out, raw, tmp_path):
    build(raw, tmp_path / "plain")
    assert contents(out) == contents(tmp_path / "plain")


def test_the_run_says_what_it_is_about_and_what_was_quarantined(out, raw):
    flow_run = flow_runs("reprocess", out)[-1]
    assert flow_run.name == f"{out} from {raw}"
    assert flow_run.tags == ["govtable"]
    assert flow_run.state.is_completed()
    assert flow_run.state.name == "Completed: 1 quarantined"
    assert "2 documents" in flow_run.state.message


def test_people_see_a_summary_the_quarantine_and_a_link(out):
    found = artifacts(flow_runs("reprocess", out)[-1])
    assert set(found) == {"summary-my-dataset", "quarantine-my-dataset", "dataset-my-dataset"}
    assert "| new or changed | 3 |" in found["summary-my-dataset"].data
    assert "| seconds to publish |" in found["summary-my-dataset"].data
    assert "scan.pdf" in found["quarantine-my-dataset"].data
    assert (out / "dataset.sqlite").as_uri() in found["dataset-my-dataset"].data


def test_nothing_new_ends_at_once(out, raw, monkeypatch):
    from pipeline import flow

    monkeypatch.setattr(publish, "publish", None)
    result = flow.execute(raw, out, 1, DEFAULT, print)
    assert (result.n_documents, result.n_new, result.n_quarantined) == (2, 0, 1)


def test_a_second_run_is_cancelled_not_failed(out, raw):
    from pipeline import flow

    with locked(out), pytest.raises(Busy, match="another run"):
        flow.execute(raw, out, 1, DEFAULT, print)
    assert flow_runs("reprocess", out)[0].state.is_cancelled()


def test_a_second_run_waits_if_told_so(out, raw, monkeypatch):
    from pipeline import flow
    from pipeline.flow import reprocessing

    holder = locked(out)
    holder.__enter__()
    monkeypatch.setattr(reprocessing.time, "sleep", lambda _: holder.__exit__(None, None, None))
    assert flow.execute(raw, out, 1, DEFAULT, print, when_busy="wait").n_documents == 2


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (OSError(28, "No space left on device"), 4),
        (ConnectionResetError(104, "Connection reset by peer"), 4),
        (TimeoutError("no answer"), 4),
        (PermissionError(13, "Permission denied"), 1),
        (OSError(30, "Read-only file system"), 1),
        (FileNotFoundError(2, "No such file or directory"), 1),
        (ValueError("a defect"), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_only_what_can_pass_is_tried_again(error, tries, raw, tmp_path, quick, monkeypatch):
    from pipeline.flow import tasks

    calls = []

    def fail(*_):
        calls.append(1)
        raise error

    monkeypatch.setattr(tasks, "plan", fail)
    state = tasks.discover(raw, tmp_path, DEFAULT, return_state=True)
    assert state.is_failed()
    assert len(calls) == tries


def test_a_dataset_that_cannot_be_written_fails_the_run(raw, tmp_path, quick, monkeypatch):
    from pipeline import flow
    from pipeline.flow import reprocessing

    def full(*_, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "publish", full)
    monkeypatch.setattr(reprocessing, "on_this_machine", lambda *_: None)
    with pytest.raises(OSError, match="No space left"):
        flow.execute(raw, tmp_path / "out", 1, DEFAULT, print)
    assert flow_runs("reprocess", tmp_path / "out")[0].state.is_failed()


def test_a_document_that_kills_its_worker_is_quarantined(out, raw, tmp_path, monkeypatch):
    from pipeline import flow, workers

    monkeypatch.setattr(workers, "PROCESS", "tests.deadly:deed")
    monkeypatch.setattr(workers, "PROVE", "tests.deadly:nothing")
    again, more = shutil.copytree(out, tmp_path / "out"), shutil.copytree(raw, tmp_path / "raw")
    (more / "kill.txt").write_text("A report.")
    result = flow.execute(more, again, 2, DEFAULT, lambda n: None, todo=plan(more, again, DEFAULT))
    assert (result.n_documents, result.n_new) == (2, 1)
    assert "needs more memory than there is" in dict(result.quarantined)["kill.txt"]
    assert flow_runs("reprocess", again)[0].state.name == "Completed: 2 quarantined"


@pytest.mark.parametrize(
    "wrong", [{"workers": 0}, {"workers": "many"}, {"runner": "ray"}, {"when_busy": "push"}]
)
def test_parameters_are_checked(wrong, raw, tmp_path):
    from prefect.exceptions import ParameterTypeError

    from pipeline import flow

    with pytest.raises(ParameterTypeError):
        flow.reprocess(str(raw), str(tmp_path), **wrong)


def test_an_unknown_setting_is_named(raw, tmp_path):
    from pipeline import flow

    with pytest.raises(ValueError, match="there is no setting 'max_cats'"):
        flow.reprocess(str(raw), str(tmp_path), settings={"max_cats": 3})


def test_accuracy_is_an_artifact(tmp_path):
    from pipeline import flow
    from tests.small import ROOT

    gold = ROOT / "tests/gold"
    f1 = flow.evaluate_accuracy(str(gold), str(ROOT / "raw"), str(tmp_path / "scores.json"))
    assert f1["AGENCY"] > 0.5
    assert (tmp_path / "scores.json").exists()
    (flow_run,) = flow_runs("evaluate")
    assert "AGENCY" in artifacts(flow_run)["accuracy"].data
