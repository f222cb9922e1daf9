"""Counts are what evaluation counts, and survive being written."""

from dataclasses import replace

import pytest

from pipeline.accuracy import counts
from pipeline.accuracy.counts import EDGES, MIDDLES, Placements, bin_of
from pipeline.accuracy.measure import counted, measured
from pipeline.evaluate.scores import mention_scores
from pipeline.records import LABELS
from tests.accuracy.world import tally, world
from tests.small import ROOT, SAMPLES

GOLD = [ROOT / "tests" / "gold" / f"{name.removesuffix('.txt')}.json" for name in SAMPLES]


@pytest.fixture(scope="module")
def documents(samples):
    return measured(GOLD, samples, sample=True)


def test_each_bin_holds_what_stands_for_it():
    assert [bin_of(p) for p in MIDDLES] == list(range(len(EDGES)))


@pytest.mark.parametrize("p, bin_", [(0.0, 0), (0.39, 0), (0.4, 1), (0.99, 9), (1.0, 9)])
def test_a_bin_begins_at_its_edge(p, bin_):
    assert bin_of(p) == bin_


def test_the_counts_are_those_of_evaluation(documents):
    found = counted(documents)
    spans = [(d.gold, {(m.start, m.end, m.label) for m in d.result.mentions}) for d in documents]
    scores = mention_scores(spans)
    for label in LABELS:
        own = [t for t in found.mentions if t.cell.label == label]
        exact = scores[label]["exact"]
        assert sum(t.found for t in own) == exact.found
        assert sum(t.right for t in own) == exact.hits_found
        assert sum(t.right + t.missed for t in own) == exact.gold


def test_sections_without_mentions_are_counted(documents):
    found = counted(documents)
    assert len(found.sections) == sum(1 + len(d.result.segments) for d in documents)


def test_a_missed_mention_has_no_confidence(documents):
    assert all((t.cell.bin is None) == (t.found == 0) for t in counted(documents).mentions)


def test_the_order_of_the_documents_does_not_matter(documents):
    assert counted(documents) == counted(documents[::-1])


def test_what_is_written_can_be_read(tmp_path):
    all_ = replace(
        world(), segments=(tally(label="COUNTRY", part="", found=1),), ranges=((0, 1), (1, 3)),
        rankings=(Placements(0, 3, 2, 4),), scales={"recall": {"kinds": 0.2, "sections": 0.1}},
    )  # fmt: skip
    counts.save(all_, tmp_path / "figures.json")
    assert counts.load(tmp_path / "figures.json") == all_


def test_the_shipped_figures_hold_no_text():
    shipped = counts.load(counts.shipped())
    assert {t.cell.label for t in shipped.mentions} <= set(LABELS)
    rows, _ = counts.shipped().read_text(encoding="utf-8").split('"scales"')
    words = rows.replace('"', " ").replace("[", " ").replace("]", " ").split()
    assert max(map(len, words)) < 12


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 99}', '{"version": 1}'])
def test_another_file_is_told(tmp_path, content):
    path = tmp_path / "figures.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="holds no figures of accuracy"):
        counts.load(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ValueError, match="is missing; measure it"):
        counts.load(tmp_path / "figures.json")


def test_gold_without_its_report_is_told(tmp_path):
    with pytest.raises(ValueError, match="agency-canada.txt"):
        measured(GOLD[:1], tmp_path)


def test_two_golds_of_a_report_are_told(samples):
    with pytest.raises(ValueError, match="twice: agency-canada.txt"):
        measured([GOLD[0], GOLD[0]], samples)
