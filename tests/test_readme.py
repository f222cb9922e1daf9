"""The README says what the schema and the folders say."""

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.codebook import overview
from tests.small import build, copy_samples

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


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The dataset of the sample that the README shows rows of."""
    out = tmp_path_factory.mktemp("out")
    build(copy_samples(tmp_path_factory.mktemp("raw"), ("open-data-saved.txt",)), out)
    return out


@pytest.mark.parametrize("table", ["segments", "rankings"])
def test_rows_that_are_shown_are_those_of_the_sample(table, saved):
    columns, shown = _shown(table)
    data = pd.read_csv(saved / f"{table}.csv", dtype="string")
    if "country_confidence" in columns:
        data["country_confidence"] = data["country_confidence"].astype(float).map("{:.3f}".format)
    rows = set(data[columns].fillna("").itertuples(index=False, name=None))
    assert shown and shown <= rows


def _shown(table):
    """Columns and rows of the table that stands below the mention of its name."""
    behind = re.split(rf"rows? of `{table}`", README.split("## What comes out")[1])[1]
    lines = re.search(r"(?:^\|.*\n)+", behind, re.MULTILINE)[0].splitlines()
    columns, _, *rows = (line.strip("| ").split(" | ") for line in lines)
    return columns, {tuple(row) for row in rows}


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_links_lead_somewhere(path):
    assert (ROOT / path).exists()
