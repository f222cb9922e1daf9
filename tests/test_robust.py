"""Figures over spoilt pages, the simple programs beside them, and how both are shown."""

import importlib.util
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import generator
from pipeline.evaluate import Report, baselines, evaluate, show
from pipeline.evaluate.errors import Error
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.robust import (
    MASKED,
    SPOILT,
    WHOLE,
    Bin,
    Robustness,
    reliability,
    robustness,
    taken_apart,
)
from pipeline.evaluate.scores import Counts
from pipeline.evaluate.segments import SegmentScores, segment_scores
from pipeline.journey import process
from pipeline.records import Block, Outline, Result, Segment
from pipeline.records import Report as Document

SOURCE = """\
# title: Open Archives
# question: To what extent do ministries open their archives to readers?
# tier 1 9-10: Ministries open their archives to readers in full and without delay.
# tier 2 6-8: Ministries open most of their archives to readers without much delay.
# tier 3 3-5: Ministries open some of their archives to readers, often with delay.
# tier 4 1-2: Ministries open hardly any of their archives to readers.
== DNK 9
Danish readers have found every box of the state in one catalogue since the reform, and the \
national archive of Denmark answers most of the letters that reach it within a single week.

The reading room in Copenhagen was doubled, and nobody in Denmark pays for a copy any longer.
== EST 9
Estonian files have been born digital for twenty years, so that a reader in Tallinn opens them \
at home with an identity card, and Estonia hands over what is older as soon as it is scanned.
== FIN 8
Finnish ministries send their boxes to the archive after a generation, and readers in Helsinki \
wait for a day or two, although Finland has cut the number of people who fetch them.
== POL 4
Polish readers write a letter first, and the answer from Warsaw comes after a month or two, \
since Poland keeps many of the boxes of the years before the change of the system closed.
== GRC 2
Greek ministries keep their boxes in the cellars, and readers in Athens are turned away at the \
door, although a law of Greece promised them a reading room more than ten years ago.
"""
COUNTRIES = ["DNK", "EST", "FIN", "POL", "GRC"]


@pytest.fixture(scope="module")
def page():
    return generator.parsed(SOURCE)


def report(text):
    return Document(
        document_id="doc-page",
        source="page.txt",
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        language="en",
    )


def gold_of(data):
    return Gold(
        document="page.txt",
        mentions=frozenset(),
        entities={},
        segments=tuple(data["segments"]),
        statements=tuple(data["tier_statements"]),
        rankings=(),
        has_mentions=False,
        has_rankings=False,
    )


@pytest.fixture(scope="module")
def pair(page):
    text, data = page.written()
    return gold_of(data), process(report(text))


@pytest.fixture(scope="module")
def measured(pair):
    return robustness([pair], 6)


def result(*lines):
    text, blocks = "", []
    for role, words in lines:
        blocks.append(Block(start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    return Result(report=report(text), outline=Outline(layout="indicator", blocks=tuple(blocks)))


def section(start, end, country="EST", tier=None, confidence=1.0):
    return Segment(
        start=start,
        end=end,
        country=country,
        country_method="evidence",
        country_confidence=confidence,
        tier=tier,
    )


def wanted(*segments):
    found = [{"start": a, "end": b, "country": c, "tier": t} for a, b, c, t in segments]
    return gold_of({"segments": found, "tier_statements": []})


def test_the_journey_finds_the_sections_of_the_page_by_hand(pair):
    gold, found = pair
    assert [s.country for s in found.segments] == COUNTRIES
    assert segment_scores([(gold, list(found.segments))]).exact == len(COUNTRIES)


def test_bins_by_hand():
    judged = [(0.95, True), (1.0, True), (0.92, False), (0.31, False), (0.39, True), (0.0, False)]
    assert list(reliability(judged)) == [
        Bin(0.0, 0.1, 1, 0.0, 0.0),
        Bin(0.3, 0.4, 2, 0.35, 0.5),
        Bin(0.9, 1.0, 3, 0.9567, 0.6667),
    ]


def test_no_case_has_no_bin():
    assert list(reliability([])) == []


@pytest.mark.parametrize("k", range(10))
def test_a_border_belongs_to_the_bin_above(k):
    [found] = reliability([(k / 10, True)])
    assert (found.low, found.high) == (k / 10, (k + 1) / 10)


def test_certainty_belongs_to_the_last_bin():
    assert next(reliability([(1.0, True)])).low == 0.9


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_case_is_in_one_bin(judged):
    bins = list(reliability(judged))
    assert sum(b.n for b in bins) == len(judged)
    assert all(b.low - 1e-3 <= b.confidence <= b.high + 1e-3 for b in bins)
    assert sum(round(b.right * b.n) for b in bins) == sum(right for _, right in judged)


CALIBRATION = [
    ((), 0.0),
    ((Bin(0.9, 1.0, 4, 0.95, 0.95),), 0.0),
    ((Bin(0.9, 1.0, 4, 0.95, 0.75),), 0.2),
    ((Bin(0.3, 0.4, 2, 0.35, 0.5), Bin(0.9, 1.0, 3, 0.95, 0.75)), (2 * 0.15 + 3 * 0.2) / 5),
    ((Bin(0.0, 0.1, 1, 0.0, 1.0), Bin(0.9, 1.0, 1, 1.0, 0.0)), 1.0),
]


@pytest.mark.parametrize(
    ("bins", "error"), CALIBRATION, ids=["none", "honest", "vain", "mixed", "contrary"]
)
def test_calibration_error_by_hand(bins, error):
    assert Robustness({}, {}, bins).calibration_error == pytest.approx(error)


@pytest.mark.parametrize(
    "gold",
    [
        wanted(),
        wanted((0, 5, "EST", 1)),
        wanted((0, 5, "EST", 1), (6, 9, "FIN", 1)),
        wanted((0, 2, "EST", 1), (3, 5, "FIN", 1), (6, 9, "EST", 1)),
    ],
    ids=["no sections", "one", "two", "two countries in three sections"],
)
def test_gold_of_no_comparative_page_has_no_robustness(gold):
    assert robustness([(gold, result(("prose", "Ten words.")))], 3) is None


def test_nothing_has_no_robustness():
    assert robustness([], 3) is None


def test_gold_without_scores_makes_no_pages(pair):
    gold, found = pair
    bare = [{k: v for k, v in s.items() if "score" not in k} for s in gold.segments]
    assert robustness([(replace(gold, segments=tuple(bare)), found)], 1) is None


def test_a_report_is_taken_apart_into_its_page(page, pair):
    assert taken_apart(*pair) == page


def test_pages_of_each_kind_are_counted(measured):
    assert measured.pages == {WHOLE: 1, MASKED: 1, SPOILT: 6}
    assert measured.scores.keys() == measured.pages.keys()
    assert measured.scores[WHOLE].gold == measured.scores[MASKED].gold == len(COUNTRIES)
    assert 6 * 3 <= measured.scores[SPOILT].gold <= 6 * len(COUNTRIES)


def test_the_whole_page_is_cut_as_it_was(measured):
    assert measured.scores[WHOLE].exact == len(COUNTRIES)
    assert measured.scores[WHOLE].tier_anywhere == len(COUNTRIES)


def test_bins_count_the_found_sections_of_perturbed_pages(measured):
    assert sum(b.n for b in measured.bins) == measured.scores[SPOILT].found
    assert 0 <= measured.calibration_error <= 1


def test_equal_gold_gives_equal_figures(pair, measured):
    assert robustness([pair], 6) == measured


def test_other_documents_do_not_count(pair, measured):
    other = (wanted((0, 3, "EST", None)), result(("prose", "Ten words.")))
    assert robustness([other, pair], 6) == measured


def test_no_perturbed_page_leaves_the_other_two(pair):
    found = robustness([pair], 0)
    assert found.pages == {WHOLE: 1, MASKED: 1, SPOILT: 0}
    assert found.bins == ()
    assert found.calibration_error == 0.0


def test_robustness_is_plain_for_json(measured):
    plain = json.loads(json.dumps(measured.as_dict()))
    assert plain["pages"][SPOILT] == 6
    assert plain["segments"][WHOLE]["exact_share"] == 1.0
    assert plain["reliability"][-1].keys() == {"low", "high", "n", "confidence", "right"}
    assert plain["expected_calibration_error"] == round(measured.calibration_error, 4)


TIERS = [
    ([section(0, 10, tier=1)], 1, "same bounds"),
    ([section(3, 30, tier=1)], 1, "other bounds"),
    ([section(0, 10, "FIN", tier=1)], 1, "another country"),
    ([section(0, 4, tier=2), section(4, 10, tier=1)], 1, "the longer of two"),
    ([section(0, 7, tier=2), section(7, 40, tier=1)], 0, "the longer within the gold"),
    ([section(0, 5, tier=1), section(5, 10, tier=2)], 1, "the first of equals"),
    ([section(0, 10, tier=2)], 0, "another tier"),
    ([section(0, 10)], 0, "no tier"),
    ([section(10, 20, tier=1)], 0, "beside it"),
    ([], 0, "nothing found"),
]


@pytest.mark.parametrize(("found", "right", "how"), TIERS, ids=[how for *_, how in TIERS])
def test_tier_anywhere_is_that_of_the_longest_overlap(found, right, how):
    scores = segment_scores([(wanted((0, 10, "EST", 1)), found)])
    assert scores.tier_anywhere == right, how
    assert scores.graded == 1


def test_tier_anywhere_counts_graded_gold_only():
    gold = wanted((0, 10, "EST", None), (11, 20, "FIN", 2))
    scores = segment_scores([(gold, [section(0, 10), section(11, 18, "FIN", tier=2)])])
    assert (scores.graded, scores.tier, scores.tier_anywhere) == (1, 0, 1)


def test_figures_of_documents_add_up():
    one = (wanted((0, 10, "EST", 1)), [section(0, 10, tier=1)])
    twice = segment_scores([one, one])
    assert twice == SegmentScores(2, 2, 2, 2, 20, 20, 2, 2, 2, 0, 0)
    assert segment_scores([one, (wanted(), [section(0, 4)])]) == segment_scores([one])


PACKAGES = {"TextTiling": "nltk", "country-ner": "country_named_entity_recognition"}


def test_segmenters_are_those_whose_packages_are_installed():
    installed = [name for name, package in PACKAGES.items() if importlib.util.find_spec(package)]
    assert list(baselines.segmenters()) == ["most named", *installed]


@pytest.mark.parametrize("missing", [*PACKAGES, None])
def test_a_missing_package_leaves_its_baseline_out(monkeypatch, missing):
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == PACKAGES.get(missing) else name
    )
    assert set(baselines.segmenters()) == {"most named", *PACKAGES} - {missing}


@pytest.fixture(params=["most named", *PACKAGES])
def baseline(request):
    found = baselines.segmenters()
    if request.param not in found:
        pytest.skip(f"{request.param} is not installed")
    return found[request.param]


BAD = [
    ("nothing", ()),
    ("a word", (("prose", "x"),)),
    ("head only", (("title", "Finland"), ("question", "Is Finland open?"))),
    ("no country", (("prose", "It rains."), ("prose", "It pours."))),
    ("two lines", (("prose", "Finland waits."), ("prose", "Sweden waits."))),
    ("marks", (("prose", "…"), ("prose", "- – -"), ("citation", "1."))),
    ("much", tuple(("prose", f"{c} waits for rain. " * 30) for c in ("Finland", "Sweden") * 4)),
]


@pytest.mark.parametrize(("what", "lines"), BAD, ids=[what for what, _ in BAD])
def test_a_baseline_cuts_any_page_in_order_and_within(baseline, what, lines):
    found = result(*lines)
    cut = baseline(found)
    assert all(a.end <= b.start for a, b in pairwise(cut)), what
    assert all(0 <= s.start < s.end <= len(found.report.text) for s in cut)
    body = [b for b in found.outline.blocks if b.role in ("prose", "citation")]
    assert all(any(s.holds(b) for s in cut) for b in body)


def test_a_baseline_cuts_the_page_by_hand_in_order_and_within(baseline, pair):
    cut = baseline(pair[1])
    assert cut
    assert all(a.end <= b.start for a, b in pairwise(cut))
    assert all(a.country != b.country for a, b in pairwise(cut))
    assert all(s.end <= len(pair[1].report.text) for s in cut)
    assert {s.country for s in cut} <= set(COUNTRIES)
    assert all(s.tier is None and s.score_min is None for s in cut)


NAMED = [
    (("prose", "Finland waits."), ("prose", "Sweden waits."), ["FIN", "SWE"]),
    (("prose", "Finland waits."), ("prose", "Finland rests."), ["FIN"]),
    (("prose", "Finland waits."), ("prose", "It rains."), ["FIN"]),
    (("prose", "It rains."), ("prose", "Finland waits."), [None, "FIN"]),
    (("title", "Sweden"), ("prose", "Finland waits."), ["FIN"]),
    (("tier_statement", "Sweden waits."), ("prose", "Finland waits."), ["FIN"]),
]


@pytest.mark.parametrize("name", ["most named", "country-ner"])
@pytest.mark.parametrize(("first", "second", "countries"), NAMED)
def test_paragraphs_are_joined_while_the_country_stays(name, first, second, countries):
    segmenters = baselines.segmenters()
    if name not in segmenters:
        pytest.skip(f"{name} is not installed")
    assert [s.country for s in segmenters[name](result(first, second))] == countries


def test_the_country_named_most_wins():
    words = "Finland, Finland and Sweden wait. Finnish rain falls."
    [only] = baselines.segments(result(("prose", words)))
    assert only.country == "FIN"


ERROR = Error(
    document="page.txt",
    country="EST",
    label="LAW",
    kind="missed",
    start=4,
    end=15,
    text="Archive Act",
)


def empty_report(robust=None, **baseline):
    return Report(
        documents=("page.txt",),
        mentions={},
        baseline={},
        segments=SegmentScores(gold=4, found=4, exact=3, graded=4, tier=3, tier_anywhere=4),
        baseline_segments=baseline,
        statements=Counts(4, 4, 4, 4),
        rankings={},
        errors=(ERROR,) * 3,
        robustness=robust,
    )


def test_baselines_stand_beside_ours():
    lines = show.text(empty_report(tiles=SegmentScores(gold=4, exact=1))).split("\n")
    head = next(line for line in lines if line.startswith("country sections"))
    row = next(line for line in lines if line.startswith("right bounds and country"))
    assert head.split()[-2:] == ["govtable", "tiles"]
    assert row.endswith("3 of 4            1 of 4")
    assert head.index("tiles") + len("tiles") == len(row)


@pytest.mark.parametrize(
    ("installed", "note"),
    [
        ((), "not installed: TextTiling, country-ner"),
        (("TextTiling",), "not installed: country-ner"),
        (("TextTiling", "country-ner"), None),
    ],
    ids=["none", "one", "both"],
)
def test_what_is_not_installed_is_said(installed, note):
    shown = show.text(empty_report(**dict.fromkeys(installed, SegmentScores())))
    assert (note in shown) if note else ("not installed" not in shown)


def test_robustness_is_shown_where_measured():
    scores = SegmentScores(
        gold=4, found=4, exact=2, boundary_hits=4, characters=10, characters_right=8,
        graded=4, tier=2, tier_anywhere=3,
    )  # fmt: skip
    robust = Robustness({WHOLE: 1}, {WHOLE: scores}, (Bin(0.3, 0.4, 2, 0.35, 0.5),))
    lines = show.text(empty_report(robust)).split("\n")
    row = next(line for line in lines if line.startswith(WHOLE))
    assert row.split()[-6:] == ["1", "4", "0.500", "1.000", "0.800", "0.750"]
    assert "expected calibration error 0.150" in "\n".join(lines)
    assert lines[-1].split() == "0.3-0.4 2 sections confidence 0.350 right 0.500".split()
    assert "made from the gold" not in show.text(empty_report())


def test_a_page_without_grades_is_shown():
    robust = Robustness({WHOLE: 1}, {WHOLE: SegmentScores(gold=4)}, ())
    row = next(x for x in show.text(empty_report(robust)).split("\n") if x.startswith(WHOLE))
    assert row.split()[-1] == "-"  # nothing was graded, so nothing is right


@pytest.mark.parametrize(("most", "shown"), [(0, 0), (2, 2), (9, 3)])
def test_errors_are_listed_up_to_a_number(most, shown):
    assert show.text(empty_report(), errors=most).count("Archive Act") == shown


def test_a_folder_is_evaluated_with_baselines_and_spoilt_pages(page, tmp_path):
    gold, raw = tmp_path / "gold", tmp_path / "raw"
    gold.mkdir()
    raw.mkdir()
    text, data = page.written()
    (raw / "page.txt").write_text(text, encoding="utf-8")
    (gold / "page.json").write_text(json.dumps({"document": "page.txt"} | data), encoding="utf-8")

    found = evaluate(gold, raw, perturbed=2)
    assert found.documents == ("page.txt",)
    assert found.segments.exact == found.segments.tier == len(COUNTRIES)
    assert found.statements == Counts(4, 4, 4, 4)
    assert found.robustness.pages == {WHOLE: 1, MASKED: 1, SPOILT: 2}
    assert found.baseline_segments.keys() == baselines.segmenters().keys()
    assert "pages without headings made from the gold" in show.text(found)

    show.save(found, tmp_path / "figures.json")
    saved = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert saved["robustness"]["pages"][SPOILT] == 2
    assert saved["baseline_segments"].keys() == baselines.segmenters().keys()
    assert saved["segments"]["tier_anywhere"] == len(COUNTRIES)

    plain = evaluate(gold, raw)
    assert plain.robustness is None
    assert plain.as_dict()["robustness"] is None
    assert plain.segments == found.segments
