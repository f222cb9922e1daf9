"""The page of a release that leaves the reports' texts out."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline import cli
from pipeline.release import release
from pipeline.release.about import About
from pipeline.validate import read_tables
from tests.explorer.opened import Opened

pytest.importorskip("frictionless", reason="the gate of a release is not installed")
pytest.importorskip("duckdb", reason="the gate of a release is not installed")


@pytest.fixture(scope="module")
def textless(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("textless")
    release(dataset, folder / "release", About(version="2026.11.0", texts=False))
    page = folder / "report.html"
    assert cli.main(["report", str(folder / "release"), "--to", str(page)]) == 0
    return Opened(page)


def test_it_has_all_but_the_texts(dataset: Path, textless: Opened) -> None:
    frames, texts = read_tables(dataset)
    assert {key for key, _ in textless.documents()} == set(texts)
    shown = {node.id for _, page in textless.documents() for node in page.css("section.segment")}
    assert shown == set(frames["segments"]["segment_id"])
    assert {row["entity_id"] for row in textless.rows("entities")} == set(
        frames["entities"]["entity_id"]
    )
    for _, page in textless.documents():
        assert not page.css(".text, .legend")
        assert "The text is not in this dataset" in page.body.text()


def test_it_shows_no_word_for_what_is_empty(dataset: Path, textless: Opened) -> None:
    sentence = read_tables(dataset)[0]["citations"]["text"].iloc[0]
    for fragment in textless.fragments():
        page = LexborHTMLParser(fragment)
        assert not {"None", "nan", "<NA>"} & set(page.body.text().split())
        assert sentence not in page.body.text()
    assert all(row["sentence"] == "" for row in textless.rows("rankings"))


def test_an_entity_leads_to_the_sections_that_name_it(textless: Opened) -> None:
    anchors = {node.id for _, page in textless.documents() for node in page.css("[id]")}
    links = [
        node.attributes["href"].removeprefix("#/").split("/")
        for row in textless.rows("entities")
        for node in LexborHTMLParser(textless.pieces[row["piece"]][row["entity_id"]]).css("a.where")
    ]
    assert links
    for _, _, *anchor in links:
        assert set(anchor) <= anchors | {""}
