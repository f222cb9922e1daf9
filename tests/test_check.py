"""Every kind of broken dataset is reported, with the table and the reason."""

import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from pipeline.check import Broken, check
from pipeline.schema import TABLES
from pipeline.validate import check_dataset, check_place, read_tables


@pytest.fixture(scope="module")
def found(dataset):
    return read_tables(dataset)


@pytest.fixture
def tables(found):
    """Tables and texts of the dataset, to be broken."""
    frames, texts = found
    return {name: data.copy() for name, data in frames.items()}, dict(texts)


def test_the_dataset_is_whole(dataset, tables):
    check(*tables)
    counts = check_dataset(dataset)
    assert set(counts) == {table.name for table in TABLES}
    assert counts["documents"] == 3
    assert all(counts[name] for name in ("segments", "mentions", "entities", "citations", "panel"))


def test_a_cell_that_a_spreadsheet_would_run(tables):
    frames, texts = tables
    frames["documents"].loc[0, "title"] = "=1+1"
    with pytest.raises(Broken, match="documents: title of .* begins like a formula"):
        check(frames, texts)


def _set(name, column, value, at=0):
    def change(frames, texts):
        frames[name].loc[at, column] = value

    return change


def _shift(frames, texts):
    """A mention one character too far to the right."""
    frames["mentions"].loc[0, ["start", "end"]] += 1


def _beyond(frames, texts):
    document = frames["blocks"].loc[0, "document_id"]
    frames["blocks"].loc[0, "end"] = len(texts[document]) + 9


def _twice(frames, texts):
    """The first name a second time, one character shorter."""
    names = frames["mentions"].query("label != 'YEAR' and end - start > 4").head(1)
    again = names.assign(
        mention_id=names["mention_id"] + "x",
        end=names["end"] - 1,
        text=names["text"].str[:-1],
    )
    frames["mentions"] = pd.concat([frames["mentions"], again], ignore_index=True)


def _drop_block(frames, texts):
    frames["blocks"] = frames["blocks"].drop(index=1).reset_index(drop=True)


def _drop_last_block(frames, texts):
    own = frames["blocks"]["document_id"] == frames["blocks"].loc[0, "document_id"]
    last = frames["blocks"].index[own][-1]
    frames["blocks"] = frames["blocks"].drop(index=last).reset_index(drop=True)


def _overlapping_blocks(frames, texts):
    frames["blocks"].loc[0, "end"] = frames["blocks"].loc[1, "start"] + 1


def _lose_text(frames, texts):
    del texts[frames["blocks"].loc[0, "document_id"]]


def _drop_table(frames, texts):
    del frames["rankings"]


def _drop_column(frames, texts):
    frames["segments"] = frames["segments"].drop(columns="tier")


def _repeat_key(frames, texts):
    frames["entities"].loc[1, "entity_id"] = frames["entities"].loc[0, "entity_id"]


def _repeat_panel(frames, texts):
    again = frames["panel"].head(1).assign(panel_id="p-again")
    frames["panel"] = pd.concat([frames["panel"], again], ignore_index=True)


def _overlapping_segments(frames, texts):
    """A document's first segment reaches into its second."""
    data = frames["segments"]
    again = data["document_id"].duplicated()
    at = data.index[again][0]
    data.loc[at - 1, "end"] = data.loc[at, "start"] + 1


def _grade(name, **values):
    """Values for the first row that has a tier."""

    def change(frames, texts):
        at = frames[name]["tier"].first_valid_index()
        frames[name].loc[at, list(values)] = list(values.values())

    return change


def _ungraded(**values):
    """Values for the first segment, after its tier was taken away."""

    def change(frames, texts):
        gone = dict.fromkeys(("tier", "score_min", "score_max"), pd.NA)
        for column, value in (gone | values).items():
            frames["segments"].loc[0, column] = value

    return change


BROKEN = [
    (_shift, "does not quote its text"),
    (_set("citations", "text", "Somebody (1999): Something."), "does not quote its text"),
    (_set("tier_statements", "text", "All is well."), "does not quote its text"),
    (_beyond, "impossible offsets"),
    (_set("mentions", "end", 0), "impossible offsets"),
    (_set("mentions", "entity_id", "ent-nobody"), "not in entities"),
    (_set("segments", "country_iso3", "ZZZ"), "not in countries"),
    (_set("blocks", "document_id", "doc-gone"), "is not in documents"),
    (_set("panel", "document_id", "doc-gone"), "is not in documents"),
    (_twice, "overlaps"),
    (_drop_block, "loses or repeats characters"),
    (_drop_last_block, "loses the characters"),
    (_overlapping_blocks, "loses or repeats characters"),
    (_lose_text, "text of .* is missing"),
    (_drop_table, "rankings: the table is missing"),
    (_drop_column, "segments"),
    (_repeat_key, "entities"),
    (_repeat_panel, "panel.* is not unique"),
    (_set("mentions", "label", "PERSON"), "mentions.label"),
    (_set("segments", "tier", 5), "segments.tier"),
    (_set("mentions", "confidence", 1.5), "mentions.confidence"),
    (_set("documents", "sha256", "abc"), "documents.sha256"),
    (_set("documents", "source", None), "documents.source"),
    (_set("segments", "end", 10**6), "segments.*impossible offsets"),
    (_overlapping_segments, "segments: .* overlaps the one before"),
    (_grade("segments", tier=1, score_min=3, score_max=5), "segments: .*outside the band"),
    (_grade("segments", tier=4, score_min=3, score_max=3), "segments: .*outside the band"),
    (_grade("tier_statements", tier=2, score_min=9, score_max=10), "statements: .* the band"),
    (_grade("panel", tier=3, score_min=1, score_max=2), "panel: .*outside the band"),
    (_grade("segments", tier_status="absent"), "tier_status and tier_reason of .* do not fit"),
    (_grade("segments", tier_reason="unclear"), "tier_status and tier_reason of .* do not fit"),
    (_ungraded(tier_status="stated", tier_reason="unclear"), "tier_reason of .* do not fit"),
    (_ungraded(tier_status="absent", tier_reason=None), "tier_reason of .* do not fit"),
    (_set("documents", "n_chars", 7), "n_chars of .* is not the length"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_broken_tables_are_reported(tables, change, message):
    change(*tables)
    with pytest.raises(Broken, match=message):
        check(*tables)


@pytest.mark.parametrize(
    "change",
    [
        _grade("segments", tier=2, score_min=6, score_max=6),  # within the band
        _ungraded(tier_status="absent", tier_reason="unclear"),
        _set("documents", "n_chars", pd.NA),
    ],
)
def test_what_fits_is_not_reported(tables, change):
    change(*tables)
    check(*tables)


@pytest.mark.parametrize(
    ("name", "low", "high", "values"),
    [
        ("segments", "score_min", "score_max", (9, 6)),
        ("mentions", "year_start", "year_end", (9, 6)),
    ],
)
def test_an_interval_that_ends_before_it_begins_is_reported(tables, name, low, high, values):
    frames, texts = tables
    at = frames[name][low].first_valid_index()
    frames[name].loc[at, [low, high]] = [1000 + v if "year" in low else v for v in values]
    with pytest.raises(Broken, match=name):
        check(frames, texts)


def test_every_problem_is_told_at_once(tables):
    frames, texts = tables
    _shift(frames, texts)
    _drop_last_block(frames, texts)
    with pytest.raises(Broken) as error:
        check(frames, texts)
    assert len(error.value.problems) >= 2
    assert len(str(error.value).splitlines()) >= 2


def test_a_long_list_of_problems_is_cut_short():
    shown = str(Broken([f"problem {i}" for i in range(50)])).splitlines()
    assert len(shown) == 21
    assert shown[-1] == "… and 30 more"


def _edit_csv(out: Path) -> None:
    path = out / "documents.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("ok", "OK", 1), encoding="utf-8")


def _cut_csv(out: Path) -> None:
    path = out / "mentions.csv"
    path.write_bytes(path.read_bytes()[:-200])


def _edit_text(out: Path) -> None:
    path = next((out / "text").iterdir())
    path.write_text("x" + path.read_text(encoding="utf-8"), encoding="utf-8", newline="")


def _no_utf8(out: Path) -> None:
    path = next((out / "text").iterdir())
    path.write_bytes(b"\xff" + path.read_bytes())


def _sql(statement: str):
    def change(out: Path) -> None:
        base = sqlite3.connect(out / "dataset.sqlite")
        base.execute(statement)
        base.commit()
        base.close()

    return change


def _remove(name: str):
    def change(out: Path) -> None:
        (out / name).unlink()

    return change


def _garbage(name: str):
    def change(out: Path) -> None:
        (out / name).write_bytes(b"\x00 no such format \xff" * 40)

    return change


def _unlist_mentions(out: Path) -> None:
    path = out / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "mentions"]
    path.write_text(json.dumps(package), encoding="utf-8")


FILES = [
    ("an edited CSV", _edit_csv, "documents.csv differs"),
    ("a CSV cut short", _cut_csv, "mentions.csv"),
    ("an edited text", _edit_text, "blocks|quote"),
    ("a text that is no UTF-8", _no_utf8, "text/"),
    (
        "a lost row in SQLite",
        _sql("DELETE FROM citations WHERE citation_id LIKE '%-c00001'"),
        "citations differs",
    ),
    ("a stray key in SQLite", _sql("UPDATE mentions SET document_id = 'gone'"), "foreign key"),
    ("a lost table in SQLite", _sql("DROP TABLE runs"), "dataset.sqlite"),
    ("no Parquet", _remove("segments.parquet"), "segments.parquet"),
    ("no CSV", _remove("segments.csv"), "segments.csv"),
    ("no SQLite", _remove("dataset.sqlite"), "dataset.sqlite is missing"),
    ("no data package", _remove("datapackage.json"), "datapackage.json"),
    ("Parquet that is none", _garbage("runs.parquet"), "runs.parquet"),
    ("CSV that is none", _garbage("runs.csv"), "runs.csv"),
    ("SQLite that is none", _garbage("dataset.sqlite"), "dataset.sqlite"),
    ("JSON that is none", _garbage("datapackage.json"), "datapackage.json"),
    ("a table not in the package", _unlist_mentions, "mentions is missing"),
]


@pytest.mark.parametrize(("reason", "change", "message"), FILES, ids=[f[0] for f in FILES])
def test_broken_files_are_reported(copied, reason, change, message):
    change(copied)
    with pytest.raises(Broken, match=message):
        check_dataset(copied)


def test_a_lost_text_is_reported(copied):
    next((copied / "text").iterdir()).unlink()
    with pytest.raises(Broken, match="text/"):
        check_dataset(copied)


def test_an_edited_value_in_sqlite_is_reported(copied):
    _sql("UPDATE documents SET title = 'Another'")(copied)
    with pytest.raises(Broken, match="documents"):
        check_dataset(copied)


def test_a_column_left_out_of_the_package_is_reported(copied):
    path = copied / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    del package["resources"][0]["schema"]["fields"][0]
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Broken, match="datapackage"):
        check_dataset(copied)


def test_a_folder_that_is_none_is_reported(tmp_path):
    with pytest.raises(Broken, match="not a folder"):
        check_dataset(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["mentions.parquet", "dataset.sqlite", "entities.csv"])
def test_a_turned_bit_is_noticed_wherever_it_is(copied, name):
    data = bytearray((copied / name).read_bytes())
    data[-9] ^= 1
    (copied / name).write_bytes(bytes(data))
    with pytest.raises(Broken):
        check_place(copied)
