"""Pk and WindowDiff by hand and against NLTK; whose section it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.intervals import Share
from pipeline.evaluate.sections import longest, sections
from pipeline.evaluate.segmentation import borders, half_length, segmentation, slide
from tests.evaluate.cases import document, gold, section, segment


def wanted(*starts, blocks=8, countries=None):
    made = document(*starts, blocks=blocks, countries=countries).segments
    return gold(segments=[{"start": s.start, "end": s.end, "country": s.country} for s in made])


def measured(gold, result):
    return segmentation([(gold, result)], sections(gold, result))


def test_the_same_cut_is_no_distance():
    found = measured(wanted(0, 2, 5), document(0, 2, 5))
    assert (found.pk, found.window_diff) == (0, 0)
    assert found.countries == Share(3, 3)
    assert found.second_guesses == Share(0, 0)


def test_a_border_one_block_off_by_hand():
    # 8 blocks in 2 sections: the window is 2 blocks wide; borders 0001000 and 0010000 give the
    # windows 00 00 01 10 00 00 and 00 01 10 00 00 00: two of six differ.
    found = measured(wanted(0, 4), document(0, 3))
    assert found.windows == 6
    assert found.pk == found.window_diff == pytest.approx(2 / 6)


def test_two_borders_for_one_differ_for_window_diff_only():
    # Gold 0001000, found 0001100: only the window 11 against 10 has another number of borders in
    # both, 10 against 00 is seen by Pk too.
    found = measured(wanted(0, 4), document(0, 4, 5))
    assert found.pk == pytest.approx(1 / 6)
    assert found.window_diff == pytest.approx(2 / 6)


def test_nothing_found():
    found = measured(wanted(0, 4), document())
    assert found.pk == pytest.approx(2 / 6)
    assert found.countries == Share(0, 2)
    assert found.second_guesses == Share(0, 2)


def test_sections_outside_those_of_gold_do_not_count():
    """A head before the first gold section, and what comes after the last, are left out."""
    inside = gold(segments=[{"start": 20, "end": 39, "country": "EST"},
                            {"start": 40, "end": 59, "country": "FIN"}])  # fmt: skip
    found = measured(inside, document(0, 1, 4, 6, 7, countries=["SWE", "EST", "FIN", "NOR", "DNK"]))
    assert (found.windows, found.pk, found.window_diff) == (3, 0, 0)
    assert found.countries == Share(2, 2)


def test_one_block_has_no_window():
    found = measured(wanted(0, blocks=1), document(0, blocks=1))
    assert (found.windows, found.pk, found.window_diff) == (0, None, None)


def test_gold_without_sections_has_no_figures():
    assert measured(gold(), document(0, 4)) is None


def test_documents_add_up():
    one, other = (wanted(0, 4), document(0, 3)), (wanted(0, 4), document(0, 4))
    both = segmentation([one, other], [s for pair in (one, other) for s in sections(*pair)])
    assert both.windows == 12
    assert both.pk == pytest.approx(2 / 12)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40),
    st.integers(1, 40),
)
def test_as_nltk_has_it(pairs, width):
    nltk = pytest.importorskip("nltk.metrics.segmentation")
    width = min(width, len(pairs))
    gold, found = ([pair[i] for pair in pairs] for i in (0, 1))
    windows, apart, different = slide(gold, found, width)
    one, other = ("".join("01"[b] for b in cut) for cut in (gold, found))
    assert apart / windows == pytest.approx(nltk.pk(one, other, width))
    assert different / windows == pytest.approx(nltk.windowdiff(one, other, width))


BORDERS = [
    ([0, 10, 20], [0, 10], [True, False], "where a block starts"),
    ([0, 10, 20], [0, 12], [True, False], "within a block"),
    ([0, 10, 20], [0, 12, 15], [True, False], "two in a block are one border"),
    ([0, 10, 20], [0], [False, False], "one section"),
    ([0, 10, 20], [25], [False, True], "in the last block"),
    ([0, 10, 20], [40], [False, False], "behind the last block"),
    ([], [0], [], "no block"),
]


@pytest.mark.parametrize(("blocks", "starts", "found", "why"), BORDERS, ids=[b[3] for b in BORDERS])
def test_borders(blocks, starts, found, why):
    assert borders(blocks, starts, 30) == found, why


@pytest.mark.parametrize(("blocks", "n", "width"), [(8, 2, 2), (3, 3, 1), (41, 3, 7), (0, 0, 1)])
def test_half_a_section(blocks, n, width):
    assert half_length(blocks, n) == width


def test_the_longest_overlap_the_first_of_equals():
    parts = (segment(0, 4, "EST"), segment(4, 8, "FIN"), segment(8, 30, "SWE"))
    assert longest(parts, 0, 8).country == "EST"
    assert longest(parts, 3, 8).country == "FIN"
    assert longest(parts, 0, 20).country == "SWE"
    assert longest(parts, 30, 40) is None


def test_the_runner_up_may_know():
    cases = [
        section(),
        section(found=segment(country="FIN", runner_up="EST"), exact=False),
        section(found=segment(country="FIN", runner_up="SWE"), exact=False),
        section(found=segment(country="EST", runner_up="EST")),
        section(found=None, exact=False),
    ]
    found = segmentation([(wanted(0, 4), document(0, 4))], cases)
    assert found.countries == Share(2, 5)
    assert found.second_guesses == Share(1, 3)
    assert found.top_two == Share(3, 5)
