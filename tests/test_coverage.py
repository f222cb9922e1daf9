"""Nothing said, no section, nothing readable: why a row is missing."""

from dataclasses import asdict

import pytest

from pipeline import arrow, missing, parts
from pipeline.coverage import own_rows, page_of
from pipeline.records import LABELS, Block, Failure, Mention, Outline, Report, Result, Segment

PROSE = (("heading", "Norway"), ("prose", "Clerks at the Harbour Office are polite."))
BARE = (("heading", "Norway"),)


def result(
    *sections, document_id="doc-a", language="en", edition=2020, layout="indicator", names=()
):
    """A page: each section is (country, lines), a line (role, words); names are (words, label)."""
    text, blocks, segments = "", [], []
    for country, lines in sections:
        start = len(text)
        for role, words in lines:
            blocks.append(Block(start=len(text), end=len(text) + len(words), role=role))
            text += words + "\n"
        segments.append(
            Segment(
                start=start,
                end=len(text) - 1,
                country=country,
                country_method="heading",
                country_confidence=1.0,
            )
        )
    return Result(
        report=Report(
            document_id=document_id,
            source=f"{document_id}.txt",
            sha256="0" * 64,
            media_type="text/plain",
            text=text,
            language=language,
        ),
        outline=Outline(
            layout=layout, blocks=tuple(blocks), publisher="Institute", edition=edition
        ),
        segments=tuple(segments),
        mentions=tuple(mention(text, *name) for name in names),
    )


def mention(text, words, label, section="body"):
    start = text.rindex(words)
    return Mention(
        start=start,
        end=start + len(words),
        text=words,
        label=label,
        section=section,
        confidence=1.0,
        method="rule",
        canonical=words,
    )


def failure(document_id="doc-x"):
    return Failure(
        document_id=document_id,
        source="x.pdf",
        sha256="1" * 64,
        media_type="application/pdf",
        reason="The file is damaged.",
    )


def status(rows, label="AGENCY"):
    """The status by (document, country) for one label."""
    return {(r["document_id"], r["country_iso3"]): r["status"] for r in rows if r["label"] == label}


def coverage_rows(outcomes):
    """The rows of documents, and of the sections that their pages lack."""
    pages = [asdict(page) for outcome in outcomes for page in page_of(outcome)]
    absent = arrow.dicts(missing.rows(pages, arrow.ROWS["coverage"]))
    return [row for outcome in outcomes for row in own_rows(outcome)] + absent


def test_every_label_has_a_row_and_those_with_names_are_found():
    rows = coverage_rows([result(("NOR", PROSE), names=[("Harbour Office", "AGENCY")])])
    assert [r["label"] for r in rows] == list(LABELS)
    assert {r["label"]: (r["status"], r["n_mentions"]) for r in rows} == {
        label: ("found", 1) if label == "AGENCY" else ("not_mentioned", 0) for label in LABELS
    }


def test_names_count_in_the_section_they_stand_in():
    denmark = (("heading", "Denmark"), ("prose", "The Tax Office and the Ferry Office moved."))
    rows = coverage_rows(
        [
            result(
                ("NOR", PROSE),
                ("DNK", denmark),
                names=[
                    ("Ferry Office", "AGENCY"),  # not in the order of the text
                    ("Harbour Office", "AGENCY"),
                    ("Tax Office", "AGENCY"),
                ],
            )
        ]
    )
    counts = {r["segment_id"]: r["n_mentions"] for r in rows if r["label"] == "AGENCY"}
    assert counts == {"doc-a-s00001": 1, "doc-a-s00002": 2}


def test_a_name_in_the_boilerplate_is_not_found():
    names = [("Harbour Office", "AGENCY", "boilerplate")]
    rows = coverage_rows([result(("NOR", PROSE), names=names)])
    assert status(rows) == {("doc-a", "NOR"): "not_mentioned"}


def test_a_heading_alone_is_no_section():
    rows = coverage_rows([result(("NOR", BARE))])
    assert {r["status"] for r in rows} == {"section_missing"}
    assert all(r["segment_id"] for r in rows)


@pytest.mark.parametrize("role", ["prose", "list_item", "citation"])
def test_any_words_under_the_heading_make_a_section(role):
    rows = coverage_rows([result(("NOR", (*BARE, (role, "Ferries run late."))))])
    assert status(rows) == {("doc-a", "NOR"): "not_mentioned"}


def test_a_country_of_another_page_of_the_edition_is_missing():
    rows = coverage_rows(
        [
            result(("NOR", PROSE), ("DNK", PROSE)),
            result(("NOR", PROSE), document_id="doc-b"),
        ]
    )
    assert status(rows) == {
        ("doc-a", "NOR"): "not_mentioned",
        ("doc-a", "DNK"): "not_mentioned",
        ("doc-b", "NOR"): "not_mentioned",
        ("doc-b", "DNK"): "section_missing",
    }
    missing = [r for r in rows if r["status"] == "section_missing"]
    assert [r["label"] for r in missing] == sorted(LABELS)
    assert all(r["segment_id"] is None and r["n_mentions"] == 0 for r in missing)


@pytest.mark.parametrize(
    "other", [{"edition": 2019}, {"layout": "chapter"}, {"layout": "webpage"}], ids=str
)
def test_a_country_of_another_edition_or_kind_is_not_missed(other):
    rows = coverage_rows(
        [
            result(("NOR", PROSE), ("DNK", PROSE)),
            result(("NOR", PROSE), document_id="doc-b", **other),
        ]
    )
    assert ("doc-b", "DNK") not in status(rows)


def test_a_section_without_country_is_missed_nowhere():
    rows = coverage_rows(
        [result((None, PROSE)), result(("NOR", PROSE), document_id="doc-b")],
    )
    assert status(rows) == {
        ("doc-a", None): "not_mentioned",
        ("doc-a", "NOR"): "section_missing",
        ("doc-b", "NOR"): "not_mentioned",
    }


def test_a_quarantined_document_is_unreadable():
    rows = coverage_rows([failure()])
    assert [r["label"] for r in rows] == list(LABELS)
    assert {r["status"] for r in rows} == {"unreadable"}
    assert all(r["segment_id"] is None and r["country_iso3"] is None for r in rows)


def test_another_language_is_unreadable_but_for_what_was_found():
    rows = coverage_rows(
        [result(("NOR", PROSE), language="de", names=[("Harbour Office", "AGENCY")])]
    )
    assert status(rows) == {("doc-a", "NOR"): "found"}
    assert status(rows, "LAW") == {("doc-a", "NOR"): "unreadable"}


def test_a_bare_heading_in_another_language_is_a_missing_section():
    rows = coverage_rows([result(("NOR", BARE), language="de")])
    assert {r["status"] for r in rows} == {"section_missing"}


def test_keys_are_unique():
    rows = coverage_rows(
        [
            result(("NOR", PROSE), ("NOR", BARE), ("DNK", PROSE)),
            result(("SWE", PROSE), document_id="doc-b"),
            failure(),
            failure("doc-y"),
        ]
    )
    keys = [r["coverage_id"] for r in rows]
    assert len(set(keys)) == len(keys)


def page(document_id, publisher, edition, countries):
    return {
        "document_id": document_id,
        "publisher": publisher,
        "edition": edition,
        "countries": countries,
    }


def test_missing_sections_are_those_of_the_other_pages_of_an_edition():
    pages = [
        page("doc-b", "Institute", 2020, ["NOR", "SWE"]),
        page("doc-a", "Institute", 2020, ["SWE", "DNK"]),
        page("doc-c", None, None, ["DNK"]),
        page("doc-d", None, None, []),
    ]
    made = missing.rows(pages, arrow.ROWS["coverage"])
    rows = arrow.dicts(made)
    assert {(r["document_id"], r["country_iso3"]) for r in rows} == {
        ("doc-a", "NOR"),
        ("doc-b", "DNK"),
        ("doc-d", "DNK"),
    }
    assert {(r["segment_id"], r["status"], r["n_mentions"]) for r in rows} == {
        (None, "section_missing", 0)
    }
    keys = [r["coverage_id"] for r in rows]
    assert keys == sorted(keys)
    assert keys[0] == "missing-doc-a-vNOR-agency"
    assert len(set(keys)) == 3 * len(LABELS)
    assert missing.csv(made) == parts.csv(made)
    sample = missing.sample(made)
    assert (len(sample), len(set(sample["label"].to_pylist()))) == (3, 1)


def test_no_page_lacks_nothing():
    nothing = missing.rows([], arrow.ROWS["coverage"])
    assert (len(nothing), missing.csv(nothing)) == (0, b"")
