"""Whether a page turns to another country at a paragraph."""

import pytest

from pipeline.records import Block
from pipeline.turning import UNKNOWN, turns

STATEMENT = "Offices publish their tariffs."


def at(lines: list[str], spot: int):
    text = "\n".join(lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start=start, end=start + len(line), role="prose"))
        start += len(line) + 1
    (found,) = turns(blocks, text, [spot])
    return found


def test_a_statement_between_two_countries_turns():
    found = at(["Spain opened its archives.", STATEMENT, "Austria kept them shut."], 1)
    assert (found.stays, found.turns, found.again) == (0.0, 1.0, 1.0)


def test_the_alphabet_goes_on():
    found = at(["Austria kept them shut.", STATEMENT, "Spain opened its archives."], 1)
    assert (found.turns, found.again) == (1.0, 0.0)


def test_a_sentence_within_a_section_stays():
    lines = ["Spain opened its archives.", STATEMENT, "The Spanish government had promised it."]
    assert at(lines, 1).stays == pytest.approx(1.0)
    assert at(lines, 1).again == 0.0


def test_the_nearest_block_that_speaks_of_a_country_counts():
    lines = [
        "Austria went first.",
        "Spain came next.",
        "No more is known.",
        STATEMENT,
        "Later.",
        "Spain.",
    ]
    assert at(lines, 3).stays == pytest.approx(1.0)


@pytest.mark.parametrize(
    "lines",
    [
        [STATEMENT, "Spain opened its archives."],
        ["Spain opened its archives.", STATEMENT],
        ["Spain.", "Far away.", "Far away.", "Far away.", STATEMENT, "Spain opened its archives."],
    ],
)
def test_nothing_is_known_where_one_side_is_silent(lines):
    assert at(lines, lines.index(STATEMENT)) == UNKNOWN
