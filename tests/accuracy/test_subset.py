"""A condition chooses rows, and can do nothing else."""

import sqlite3
from collections import Counter

import pandas as pd
import pytest

from pipeline.accuracy.counts import bin_of
from pipeline.accuracy.subset import TABLES, subset
from tests.small import contents


@pytest.fixture(scope="module")
def mentions(dataset):
    data = pd.read_parquet(dataset / "mentions.parquet")
    segments = pd.read_parquet(dataset / "segments.parquet").set_index("segment_id")
    data["at"] = data["segment_id"].map(segments["country_iso3"])
    return data


@pytest.mark.parametrize("table", TABLES)
def test_without_a_condition_all_rows_are_chosen(dataset, table):
    found = subset(dataset, table)
    n = len(pd.read_parquet(dataset / f"{table}.parquet"))
    assert found.rows == found.total == sum(found.sections) == n > 0


def test_rows_are_in_the_cell_of_their_label_part_country_and_confidence(dataset, mentions):
    wanted = Counter(
        zip(
            mentions["label"],
            mentions["section"],
            [None if pd.isna(country) else country for country in mentions["at"]],
            mentions["confidence"].map(bin_of),
            strict=True,
        )
    )
    cells = subset(dataset, "mentions").cells
    found: Counter = Counter()
    for cell, n in cells.items():
        found[cell.label, cell.part, cell.country, cell.bin] += n
    assert found == wanted


def test_a_condition_is_obeyed(dataset, mentions):
    found = subset(dataset, "mentions", "label = 'AGENCY' and section_country_iso3 = 'EST'")
    assert found.rows == ((mentions["label"] == "AGENCY") & (mentions["at"] == "EST")).sum() > 0
    assert {(c.label, c.country) for c in found.cells} == {("AGENCY", "EST")}


@pytest.mark.parametrize(
    "where",
    [
        "layout = 'chapter'",
        "source = 'ministry-estonia.txt'",
        "edition is null or edition > 0",
        "entity is not null and acronym is not null",
        "entity_id in (select entity_id from entities where n_mentions > 1)",
        "mentions.label = 'YEAR'",
        "text like '%Ministry%' -- a remark",
    ],
)
def test_what_stands_beside_can_be_asked_for(dataset, where):
    assert subset(dataset, "mentions", where).rows > 0


def test_conditions_on_the_confidence_tell_what_they_leave_out(dataset, mentions):
    some = subset(dataset, "mentions", "label = 'AGENCY' and confidence >= 0.9")
    assert some.rows == ((mentions["label"] == "AGENCY") & (mentions["confidence"] >= 0.9)).sum()
    assert some.whole.total() == (mentions["label"] == "AGENCY").sum() > some.rows
    low = subset(dataset, "mentions", "confidence < 0.9")
    assert low.whole.total() == len(mentions) > low.rows
    plain = subset(dataset, "mentions", "label = 'AGENCY'")
    assert plain.whole == plain.cells


@pytest.mark.parametrize(
    "where",
    [
        "1); drop table mentions; --",
        "label = 'LAW'; delete from mentions",
        "1) union select 1, 2, 3, 4, 5, 6, 7 --",
        "load_extension('x')",
        "nothing = 1",
        "label = ",
        "(select 1 from pragma_table_info('mentions'))",
        "1 in (with x as (select 1) insert into mentions select * from mentions)",
    ],
)
def test_what_is_no_condition_is_told_and_changes_nothing(copied, where):
    before = contents(copied)
    with pytest.raises(ValueError, match="does not work"):
        subset(copied, "mentions", where)
    assert contents(copied) == before


def test_a_folder_without_a_dataset_is_told(tmp_path):
    with pytest.raises(ValueError, match=r"dataset\.sqlite is missing"):
        subset(tmp_path, "mentions")


def test_a_database_that_is_none_is_told(tmp_path):
    (tmp_path / "dataset.sqlite").write_bytes(b"nothing of the kind" * 99)
    with pytest.raises(ValueError, match="cannot be read"):
        subset(tmp_path, "mentions")
    with sqlite3.connect(tmp_path / "dataset.sqlite"):
        pass
