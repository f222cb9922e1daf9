import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import journey
from pipeline.layout import check_tiling
from pipeline.records import Mark, Report
from pipeline.visible import view

TEXT = (
    "Digital State\n\nThe Ministry of Finance runs the portal Suomi.fi since 2017. The"
    " Świętokrzyskie office and the Ministère de l’Économie work with the Digital Agency (DA).\n\n"
    "The DA grows.\n"
)


def report(text: str, **more) -> Report:
    about = {"document_id": "d", "source": "a.txt", "sha256": "", "media_type": "text/plain"}
    return Report(text=text, language="en", **about, **more)


def seen(text: str) -> str:
    shown = view(text)
    return text if shown is None else shown.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain", "plain", id="nothing to do"),
        pytest.param("Minis\u00adtry", "Ministry", id="soft hyphen"),
        pytest.param("a\u200b b", "a b", id="zero-width blank"),
        pytest.param("\u2067שלום\u2069", "שלום", id="marks of the direction"),
        pytest.param("E\u0301tat", "État", id="NFD"),
        pytest.param("x\u0302", "x\u0302", id="no such letter in NFC"),
        pytest.param("\u0301a", "\u0301a", id="an accent without a letter"),
        pytest.param("a\n\u0301b", "a\n\u0301b", id="an accent at the start of a line"),
        pytest.param("👩\u200d💻", "👩💻", id="emoji"),
        pytest.param("\u200b", "", id="nothing to see"),
        pytest.param("a\U000e0041\U000e007fb", "ab", id="tags, in which text is smuggled"),
        pytest.param("☎\ufe0f a\u3164b", "☎ ab", id="variants of signs, fillers"),
    ],
)
def test_view(text, shown):
    assert seen(text) == shown


@given(st.text(alphabet="ab =\n\u00ad\u200b\u0301\u0302\u2067é", max_size=40))
def test_positions_lead_back(text):
    shown = view(text)
    if shown is None:
        return
    assert len(shown.starts) == len(shown.text) + 1
    assert list(shown.starts) == sorted(shown.starts)
    for i, letter in enumerate(shown.text):
        there = text[shown.starts[i] : shown.ends[i]]
        assert letter in unicodedata.normalize("NFC", there)


def test_marks_follow():
    shown = view("\u200b\nA\u00ad b\nc")
    marks = [Mark(start=0, end=1, kind="heading"), Mark(start=2, end=6, kind="row")]
    (mark,) = shown.marks(marks)
    assert shown.text[mark.start : mark.end] == "A b"


def noisy(text: str) -> str:
    return unicodedata.normalize("NFD", "".join(f"{c}\u00ad" if c.isalpha() else c for c in text))


def test_names_are_found_in_spite_of_what_is_not_seen():
    plain, text = journey.process(report(TEXT)), f"\ufeff\n{noisy(TEXT)}\n\u200b\n"
    found = journey.process(report(text))
    check_tiling(text, found.outline.blocks)
    assert [(m.label, m.canonical) for m in found.mentions] == [
        (m.label, m.canonical) for m in plain.mentions
    ]
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    assert len(found.mentions) >= 4


@given(
    st.lists(st.sampled_from(["The Ministry", "\u200b", "\n", " ", "e\u0301", "2019", "\u00ad."]))
)
def test_nothing_is_lost(pieces):
    text = "".join(pieces)
    found = journey.process(report(text)) if text.strip() else None
    if found:
        check_tiling(text, found.outline.blocks)


def test_a_mark_follows_its_line_when_blanks_stand_behind_what_is_unseen():
    shown = view("a\n\u00ad b\u200b \nc")
    (mark,) = shown.marks([Mark(start=2, end=7, kind="row")])
    assert shown.text[mark.start : mark.end] == "b"
