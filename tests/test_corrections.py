"""A researcher's corrections: what becomes of them at a run."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main
from pipeline.files import discover
from pipeline.plan import plan, published
from pipeline.settings import DEFAULT
from pipeline.status import status, why
from pipeline.validate import check_place
from tests.corrected import SHA, written
from tests.small import ROOT, build, contents, copy_samples

ESTONIA, PORTUGAL = "ministry-estonia.txt", "chapter-portugal.txt"


@pytest.fixture(scope="module")
def wrong(tmp_path_factory) -> tuple[Path, Path]:
    """RAW and OUT with a dataset that nobody corrected; not to be changed."""
    folder = tmp_path_factory.mktemp("wrong")
    raw = copy_samples(folder / "raw")
    shutil.copy(ROOT / "raw" / "open-data.txt", raw)
    build(raw, folder / "out")
    return raw, folder / "out"


@pytest.fixture
def project(wrong, tmp_path) -> tuple[Path, Path]:
    raw = shutil.copytree(wrong[0], tmp_path / "raw")
    return raw, shutil.copytree(wrong[1], tmp_path / "out")


def sha(raw: Path, name: str) -> str:
    return next(s.sha256 for s in discover(raw) if s.name == name)


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / f"{name}.parquet")


def of(out: Path, name: str, source: str) -> pd.DataFrame:
    """The rows of a table of one report."""
    documents = table(out, "documents").set_index("source")
    data = table(out, name)
    return data[data["document_id"] == documents.loc[source, "document_id"]]


def statuses(out: Path) -> list[str]:
    data = table(out, "corrections")
    assert data["corrected_id"].is_unique
    return data["status"].tolist()


def test_a_name_that_is_none_goes_and_the_other_documents_are_not_read_again(project):
    raw, out = project
    mentions = of(out, "mentions", ESTONIA)
    name = mentions[mentions["label"] == "AGENCY"]["text"].value_counts().index[0]
    n = int((mentions["text"] == name).sum())
    row = {"document": sha(raw, ESTONIA), "quote": name, "action": "not_a_mention"}
    written(raw.parent, [row])
    found = status(raw, out, DEFAULT)
    assert found.to_process == (ESTONIA,)
    assert why(found) == ["the corrections changed"]
    assert build(raw, out).n_corrected == 1
    after = of(out, "mentions", ESTONIA)
    assert name not in set(after["text"])
    assert len(after) == len(mentions) - n
    assert statuses(out) == ["applied"]
    assert check_place(out)["corrections"] == 1
    assert published(plan(raw, out, DEFAULT), out) is not None


def test_a_run_without_the_corrections_undoes_them(project, wrong):
    raw, out = project
    before = contents(wrong[1])
    name = of(out, "mentions", ESTONIA)["text"].iloc[0]
    path = written(
        raw.parent, [{"document": sha(raw, ESTONIA), "quote": name, "action": "not_a_mention"}]
    )
    build(raw, out)
    assert contents(out) != before
    path.unlink()
    build(raw, out)
    assert contents(out) == before


def test_a_missed_name_is_added_linked_and_counted(project):
    raw, out = project
    text = (out / "text" / f"{of(out, 'segments', ESTONIA)['document_id'].iloc[0]}.txt").read_text()
    taken = of(out, "mentions", ESTONIA)
    at = next(
        i
        for i in range(0, len(text) - 30, 7)
        if not ((taken["start"] < i + 60) & (taken["end"] > i - 5)).any()
        and text[i : i + 30].count(" ") >= 3
        and "\n" not in text[i : i + 30]
        and text.count(text[i : i + 30].strip()) == 1
    )
    quote = text[at : at + 30].strip()
    row = {"document": sha(raw, ESTONIA), "quote": quote, "action": "mention", "value": "LAW"}
    written(raw.parent, [row])
    build(raw, out)
    after = of(out, "mentions", ESTONIA)
    (new,) = after[after["text"] == quote].itertuples()
    assert (new.label, new.method, new.confidence) == ("LAW", "correction", 1.0)
    assert new.entity_id in set(table(out, "entities")["entity_id"])
    check_place(out)


def test_a_section_gets_its_country_and_tier_and_its_names_follow(project):
    raw, out = project
    segments = of(out, "segments", "open-data.txt")
    one = segments.iloc[2]
    text = (out / "text" / f"{one['document_id']}.txt").read_text(encoding="utf-8")
    quote = text[one["start"] : one["end"]][-60:].strip()
    key = sha(raw, "open-data.txt")
    other = "3" if one["tier"] != 3 else "2"
    rows = [
        {"document": key, "quote": quote, "action": "country", "value": "LVA"},
        {"document": key, "quote": quote, "action": "tier", "value": other},
    ]
    written(raw.parent, rows)
    build(raw, out)
    assert statuses(out) == ["applied", "applied"]
    after = of(out, "segments", "open-data.txt").iloc[2]
    assert (after["country_iso3"], after["corrected"]) == ("LVA", 1)
    assert after["tier"] == int(other)
    inside = of(out, "mentions", "open-data.txt")
    inside = inside[inside["segment_id"] == after["segment_id"]]
    assert inside["country_iso3"].value_counts().index[0] == "LVA"  # a known name keeps its own
    panel = table(out, "panel")
    mine = panel[(panel["country_iso3"] == "LVA") & (panel["document_id"] == one["document_id"])]
    assert mine["tier"].tolist() == [int(other)]
    check_place(out)


def test_a_rank_is_set_only_where_it_was_what_the_correction_says(project):
    raw, out = project
    rankings = of(out, "rankings", "open-data.txt")
    ranked = rankings[rankings["rank"].notna()]
    one = next(row for row in ranked.itertuples() if (rankings["start"] == row.start).sum() == 1)
    text = (out / "text" / f"{one.document_id}.txt").read_text(encoding="utf-8")
    row = {
        "document": sha(raw, "open-data.txt"),
        "quote": text[one.start : one.end],
        "action": "rank",
        "value": "12",
    }
    written(raw.parent, [row | {"was": str(one.rank + 1)}])
    build(raw, out)
    assert statuses(out) == ["was_differs"]
    written(raw.parent, [row | {"was": str(one.rank)}])
    assert build(raw, out).not_corrected == ()
    after = of(out, "rankings", "open-data.txt")
    assert after[after["start"] == one.start]["rank"].tolist() == [12]
    written(raw.parent, [row | {"action": "not_a_ranking", "value": ""}])
    build(raw, out)
    after = of(out, "rankings", "open-data.txt")
    assert one.start not in set(after["start"])


def test_two_entities_become_one_in_all_reports(project):
    raw, out = project
    entities = table(out, "entities")
    agencies = entities[entities["label"] == "AGENCY"]
    country = agencies["country_iso3"].value_counts().index[0]
    first, second = agencies[agencies["country_iso3"] == country].head(2).itertuples()
    row = {"document": "*", "quote": first.name, "action": "same_entity", "value": second.name}
    gone = row | {"quote": "Ministry of Nowhere At All"}
    written(raw.parent, [row, gone])
    result = build(raw, out)
    assert first.entity_id not in set(table(out, "entities")["entity_id"])
    assert [reason for _, reason in result.not_corrected] == ["its quote is not in the text"]
    check_place(out)


def test_corrections_whose_report_or_words_are_gone_are_told(project, capsys):
    raw, out = project
    rows = [
        {"document": SHA, "quote": "a", "action": "not_a_mention"},
        {"document": sha(raw, PORTUGAL), "quote": "no such words", "action": "not_a_mention"},
        {"document": sha(raw, PORTUGAL), "quote": "the", "action": "country", "value": "LVA"},
    ]
    written(raw.parent, rows)
    assert main(["run", str(raw), "--out", str(out), "--direct"]) == 0
    shown = capsys.readouterr()
    assert "0 applied, 3 not" in shown.out
    assert "not corrected: not_a_mention 'a': no report that was read" in shown.err
    assert "'no such words': its quote is not in the text" in shown.err
    assert sorted(statuses(out)) == ["ambiguous", "document_missing", "quote_missing"]
    check_place(out)


def test_a_damaged_file_fails_the_run_and_nothing_else(project, capsys):
    raw, out = project
    before = contents(out)
    written(raw.parent, [{"document": "x", "quote": "a", "action": "rank"}])
    assert main(["run", str(raw), "--out", str(out), "--direct"]) == 1
    assert "corrections.csv line 2" in capsys.readouterr().err
    assert contents(out) == before
    missing = ["run", str(raw), "--out", str(out), "--corrections", str(raw / "none.csv")]
    assert main(missing) == 2


def test_a_negative_value_is_no_formula_and_a_lone_cr_no_line(project):
    raw, out = project
    row = {"document": SHA, "quote": "a", "action": "value", "value": "-1.5", "note": "b\rc"}
    written(raw.parent, [row])
    build(raw, out)
    (kept,) = pd.read_csv(out / "corrections.csv").itertuples()
    assert (kept.value, kept.note) == ("\u22121.5", "b\rc")
    check_place(out)
