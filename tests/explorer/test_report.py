"""`govtable report`: the page has all of the dataset, and nothing of it can act on the page."""

import base64
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline import cli, explorer
from pipeline.evaluate.intervals import Share
from pipeline.explorer import figures
from pipeline.explorer.pages import link
from pipeline.validate import read_tables
from tests.explorer.opened import Opened, text_of
from tests.small import build


def test_every_text_is_complete(dataset: Path, opened: Opened) -> None:
    texts = read_tables(dataset)[1]
    assert {key: text_of(document) for key, document in opened.documents()} == texts


def test_every_mention_is_marked_once(dataset: Path, opened: Opened) -> None:
    mentions = read_tables(dataset)[0]["mentions"]
    found = [
        (node.attributes["id"], node.text(), node.attributes["data-l"])
        for _, document in opened.documents()
        for node in document.css(".text .m")
    ]
    wanted = mentions[["mention_id", "text", "label"]]
    assert sorted(found) == sorted(wanted.itertuples(index=False, name=None))


def test_every_section_tells_its_country_and_tier(dataset: Path, opened: Opened) -> None:
    segments = {s["segment_id"]: s for s in opened.rows("sections")}
    names = opened.pieces["index"]["countries"]
    seen = 0
    for _, document in opened.documents():
        for node in document.css("section.segment"):
            segment = segments[node.attributes["id"]]
            said = node.css_first("header").text()
            assert names[segment["country_iso3"]] in said
            assert f"{segment['country_confidence']:.2f}" in said
            assert f"Tier {segment['tier'] or ''}".strip() in said
            seen += 1
    assert seen == len(segments) > 2


def test_every_link_inside_leads_somewhere(opened: Opened) -> None:
    index = opened.pieces["index"]
    documents = {row["document_id"]: row for row in opened.rows("index", "documents")}
    entities = {row["entity_id"]: row for row in opened.rows("entities")}
    anchors = {
        (key, node.attributes["id"])
        for key, document in opened.documents()
        for node in document.css("[id]")
    }
    seen = 0
    for fragment in [*opened.fragments(), opened.page.read_text(encoding="utf-8")]:
        for node in LexborHTMLParser(fragment).css("a[href^='#/']"):
            match node.attributes["href"].removeprefix("#/").split("/"):
                case ["document", key]:
                    assert documents[key]["piece"]
                case ["document", key, anchor]:
                    assert (key, anchor) in anchors
                case ["entity", key]:
                    assert key in opened.pieces[entities[key]["piece"]]
                case ["country", code]:
                    assert code in index["countries"]
                case [view]:
                    assert f'"{view}"' in SCRIPT or f"{view}:" in SCRIPT
            seen += 1
    assert seen > 500


SCRIPT = (Path(explorer.__file__).parent / "templates" / "views.js").read_text(encoding="utf-8")


def test_what_the_lists_refer_to_is_there(opened: Opened) -> None:
    index = opened.pieces["index"]
    documents = {row["document_id"] for row in opened.rows("index", "documents")}
    sections = {row["segment_id"] for row in opened.rows("sections")}
    entities = {row["entity_id"] for row in opened.rows("entities")}
    rankings = opened.rows("rankings")
    panel = opened.rows("index", "panel")
    assert rankings
    assert panel
    for row in [*rankings, *panel, *opened.rows("sections")]:
        assert row["document_id"] in documents
        assert row["segment_id"] in sections
        assert row["country_iso3"] in {None, *index["countries"]}
    assert {row["index_entity_id"] for row in rankings} <= {None, *entities}


def test_a_row_of_the_panel_leads_to_its_own_section(opened: Opened) -> None:
    sections = {row["segment_id"]: row for row in opened.rows("sections")}
    for row in opened.rows("index", "panel"):
        section = sections[row["segment_id"]]
        for name in ("document_id", "country_iso3", "indicator", "tier", "score_min"):
            assert section[name] == row[name]


def test_an_entity_lists_where_it_is_mentioned(dataset: Path, opened: Opened) -> None:
    mentions = read_tables(dataset)[0]["mentions"]
    for row in opened.rows("entities"):
        page = LexborHTMLParser(opened.pieces[row["piece"]][row["entity_id"]])
        listed = {node.attributes["href"].rpartition("/")[2] for node in page.css("a.where")}
        own = mentions[mentions["entity_id"] == row["entity_id"]]
        assert listed == set(own["mention_id"])
        assert {n.text() for n in page.css(".places mark")} == set(own["text"])
        assert page.css_first("h1").text() == row["name"]


def test_placements_come_with_their_sentences(dataset: Path, opened: Opened) -> None:
    frames, texts = read_tables(dataset)
    wanted = {
        r.ranking_id: texts[r.document_id][r.start : r.end] for r in frames["rankings"].itertuples()
    }
    assert {row["ranking_id"]: row["sentence"] for row in opened.rows("rankings")} == wanted


def test_hostile_text_is_only_text(hostile: tuple[Path, Opened]) -> None:
    out, opened = hostile
    texts = read_tables(out)[1]
    assert {key: text_of(document) for key, document in opened.documents()} == texts
    assert "<script>alert(1)</script>" in "".join(texts.values())
    for fragment in opened.fragments():
        parsed = LexborHTMLParser(fragment)
        assert not parsed.css("script, img, style, iframe, object, b, i")
        for node in parsed.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")]
    data = opened.html.css("script[type='application/gzip']")
    assert len(data) == len(opened.pieces)
    assert len(opened.html.css("script")) == len(data) + 1


def test_links_to_outside_are_web_addresses(hostile: tuple[Path, Opened]) -> None:
    _, opened = hostile
    outside = [
        node
        for fragment in opened.fragments()
        for node in LexborHTMLParser(fragment).css("a[href]:not([href^='#'])")
    ]
    assert outside
    for node in outside:
        assert node.attributes["href"].startswith("https://example.org")
        assert node.attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://example.org/a?b=1", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript://example.org/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),  # on a disk this is another machine's file
        ("https:", False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, allowed: bool) -> None:
    assert link(url) == (url if allowed else None)


def test_a_quarantined_document_is_listed_with_its_reason(hostile: tuple[Path, Opened]) -> None:
    (failed,) = [r for r in hostile[1].rows("index", "documents") if r["status"] != "ok"]
    assert failed["source"] == "broken.pdf"
    assert failed["reason"]
    assert failed["piece"] is None


def test_only_the_page_s_own_script_and_style_may_run(opened: Opened) -> None:
    policy = opened.html.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("script:not([type])", "script-src"), ("style", "style-src")):
        digest = hashlib.sha256(opened.html.css_first(tag).text().encode()).digest()
        assert rules[rule] == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert not opened.html.css("[style], link, img, script[src]")


def test_the_page_can_be_used_without_seeing_or_pointing(opened: Opened) -> None:
    html = opened.html
    assert html.css_first("html").attributes["lang"] == "en"
    assert html.css_first("a.skip").attributes["href"] == "#main"
    assert html.css_first("main#main")
    assert html.css_first("nav[aria-label]")
    for fragment in opened.fragments():
        parsed = LexborHTMLParser(fragment)
        for table in parsed.css("table"):
            assert table.css_first("caption").text()
            assert all("scope" in head.attributes for head in table.css("th"))
        for label in parsed.css("label"):
            assert label.css("input")


def test_the_same_dataset_gives_the_same_page(
    dataset: Path, opened: Opened, tmp_path: Path
) -> None:
    explorer.write(dataset, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == opened.page.read_bytes()


def test_a_large_page_keeps_its_data_beside_it(
    dataset: Path, opened: Opened, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    written = explorer.write(dataset, page, limit=1000)
    assert written.folder == tmp_path / "report-data"
    assert Opened(page).pieces == opened.pieces
    (written.folder / "notes.js").write_text("// not ours", encoding="utf-8")
    assert explorer.write(dataset, page).folder is None
    assert [path.name for path in tmp_path.rglob("*.js")] == ["notes.js"]


def test_a_dataset_without_a_readable_report_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    build(tmp_path / "raw", tmp_path / "out")
    explorer.write(tmp_path / "out", tmp_path / "report.html")
    assert len(Opened(tmp_path / "report.html").rows("index", "documents")) == 1


def test_a_dataset_that_breaks_the_contract_has_no_page(
    copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = next((copied / "text").iterdir())
    text.write_text("Not what was read.", encoding="utf-8")
    assert cli.main(["report", str(copied), "--to", str(tmp_path / "report.html")]) == 1
    said = capsys.readouterr().err.splitlines()
    assert any(text.stem in line for line in said)
    assert all(line.startswith("govtable: ") for line in said)
    assert not (tmp_path / "report.html").exists()


FIGURE = {"precision": 0.9, "recall": 0.8, "f1": 0.847, "found": 90, "gold": 101}


def test_figures_of_an_evaluation_are_shown(dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"
    exact = {**FIGURE, "f1_interval": [0.81, 0.88]}
    tiers = {"right": Share(19, 20).as_dict()}
    data = {"documents": ["a"], "mentions": {"AGENCY": {"exact": exact}}, "tiers": tiers}
    path.write_text(json.dumps(data), encoding="utf-8")
    page = tmp_path / "report.html"
    explorer.write(dataset, page, figures=figures.load(path, dataset))
    shown = LexborHTMLParser(Opened(page).pieces["pages"]["accuracy"])
    cells = [" ".join(node.text().split()) for node in shown.css("tbody tr > *")]
    assert cells == ["AGENCY", "90.0", "80.0", "84.7 [81.0, 88.0]", "90", "101"]
    assert "95.0 %" in shown.css_first("dl").text()


def test_without_figures_the_dataset_s_own_are_estimated(dataset: Path) -> None:
    found = figures.shipped(dataset)
    assert found is not None
    lines = {line.name: line for line in found.lines}
    mentions = read_tables(dataset)[0]["mentions"]
    assert lines["AGENCY"].found == (mentions["label"] == "AGENCY").sum()
    for name in ("AGENCY", "YEAR", "countries of sections"):
        low, high = lines[name].precision_interval
        assert 0 < low <= lines[name].precision <= high <= 1


@pytest.mark.parametrize(("precision", "f1"), [(0.0, 0.0), (0.5, 0.5), (None, None)])
def test_what_is_never_right_has_an_f1_of_0(precision: float | None, f1: float | None) -> None:
    stated = {"value": precision, "low": 0, "high": 1} if precision is not None else None
    recall = {"value": 0.0 if precision == 0 else 0.5, "low": 0, "high": 1}
    found = {"precision": stated, "recall": recall, "rows": 4, "right_count": None}
    assert figures._expected("LAW", {**found, "too_little_gold": []}).f1 == f1


@pytest.mark.parametrize("content", ["{}", "[]", "no json", '{"mentions": {"LAW": {}}}', "\ud8ff"])
def test_a_file_without_figures_is_refused(
    content: str, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "accuracy.json").write_text(content, encoding="utf-8", errors="surrogatepass")
    arguments = ["--accuracy", str(tmp_path / "accuracy.json"), "--to", str(tmp_path / "r.html")]
    assert cli.main(["report", str(dataset), *arguments]) == 1
    assert "accuracy.json has no figures" in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()


def test_the_command_says_what_it_wrote(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert cli.main(["report", str(dataset), "--to", str(page)]) == 0
    assert "one file" in capsys.readouterr().out
    assert cli.main(["report", str(dataset), "--to", str(page), "--limit", "0"]) == 0
    assert "report-data" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_dataset(
    copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = str(tmp_path / "report.html")
    assert cli.main(["report", str(tmp_path / "none"), "--to", page]) == 2
    assert cli.main(["report", str(copied), "--to", str(tmp_path / "report.csv")]) == 2
    (copied / "mentions.parquet").unlink()
    shutil.rmtree(copied / "text")
    capsys.readouterr()
    assert cli.main(["report", str(copied), "--to", page]) == 1
    assert "mentions.parquet is missing" in capsys.readouterr().err
