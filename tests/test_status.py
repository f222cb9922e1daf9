"""What a run would do, and why."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline import provenance
from pipeline.cli import main
from pipeline.settings import DEFAULT, Settings
from pipeline.status import status, why
from tests.small import SAMPLES, contents


@pytest.fixture
def folders(samples: Path, copied: Path, tmp_path: Path) -> tuple[Path, Path]:
    """RAW and OUT, both to be changed."""
    return shutil.copytree(samples, tmp_path / "raw"), copied


def test_nothing_to_do(folders, capsys):
    found = status(*folders, DEFAULT)
    assert found.up_to_date
    assert why(found) == []
    assert main(["status", str(folders[0]), "--out", str(folders[1])]) == 0
    assert "up to date with 3 documents" in capsys.readouterr().out


def test_a_first_run(samples, tmp_path, capsys):
    assert main(["status", str(samples), "--out", str(tmp_path / "out")]) == 0
    assert "process 3 of 3 documents" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_files_that_came_changed_moved_and_went(folders):
    raw, out = folders
    before = contents(out)
    one, two, three = sorted(SAMPLES)
    (raw / one).rename(raw / "moved.txt")
    (raw / two).unlink()
    (raw / three).write_text("Another text.", encoding="utf-8")
    (raw / "new.txt").write_text("A new text.", encoding="utf-8")
    found = status(raw, out, DEFAULT)
    assert (found.new, found.changed) == (("new.txt",), (three,))
    assert (found.renamed, found.removed) == (((one, "moved.txt"),), (two,))
    assert set(found.to_process) == {"new.txt", three, "moved.txt"}
    assert not found.up_to_date
    assert [line.split(":")[0] for line in why(found)] == [
        "1 new", "1 changed", "1 renamed", "1 removed",
    ]  # fmt: skip
    assert contents(out) == before


def test_a_setting_names_the_stage_that_obeys_it(folders):
    found = status(*folders, Settings(max_pages=300))
    assert found.stages == {"read": ("setting max_pages",)}
    assert len(found.to_process) == 3
    assert why(found) == ["stage read (bytes to the canonical text): setting max_pages changed"]


def test_a_new_model_names_its_stage(folders, monkeypatch):
    real = provenance._hash
    monkeypatch.setattr(
        provenance, "_hash", lambda path: "new" if path.name == "tiers.npz" else real(path)
    )
    provenance.fingerprints.cache_clear()
    try:
        found = status(*folders, DEFAULT)
        assert found.stages == {"tiers": ("model tiers.npz",)}
        assert len(found.to_process) == 3
    finally:
        provenance.fingerprints.cache_clear()


def test_damage_to_the_dataset_is_told(folders):
    (folders[1] / "documents.csv").unlink()
    found = status(*folders, DEFAULT)
    assert (found.broken, found.to_process) == (("documents.csv",), ())
    assert not found.up_to_date


def test_as_json(folders, capsys):
    (folders[0] / "new.txt").write_text("A new text.", encoding="utf-8")
    assert main(["status", str(folders[0]), "--out", str(folders[1]), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["up_to_date"], told["n_documents"]) == (["new.txt"], False, 4)
