import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.found import Found, without_overlaps


def found(start: int, end: int, method: str = "model", confidence: float = 0.9) -> Found:
    return Found(start, end, "AGENCY", confidence, method)


SURE = found(0, 10)
UNSURE = found(0, 10, confidence=0.3)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        pytest.param([], [], id="none"),
        pytest.param([SURE], [SURE], id="one"),
        pytest.param([found(5, 9), found(0, 4)], [found(0, 4), found(5, 9)], id="sorted"),
        pytest.param([found(0, 4), found(4, 9)], [found(0, 4), found(4, 9)], id="side by side"),
        pytest.param([found(0, 4), found(0, 10)], [found(0, 10)], id="the longer"),
        pytest.param([found(0, 5), found(4, 9)], [found(0, 5)], id="the first of equal length"),
        pytest.param(
            [found(2, 30, "reference"), SURE], [SURE], id="a sure model before longer knowledge"
        ),
        pytest.param(
            [UNSURE, found(2, 5, "reference")],
            [found(2, 5, "reference")],
            id="knowledge before an unsure model",
        ),
        pytest.param([SURE, SURE], [SURE], id="the same twice"),
        pytest.param(
            [found(0, 4), found(3, 9), found(8, 12)],
            [found(3, 9)],
            id="the longest in a chain",
        ),
    ],
)
def test_without_overlaps(names, kept):
    assert without_overlaps(names) == kept


NAMES = st.lists(
    st.builds(
        lambda start, length, method, confidence: found(start, start + length, method, confidence),
        st.integers(0, 60),
        st.integers(1, 20),
        st.sampled_from(["model", "reference", "repeat", "acronym"]),
        st.sampled_from([0.3, 0.5, 0.6, 0.9]),
    ),
    max_size=15,
)


def overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


@given(NAMES)
def test_what_is_kept_is_in_order_and_apart(names):
    kept = without_overlaps(names)
    assert all(a.end <= b.start for a, b in zip(kept, kept[1:], strict=False))
    assert set(kept) <= set(names)


@given(NAMES)
def test_what_is_dropped_overlaps_what_is_kept(names):
    kept = without_overlaps(names)
    assert all(any(overlap(name, other) for other in kept) for name in names)


@given(NAMES)
def test_twice_equals_once(names):
    once = without_overlaps(names)
    assert without_overlaps(once) == once


@given(NAMES, st.randoms())
def test_the_order_of_the_input_changes_no_offsets(names, random):
    shuffled = random.sample(names, len(names))
    bounds = [(name.start, name.end) for name in without_overlaps(names)]
    assert [(name.start, name.end) for name in without_overlaps(shuffled)] == bounds
