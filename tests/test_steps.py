"""Stages are passed again only where something they depend on changed."""

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import extract, provenance, steps, tiers
from pipeline.files import Source, discover
from pipeline.journey import travel
from pipeline.provenance import fingerprint, parts
from pipeline.records import Result
from pipeline.settings import DEFAULT, Settings
from pipeline.stages import STAGES
from pipeline.steps import Steps

ROOT = Path(__file__).parents[1]
ALL = ["read", "tiers", "segments", "names"]
STAGE = {stage.name: stage for stage in STAGES}


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Source:
    """A comparative page of a few countries."""
    text = (ROOT / "raw" / "open-data.txt").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.txt").write_text(text, encoding="utf-8")
    (folder / "other.txt").write_text(text, encoding="utf-8")
    return discover(folder)[1]


@pytest.fixture(scope="module")
def kept(page) -> tuple[Result, bytes]:
    """The result, and what its stages came to."""
    first = Steps(DEFAULT)
    result = travel(page, DEFAULT, first)
    assert isinstance(result, Result)
    assert first.passed == ALL
    return result, first.dump()


def again(page: Source, kept: tuple[Result, bytes], settings: Settings = DEFAULT) -> list[str]:
    """The stages that are passed at the next run, which comes to the same result."""
    second = Steps(settings, kept[1])
    assert travel(page, settings, second) == replace(
        kept[0], report=replace(kept[0].report, document_id=page.document_id, source=page.name)
    )
    return second.passed


def test_nothing_changed_nothing_is_passed(page, kept):
    assert again(page, kept) == []


def test_a_renamed_report_keeps_text_tiers_sections_and_names(page, kept):
    other = next(s for s in discover(page.path.parent) if s.name == "other.txt")
    assert again(other, kept) == []


def _another(monkeypatch, stage: str) -> None:
    """Have a stage's fingerprint change, as a new model does."""
    real = steps.fingerprints

    def prints(settings):
        return real(settings) | {stage: "another"}

    monkeypatch.setattr(steps, "fingerprints", prints)


@pytest.mark.parametrize("stage", ALL)
def test_a_stage_that_comes_to_the_same_leaves_the_later_ones(page, kept, stage, monkeypatch):
    _another(monkeypatch, stage)
    assert again(page, kept) == [stage]


def test_another_grade_does_not_read_the_names_again(page, kept, monkeypatch):
    _another(monkeypatch, "tiers")
    real = tiers.find

    def worse(outline, text):
        return [replace(s, confidence=0.5) for s in real(outline, text)]

    monkeypatch.setattr(tiers, "find", worse)
    second = Steps(DEFAULT, kept[1])
    found = travel(page, DEFAULT, second)
    assert isinstance(found, Result)
    assert second.passed == ["tiers", "segments"]
    assert {s.confidence for s in found.tier_statements} == {0.5}
    assert found.mentions == kept[0].mentions


def test_only_the_stages_that_obey_a_setting_are_passed_again(page, kept):
    assert again(page, kept, Settings(max_pages=77)) == ["read"]
    assert again(page, kept, Settings(seed=1)) == []


@pytest.mark.parametrize(
    "damaged",
    [b"", b"x", zlib.compress(b"["), zlib.compress(b"[]"), zlib.compress(b'{"read": {"key": 1}}')],
)
def test_damaged_outcomes_are_none(page, kept, damaged):
    assert again(page, (kept[0], damaged)) == ALL


def test_an_outcome_of_another_shape_is_made_again(page, kept):
    stored = json.loads(zlib.decompress(kept[1]))
    stored["names"]["outcome"][0]["start"] = -1
    stored["tiers"]["outcome"] = None
    damaged = zlib.compress(json.dumps(stored).encode())
    assert again(page, (kept[0], damaged)) == ["tiers", "names"]


def test_the_threshold_of_names_is_obeyed(page, kept):
    second = Steps(Settings(mention_threshold=0.9), kept[1])
    found = travel(page, Settings(mention_threshold=0.9), second)
    assert isinstance(found, Result)
    assert second.passed == ["names"]
    least = [m.confidence for m in found.mentions if m.label != "YEAR"]
    before = [m.confidence for m in kept[0].mentions if m.label != "YEAR"]
    assert min(before) < 0.9 <= min(least)


def test_each_stage_has_its_own_parts():
    found = {stage.name: parts(stage, DEFAULT) for stage in STAGES}
    assert "model tiers.npz" in found["tiers"]
    assert not any(name.startswith("model") for name in found["read"])
    assert "code read/pdf/columns.py" in found["read"]
    assert "code read/pdf/columns.py" not in found["names"]
    assert "code extract/model.py" in found["names"]
    assert "code extract/model.py" not in found["tiers"]
    assert found["names"]["setting mention_threshold"] == "0.3"
    assert "library pypdfium2" in found["read"]
    assert "code sqlite.py" in found["tables"]
    assert all("code journey.py" in p for p in found.values())


def test_imports_inside_functions_and_of_packages_count(tmp_path, monkeypatch):
    files = {
        "__init__.py": "",
        "a.py": "def f():\n    from pipeline.b import g\n",
        "b/__init__.py": "import numpy",
        "b/c.py": "from pipeline import (\n    d,\n)\n",
        "d.py": "",
        "e.py": "",
    }
    package = tmp_path / "pipeline"
    for name, text in files.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(provenance, "PACKAGE", package)
    for function in (provenance._modules, provenance._imports, provenance._closure):
        function.cache_clear()
    try:
        assert provenance._closure(("pipeline.a",)) == (("pipeline.a", "pipeline.b"), ("numpy",))
        modules, _ = provenance._closure(("pipeline.b",))
        assert modules == ("pipeline.b", "pipeline.b.c", "pipeline.d")
    finally:
        for function in (provenance._modules, provenance._imports, provenance._closure):
            function.cache_clear()


def test_other_values_other_fingerprints():
    changed = {
        name: fingerprint(STAGE[name], DEFAULT) != fingerprint(STAGE[name], Settings(max_pages=1))
        for name in STAGE
    }
    assert changed == {name: name == "read" for name in STAGE}


def test_names_know_only_where_sections_are(page, kept, monkeypatch):
    # What is kept of names is keyed by what the stage is given, so it must be given no more.
    seen = []
    monkeypatch.setattr(extract, "mentions", lambda *given: seen.append(given) or [])
    travel(page, DEFAULT)
    outline, _, segments, _ = seen[0]
    assert outline.title is None and outline.edition is None
    assert {s.tier for s in segments} == {None}
    assert {s.country_confidence for s in segments} == {1.0}
