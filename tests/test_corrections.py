"""A researcher's corrections: what may be written, and what becomes of them at a run."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline import corrections
from pipeline.cli import main
from pipeline.correcting import Correcting, places
from pipeline.corrections import COLUMNS, KINDS, Given, correction, load
from pipeline.files import discover
from pipeline.plan import plan, published
from pipeline.records import ACTIONS, Correction, Mention, Ranking
from pipeline.settings import DEFAULT
from pipeline.status import status, why
from pipeline.validate import check_place
from tests.small import ROOT, build, contents, copy_samples

SHA = "ab" * 32
ESTONIA, PORTUGAL = "ministry-estonia.txt", "chapter-portugal.txt"


def test_every_action_is_explained():
    assert set(KINDS) == set(ACTIONS)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"document": "report.txt"}, "sha256"),
        ({"document": "GH" * 32}, "sha256"),
        ({"quote": " "}, "quote is empty"),
        ({"action": "delete"}, "no action 'delete'"),
        ({"action": "mention", "value": "FIRM"}, "needs a value \\(AGENCY"),
        ({"action": "not_a_mention", "value": "x"}, "takes no value"),
        ({"action": "country", "value": "XYZ"}, "'XYZ' is no country"),
        ({"action": "country", "value": "Latvia"}, "alpha-3"),
        ({"action": "tier", "value": "5"}, "1 to 4"),
        ({"action": "score", "value": "11"}, "1 to 10"),
        ({"action": "score", "value": "8-6"}, "ends before"),
        ({"action": "rank", "value": "0"}, "a number"),
        ({"action": "rank"}, "nothing"),
        ({"action": "rank", "value": "3", "document": "*"}, "only same_entity"),
        ({"nth": "0"}, "nth"),
        ({"nth": "first"}, "nth"),
        ({"quote": "= -"}, "nothing but a sign"),
        ({"action": "entity", "value": "="}, "needs a value"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_line(tmp_path, told, problem):
    row = {"document": SHA, "quote": "words", "action": "not_a_mention"} | told
    path = written(tmp_path, [{"document": SHA, "quote": "a", "action": "not_a_mention"}, row])
    with pytest.raises(ValueError, match=rf"corrections.csv line 3: .*{problem}"):
        load(path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"quote,action\na,b\n", "no column 'document'"),
        (b"", "no column 'document'"),
        (b"document,quote,action\n\xff,a,b\n", "not UTF-8"),
        (b'document,quote,action\n*,"a\n', "line"),
        (b"document,quote,action,quote\n", "'quote' twice"),
        (b"document,quote,action\n*,a, b,rank\n", "line 2: more cells than columns"),
        (
            b"document,quote,action,value\n*,A,same_entity,B\n*,b,same_entity,C\n*,c,same_entity,a\n",
            "'a' is said to be another entity",
        ),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path, data, problem):
    path = tmp_path / "corrections.csv"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=problem):
        load(path)


def test_there_need_be_no_file_and_rows_are_taken_once(tmp_path):
    assert load(tmp_path / "corrections.csv") == ()
    row = {"document": SHA, "quote": "the bank", "action": "not_a_mention", "note": "a river's"}
    path = written(tmp_path, [row, row, dict.fromkeys(row, ""), row | {"by": "me"}])
    (found,) = load(path)
    assert (found.quote, found.note, found.nth) == ("the bank", "a river's", None)
    path.write_text("\ufeff" + corrections.write([found]), encoding="utf-8")
    assert load(path) == (found,)


def test_a_report_is_meant_by_its_content_or_its_place():
    one = correction(SHA, "a", "not_a_mention")
    short = correction(SHA[:12], "b", "not_a_mention")
    here = correction("doc-0123456789ab", "c", "not_a_mention")
    every = correction("*", "d", "same_entity", "e")
    all_ = (one, short, here, every)
    given = Given(all_)
    assert given.of("doc-0123456789ab", SHA) == all_
    assert given.of("doc-ffffffffffff", "cd" * 32) == (every,)
    assert given.of("doc-ffffffffffff", SHA) == (one, short, every)
    assert given.of("doc-ffffffffffff", SHA[:12] + "cd" * 26) == (short, every)


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    """A file of corrections."""
    path = folder / "corrections.csv"
    names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        table.writerows(rows)
    return path


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
    assert (
        "not corrected: not_a_mention 'a': no report that could be read has that sha256"
        in shown.err
    )
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


def test_values_are_compared_in_one_form():
    score = correction(SHA, "a", "score", "6 – 8", was="7-7")
    assert (score.value, score.was) == ("6-8", "7")
    assert correction(SHA, "a", "value", "0.90", was="0.84732150").was == "0.8473215"
    assert correction(SHA, "a", "entity", "Bank  of\nItaly").value == "Bank of Italy"
    with pytest.raises(ValueError, match="can never find"):
        correction(SHA, "a", "not_a_mention", was="AGENCIES")


def test_quotes_are_found_as_they_are_seen_and_where_they_overlap():
    assert [(p.start, p.end) for p in places("a b a", "a b\na b a")] == [(0, 5), (4, 9)]
    assert [(p.start, p.end) for p in places("Ko\u00adper\u00ad", "a Koper")] == [(2, 7)]
    assert len(places("Cafe\u0301 (a+b)", "the Café (a+b)")) == 1
    assert places("  ", "a b") == []


def test_rows_that_differ_in_their_notes_are_one(tmp_path):
    row = {"document": SHA, "quote": "the bank", "action": "not_a_mention"}
    path = written(tmp_path, [row | {"note": "one"}, row | {"quote": "b"}, row | {"note": "two"}])
    assert [(c.quote, c.note) for c in load(path)] == [("the bank", "two"), ("b", None)]


TEXT = "The Data Act of 2019 and the Act. In the same index it ranks third.\n"


def right(*told: Correction) -> Correcting:
    return Correcting(TEXT, told)


def name(words: str, label: str, **more: object) -> Mention:
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "text": words, "canonical": words}
    return Mention(**span, label=label, section="body", confidence=0.9, method="model", **more)  # type: ignore[arg-type]


def test_a_year_becomes_a_name_and_back():
    year = name("2019", "YEAR", year_start=2019, year_end=2019)
    told = correction(SHA, "2019", "mention", "LAW", was="YEAR")
    found = right(told).mentions([year], [])
    assert [(m.text, m.label) for m in found] == [("2019", "LAW")]
    back = correction(SHA, "2019", "mention", "YEAR", was="LAW")
    assert right(back).mentions(found, [])[0].year_start == 2019


def test_rows_that_contradict_each_other_are_told():
    one = correction(SHA, "Data Act of 2019", "mention", "LAW")
    two = correction(SHA, "Data Act", "mention", "STRATEGY")
    work = right(one, two)
    assert [m.text for m in work.mentions([], [])] == ["Data Act of 2019"]
    assert [done.status for done in work.outcome()] == ["applied", "ambiguous"]


def test_an_index_is_known_under_its_one_name():
    told = correction(SHA, "ranks third", "index", "DESI")
    at = Ranking(start=34, end=67, country="LVA", index_name="Other Index", rank=3)
    (found,) = right(told).rankings([at])
    assert found.index_name == "Digital Economy and Society Index"


def test_a_spreadsheet_of_another_country_is_read(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text(f"Document; Quote ;ACTION\r\n{SHA.upper()};the bank;not_a_mention\r\n")
    assert [(c.document, c.quote) for c in load(path)] == [(SHA, "the bank")]


@pytest.mark.parametrize("turn", [1, -1])
def test_what_is_one_with_another_has_its_last_name_whatever_the_order(turn):
    told = [
        correction("*", "the Act", "same_entity", "Data Act of 2019"),
        correction("*", "Data Act of 2019", "same_entity", "Information Act"),
    ]
    both = [name("Data Act of 2019", "LAW"), name("the Act", "LAW")]
    work = right(*told[::turn])
    assert {m.canonical for m in work.entities(both)} == {"Information Act"}
    assert {done.status for done in work.outcome()} == {"applied"}


def test_a_negative_value_is_no_formula_and_a_lone_cr_no_line(project):
    raw, out = project
    row = {"document": SHA, "quote": "a", "action": "value", "value": "-1.5", "note": "b\rc"}
    written(raw.parent, [row])
    build(raw, out)
    (kept,) = pd.read_csv(out / "corrections.csv").itertuples()
    assert (kept.value, kept.note) == ("\u22121.5", "b\rc")
    check_place(out)
