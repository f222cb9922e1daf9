"""The one declaration of the tables: it holds the contract, makes SQL and a data package."""

import sqlite3

import pytest

from pipeline import codebook, sqlite
from pipeline.check import pandera_schema
from pipeline.schema import CONTRACT_VERSION, TABLE, TABLES
from pipeline.tables import frame

CONTRACT = {
    "documents": "document_id source sha256 media_type status reason layout title question"
    " indicator edition publisher country_iso3 language n_chars n_pages",
    "blocks": "block_id document_id ordinal start end role page segment_id",
    "segments": "segment_id document_id ordinal start end country_iso3 question tier score_min"
    " score_max country_method country_confidence runner_up_iso3 tier_status",
    "tier_statements": "statement_id document_id start end text tier score_min score_max confidence"
    " runner_up_tier",
    "mentions": "mention_id document_id segment_id entity_id label start end text section"
    " country_iso3 year_start year_end confidence method",
    "entities": "entity_id label name acronym aliases country_iso3 n_mentions n_documents"
    " first_year last_year",
    "rankings": "ranking_id document_id segment_id start end country_iso3 index_name"
    " index_entity_id edition dimension rank out_of value qualifier check",
    "citations": "citation_id document_id segment_id start end text year title url accessed",
    "countries": "country_iso3 iso2 iso_numeric name",
    "panel": "country_iso3 indicator edition tier score_min score_max document_id n_agencies"
    " n_strategies n_laws n_platforms n_rankings n_words",
    "runs": "run_id code_version model_versions configuration_hash",
}
VALUES = {
    ("documents", "status"): "ok quarantined",
    ("documents", "layout"): "indicator chapter webpage deck strategy report",
    ("blocks", "role"): "title question tier_statement scale score country_heading heading prose"
    " list_item citation boilerplate",
    ("segments", "country_method"): "heading evidence order document",
    ("segments", "tier_status"): "stated inferred absent",
    ("mentions", "label"): "AGENCY STRATEGY LAW PLATFORM INDEX YEAR",
    ("mentions", "section"): "body citation boilerplate",
    ("rankings", "check"): "ok impossible contradicted",
}
LINKS = [
    ("blocks", "document_id", "documents"),
    ("blocks", "segment_id", "segments"),
    ("segments", "document_id", "documents"),
    ("segments", "country_iso3", "countries"),
    ("tier_statements", "document_id", "documents"),
    ("mentions", "document_id", "documents"),
    ("mentions", "segment_id", "segments"),
    ("mentions", "entity_id", "entities"),
    ("entities", "country_iso3", "countries"),
    ("rankings", "country_iso3", "countries"),
    ("rankings", "index_entity_id", "entities"),
    ("citations", "segment_id", "segments"),
    ("panel", "document_id", "documents"),
]
NEVER_NULL = [
    ("documents", "source"),
    ("documents", "status"),
    ("blocks", "role"),
    ("mentions", "label"),
    ("mentions", "text"),
    ("mentions", "start"),
    ("panel", "country_iso3"),
]


def column(table, name):
    return next(c for c in TABLE[table].columns if c.name == name)


def test_the_contract_is_version_1():
    assert CONTRACT_VERSION == 1


def test_there_are_the_tables_of_the_contract():
    assert set(CONTRACT) <= set(TABLE)  # more tables are free


@pytest.mark.parametrize("table", CONTRACT)
def test_a_table_has_the_columns_of_the_contract(table):
    assert set(CONTRACT[table].split()) <= set(TABLE[table].names)


@pytest.mark.parametrize(("table", "name"), VALUES)
def test_a_column_has_the_values_of_the_contract(table, name):
    assert set(column(table, name).values) == set(VALUES[table, name].split())


@pytest.mark.parametrize(("table", "name", "target"), LINKS)
def test_a_link_points_to_its_table(table, name, target):
    assert column(table, name).references == target


@pytest.mark.parametrize(("table", "name"), NEVER_NULL)
def test_what_must_be_there_may_not_be_null(table, name):
    assert not column(table, name).null


def test_no_column_is_declared_twice_and_each_is_explained():
    for table in TABLES:
        assert len(set(table.names)) == len(table.names)
        assert table.about
        assert all(c.about for c in table.columns)


def test_a_key_is_never_null_and_links_reach_tables():
    for table in TABLES:
        assert not table.columns[0].null
        assert all(c.references in TABLE for c in table.columns if c.references)


def test_the_sql_is_valid():
    base = sqlite3.connect(":memory:")
    for table in TABLES:
        base.execute(sqlite.ddl(table))
        columns = base.execute(f'PRAGMA table_info("{table.name}")').fetchall()
        assert [c[1] for c in columns] == table.names
    base.close()


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_an_empty_table_has_its_types(table):
    empty = frame(table, [])
    pandera_schema(table).validate(empty)
    kinds = {"string": "string", "integer": "Int64", "number": "Float64"}
    assert [str(t) for t in empty.dtypes] == [kinds[c.type] for c in table.columns]


def test_the_data_package_of_a_dataset_is_valid(dataset):
    frictionless = pytest.importorskip("frictionless")
    from frictionless import system

    with system.use_context(trusted=True):
        report = frictionless.validate(str(dataset / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]


def test_the_data_package_counts_the_rows():
    package = codebook.datapackage({table.name: 2 for table in TABLES})
    assert {resource["rows"] for resource in package["resources"]} == {2}


def test_the_codebook_names_every_column():
    text = codebook.markdown()
    for table in TABLES:
        assert f"## {table.name}" in text
        assert all(f"| {name} |" in text for name in table.names)
