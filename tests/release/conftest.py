"""Releases that the tests look at; those of the session are not to be changed."""

import shutil
from pathlib import Path

import pytest

from pipeline.release import release
from pipeline.release.about import About, Author
from tests.small import build, copy_samples

ABOUT = About(version="2026.11.0", authors=(Author("Lovelace", "Ada"), Author("An Institute")))


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with tiers, placements and a report that could not be read."""
    raw = copy_samples(tmp_path_factory.mktemp("raw"), ("open-data.txt", "ministry-estonia.txt"))
    (raw / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    out = tmp_path_factory.mktemp("graded")
    build(raw, out)
    return out


@pytest.fixture(scope="session")
def released(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of `graded`."""
    folder = tmp_path_factory.mktemp("releases") / "whole"
    release(graded, folder, ABOUT)
    return folder


@pytest.fixture(scope="session")
def textless(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of `graded` without texts."""
    folder = tmp_path_factory.mktemp("releases") / "textless"
    release(graded, folder, About(version="2026.11.0", authors=ABOUT.authors, texts=False))
    return folder


@pytest.fixture
def broken(released: Path, tmp_path: Path) -> Path:
    """A copy of the release, to be broken."""
    return shutil.copytree(released, tmp_path / "broken")
