"""Citation, data package, Croissant and codebook: valid by other people's rules."""

import csv
import json
import logging
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline.nulls import NULLS
from pipeline.release import citation
from pipeline.release.about import About
from pipeline.schema import TABLES
from tests.release.conftest import ABOUT

# From the schema of Citation File Format 1.2.0.
CFF_KEYS = set(
    "abstract authors cff-version commit contact date-released doi identifiers keywords license"
    " license-url message preferred-citation references repository repository-artifact"
    " repository-code title type url version".split()
)
CFF_DOI = re.compile(r"^10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-\.\(\)\[\]\\]+$")
PERSON = {"family-names", "given-names"}
FULL = replace(ABOUT, doi="10.5281/zenodo.1234567", released=date(2026, 11, 30))


@pytest.mark.parametrize("about", [ABOUT, FULL, About(version="1.2.0", title='A "b": #c')])
def test_the_citation_keeps_the_citation_file_format(about):
    found = yaml.safe_load(citation.citation(about))
    assert set(citation.REQUIRED) <= found.keys() <= CFF_KEYS
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "dataset"
    assert (found["title"], found["version"]) == (about.title, about.version)
    assert all(a.keys() == PERSON or a.keys() == {"name"} for a in found["authors"])
    assert all(isinstance(word, str) for word in found["keywords"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.get("date-released", "2026-11-30"))
    assert found.get("doi") == about.doi
    assert about.doi is None or CFF_DOI.match(found["doi"])


def test_without_doi_there_is_a_place_for_it_that_is_no_doi():
    text = citation.citation(ABOUT)
    assert '# doi: "10.xxxx/…", to be filled in' in text
    assert "doi" not in yaml.safe_load(text)


def test_frictionless_takes_the_whole_package(released):
    frictionless = pytest.importorskip("frictionless")
    from frictionless import system

    with system.use_context(trusted=True):
        report = frictionless.validate(str(released / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
    assert len(report.tasks) == 2 * len(TABLES) + 1  # CSV, Parquet, SQLite


# Lists of which the profiles of Data Package 2.0 say `minItems: 1`.
NEVER_EMPTY = {
    "resources", "licenses", "contributors", "keywords", "fields", "primaryKey", "uniqueKeys",
    "foreignKeys", "enum",
}  # fmt: skip


@pytest.mark.parametrize("folder", ["graded", "released", "textless"])
def test_no_list_of_the_data_package_is_empty_that_its_profile_wants_filled(folder, request):
    path = request.getfixturevalue(folder) / "datapackage.json"

    def told(found: dict[str, Any]) -> dict[str, Any]:
        assert not [name for name in NEVER_EMPTY if found.get(name) == []], found.get("name")
        return found

    assert "foreignKeys" in json.dumps(json.loads(path.read_text("utf-8"), object_hook=told))


def test_the_data_package_says_who_what_and_on_what_terms(released):
    found = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))
    assert found["version"] == "2026.11.0"
    assert found["licenses"][0]["name"] == "CC-BY-4.0"
    assert [c["title"] for c in found["contributors"]] == ["Ada Lovelace", "An Institute"]
    fields = {
        (r["name"], f["name"]): f for r in found["resources"] if "schema" in r
        for f in r["schema"]["fields"]
    }  # fmt: skip
    assert fields["mentions", "start"]["unit"] == "code points"
    assert fields["documents", "edition"]["unit"] == "year"
    assert "unit" not in fields["countries", "cow_code"]


@pytest.mark.parametrize("folder", ["released", "textless"])
def test_croissant_is_valid_and_its_records_are_the_rows(folder, request, caplog):
    mlcroissant = pytest.importorskip("mlcroissant")
    path = request.getfixturevalue(folder)
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset(jsonld=str(path / "croissant.json"))
    warned = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert not [text for text in warned if "datePublished" not in text]  # no day was given
    for name in ("panel", "rankings", "documents"):
        data = pd.read_parquet(path / f"{name}.parquet")
        records = list(dataset.records(record_set=name))
        assert len(records) == len(data)
        for column in data:
            values = [record[f"{name}/{column}"] for record in records]
            plain = [v.decode() if isinstance(v, bytes) else v for v in values]
            assert plain == data[column].astype(object).where(data[column].notna(), None).tolist()


def test_the_codebook_explains_every_column_and_every_null(released):
    with (released / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["table"], row["column"]): row for row in csv.DictReader(file)}
    assert list(rows) == [(t.name, c.name) for t in TABLES for c in t.columns]
    for table in TABLES:
        for column in table.columns:
            row = rows[table.name, column.name]
            assert row["about"]
            assert row["stage"] == table.stage
            assert row["type"] == column.type
            assert (row["empty"] == "never") != column.null
            assert column.type == "string" or row["unit"] or row["values"]
    text = (released / "CODEBOOK.md").read_text(encoding="utf-8")
    assert all(f"## {table.name}\n" in text for table in TABLES)


def test_the_meaning_of_null_is_known_for_every_column_that_allows_it_and_no_other():
    nullable = {(t.name, c.name) for t in TABLES for c in t.columns if c.null}
    assert {(table, column) for table, found in NULLS.items() for column in found} == nullable


def test_tables_of_the_codebook_are_whole(released):
    """Every row of a table has as many cells as its head: nothing in it parts a cell in two."""
    width = 0
    for line in (released / "CODEBOOK.md").read_text(encoding="utf-8").splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not cells or not width or cells == width, line
        width = cells


def test_stages_of_the_codebook_are_those_of_the_provenance(released):
    with (released / "codebook.csv").open(encoding="utf-8", newline="") as file:
        stages = {stage for row in csv.DictReader(file) for stage in row["stage"].split(", ")}
    assert stages == set(pd.read_parquet(released / "provenance.parquet")["stage"])
