"""Rows stand where they say, or are named: on tables and texts made for the case."""

import pandas as pd
import pytest

from pipeline import spans
from pipeline.schema import TABLE
from pipeline.tables import frame

TEXTS = {"doc-a": "Bank of Éire\n\nit grew.\n", "doc-b": "\ufeff Nothing ", "doc-c": " \n"}


def rows(name: str, *found: tuple) -> pd.DataFrame:
    """Rows of a table: document, start, end, and the cells beside them."""
    key = TABLE[name].key
    cells = [
        {key: f"{i}", "document_id": f"doc-{place[0]}", "start": place[1], "end": place[2]}
        | {"ordinal": i}
        | (place[3] if len(place) > 3 else {})
        for i, place in enumerate(found, start=1)
    ]
    return frame(TABLE[name], cells)


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        (("a", 0, 4), "Bank", None),
        (("a", 8, 12), "Éire", None),  # code points, not bytes
        (("a", 0, 23), TEXTS["doc-a"], None),
        (("b", 0, 2), "\ufeff ", None),
        (("a", 0, 4), "bank", "mentions: 1 does not quote its text"),
        (("a", 1, 5), "Bank", "mentions: 1 does not quote its text"),
        (("b", 0, 4), "Bank", "mentions: 1 does not quote its text"),
        (("a", 4, 4), "", "mentions: 1 has impossible offsets 4:4"),
        (("a", 4, 2), "Bank", "mentions: 1 has impossible offsets 4:2"),
        (("a", 0, 24), TEXTS["doc-a"], "mentions: 1 has impossible offsets 0:24"),
        (("z", 0, 4), "Bank", "mentions: the text of doc-z is missing"),
    ],
)
def test_offsets_lie_in_the_text_and_quote_it(place, text, problem):
    data = rows("mentions", (*place, {"text": text}))
    assert list(spans.offsets(TABLE["mentions"], data, TEXTS)) == ([problem] if problem else [])


def test_only_the_rows_at_fault_are_named():
    places = [("a", 0, 4), ("b", 2, 9), ("a", 8, 99), ("a", 0, 4), ("b", 2, 9)]
    quotes = ["Bank", "Nothing", "Éire", "Dyke", "Bank"]
    found = [(*p, {"text": q}) for p, q in zip(places, quotes, strict=True)]
    problems = list(spans.offsets(TABLE["mentions"], rows("mentions", *found), TEXTS))
    assert [p.split()[1] for p in problems] == ["3", "4", "5"]


def test_every_text_that_is_missing_is_named_once():
    data = rows("blocks", ("y", 0, 1), ("z", 0, 1), ("z", 1, 2))
    assert len(list(spans.offsets(TABLE["blocks"], data, TEXTS))) == 2


WHOLE = (("a", 0, 12), ("b", 0, 1), ("a", 14, 22), ("b", 2, 9))


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (WHOLE, None),
        ((*WHOLE[:2], ("a", 12, 22), WHOLE[3]), None),  # a blank more is no loss
        ((("a", 1, 12), *WHOLE[1:]), "doc-a loses or repeats characters at 0:1"),
        ((("a", 0, 11), *WHOLE[1:]), "doc-a loses or repeats characters at 11:14"),
        ((("a", 0, 15), *WHOLE[1:]), "doc-a loses or repeats characters at 15:14"),
        ((WHOLE[2], WHOLE[1], WHOLE[0], WHOLE[3]), "doc-a loses or repeats characters at 0:14"),
        ((*WHOLE[:2], ("a", 14, 21), WHOLE[3]), "doc-a loses the characters from 21 on"),
        ((*WHOLE[:2], WHOLE[3]), "doc-a loses the characters from 12 on"),
        ((WHOLE[0], *WHOLE[2:]), "doc-b loses or repeats characters at 0:2"),  # a mark is seen
        ((WHOLE[0], WHOLE[2]), "doc-b loses the characters from 0 on"),
        ((), "doc-a loses the characters from 0 on"),
    ],
)
def test_no_character_is_lost_between_blocks(found, problem):
    problems = list(spans.ledger(rows("blocks", *found), TEXTS))
    if problem is None:
        assert problems == []
    else:
        assert f"blocks: {problem}" in problems


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), []),
        ((("a", 0, 4), ("a", 4, 6), ("b", 2, 5), ("b", 7, 9)), []),
        ((("a", 0, 4), ("a", 3, 6)), [1]),
        ((("a", 3, 6), ("a", 0, 4)), [0]),  # whatever the order of the rows
        ((("a", 0, 4), ("b", 3, 6)), []),
        ((("a", 0, 9), ("b", 0, 1), ("a", 3, 4), ("a", 8, 9)), [2]),
        ((("a", 0, 4), ("a", 0, 4)), [1]),
        ((("a", 0, 4), ("a", 0, 1)), [1]),
    ],
)
def test_what_begins_before_another_ends_overlaps(found, expected):
    assert spans.overlapping(rows("mentions", *found)).tolist() == expected


THERE = {"document_id": "doc-a", "start": 0, "end": 12, "quote": "Bank of Éire"}
NOWHERE = {"document_id": "doc-a", "quote": "Gone"}
UNMET = {"quote": "Gone"}
FIT, QUOTE, BEYOND = "do not fit", "does not quote its text", "impossible offsets"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (THERE | {"status": "applied"}, None),
        (THERE | {"status": "ambiguous"}, None),
        (THERE | {"status": "no_change", "quote": "Bank  of\nÉire"}, None),
        (THERE | {"status": "applied", "quote": "Bank of Eire"}, QUOTE),
        (THERE | {"status": "applied", "quote": "Bank of"}, QUOTE),
        (THERE | {"status": "applied", "quote": "Bankof Éire"}, QUOTE),
        (THERE | {"status": "applied", "start": 1}, QUOTE),
        (THERE | {"status": "applied", "end": 99}, BEYOND),
        (THERE | {"status": "applied", "end": 0}, BEYOND),
        (THERE | {"status": "applied", "document_id": "doc-z"}, "the text of doc-z is missing"),
        (THERE | {"status": "applied", "document_id": None}, FIT),
        (THERE | {"status": "applied", "end": None}, FIT),
        (THERE | {"status": "applied", "start": None}, FIT),
        (THERE | {"status": "quote_missing"}, FIT),
        (THERE | {"status": "document_missing"}, FIT),
        (NOWHERE | {"status": "quote_missing"}, None),
        (NOWHERE | {"status": "applied"}, FIT),
        (NOWHERE | {"status": "was_differs"}, FIT),
        (NOWHERE | {"status": "document_missing"}, FIT),
        (NOWHERE | {"status": "applied", "action": "same_entity"}, None),
        (NOWHERE | {"status": "no_change", "action": "same_entity"}, None),
        (UNMET | {"status": "document_missing"}, None),
        (UNMET | {"status": "quote_missing"}, FIT),
        (UNMET | {"status": "applied"}, FIT),
        (UNMET | {"status": "quote_missing", "action": "same_entity"}, None),
        (UNMET | {"status": "applied", "action": "same_entity"}, FIT),
    ],
)
def test_the_fate_of_a_correction_fits_its_place(row, problem):
    row = {"corrected_id": "k", "correction_id": "c", "action": "entity", "value": "x"} | row
    problems = list(spans.corrected(frame(TABLE["corrections"], [row]), TEXTS))
    assert len(problems) == (problem is not None)
    assert problem is None or problem in problems[0]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the Ba\u00adnk\u200b of", "the Bank of"),  # a soft hyphen, a zero-width blank
        ("Cafe\u0301 Council", "Café Council"),
        ("=SUM of all", "SUM of all"),  # as cells are written that a spreadsheet would run
        ("- the Bank", "the Bank"),
    ],
)
def test_a_quote_is_what_a_reader_sees(text, quote):
    row = {"document_id": "doc-q", "start": 0, "end": len(text), "quote": quote}
    row |= {"corrected_id": "k", "correction_id": "c", "action": "tier", "status": "applied"}
    assert not list(spans.corrected(frame(TABLE["corrections"], [row]), {"doc-q": text}))
