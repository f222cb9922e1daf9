"""The whole of an evaluation, from gold and reports to text, JSON, a page and the commands."""

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.commands import evaluate as command
from pipeline.evaluate import agree, baselines, evaluate, html, show
from pipeline.evaluate.groups import DIMENSIONS
from pipeline.evaluate.protocols import PROTOCOLS
from pipeline.evaluate.robust import SPOILT, Robustness

ROOT = Path(__file__).parents[2]
GOLD = ("chapter-portugal", "impact-assessment", "ministry-estonia")
WIDTH = 100


@pytest.fixture(scope="module", autouse=True)
def one_baseline():
    """Packaged baselines take most of the time; tests/test_robust.py has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(baselines, "segmenters", lambda: {"most named": baselines.segments})
        yield


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Gold and reports: a chapter, a comparative page, a ministry's page."""
    gold, raw = tmp_path_factory.mktemp("gold"), tmp_path_factory.mktemp("raw")
    for name in GOLD:
        shutil.copy(ROOT / "tests" / "gold" / f"{name}.json", gold)
        shutil.copy(ROOT / "raw" / f"{name}.txt", raw)
    return gold, raw


@pytest.fixture(scope="module")
def other(folders, tmp_path_factory):
    """The gold of a second person, who leaves out every fifth mention and moves an end."""
    folder = tmp_path_factory.mktemp("other")
    for path in sorted(folders[0].iterdir()):
        data = json.loads(path.read_text(encoding="utf-8"))
        if "mentions" in data:
            del data["mentions"][::5]
            last = data["mentions"][-1]
            last["end"], last["text"] = last["end"] - 1, last["text"][:-1]
        (folder / path.name).write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(folders, other):
    return evaluate(*folders, protocol="held-out-country", other=other, resamples=200)


@pytest.fixture(scope="module")
def lines(report):
    return show.text(report, errors=5, by=DIMENSIONS).splitlines()


def test_figures_and_counts_are_of_the_same_mentions(report):
    """The counts of documents and the sums over single mentions are made apart."""
    for label, row in report.mentions.items():
        for kind, counts in row.items():
            assert report.figures[label][kind].counts == counts


def test_every_error_is_listed(report):
    exact = report.mentions["all"]["exact"]
    kinds = [e.kind for e in report.errors]
    both = kinds.count("wrong bounds") + kinds.count("wrong label")
    assert kinds.count("missed") + both == exact.gold - exact.hits_gold
    assert kinds.count("wrong") + both == exact.found - exact.hits_found


def test_errors_quote_the_report(report, folders):
    assert report.errors
    for e in report.errors:
        text = (folders[1] / e.document).read_text(encoding="utf-8")
        assert text[e.start : e.end] == e.text
        quoted = f"{e.before}{e.text}{e.after}".replace("…", "")
        assert " ".join(quoted.split()) in " ".join(text.replace("…", "").split())


def test_confusion_counts_every_gold_mention_once(report):
    for label, row in report.confusion.items():
        if label != "none":
            assert sum(row.values()) == report.mentions[label]["exact"].gold
    found = sum(row[name] for row in report.confusion.values() for name in row if name != "none")
    assert found == report.mentions["all"]["exact"].found


def test_groups_add_up_to_the_whole(report):
    for parts in report.groups.values():
        assert (
            sum(g.exact.counts.gold for g in parts) == report.mentions["all but YEAR"]["exact"].gold
        )
    for name in ("layout", "country", "edition"):
        cut = [g.sections for g in report.groups[name] if g.sections]
        assert sum(share.n for share in cut) == report.segments.gold
        assert sum(share.hits for share in cut) == report.segments.exact


def test_figures_of_sections_agree(report):
    assert report.tiers.right.n == report.segments.graded
    assert report.tiers.right.hits == report.segments.tier_anywhere
    assert report.segmentation.countries.n == report.segments.gold


def test_the_second_gold_is_compared(report):
    found = report.agreement
    assert len(found.documents) == len(GOLD)
    assert 0.7 < found.mentions["all"]["exact"].f1 < 1
    assert 0.7 < found.tokens.kappa < 1
    assert found.sections.f1 == 1
    kinds = {d.kind for d in found.differences}
    assert kinds <= {"first only", "other bounds"}


def test_a_gold_agrees_with_itself(folders):
    found = agree(folders[0], folders[0], folders[1])
    assert found.mentions["all"]["exact"].f1 == found.tokens.kappa == 1
    assert found.differences == ()


def test_the_terminal_is_wide_enough(lines):
    assert max(map(len, lines)) <= WIDTH
    assert not any(line != line.rstrip() for line in lines if not line.startswith("mentions"))


@pytest.mark.parametrize(
    "words",
    [
        "95 % intervals from 200 draws",
        "Pk ",
        "tiers, quadratic weighted kappa",
        "score inside the interval found",
        "by country",
        "by section",
        "confidence of mentions but years, expected calibration error",
        "held-out-country: fitted on the others",
        "threshold fixed",
        "agreement of two golds on 3 documents",
        "words either marks",
    ],
)
def test_what_the_text_tells(lines, words):
    assert any(line.startswith(words) for line in lines)


def test_errors_are_shown_in_their_text(lines):
    assert any("[[" in line and "]]" in line for line in lines)


def test_groups_are_printed_where_asked_for(report):
    assert "by layout" not in show.text(report)
    assert "by layout" in show.text(report, by=["layout"])


KEYS = {
    "documents", "mentions", "baseline_mentions", "off_the_shelf_mentions", "linking", "segments",
    "baseline_segments", "robustness", "tier_statements", "rankings",
}  # fmt: skip


def test_json_keeps_the_keys_of_old(report, tmp_path):
    show.save(report, tmp_path / "figures.json")
    saved = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert saved.keys() >= KEYS
    exact = saved["mentions"]["AGENCY"]["exact"]
    assert exact.keys() >= {"precision", "recall", "f1", "found", "gold"}
    assert exact["f1_interval"][0] <= exact["f1"] <= exact["f1_interval"][1]
    assert saved["segments"]["exact_share"] == 1
    assert saved["groups"].keys() == set(DIMENSIONS)
    assert saved["calibration"].keys() == {"mentions", "countries"}
    assert len(saved["errors"]) == len(report.errors)
    assert saved["protocol"]["name"] == "held-out-country"
    assert saved["agreement"]["in_one_only"] == []


def test_every_key_of_the_json_is_documented(report):
    told = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").partition("as JSON")[2]
    rows = re.findall(r"^\| (`[^|]*) \|", told, re.MULTILINE)
    assert [key for row in rows for key in re.findall(r"`(\w+)`", row)] == list(report.as_dict())


def test_equal_gold_gives_equal_bytes(report, folders, other):
    again = evaluate(*folders, protocol="held-out-country", other=other, resamples=200)
    assert again.as_dict() == report.as_dict()
    assert html.page(again) == html.page(report)


VOID = {"meta", "line", "rect", "circle", "polyline", "br"}


class Page(HTMLParser):
    """What a page is made of; every element must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.texts = [], [], [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told[name] for name in ("href", "src") if name in told]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def page(report):
    return Page(html.page(report))


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page):
    assert all(link.removeprefix("#") in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_needs_no_network_and_no_script(report):
    text = html.page(report)
    assert not re.search(r"https?:|<script|@import|url\(|\son\w+=", re.sub(r"<mark>.*", "", text))


def test_the_page_can_be_read_aloud(page):
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en"}) in page.tags
    assert tags.count("table") == tags.count("caption") > 10
    assert tags.count("h1") == 1
    for tag, told in page.tags:
        if tag == "svg":
            assert told.get("aria-hidden") == "true" or told["aria-label"]
        if tag == "th":
            assert told["scope"] in ("row", "col")
        if told.get("role") == "region":
            assert told["aria-label"] and told["tabindex"] == "0"
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_the_page_has_every_error_in_its_text(page, report):
    marks = [tag for tag, _ in page.tags].count("mark")
    assert marks == len(report.errors) + len(report.agreement.differences)


def test_words_of_reports_do_no_harm_in_the_page(report):
    bad = replace(report.errors[0], text="<script>alert(1)</script>", before='"&<b>')
    text = html.page(replace(report, errors=(bad,)))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_plots_stay_within_their_box(report):
    for x in re.findall(r'(?:x|x1|x2|cx|width)="([\d.]+)%"', html.page(report)):
        assert 0 <= float(x) <= 100


def test_everything_asked_for_at_once(report):
    """Beside a spaCy model, with spoilt pages: no line too long, and the page well formed."""
    scores = report.segments
    spoilt = Robustness({SPOILT: 6}, {SPOILT: scores}, report.calibration["mentions"].bins)
    full = replace(report, off_the_shelf=report.baseline, robustness=spoilt)
    text = show.text(full, errors=9, by=DIMENSIONS)
    assert max(map(len, text.splitlines())) <= WIDTH
    shown = Page(html.page(full))
    assert "spoilt" in shown.ids
    assert any("spaCy" in words for words in shown.texts)


def test_a_page_of_little_gold(folders, tmp_path):
    """One report without sections, no draws, nothing on request."""
    shutil.copy(folders[0] / "ministry-estonia.json", tmp_path)
    little = evaluate(tmp_path, folders[1], resamples=0)
    Page(html.page(replace(little, errors=())))
    text = show.text(little, by=DIMENSIONS)
    assert "95 % intervals" not in text
    assert little.protocol is little.agreement is None


def test_the_command_writes_both_files(folders, other, tmp_path, capsys):
    gold, raw = map(str, folders)
    told = ["evaluate", "--gold", gold, "--raw", raw, "--compare", str(other), "--by", "layout"]
    files = ["--json", str(tmp_path / "a.json"), "--html", str(tmp_path / "a.html")]
    assert cli.main([*told, *files, "--bootstrap", "50", "--protocol", "held-out-country"]) == 0
    assert "by layout" in capsys.readouterr().out
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["resamples"] == 50
    Page((tmp_path / "a.html").read_text(encoding="utf-8"))


def test_the_command_knows_the_choices_there_are():
    assert command.GROUPS == DIMENSIONS
    assert tuple(PROTOCOLS) == command.PROTOCOLS


WRONG = [("--by", "moon"), ("--protocol", "held-out-moon"), ("--bootstrap", "-1")]


@pytest.mark.parametrize("told", WRONG)
def test_wrong_choices_are_wrong_usage(folders, told, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["evaluate", "--gold", str(folders[0]), *told])
    assert stop.value.code == 2
    assert told[0] in capsys.readouterr().err


def test_agreement_by_command(folders, other, tmp_path, capsys):
    gold, raw = map(str, folders)
    saved = tmp_path / "a.json"
    told = ["agree", gold, str(other), "--raw", raw, "--differences", "2", "--json", str(saved)]
    assert cli.main(told) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "agreement of two golds on 3 documents"
    assert max(map(len, lines)) <= WIDTH
    assert sum("[[" in line for line in lines) == 2
    differences = json.loads(saved.read_text(encoding="utf-8"))["differences"]
    assert f"{len(differences) - 2} more differences" in lines[-1]


@pytest.mark.parametrize("name", ["evaluate", "agree"])
def test_gold_of_another_text_is_one_line(folders, tmp_path, capsys, name):
    gold, raw = folders[0], tmp_path / "raw"
    shutil.copytree(folders[1], raw)
    changed = raw / "ministry-estonia.txt"
    changed.write_text("New. " + changed.read_text(encoding="utf-8"), encoding="utf-8")
    told = (
        ["evaluate", "--gold", str(gold)] if name == "evaluate" else ["agree", str(gold), str(gold)]
    )
    assert cli.main([*told, "--raw", str(raw)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "ministry-estonia.txt" in line
    assert "made for another text" in line


def test_reports_in_folders_are_found_by_name_or_path(folders, tmp_path):
    gold, raw = tmp_path / "gold", tmp_path / "raw"
    gold.mkdir()
    for year in ("2020", "2024"):
        (raw / year).mkdir(parents=True)
        shutil.copy(folders[1] / "impact-assessment.txt", raw / year)
    data = json.loads((folders[0] / "impact-assessment.json").read_text(encoding="utf-8"))
    path = gold / "page.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ValueError, match=r"may be any of 2020/impact-assessment\.txt, 2024/"):
        evaluate(gold, raw)
    path.write_text(json.dumps(data | {"document": "2024/impact-assessment.txt"}), encoding="utf-8")
    found = evaluate(gold, raw, resamples=0)
    assert [g.value for g in found.groups["edition"]] == ["2024"]
    (raw / "2020" / "impact-assessment.txt").unlink()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert evaluate(gold, raw, resamples=0).segments == found.segments
