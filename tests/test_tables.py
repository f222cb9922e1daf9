"""Records become tables: typed, sorted, linked, and the panel holds each cell once."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.journey import process
from pipeline.read import parts as read_parts
from pipeline.read.parts import Part
from pipeline.records import (
    Block,
    Failure,
    Mention,
    Outline,
    Ranking,
    Report,
    Result,
    Segment,
)
from pipeline.schema import TABLE, TABLES
from pipeline.tables import assemble, frame

TEXT = "Estonia\nThe Land Board opened its maps in 2018. Estonia ranks 8th.\nBack to Top\n"


def segment(**more):
    given = {
        "start": 0,
        "end": 67,
        "country": "EST",
        "country_method": "heading",
        "country_confidence": 0.99,
        "indicator": "How open are maps?",
        "tier": 2,
        "score_min": 7,
        "score_max": 7,
    }
    return Segment(**(given | more))


def mention(words, label="AGENCY", **more):
    start = TEXT.index(words)
    given = {
        "start": start,
        "end": start + len(words),
        "text": words,
        "label": label,
        "section": "body",
        "confidence": 0.9,
        "method": "model",
        "canonical": words,
        "country": "EST",
    }
    return Mention(**(given | more))


def result(name="a", **more):
    report = Report(
        document_id=f"doc-{name}",
        source=f"{name}.txt",
        sha256="0" * 64,
        media_type="text/plain",
        text=TEXT,
        language="en",
    )
    blocks = (
        Block(start=0, end=7, role="country_heading"),
        Block(start=8, end=67, role="prose"),
        Block(start=68, end=79, role="boilerplate"),
    )
    given = {
        "report": report,
        "outline": Outline(layout="indicator", blocks=blocks, edition=2019),
        "segments": (segment(),),
        "mentions": (
            mention("Land Board"),
            mention("2018", "YEAR", year_start=2018, year_end=2018, country=None),
        ),
        "rankings": (Ranking(start=48, end=67, country="EST", index_name="DESI", rank=8),),
    }
    return Result(**(given | more))


FAILURE = Failure(
    document_id="doc-z",
    source="scan.pdf",
    sha256="1" * 64,
    media_type="application/pdf",
    reason="It is a scan.",
)


def test_every_table_has_the_columns_of_the_schema():
    frames = assemble([result(), FAILURE])
    for table in TABLES:
        if table.name not in ("provenance", "runs"):
            assert list(frames[table.name].columns) == table.names


def test_the_order_of_the_documents_does_not_matter():
    one, two = result("a"), result("b")
    first, second = assemble([one, FAILURE, two]), assemble([two, one, FAILURE])
    assert all(first[name].equals(second[name]) for name in first)


def test_no_documents_are_empty_tables_and_all_countries():
    frames = assemble([])
    assert len(frames.pop("countries")) > 200
    assert all(data.empty for data in frames.values())


def test_a_quarantined_document_has_its_reason_and_nothing_else():
    row = assemble([FAILURE])["documents"].iloc[0]
    assert (row["status"], row["reason"]) == ("quarantined", "It is a scan.")
    assert row[["layout", "n_chars", "edition", "country_iso3"]].isna().all()


def test_things_are_linked_to_the_segment_that_holds_them():
    frames = assemble([result()])
    (segment_id,) = frames["segments"]["segment_id"]
    assert set(frames["mentions"]["segment_id"]) == {segment_id}
    assert set(frames["rankings"]["segment_id"]) == {segment_id}
    assert frames["blocks"]["segment_id"].isna().tolist() == [False, False, True]


def test_a_year_names_no_entity():
    data = assemble([result()])["mentions"].set_index("label")
    assert data["entity_id"].isna().to_dict() == {"AGENCY": False, "YEAR": True}
    assert data.loc["YEAR", "year_start"] == 2018


def test_entities_are_counted_over_documents():
    boilerplate = result("b", mentions=(mention("Land Board", section="boilerplate"),))
    (row,) = assemble([result("a"), boilerplate])["entities"].to_dict("records")
    assert (row["n_mentions"], row["n_documents"], row["country_iso3"]) == (1, 2, "EST")
    assert json.loads(row["aliases"]) == []


def test_a_document_about_one_country_says_so():
    two = result(segments=(segment(end=7), segment(start=8, country="LVA")))
    assert assemble([result()])["documents"]["country_iso3"].tolist() == ["EST"]
    assert assemble([two])["documents"]["country_iso3"].isna().all()


def test_the_panel_counts_what_stands_in_the_section():
    (row,) = assemble([result()])["panel"].to_dict("records")
    assert row["country_iso3"] == "EST"
    assert (row["edition"], row["tier"], row["score_min"]) == (2019, 2, 7)
    assert (row["n_agencies"], row["n_laws"], row["n_rankings"]) == (1, 0, 1)
    assert row["n_words"] == len(
        "The Land Board opened its maps in 2018. Estonia ranks 8th.".split()
    )


def test_of_two_sections_for_a_cell_the_more_exact_one_counts():
    wide = result("a", segments=(segment(score_min=6, score_max=8),))
    exact = result("b", segments=(segment(score_min=7, score_max=7),))
    (row,) = assemble([wide, exact])["panel"].to_dict("records")
    assert (row["document_id"], row["score_max"]) == ("doc-b", 7)


def _without_edition(name, *segments):
    found = result(name, segments=segments)
    return replace(found, outline=replace(found.outline, edition=None))


def test_of_reports_without_edition_the_one_with_the_most_sections_comes_first():
    exact = _without_edition("a", segment())
    latvia = segment(start=8, country="LVA")
    wide = _without_edition("b", segment(end=7, score_min=6, score_max=8), latvia)
    panel = assemble([exact, wide])["panel"]
    assert sorted(panel["country_iso3"]) == ["EST", "LVA"]
    assert set(panel["document_id"]) == {"doc-b"}
    corrected = _without_edition("c", segment(corrected=True))
    panel = assemble([exact, wide, corrected])["panel"].set_index("country_iso3")
    assert panel["document_id"].to_dict() == {"EST": "doc-c", "LVA": "doc-b"}


@pytest.mark.parametrize("missing", ["country", "indicator"])
def test_without_country_or_indicator_there_is_no_cell(missing):
    assert assemble([result(segments=(segment(**{missing: None}),))])["panel"].empty


def test_two_editions_are_two_cells():
    later = result("b")
    later = replace(later, outline=replace(later.outline, edition=2022))
    assert len(assemble([result("a"), later])["panel"]) == 2


def test_a_table_is_sorted_by_its_key():
    rows = [{"run_id": name, "n_documents": i} for i, name in enumerate("cab")]
    data = frame(TABLE["runs"], rows)
    assert data["run_id"].tolist() == ["a", "b", "c"]
    assert data["n_documents"].tolist() == [1, 2, 0]
    assert data["code_hash"].isna().all()


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        pytest.param("title", "=1+1", "1+1", id="a title loses the sign"),
        pytest.param("title", "+-@ Digital", "Digital", id="several signs"),
        pytest.param("title", "＝1", "1", id="full width"),
        pytest.param("title", "==", None, id="nothing left"),
        pytest.param("title", "1=1", "1=1", id="amid"),
        pytest.param("source", "=a.txt", "./=a.txt", id="a path is the same path"),
        pytest.param("source", "x/=a.txt", "x/=a.txt", id="no start"),
    ],
)
def test_no_cell_begins_like_a_formula(column, value, cell):
    table = TABLE["documents"]
    made = frame(table, [{"document_id": "doc-1", column: value}])[column][0]
    assert (None if pd.isna(made) else made) == cell


def test_the_path_of_a_block(dataset_of_parts):
    paths = dataset_of_parts(
        Part("Digital State", "heading", 1),
        Part("Agencies are many in this state, and they differ a lot in size and age."),
        Part("Agencies", "heading", 2),
        Part("Registers", "heading", 3),
        Part("They grow every year, says the ministry, and nobody knows how many there are."),
        Part("Laws", "heading", 2),
        Part("They grow every year as well, says the ministry, and nobody reads all of them."),
    )
    assert paths == [
        None,
        "Digital State",
        "Digital State",
        "Digital State > Agencies",
        "Digital State > Agencies > Registers",
        "Digital State",
        "Digital State > Laws",
    ]


@pytest.fixture
def dataset_of_parts():
    """The paths of the blocks of a report with these parts."""

    def paths(*parts: Part) -> list[str | None]:
        text, marks = read_parts.assemble(parts)
        report = Report(
            document_id="doc-000000000001", source="a.html", sha256="0" * 64,
            media_type="text/html", text=text, language="en", marks=marks,
        )  # fmt: skip
        blocks = assemble([process(report)])["blocks"]
        return [None if pd.isna(path) else path for path in blocks["path"]]

    return paths
