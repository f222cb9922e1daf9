"""What a comparison of two datasets lists, and the causes it names."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline import processing, publish
from pipeline.commit import locked
from pipeline.coverage import MISSING
from pipeline.diff import Difference, compare
from pipeline.plan import plan
from pipeline.schema import TABLE
from pipeline.settings import DEFAULT, Settings
from tests.small import build

ESTONIA, PORTUGAL, CANADA = "ministry-estonia.txt", "chapter-portugal.txt", "agency-canada.txt"
AGENCY = "Ministry of Digital Gardens of Estonia"
SENTENCE = f"The {AGENCY} was founded in 2019. "
SHARED = {"entities", "runs"}


@pytest.fixture
def project(samples: Path, copied: Path, tmp_path: Path) -> tuple[Path, Path]:
    """RAW, and OUT with its dataset; both may be changed."""
    return shutil.copytree(samples, tmp_path / "raw"), copied


def kinds(difference: Difference, table: str) -> set[str]:
    """The kinds of all causes of a table."""
    return {cause.kind for cause in difference.tables[table].cause_counts()}


def names(difference: Difference, table: str) -> set[str]:
    """The names of all causes of a table."""
    counts = difference.tables[table].cause_counts()
    return {name for cause in counts for name in cause.names}


def differing(difference: Difference) -> set[str]:
    """The tables with rows that differ."""
    return {name for name, table in difference.tables.items() if len(table.rows)}


def whats(difference: Difference, table: str, kind: str) -> list[str]:
    rows = difference.tables[table].rows
    return rows[rows["kind"] == kind]["what"].tolist()


def edited(out: Path, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change a table of a dataset, as a run with other parts would have."""
    path = out / f"{table}.parquet"
    data = change(pd.read_parquet(path))
    data.to_parquet(path, index=False)


def depending_on_another(out: Path, part_id: str) -> None:
    """Give a dataset another version of something that a stage depends on."""

    def other(parts: pd.DataFrame) -> pd.DataFrame:
        assert part_id in set(parts["part_id"])
        return parts.assign(version=parts["version"].mask(parts["part_id"] == part_id, "other"))

    edited(out, "provenance", other)


def obeying(raw: Path, out: Path, settings: Settings) -> None:
    """Bring a dataset up to date, with other settings."""
    with locked(out):
        todo = plan(raw, out, settings)
        for batch in todo.batches:
            processing.process_batch(batch, out, settings)
        publish.publish(todo, out, settings)


def test_equal_runs_do_not_differ(dataset, copied):
    found = compare(dataset, copied)
    assert found.equal
    assert differing(found) == set()
    assert found.changes(moved=True).empty
    assert (found.parts, found.corrections, found.notes) == ((), (), ())
    assert set(found.tables) == set(TABLE)


def test_a_changed_report_lists_only_what_came_went_or_follows_from_it(project, dataset):
    raw, out = project
    path = raw / ESTONIA
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(". ", f". {SENTENCE}", 1), encoding="utf-8")
    build(raw, out)
    found = compare(dataset, out)
    assert found.reports["changed"] == (ESTONIA,)
    rows = found.changes(moved=True)
    assert set(rows["document"].dropna()) == {ESTONIA}
    assert set(rows[rows["document"].isna()]["table"]) == SHARED
    # A year that stands elsewhere, too, is added where it was, not behind the last of its kind.
    assert whats(found, "mentions", "added") == [f"AGENCY · {AGENCY} · EST", "YEAR · 2019"]
    added = found.tables["mentions"].rows.query("kind == 'added'")
    now = pd.read_parquet(out / "mentions.parquet").set_index("mention_id")
    at = text.index(". ") + 2
    assert (now.loc[added["key_new"], "start"].between(at, at + len(SENTENCE))).all()
    counts = found.tables["mentions"].counts
    assert (counts["removed"], counts["changed"]) == (0, 0)
    assert counts["moved"] > 50
    assert found.tables["blocks"].counts["moved"] == len(found.tables["blocks"].rows)
    assert found.tables["year_roles"].n("changed") == 0  # their mentions are the same ones
    for table in differing(found) - SHARED:
        assert kinds(found, table) == {"source text"}
    for table in SHARED:
        assert (kinds(found, table), names(found, table)) == ({"other documents"}, {ESTONIA})


def test_a_report_that_comes_or_goes_is_the_cause_of_its_rows(project, dataset):
    raw, out = project
    (raw / CANADA).unlink()
    build(raw, out)
    for found, fate, kind in (
        (compare(dataset, out), "removed", "removed"),
        (compare(out, dataset), "added", "added"),
    ):
        assert found.reports[fate] == (CANADA,)
        assert set(found.changes(moved=True)["document"].dropna()) == {CANADA}
        for table in ("documents", "segments", "blocks", "mentions"):
            counts = found.tables[table].counts
            assert counts[kind] == sum(counts.values()) > 0
            assert names(found, table) == {fate}
        assert kinds(found, "entities") == {"other documents"}


def test_a_renamed_report_only_moves(project, dataset):
    raw, out = project
    (raw / ESTONIA).rename(raw / "estonia.txt")
    build(raw, out)
    found = compare(dataset, out)
    assert found.reports["renamed"] == (f"{ESTONIA} → estonia.txt",)
    rows = found.changes()
    assert rows[["table", "column"]].to_numpy().tolist() == [["documents", "source"]]
    assert found.tables["mentions"].n("moved") > 50
    assert kinds(found, "mentions") == {"renamed report"}
    assert kinds(found, "runs") == {"other documents"}  # its id


def test_a_changed_setting_is_named_with_its_stage(project, dataset):
    raw, out = project
    obeying(raw, out, DEFAULT.having(["mention_threshold=0.6"]))
    found = compare(dataset, out)
    assert found.tables["mentions"].n("removed") > 0
    (cause,) = found.tables["mentions"].cause_counts()
    assert str(cause) == "setting mention_threshold (stage names)"
    assert kinds(found, "entities") == kinds(found, "coverage") == {"setting"}
    # Stages before it are not touched, nor the rows that pass no other.
    assert differing(found).isdisjoint({"documents", "segments", "blocks", "tier_statements"})
    (part,) = found.parts
    assert (part.stage, part.old, part.new) == ("names", "0.3", "0.6")


def test_a_new_model_explains_the_stages_after_it_and_no_earlier_one(dataset, copied):
    depending_on_another(copied, "segments model sections.json")
    edited(copied, "segments", lambda s: s.assign(country_iso3="LVA", country_method="evidence"))
    edited(copied, "blocks", lambda b: b.assign(role="boilerplate"))
    found = compare(dataset, copied)
    assert found.tables["segments"].n("changed") == found.tables["segments"].n_old
    (cause,) = found.tables["segments"].cause_counts()
    assert str(cause) == "model sections.json (stage segments)"
    assert differing(found) == {"segments", "blocks", "provenance"}
    assert kinds(found, "blocks") == {"unknown"}
    assert {str(c) for c in found.tables["provenance"].cause_counts()} == {str(cause)}


def test_code_that_writes_rows_explains_what_no_earlier_stage_does(dataset, copied):
    depending_on_another(copied, "facts code rows.py")
    edited(copied, "blocks", lambda b: b.assign(role="boilerplate"))
    found = compare(dataset, copied)
    assert [str(c) for c in found.tables["blocks"].cause_counts()] == ["code rows.py (stage facts)"]


def test_what_no_dataset_explains_is_called_unknown(dataset, copied):
    edited(copied, "mentions", lambda m: m.iloc[1:])
    found = compare(dataset, copied)
    assert found.tables["mentions"].counts["removed"] == 1
    assert kinds(found, "mentions") == {"unknown"}


def test_in_an_unchanged_text_a_name_elsewhere_is_another_one(dataset, copied):
    def moved(mentions: pd.DataFrame) -> pd.DataFrame:
        one = mentions.index[mentions["label"] == "AGENCY"][0]
        shifted = mentions.copy()
        shifted.loc[one, ["start", "end"]] += 100_000
        return shifted

    edited(copied, "mentions", moved)
    counts = compare(dataset, copied).tables["mentions"].counts
    assert (counts["added"], counts["removed"], counts["moved"]) == (1, 1, 0)


def test_in_an_unchanged_text_another_label_is_a_change(dataset, copied):
    edited(copied, "mentions", lambda m: m.assign(label=m["label"].replace("AGENCY", "LAW")))
    found = compare(dataset, copied).tables["mentions"]
    assert found.counts["added"] == found.counts["removed"] == 0
    cells = found.cells
    assert set(zip(cells["column"], cells["old"], cells["new"], strict=True)) == {
        ("label", "AGENCY", "LAW")
    }


def test_a_correction_is_named_and_touches_its_report_only(project, dataset):
    raw, out = project
    documents = pd.read_parquet(out / "documents.parquet").set_index("source")
    mentions = pd.read_parquet(out / "mentions.parquet")
    own = mentions[mentions["document_id"] == documents.loc[ESTONIA, "document_id"]]
    name = own[own["label"] == "AGENCY"]["text"].value_counts().index[0]
    with (raw.parent / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["document", "quote", "action"])
        table.writerow([documents.loc[ESTONIA, "sha256"], name, "not_a_mention"])
    build(raw, out)
    found = compare(dataset, out)
    (correction,) = found.corrections
    assert set(found.changes(moved=True)["document"].dropna()) == {ESTONIA}
    assert found.tables["mentions"].n("removed") == (own["text"] == name).sum()
    for table in differing(found):
        assert (kinds(found, table), names(found, table)) == ({"correction"}, {correction})
    undone = compare(out, dataset)
    assert undone.tables["corrections"].n("removed") == 1
    assert kinds(undone, "mentions") == {"correction"}


def another_report(out: Path, source: str, **cells: object) -> str:
    """Add a document to a dataset.

    Returns:
        Its id.
    """
    new = {"document_id": "doc-ffffffffffff", "source": source, "sha256": "f" * 64} | cells
    edited(out, "documents", lambda d: pd.concat([d, d.head(1).assign(**new)]))
    return str(new["document_id"])


def test_a_placement_contradicted_by_another_report_names_it(dataset, copied):
    rankings = pd.read_parquet(copied / "rankings.parquet")
    one = rankings[rankings["check"] == "ok"].iloc[0]
    other = another_report(copied, "other.txt")

    def contradicted(data: pd.DataFrame) -> pd.DataFrame:
        marked = data.assign(
            check=data["check"].mask(data["ranking_id"] == one["ranking_id"], "contradicted")
        )
        cells = {
            "ranking_id": f"{other}-r00001",
            "document_id": other,
            "segment_id": None,
            "rank": int(one["rank"] or 1) + 1,
            "check": "contradicted",
        }
        own = data[data["ranking_id"] == one["ranking_id"]].assign(**cells)
        return pd.concat([marked, own.astype(marked.dtypes)])

    edited(copied, "rankings", contradicted)
    found = compare(dataset, copied).tables["rankings"]
    rows = found.rows.set_index("kind")
    assert sorted(rows.index) == ["added", "changed"]
    (cause,) = found.causes[rows.loc["changed", "cause"]]
    assert str(cause) == "other documents other.txt"
    (cause,) = found.causes[rows.loc["added", "cause"]]
    assert str(cause) == "source text added"


def test_a_section_missing_because_another_page_has_it_names_the_page(dataset, copied):
    documents = pd.read_parquet(copied / "documents.parquet")
    here = documents[documents["status"] == "ok"].iloc[0]
    other = another_report(
        copied, "other.txt", publisher=here["publisher"], edition=here["edition"]
    )
    cells = {"segment_id": f"{other}-s00001", "document_id": other, "country_iso3": "LVA"}
    edited(copied, "segments", lambda s: pd.concat([s, s.head(1).assign(**cells)]))
    key = f"{MISSING}{here['document_id']}-vLVA-law"
    missing = {
        "coverage_id": key,
        "document_id": here["document_id"],
        "segment_id": None,
        "country_iso3": "LVA",
        "label": "LAW",
        "status": "section_missing",
        "n_mentions": 0,
    }
    edited(
        copied,
        "coverage",
        lambda c: pd.concat([c, c.head(1).assign(**missing).astype(c.dtypes)]),
    )
    found = compare(dataset, copied).tables["coverage"]
    assert found.rows["key_new"].tolist() == [key]
    (cause,) = found.causes[found.rows["cause"].iloc[0]]
    assert str(cause) == "other documents other.txt"


def test_the_panel_chosen_from_another_report_names_it(dataset, copied):
    panel = pd.read_parquet(copied / "panel.parquet")
    other = another_report(copied, "other.txt")
    first = panel["panel_id"] == panel["panel_id"].iloc[0]
    edited(copied, "panel", lambda p: p.assign(document_id=p["document_id"].mask(first, other)))
    found = compare(dataset, copied).tables["panel"]
    assert found.cells["column"].tolist() == ["document_id"]
    (cause,) = found.causes[found.rows["cause"].iloc[0]]
    assert str(cause) == "other documents other.txt"
