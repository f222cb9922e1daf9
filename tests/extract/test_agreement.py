"""What the rest of a section and the rivals of a candidate say about it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.extract.agreement import SIZE, Placed, probabilities, table
from pipeline.extract.features import rows
from pipeline.extract.reading import Reading, read, reading
from pipeline.extract.weights import NAMES

# Columns of the table, as `agreement._sentence` fills them.
OWN, REST, LEAD = 0, 1, 2
ACRONYM, WORD, CITATION = 3, 4, 5
ELSEWHERE, HOW_OFTEN, TOP_ELSEWHERE, MEAN_ELSEWHERE = 9, 10, 11, 12
LINKED, TOP_LINKED, OTHER_LINKED = 17, 18, 19
HOLDS, HELD, CUTS = 23, 26, 29  # by a longer one, a shorter one, one that overlaps
LOWERED, NO_CAPITAL, LENGTH = 32, 33, 34
AGENCY = NAMES.index("AGENCY")
UNKNOWN = -6.0


@pytest.fixture(scope="module")
def said(sentence):
    """Make a reading in which some forms have odds of a label; the rest are no names."""

    def make(text: str, odds: dict[str, tuple[str, float]] | None = None, **more) -> Reading:
        found = sentence(text, **more)
        bounds, _ = rows(found)
        values = np.full((len(bounds), len(NAMES)), UNKNOWN, np.float32)
        for form, (label, value) in (odds or {}).items():
            here = [i for i, b in enumerate(bounds) if found.form(*b) == form]
            assert here, form
            values[here, NAMES.index(label)] = value
        return reading(found, bounds, values)

    return make


def row(of: Reading, told: np.ndarray, form: str, label: str = "AGENCY") -> np.ndarray:
    """The features of a form's pair with a label, in one sentence's table."""
    (i,) = (i for i, c in enumerate(of.candidates) if c.form == form)
    return told[i, NAMES.index(label)]


def alone(of: Reading, form: str, label: str = "AGENCY") -> np.ndarray:
    return row(of, table([Placed(0, of)])[0], form, label)


def test_shapes(said):
    readings = [said(t) for t in ("The Audit Office met.", "nothing here", "", "The DTA met.")]
    found = table([Placed(0, r) for r in readings])
    assert [t.shape for t in found] == [(len(r.candidates), len(NAMES), SIZE) for r in readings]
    assert len(found[1]) == len(found[2]) == 0
    assert all(np.isfinite(t).all() for t in found)


def test_no_sentences():
    assert table([]) == []


def test_its_own_odds(said):
    found = said("The Audit Office met.", {"Audit Office": ("AGENCY", 3.0)})
    ours, other = alone(found, "Audit Office"), alone(found, "Audit Office", "LAW")
    assert ours[[OWN, REST, LEAD]].tolist() == [3, UNKNOWN, 9]
    assert other[[OWN, REST, LEAD]].tolist() == [UNKNOWN, 3, 0]


@pytest.mark.parametrize(
    ("form", "kind"), [("DTA", [1, 0]), ("Board", [0, 1]), ("Audit Office", [0, 0])]
)
def test_kinds(said, form, kind):
    found = said("The DTA, the Board, the Audit Office met.")
    assert alone(found, form)[[ACRONYM, WORD]].tolist() == kind


@pytest.mark.parametrize(("register", "cited"), [("citation", 1), ("body", 0)])
def test_references(said, register, cited):
    assert alone(said("The DTA met.", register=register), "DTA")[CITATION] == cited


def test_each_label_has_a_column_of_its_own(said):
    found = table([Placed(0, said("The DTA met."))])[0]
    assert (found[:, :, -len(NAMES) :] == np.eye(len(NAMES))).all()


@pytest.fixture(scope="module")
def two(said):
    """A sentence that is sure of a form, and one that is not."""
    return (
        said("The Xyzzy is an agency.", {"Xyzzy": ("AGENCY", 4.0)}),
        said("They like Xyzzy."),
    )


def test_the_same_form_elsewhere_in_the_section(two):
    sure, unsure = two
    rows = table([Placed(7, sure), Placed(7, unsure)])
    found = row(unsure, rows[1], "Xyzzy")
    assert found[[ELSEWHERE, TOP_ELSEWHERE, MEAN_ELSEWHERE]].tolist() == [1, 4, 4]
    assert row(sure, rows[0], "Xyzzy")[[ELSEWHERE, TOP_ELSEWHERE]].tolist() == [1, UNKNOWN]


def test_the_same_form_in_another_section_does_not_count(two):
    sure, unsure = two
    rows = table([Placed(7, sure), Placed(8, unsure)])
    assert (rows[1] == table([Placed(8, unsure)])[0]).all()
    assert row(unsure, rows[1], "Xyzzy")[[ELSEWHERE, TOP_ELSEWHERE]].tolist() == [0, 0]


def test_the_same_form_twice_in_a_sentence(said):
    found = said("The Xyzzy met at Xyzzy.", {"Xyzzy": ("AGENCY", 2.0)})
    both = table([Placed(0, found)])[0][:, AGENCY]
    assert both[[c.form == "Xyzzy" for c in found.candidates], ELSEWHERE].tolist() == [1, 1]


def test_a_form_that_stands_nowhere_else(said):
    found = said("The Xyzzy met the Bla.")
    assert alone(found, "Xyzzy")[[ELSEWHERE, HOW_OFTEN, TOP_ELSEWHERE]].tolist() == [0, 0, 0]


def test_the_best_and_the_mean_elsewhere(said):
    text = "They like Xyzzy."
    odds = [{"Xyzzy": ("AGENCY", value)} for value in (1.0, 5.0)]
    readings = [said(text), *(said(text, o) for o in odds)]
    found = row(readings[0], table([Placed(0, r) for r in readings])[0], "Xyzzy")
    assert found[[TOP_ELSEWHERE, MEAN_ELSEWHERE]].tolist() == [5, 3]
    assert found[HOW_OFTEN] == pytest.approx(np.log(3))


def test_the_same_sentence_elsewhere_counts_as_any_other(weights):
    of = weights({"L=xyzzy": {"AGENCY": 9.0}})
    found = read("They like Xyzzy.", "body", None, of)
    rows = table([Placed(0, found), Placed(0, read("They like Xyzzy.", "body", None, of))])
    assert row(found, rows[0], "Xyzzy")[[ELSEWHERE, TOP_ELSEWHERE]].tolist() == [1, 3]


@given(st.lists(st.integers(-8, 8), min_size=2, max_size=6))
@settings(max_examples=30)
def test_a_form_counts_everywhere_but_here(said, values):
    readings = [said("They like Xyzzy.", {"Xyzzy": ("AGENCY", float(v))}) for v in values]
    told = table([Placed(0, r) for r in readings])
    for i, (of, here) in enumerate(zip(readings, told, strict=True)):
        others = values[:i] + values[i + 1 :]
        found = row(of, here, "Xyzzy")
        assert found[TOP_ELSEWHERE] == max(others)
        assert found[MEAN_ELSEWHERE] == pytest.approx(np.mean(others), abs=1e-5)


DEFINED = "The Digital Transformation Agency (DTA) met."
LONG = "Digital Transformation Agency"


def test_an_acronym_takes_over_the_odds_of_its_long_form(said):
    found = said(DEFINED, {LONG: ("PLATFORM", 5.0)})
    assert alone(found, "DTA", "PLATFORM")[[LINKED, TOP_LINKED]].tolist() == [1, 5]
    assert alone(found, "DTA", "LAW")[[TOP_LINKED, OTHER_LINKED]].tolist() == [UNKNOWN, 5]


def test_a_long_form_takes_over_the_odds_of_its_acronym(said):
    found = said(DEFINED, {"DTA": ("LAW", 5.0)})
    assert alone(found, LONG, "LAW")[[LINKED, TOP_LINKED]].tolist() == [1, 5]


@pytest.mark.parametrize(("section", "linked"), [(1, [1, 5]), (2, [0, 0])], ids=["same", "other"])
def test_an_acronym_further_down_is_linked_in_its_section(said, section, linked):
    first, later = said(DEFINED, {LONG: ("AGENCY", 5.0)}), said("Then the DTA closed.")
    rows = table([Placed(1, first), Placed(section, later)])
    assert row(later, rows[1], "DTA")[[LINKED, TOP_LINKED]].tolist() == linked


def test_an_acronym_that_nothing_defines_is_not_linked(said):
    assert alone(said("Then the DTA closed."), "DTA")[[LINKED, TOP_LINKED]].tolist() == [0, 0]


def test_a_native_name_in_a_bracket_is_linked(said):
    found = said("The Audit Board (Rådet) met.", {"Audit Board": ("AGENCY", 5.0)})
    assert alone(found, "Rådet")[[LINKED, TOP_LINKED]].tolist() == [1, 5]


ODDS = {
    "Audit Office": ("AGENCY", 3.0),
    "Audit": ("LAW", 1.0),
    "Audit Office Board": ("AGENCY", 2.0),
    "Office Board": ("AGENCY", 0.5),
}


@pytest.mark.parametrize(
    ("form", "columns", "expected"),
    [
        pytest.param("Audit Office", HOLDS, [1, 2, 1], id="a longer one that is worse"),
        pytest.param("Audit Office", HELD, [1, 1, 2], id="a shorter one"),
        pytest.param("Audit Office", CUTS, [1, 0.5, 2.5], id="one that overlaps"),
        pytest.param("Audit", HOLDS, [1, 3, -2], id="the best of those that hold it"),
        pytest.param("Audit", HELD, [0, 0, 0], id="no shorter one"),
        pytest.param("Audit", CUTS, [0, 0, 0], id="none overlaps"),
        pytest.param("Audit Office Board", HOLDS, [0, 0, 0], id="no longer one"),
        pytest.param("Audit Office Board", HELD, [1, 3, -1], id="a shorter one that is better"),
    ],
)
def test_rivals(said, form, columns, expected):
    found = alone(said("the Audit Office Board met", ODDS), form)
    assert found[columns : columns + 3].tolist() == expected


def test_names_side_by_side_are_no_rivals(said):
    found = said("Audit, Xyzzy", {"Audit": ("AGENCY", 3.0)})
    assert alone(found, "Xyzzy")[CUTS] == 0


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        pytest.param("Open the Bla.", "Open", 1, id="a common word with a capital"),
        pytest.param("Xyzzy the Bla.", "Xyzzy", 0, id="nowhere in lower case"),
        pytest.param("The Open Bla.", "Open", 0, id="not the first word"),
    ],
)
def test_the_first_word_of_a_sentence_in_lower_case_elsewhere(said, text, form, expected):
    readings = [said(text), said("The Board is open to all.")]
    rows = table([Placed(0, r) for r in readings])
    assert row(readings[0], rows[0], form)[LOWERED] == expected


@pytest.mark.parametrize(
    ("form", "low", "length"), [("digital officer", 1, 2 / 8), ("Xyzzy", 0, 1 / 8)]
)
def test_form_and_length(said, form, low, length):
    found = alone(said("a digital officer (DO) of Xyzzy"), form)
    assert found[[NO_CAPITAL, LENGTH]].tolist() == [low, length]


TABLES = st.integers(0, 4).flatmap(
    lambda n: arrays.arrays(
        np.float32, (n, len(NAMES), SIZE), elements=st.floats(-30, 30, width=32), fill=st.just(0)
    )
)
WEIGHTS = arrays.arrays(np.float32, SIZE + 1, elements=st.floats(-9, 9, width=32), fill=st.just(0))


@given(TABLES, WEIGHTS)
def test_probabilities_of_labels_leave_room_for_no_name(features, weights):
    found = probabilities(features, weights)
    assert found.shape == features.shape[:2]
    assert (found >= 0).all()
    assert (found.sum(1) <= 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        pytest.param([0, 0, 0, 0, 0], [1 / 6] * 5, id="as likely as no name"),
        pytest.param([99, -99, -99, -99, -99], [1, 0, 0, 0, 0], id="sure"),
        pytest.param([-99] * 5, [0] * 5, id="no name"),
        pytest.param([99, 99, -99, -99, -99], [0.5, 0.5, 0, 0, 0], id="torn"),
    ],
)
def test_probabilities(odds, expected):
    features = np.zeros((1, len(NAMES), SIZE), np.float32)
    features[0, :, OWN] = odds
    weights = np.eye(1, SIZE + 1, OWN, dtype=np.float32)[0]
    assert probabilities(features, weights)[0] == pytest.approx(expected, abs=1e-6)


def test_the_intercept_stands_last():
    weights = np.eye(1, SIZE + 1, SIZE, dtype=np.float32)[0] * -99
    assert probabilities(np.zeros((1, len(NAMES), SIZE), np.float32), weights).max() < 1e-6
