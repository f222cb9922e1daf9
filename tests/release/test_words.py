"""What a release says for people: changes, accuracy, licence notes."""

import json
import re
from pathlib import Path

import pytest

from pipeline.release import Accuracy, release
from pipeline.release.about import About
from pipeline.release.accuracy import measured, stated
from pipeline.release.changes import since
from tests.release.conftest import ABOUT
from tests.small import build, copy_samples

EXACT = {"precision": 0.9, "recall": 0.8, "f1": 0.847}
FIGURES = {
    "documents": ["a.txt", "b.txt"],
    "mentions": {"LAW": {"exact": EXACT, "relaxed": EXACT}},
    "errors": [{"text": "A sentence of a report."}],
}


@pytest.fixture
def next_release(released, tmp_path):
    """A release with one report less than `released`, compared with it."""
    raw = copy_samples(tmp_path / "raw", ("open-data.txt",))
    build(raw, tmp_path / "out")
    about = About(version="2026.12.0", authors=ABOUT.authors)
    release(tmp_path / "out", tmp_path / "next", about, since=released)
    return tmp_path / "next"


def test_the_first_release_counts_what_is_there(released):
    text = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changes of this dataset\n\n## 2026.11.0\n\nFirst release: 3 doc")


def test_a_later_release_says_what_changed_and_keeps_what_was_said(next_release, released):
    text = (next_release / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Rows that differ from version 2026.11.0:" in text
    assert "| documents | 3 → 1 | 0 | 2 | 0 | 0 |" in text
    assert "Reports: 2 removed." in text
    assert str(next_release.parent) not in text  # where it was made says nothing to a reader
    assert ".draft" not in text
    earlier = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.endswith(earlier.split("\n", 2)[2])


def test_an_equal_dataset_differs_in_nothing(graded, released, tmp_path):
    release(graded, tmp_path / "next", About(version="2026.11.1"), since=released)
    text = (tmp_path / "next" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Rows that differ from version 2026.11.0:\n\nNone." in text


def test_the_folder_of_an_earlier_release_is_no_word_to_replace(
    graded, textless, tmp_path, monkeypatch
):
    monkeypatch.chdir(textless)
    release(graded, tmp_path / "next", About(version="2026.11.1"), since=Path())
    text = (tmp_path / "next" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "`moved` rows" not in text
    assert "None.\n\nversion 2026.11.0 holds no texts; blocks.path, " in text


def test_what_is_no_earlier_release_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is no earlier release"):
        since(tmp_path)


def test_without_figures_it_is_said_plainly(released):
    found = json.loads((released / "accuracy.json").read_text(encoding="utf-8"))
    assert found == {"measured": False, "note": "No accuracy was measured for this release."}
    assert found["note"] in (released / "README.md").read_text(encoding="utf-8")


def test_figures_are_kept_with_their_gold_and_without_sentences(tmp_path):
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(FIGURES), encoding="utf-8")
    found = stated(path)
    assert found.as_dict() == {
        "measured": True,
        "gold": "gold for 2 reports, stated in scores.json",
        "figures": {name: FIGURES[name] for name in ("documents", "mentions")},
    }
    assert "| LAW | 0.900 | 0.800 | 0.847 |" in found.lines()


def test_a_figure_that_could_not_be_measured_is_shown_as_missing():
    none = {"precision": None, "recall": 0.0, "f1": 0.0}
    figures = {"mentions": {"LAW": {"exact": EXACT}, "INDEX": {"exact": none}}}
    accuracy = Accuracy("gold-2026", figures)
    assert "| LAW | 0.900 | 0.800 | 0.847 |" in accuracy.lines()
    assert "| INDEX | – | 0.000 | 0.000 |" in accuracy.lines()


def test_figures_stand_in_the_release(graded, tmp_path):
    accuracy = Accuracy("gold-2026", FIGURES)
    release(graded, tmp_path / "release", ABOUT, figures=accuracy)
    assert "| LAW | 0.900 |" in (tmp_path / "release" / "README.md").read_text(encoding="utf-8")
    text = (tmp_path / "release" / "accuracy.json").read_text(encoding="utf-8")
    assert "gold-2026" in text
    assert "A sentence of a report" not in text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"mentions": 1}'])
def test_a_file_without_figures_is_refused(text, tmp_path):
    (tmp_path / "scores.json").write_text(text)
    with pytest.raises(ValueError, match=r"scores\.json"):
        stated(tmp_path / "scores.json")


def test_accuracy_is_measured_against_gold_that_is_named_by_its_hash(tmp_path):
    from tests.small import ROOT

    gold = tmp_path / "gold"
    gold.mkdir()
    source = ROOT / "tests" / "gold" / "agency-canada.json"
    (gold / source.name).write_bytes(source.read_bytes())
    found = measured(gold, ROOT / "raw")
    assert found.gold is not None
    assert found.gold.startswith("gold (1 reports, SHA-256 ")
    assert found.figures is not None
    assert any(re.match(r"\| AGENCY \| [01]\.\d{3} \|", line) for line in found.lines())
    (gold / source.name).write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert measured(gold, ROOT / "raw").gold != found.gold


def test_the_rights_in_the_reports_are_kept_apart(released, textless):
    whole = (released / "LICENSE.md").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in whole
    assert "the publishers' (`publisher`" in whole
    assert "texts are not part of this release" in (textless / "LICENSE.md").read_text("utf-8")
