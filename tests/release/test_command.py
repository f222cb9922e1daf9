"""`govtable release`: options, exit status, and one line for what went wrong."""

import json

import pandas as pd
import pytest
import yaml

from pipeline import cli


def test_a_release_lies_beside_the_dataset(graded, capsys):
    folder = graded.with_name(f"{graded.name}-2026.11.0")
    arguments = ["release", str(graded), "--version", "2026.11.0", "--doi", "10.5281/zenodo.1"]
    arguments += ["--author", "Lovelace, Ada", "--author", "OECD", "--license", "cc0-1.0"]
    arguments += ["--title", "Seen: a title", "--date", "2026-11-30"]
    assert cli.main(arguments) == 0
    said = capsys.readouterr()
    assert "rows in" in said.out
    assert "Lovelace, Ada; OECD (2026): Seen: a title, version 2026.11.0" in said.out
    assert said.err == ""
    cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["doi"] == "10.5281/zenodo.1"
    assert cited["license"] == "CC0-1.0"
    assert cited["authors"][1] == {"name": "OECD"}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2026-11-30T00:00:00Z"
    assert cli.main(arguments) == 0  # again: it is there
    assert cli.main([*arguments, "--title", "Another"]) == 1
    assert "another release already" in capsys.readouterr().err


def test_without_gold_the_accuracy_is_estimated(graded, tmp_path):
    place = tmp_path / "release"
    assert cli.main(["release", str(graded), "--version", "1.0.0", "--to", str(place)]) == 0
    found = json.loads((place / "accuracy.json").read_text(encoding="utf-8"))
    assert not found["measured"]
    agencies = found["estimates"]["AGENCY"]
    mentions = pd.read_csv(place / "mentions.csv")
    assert agencies["rows"] == (mentions["label"] == "AGENCY").sum() > 0
    assert 0 < agencies["precision"]["low"] < agencies["precision"]["high"] < 1
    readme = (place / "README.md").read_text(encoding="utf-8")
    assert f"| AGENCY | {agencies['rows']} | {agencies['precision']['value']:.2f} (" in readme


def test_without_author_it_is_said(graded, tmp_path, capsys):
    arguments = ["release", str(graded), "--version", "1.0.0", "--to", str(tmp_path / "release")]
    assert cli.main([*arguments, "--no-text"]) == 0
    assert "no --author was given" in capsys.readouterr().err
    assert not (tmp_path / "release" / "text").exists()


WRONG = [
    ("--version", "latest"),
    ("--version", "1.0.0", "--author", ","),
    ("--version", "1.0.0", "--license", "mine"),
    ("--version", "1.0.0", "--doi", "10.xxxx/x"),
    ("--version", "1.0.0", "--date", "today"),
    (),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_2(arguments, graded, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["release", str(graded), *arguments])
    assert stop.value.code == 2


def test_accuracy_and_gold_exclude_each_other(graded, tmp_path, capsys):
    arguments = ["release", str(graded), "--version", "1.0.0"]
    arguments += ["--accuracy", str(tmp_path), "--gold", str(tmp_path)]
    assert cli.main(arguments) == 2
    assert "exclude each other" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--accuracy", "--gold", "--since"])
def test_a_file_that_is_not_there_is_1_and_one_line(option, graded, tmp_path, capsys):
    place = tmp_path / "release"
    arguments = ["release", str(graded), "--version", "1.0.0", "--to", str(place)]
    assert cli.main([*arguments, option, str(tmp_path / "nowhere")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("govtable: ")
    assert not place.exists()


def test_what_is_no_dataset_is_refused(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    place = tmp_path / "release"
    arguments = ["release", str(tmp_path / "empty"), "--version", "1.0.0", "--to", str(place)]
    assert cli.main(arguments) == 1
    assert "is missing" in capsys.readouterr().err
    assert not place.exists()
    assert cli.main(["release", str(tmp_path / "nowhere"), "--version", "1.0.0"]) == 2
