"""Texts and annotations for hypothesis: what makes offsets go wrong, and names that recur."""

from hypothesis import strategies as st

from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.quotes import Shown
from pipeline.records import LABELS

NAMES = ("Ministry", "EIS", "e\u0301tat", "\u200fوزارة", "𝔐inistry", "a", "👩🏽\u200d⚖️", "=x", "-")
YEARS = ("2019", "2014")
GAPS = (" ", "\n", "\r\n", "\u00a0", ", ", " a a ", "\u00ad", "😀", "\u200b ")
SHA = "ab" * 32


@st.composite
def documents(draw: st.DrawFn, gaps: tuple[str, ...] = GAPS) -> Annotated:
    """A document with names of one to three words, apart from each other."""
    words = draw(st.lists(st.sampled_from(NAMES + YEARS), min_size=1, max_size=9))
    between = [draw(st.sampled_from(gaps)) for _ in words]
    return annotated(words, between, draw(names_among(words)))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Annotated, Annotated]:
    """What is said of a text before and after a person has looked at it."""
    words = draw(st.lists(st.sampled_from(NAMES + YEARS), min_size=1, max_size=9))
    gaps = tuple(gap for gap in GAPS if "\r" not in gap)  # a canonical text has none
    between = [draw(st.sampled_from(gaps)) for _ in words]
    before, after = (annotated(words, between, draw(names_among(words))) for _ in range(2))
    return before, after


def names_among(words: list[str]) -> st.SearchStrategy[list[tuple[int, int, str]]]:
    """Names as first word, number of words and label."""
    return st.lists(
        st.tuples(
            st.integers(0, len(words) - 1),
            st.integers(1, 3),
            st.sampled_from(LABELS),
        ),
        max_size=5,
    )


def annotated(words: list[str], between: list[str], names: list[tuple[int, int, str]]) -> Annotated:
    """The words with what is between them, and those of the names that may stand in a dataset."""
    text = "".join(gap + word for gap, word in zip(between, words, strict=True))
    shown = Shown(text)
    starts, at = [], 0
    for gap, word in zip(between, words, strict=True):
        starts.append(at + len(gap))
        at = starts[-1] + len(word)
    found: list[Annotation] = []
    for first, n, label in names:
        last = min(first + n, len(words)) - 1
        years = last == first and words[first] in YEARS
        if (label == "YEAR") and not years:
            continue
        a = Annotation(
            kind="mention", start=starts[first], end=starts[last] + len(words[last]), label=label
        )
        taken = (b for b in found if (b.label == "YEAR") == (label == "YEAR"))
        seen = shown.span(a)
        if seen and not any(a.start < b.end and b.start < a.end for b in taken):
            found.append(a)
    return Annotated(name="a text", text=text, annotations=tuple(found), source="a.txt", sha256=SHA)
