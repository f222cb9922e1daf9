"""Rows are known again by what they say."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diff.matching import Matcher, differing
from pipeline.diff.reports import Pair, Reports, paired
from pipeline.schema import TABLE

FEW = settings(max_examples=25)
WORDS = st.lists(st.sampled_from("ABC"), max_size=12)
COLUMNS = ["mention_id", "document_id", "label", "start", "end", "text"]


def mentions(document_id: str, words: list[str], at: int) -> pd.DataFrame:
    """Mentions of one report, ten characters apart."""
    rows = [
        (f"{document_id}-m{i:05d}", document_id, "LAW", at + 10 * i, at + 10 * i + 1, word)
        for i, word in enumerate(words, start=1)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    types = {name: "Int64" if name in ("start", "end") else "string" for name in COLUMNS}
    return frame.astype(types)


def one(*, same_text: bool) -> Reports:
    pair = Pair(source="a.txt", fate="" if same_text else "changed", same_text=same_text)
    return Reports([pair], {"doc-1": 0}, {"doc-1": 0, "doc-2": 0})


@FEW
@given(WORDS, WORDS)
def test_in_a_changed_text_as_many_rows_come_and_go_as_their_words_do(before, now):
    matched = Matcher(one(same_text=False)).match(
        TABLE["mentions"], mentions("doc-1", before, 0), mentions("doc-2", now, 7)
    )
    for word in "ABC":
        n = before.count(word) - now.count(word)
        assert (matched.old["text"].iloc[matched.removed] == word).sum() == max(n, 0)
        assert (matched.new["text"].iloc[matched.added] == word).sum() == max(-n, 0)
    assert not matched.changed.any()
    left, right = matched.both
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)


@FEW
@given(WORDS, st.integers(0, 12))
def test_an_inserted_row_is_found_where_it_is(words, at):
    at = min(at, len(words))
    now = [*words[:at], "D", *words[at:]]
    matched = Matcher(one(same_text=False)).match(
        TABLE["mentions"], mentions("doc-1", words, 0), mentions("doc-2", now, 0)
    )
    assert matched.added.tolist() == [at]
    assert matched.removed.tolist() == []


def test_a_repeated_word_is_added_between_its_neighbours():
    # B stands twice before; the new one is the first, and no year or law is said to have moved.
    matched = Matcher(one(same_text=False)).match(
        TABLE["mentions"],
        mentions("doc-1", list("ACBCB"), 0),
        mentions("doc-2", list("ABCBCB"), 0),
    )
    assert matched.added.tolist() == [1]


@FEW
@given(WORDS, WORDS)
def test_in_an_unchanged_text_rows_of_one_place_are_the_same_row(before, now):
    matched = Matcher(one(same_text=True)).match(
        TABLE["mentions"], mentions("doc-1", before, 0), mentions("doc-1", now, 0)
    )
    assert len(matched.removed) == max(len(before) - len(now), 0)
    assert len(matched.added) == max(len(now) - len(before), 0)
    assert matched.changed.sum() == sum(a != b for a, b in zip(before, now, strict=False))


def test_null_equals_null_and_nothing_else():
    old = pd.Series(["a", None, None, "b"], dtype="string")
    new = pd.Series(["a", None, "x", None], dtype="string", index=[9, 8, 7, 6])
    assert differing(old, new).tolist() == [False, False, True, True]


def test_reports_are_paired_by_path_then_by_content():
    def documents(*rows: tuple[str, str, str]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=["document_id", "source", "sha256"])
        return frame.astype("string").assign(n_chars=pd.array([5] * len(rows), dtype="Int64"))

    old = documents(("1", "a", "x"), ("2", "b", "y"), ("3", "c", "y"), ("4", "d", "z"))
    new = documents(("1", "a", "x"), ("5", "e", "y"), ("6", "d", "w"), ("7", "f", "v"))
    found = paired(old, new).fates()
    assert found == {
        "added": ("f",),
        "removed": ("c",),
        "changed": ("d",),
        "renamed": ("b → e",),
    }
