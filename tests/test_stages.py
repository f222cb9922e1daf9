"""Each stage opens no file of data but those that are declared for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import DEFAULT
from pipeline.stages import STAGES

ROOT = Path(__file__).parents[1]
REPORTS = (
    "open-data-saved.txt",
    "chapter-portugal.txt",
    "ministry-estonia.txt",
    "deck-slovenia.txt",
)
# Runs the journey with the stages before one taken from what is kept and ends it after that one, so
# that nothing is opened, and remembered, by another.
WATCH = """
import json, sys
from pathlib import Path
from pipeline.files import discover
from pipeline.settings import DEFAULT, MODELS, REFERENCE
from pipeline.steps import Steps
from pipeline import journey

stage, raw, kept = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
opened, now = {}, []

def note(event, args):
    if event == "open" and now and isinstance(args[0], (str, Path)):
        for folder in (MODELS, REFERENCE):
            path = Path(args[0]).absolute()
            if path.is_relative_to(folder):
                opened.setdefault(now[-1], set()).add(path.relative_to(folder).as_posix())

sys.addaudithook(note)

class Watched(Steps):
    def take(self, name, kind, make, *inputs):
        def watched():
            now.append(name)
            try:
                return make()
            finally:
                now.pop()

        found = super().take(name, kind, watched, *inputs)
        if name == stage:
            raise RuntimeError("enough")
        return found

for source in discover(raw):
    path = kept / source.sha256
    steps = Watched(DEFAULT, path.read_bytes() if path.exists() else None)
    if path.exists():
        steps._kept.pop(stage, None)
    now.append("facts")
    journey.travel(source, DEFAULT, steps)
    now.pop()
    if not stage:
        path.write_bytes(steps.dump())
print(json.dumps({name: sorted(files) for name, files in opened.items()}))
"""


def watch(stage: str, raw: Path, kept: Path) -> dict[str, list[str]]:
    """The files that each stage opened, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, stage, str(raw), str(kept)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> tuple[Path, Path]:
    """Reports of all kinds, and a folder with what their stages came to."""
    raw, kept = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("kept")
    for name in REPORTS:
        (raw / name).write_bytes((ROOT / "raw" / name).read_bytes())
    watch("", raw, kept)
    return raw, kept


@pytest.mark.parametrize("stage", [s for s in STAGES if s.name != "tables"], ids=lambda s: s.name)
def test_a_stage_opens_what_is_declared(stage, reports):
    opened = set(watch(stage.name, *reports).get(stage.name, []))
    declared = {*stage.reference}
    undeclared = {
        name
        for name in opened - declared
        if not any(name == model or name.startswith(f"{model}/") for model in stage.models)
    }
    assert not undeclared
    read = [s for s in stage.models if any(n == s or n.startswith(f"{s}/") for n in opened)]
    assert read == list(stage.models), "a model is declared that the stage does not open"


def test_settings_are_those_there_are():
    names = set(DEFAULT.as_dict())
    assert {name for stage in STAGES for name in stage.settings} <= names
