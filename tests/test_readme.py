"""The README says what the schema and the folders say."""

import re
from pathlib import Path

import pytest

from pipeline.codebook import overview

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_tables_are_generated_from_the_schema():
    assert overview() in README


def test_every_module_stands_in_the_picture_of_the_house():
    picture = README.split("## The house")[1]
    modules = {p.name for p in (ROOT / "pipeline").glob("*.py")} - {"__init__.py"}
    folders = {f"{p.name}/" for p in (ROOT / "pipeline").iterdir() if (p / "__init__.py").exists()}
    missing = {name for name in modules | folders if name not in picture}
    assert not missing


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_links_lead_somewhere(path):
    assert (ROOT / path).exists()
