"""Any text at all: it becomes a sound dataset, or a quarantine with a reason."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import journey, tables
from pipeline.check import check
from pipeline.files import discover
from pipeline.records import Failure, Result

ENGLISH = (
    "The government adopted its plan in 2019, and the ministries were asked to report on it.",
    "In the Digital Economy and Society Index 2019 Estonia was ranked 8th of 28 countries.",
    "The agency works with UN\u00a0DESA\tand the World  Bank (WB), which is said to be useful.",
)
ODD = (
    "How well do ministries share their data with the public?",
    "10", "9", "---", "Estonia", "France*", "Citations:", "#12", "EUOECD", "Back to Top",
    "\x0c",
    "ranked 0th of 0", "second to last of 1", "not ranked 5th", "\u202eabc", "e\u0301",
    "🙂", "((((",
    "MINISTRY OF FINANCE AGENCY", "“", "2019/20/21", "1.", "• item", "\u200b", "Ministry of",
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.sampled_from(ENGLISH),
        st.sampled_from(ODD),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    ),
    max_size=14,
)


@given(LINES, st.sampled_from(["\n", "\n\n", " \n", "\r\n"]))
@settings(max_examples=60)
def test_any_text_gives_a_sound_dataset_or_a_reason(lines, gap):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_bytes(gap.join([*ENGLISH, *lines]).encode())
        (source,) = discover(Path(folder))
        outcome = journey.travel(source)
    if isinstance(outcome, Failure):
        assert outcome.reason.endswith((".", ")"))
        assert "internal error" not in outcome.reason
        return
    assert isinstance(outcome, Result)
    check(
        tables.unpublished(tables.assemble([outcome])),
        {outcome.report.document_id: outcome.report.text},
    )


@pytest.mark.parametrize("document", ["open-data.txt", "chapter-norway.txt", "deck-slovenia.txt"])
def test_every_mention_quotes_the_text(document):
    raw = Path(__file__).parent.parent / "raw"
    (source,) = [s for s in discover(raw) if s.name == document]
    outcome = journey.travel(source)
    assert isinstance(outcome, Result)
    assert outcome.mentions
    for mention in outcome.mentions:
        assert outcome.report.text[mention.start : mention.end] == mention.text
