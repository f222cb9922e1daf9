"""`govtable accuracy`: the answer as text and JSON, and one line for what went wrong."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline import cli
from pipeline.accuracy import counts
from pipeline.accuracy.counts import Placements
from pipeline.accuracy.figures import finders as finders_of_now
from pipeline.accuracy.subset import finders
from pipeline.place import place
from tests.accuracy.world import tally, world
from tests.small import ROOT

GOLD = ROOT / "tests" / "gold"


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """A file of figures with 7 laws in chapters and much else on indicator pages."""
    scales = {n: {"kinds": 0.35, "sections": 0.1} for n in ("precision", "recall")}
    laws = tally(1, 7, 7, label="LAW", layout="chapter")
    there = world()
    path = tmp_path_factory.mktemp("figures") / "figures.json"
    known = replace(there, mentions=(*there.mentions, laws), scales=scales,
                    rankings=(Placements(0, 30, 27, 36),))  # fmt: skip
    counts.save(known, path)
    return path


def run(capsys, *arguments):
    status = cli.main(["accuracy", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_answer_names_rows_rates_and_what_they_rest_on(capsys, dataset, figures):
    status, out, _ = run(capsys, dataset, "--where", "label = 'AGENCY'", "--figures", figures)
    lines = out.splitlines()
    assert status == 0 and "rows of mentions where label = 'AGENCY'" in lines[0]
    assert lines[1].split()[0] == "precision" and lines[2].split()[0] == "recall"
    assert "AGENCY" in out and "in 1 report on 10 countries" in out
    assert all(len(line) <= 100 for line in lines)


def test_too_little_gold_is_said(capsys, dataset, figures):
    where = "label = 'LAW' and layout = 'chapter'"
    status, out, _ = run(capsys, dataset, "--where", where, "--figures", figures)
    assert status == 0 and "too little gold: 7 LAW in chapters (100% of the rows)" in out


def test_where_nothing_was_found_the_recall_is_told(capsys, dataset, figures):
    where = "mentions.label = 'AGENCY' and section_country_iso3 = 'EST' and text = 'no such name'"
    _, out, _ = run(capsys, dataset, "--where", where, "--figures", figures)
    assert "nothing is known of what is not there" in out  # as no section can tell of a text
    where = "label = 'LAW' and layout = 'chapter' and tier = 7 or label = 'LAW' and edition = 1066"
    _, out, _ = run(capsys, dataset, "--where", where, "--figures", figures)
    assert out.startswith("0 of ") and "recall" not in out  # no section is like that


def test_of_sections_without_such_a_mention_the_recall_is_told(capsys, copied, figures):
    with closing(sqlite3.connect(copied / "dataset.sqlite")) as base:
        [country] = base.execute(
            "SELECT country_iso3 FROM segments WHERE country_iso3 IS NOT NULL LIMIT 1"
        ).fetchone()
        base.execute("DELETE FROM mentions WHERE label = 'LAW'")
        base.commit()
    where = f"label = 'LAW' and country_iso3 = '{country}'"
    _, out, _ = run(capsys, copied, "--where", where, "--figures", figures)
    assert out.startswith("0 of ") and "none was found" in out and "precision" not in out
    _, out, _ = run(capsys, copied, "--where", where, "--figures", figures, "--json")
    found = json.loads(out)
    assert found["rows"] == 0 and found["precision"] is None and found["right_count"] is None
    assert 0 < found["recall"]["low"] < found["recall"]["value"] < found["recall"]["high"] < 1


def test_a_column_called_like_a_word_of_sql_is_explained(capsys, dataset, figures):
    options = ("--table", "rankings", "--figures", figures, "--where")
    status, _, err = run(capsys, dataset, *options, "check = 'ok'")
    assert status == 1 and '"check", in double quotes' in err
    assert run(capsys, dataset, *options, "\"check\" = 'ok'")[0] == 0


def test_the_answer_for_machines(capsys, dataset, figures):
    _, out, _ = run(
        capsys,
        dataset,
        "--where",
        "layout = 'chapter' and label in ('LAW', 'STRATEGY')",
        "--figures",
        figures,
        "--json",
    )
    found = json.loads(out)
    for name in ("precision", "recall"):
        assert 0 <= found[name]["low"] <= found[name]["value"] <= found[name]["high"] <= 1
    assert found["rows"] < found["rows_of_table"] and not found["enough_gold"]
    gold = {b["kind"]["label"]: b["gold"] for b in found["too_little_gold"]}
    assert gold == {"LAW": 7, "STRATEGY": 0}
    assert sum(b["rows"] for b in found["rests_on"]) == found["rows"]


def test_placements_have_one_figure(capsys, dataset, figures):
    _, out, _ = run(capsys, dataset, "--table", "rankings", "--figures", figures, "--json")
    found = json.loads(out)
    assert found["precision"]["value"] == 0.9 and found["recall"]["value"] == 0.75
    _, out, _ = run(capsys, dataset, "--table", "rankings", "--figures", figures)
    assert "F1            0.82" in out


def test_without_gold_nothing_is_known(capsys, dataset, figures):
    status, out, _ = run(capsys, dataset, "--table", "segments", "--figures", figures)
    assert status == 0 and "no gold: nothing is known of the accuracy of segments" in out


def test_a_dataset_in_an_object_store(capsys, dataset, figures):
    there = place("memory://accuracy/dataset.sqlite")
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes((dataset / "dataset.sqlite").read_bytes())
    remote, local = (
        run(capsys, out, "--figures", figures) for out in ("memory://accuracy", dataset)
    )
    assert remote == local and remote[0] == 0
    status, _, err = run(capsys, "memory://nowhere", "--figures", figures)
    assert status == 2 and "nowhere" in err


def test_no_rows_need_no_figures(capsys, dataset):
    status, out, _ = run(capsys, dataset, "--where", "text = 'nowhere'")
    assert status == 0 and out.startswith("0 of ") and len(out.splitlines()) == 2


def test_the_shipped_figures_answer(capsys, dataset):
    status, out, _ = run(capsys, dataset, "--table", "segments")
    assert status == 0 and "right country" in out and "checked" in out


def test_figures_of_other_models_are_told(capsys, dataset, figures, tmp_path):
    known = counts.load(figures)
    assert "careful: " not in run(capsys, dataset, "--figures", figures)[1]
    for models, same in (
        (finders(dataset), True),
        (finders(dataset) | {"setting mention_threshold": "0.9"}, False),
    ):
        counts.save(replace(known, models=models), tmp_path / "figures.json")
        _, out, _ = run(capsys, dataset, "--figures", tmp_path / "figures.json")
        assert ("careful: " not in out) == same


def test_a_dataset_says_what_found_its_names(dataset):
    assert finders(dataset) == finders_of_now()


def test_figures_are_measured_on_gold(capsys, samples, dataset, tmp_path):
    saved = tmp_path / "figures.json"
    gold = GOLD / "agency-canada.json", GOLD / "chapter-portugal.json"
    status, out, _ = run(capsys, "--gold", *gold, "--raw", samples, "--save", saved)
    assert status == 0 and "checked" in out
    status, _, _ = run(capsys, dataset, "--figures", saved)
    assert status == 0 and counts.load(saved).ranges


@pytest.mark.parametrize(
    "arguments, status, complaint",
    [
        ([], 2, "name the folder"),
        (["OUT", "--save", "x.json"], 2, "--save writes"),
        (["OUT", "--gold", "x", "--figures", "y"], 2, "give one of them"),
        (["OUT", "--figures", "gone.json"], 1, "is missing"),
        (["gone"], 2, "is not a folder"),
        (["OUT", "--where", "colour = 'red'"], 1, "does not work: no such column: colour"),
        (["OUT", "--gold", "gone"], 1, "no gold at gone"),
    ],
)
def test_what_is_wrong_is_one_line(capsys, dataset, arguments, status, complaint):
    given = [str(dataset) if a == "OUT" else a for a in arguments]
    found, _, err = run(capsys, *given)
    assert found == status and complaint in err and len(err.strip().splitlines()) == 1
