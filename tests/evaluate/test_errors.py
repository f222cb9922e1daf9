"""Which mention stands in place of which, what is wrong with it, and the text around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.errors import (
    AROUND,
    around,
    confusion,
    differences,
    errors,
    kind_of,
)
from pipeline.records import LABELS
from tests.evaluate.cases import outcome

TEXT = "The Archive Act of 2019 binds\nthe Archive Council and\tits Office."

PAIRS = [
    ([(4, 15, "LAW")], [], [((4, 15, "LAW"), None)], "missed"),
    ([], [(4, 15, "LAW")], [(None, (4, 15, "LAW"))], "wrong"),
    ([(4, 15, "LAW")], [(4, 15, "LAW")], [], None),
    ([(4, 15, "LAW")], [(4, 23, "LAW")], [((4, 15, "LAW"), (4, 23, "LAW"))], "wrong bounds"),
    ([(4, 15, "LAW")], [(4, 15, "AGENCY")], [((4, 15, "LAW"), (4, 15, "AGENCY"))], "wrong label"),
    ([(4, 15, "LAW")], [(0, 15, "INDEX")], [((4, 15, "LAW"), (0, 15, "INDEX"))], "wrong label"),
    ([(4, 15, "LAW")], [(4, 15, "YEAR")], [((4, 15, "LAW"), (4, 15, "YEAR"))], "wrong label"),
]


@pytest.mark.parametrize(("wanted", "found", "pairs", "kind"), PAIRS)
def test_one_mark_against_another(wanted, found, pairs, kind):
    assert list(differences(wanted, found)) == pairs
    assert [kind_of(*pair) for pair in pairs] == ([kind] if kind else [])


def test_a_year_in_a_name_is_another_mention():
    found = list(differences([(4, 23, "LAW")], [(19, 23, "YEAR")]))
    assert found == [((4, 23, "LAW"), None), (None, (19, 23, "YEAR"))]


def test_marks_side_by_side_are_not_put_together():
    assert len(list(differences([(0, 4, "LAW")], [(4, 8, "LAW")]))) == 2


def test_the_same_label_goes_first_then_the_longer_overlap():
    wanted = [(0, 20, "LAW")]
    found = [(0, 15, "AGENCY"), (15, 18, "LAW"), (18, 20, "LAW")]
    pairs = dict(differences(wanted, found))
    assert pairs[0, 20, "LAW"] == (15, 18, "LAW")


def test_each_mark_is_used_once():
    found = list(differences([(0, 9, "LAW"), (10, 20, "LAW")], [(5, 15, "LAW")]))
    assert found == [((0, 9, "LAW"), None), ((10, 20, "LAW"), (5, 15, "LAW"))]


MARKS = st.sets(
    st.tuples(st.integers(0, 20), st.integers(21, 40), st.sampled_from(LABELS)), max_size=8
)


@given(MARKS, MARKS)
def test_every_mark_that_differs_stands_in_one_pair(wanted, found):
    pairs = list(differences(wanted, found))
    ours = [a for a, _ in pairs if a]
    theirs = [b for _, b in pairs if b]
    assert sorted(ours) == sorted(wanted - found)
    assert sorted(theirs) == sorted(found - wanted)


def cases():
    """The law with a word too much, the council as a platform, an office missed, a year too."""
    told = [
        ("LAW", "missed", 4, 15),
        ("LAW", "moved", 4, 23),
        ("AGENCY", "missed", 34, 49),
        ("PLATFORM", "wrong", 34, 49),
        ("AGENCY", "missed", 58, 64),
        ("YEAR", "right", 19, 23),
        ("INDEX", "wrong", 24, 29),
    ]
    return [
        outcome(label, what, start=start, end=end, text=TEXT[start:end])
        for label, what, start, end in told
    ]


def test_errors_by_hand():
    found = errors(cases(), {"page.txt": TEXT})
    assert [(e.label, e.kind, e.text, e.instead) for e in found] == [
        ("AGENCY", "wrong label", "Archive Council", "PLATFORM"),
        ("AGENCY", "missed", "Office", None),
        ("LAW", "wrong bounds", "Archive Act", "Archive Act of 2019"),
        ("INDEX", "wrong", "binds", None),
    ]
    law = found[2]
    assert (law.document, law.country, law.start, law.end) == ("page.txt", "EST", 4, 15)
    assert law.confidence == 0.9
    assert found[1].confidence is None
    assert (law.before, law.after) == ("The ", " of 2019 binds the Archive Council and its Office.")


def test_what_stands_around_is_one_line():
    before, after = around(TEXT, 34, 49)
    assert before == "The Archive Act of 2019 binds the "
    assert after == " and its Office."
    assert around("word", 0, 4) == ("", "")
    assert around(" \n word", 3, 7) == ("", "")


def test_words_are_not_cut_in_two():
    text = f"one {'two ' * 20}HERE {'three ' * 20}four"
    before, after = around(text, text.index("HERE"), text.index("HERE") + 4)
    assert before == "…" + " two" * 14 + " "
    assert after == " " + "three " * 9 + "…"


def test_a_word_without_an_end_stays():
    before, after = around("a" * 200, 100, 110)
    assert (before, after) == ("a" * AROUND, "a" * AROUND)


@given(st.text(alphabet="ab \n", max_size=200), st.integers(0, 199), st.integers(1, 9))
def test_no_more_than_that_stands_around(text, start, length):
    before, after = around(text, start, start + length)
    assert max(len(before), len(after)) <= AROUND + 1  # the ellipsis
    assert "\n" not in before + after


def test_confusion_by_hand():
    found = confusion(cases(), errors(cases(), {"page.txt": TEXT}))
    counted = {(row, column): n for row, cells in found.items() for column, n in cells.items() if n}
    assert counted == {
        ("YEAR", "YEAR"): 1,
        ("LAW", "LAW"): 1,
        ("AGENCY", "PLATFORM"): 1,
        ("AGENCY", "none"): 1,
        ("none", "INDEX"): 1,
    }


def test_documents_are_kept_apart():
    one = outcome("LAW", "missed", "a.txt#1", start=4, end=15)
    other = outcome("LAW", "moved", "b.txt#1", start=4, end=23)
    kinds = {e.document: e.kind for e in errors([one, other], {"a.txt": TEXT, "b.txt": TEXT})}
    assert kinds == {"a.txt": "missed", "b.txt": "wrong"}
