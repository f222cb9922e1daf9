"""A small dataset from a few sample reports, and how to compare two datasets."""

import shutil
from pathlib import Path

from pipeline import processing, publish
from pipeline.commit import locked, recover
from pipeline.plan import Summary, plan
from pipeline.settings import DEFAULT
from pipeline.workers import processing as processed

ROOT = Path(__file__).parents[1]
SAMPLES = ("agency-canada.txt", "chapter-portugal.txt", "ministry-estonia.txt")


def copy_samples(raw: Path, names: tuple[str, ...] = SAMPLES) -> Path:
    """Put sample reports into a folder."""
    raw.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(ROOT / "raw" / name, raw / name)
    return raw


def build(raw: Path, out: Path, *, workers: int = 1) -> Summary:
    """Bring the dataset under `out` up to date, without Prefect."""
    with locked(out):
        recover(out)
        todo = plan(raw, out, DEFAULT)
        if workers == 1:  # here, where the models are loaded
            for batch in todo.batches:
                processing.process_batch(batch, out, DEFAULT)
            return publish.publish(todo, out, DEFAULT)
        with processed(todo.batches, out, DEFAULT, workers, lambda n: None) as work:
            return publish.publish(todo, out, DEFAULT, work.ready, work.crew)


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a dataset by its path; what starts with a dot is not part of it."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith("."):
            found[name] = path.read_bytes()
    return found
