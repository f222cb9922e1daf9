import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.text import decode
from pipeline.records import Unreadable

# Characters of European reports; no carriage return, no NUL and no byte order mark, which
# decoding changes or reads as a sign of UTF-16.
LETTERS = "abc XYZ 019 .,;:()[]\n\t–—“”’…äéøžŁőğßαЖ€"
WESTERN = "éèêëàâäöüñçøåßÉÖÜ–—“”‘’…€£§"
TEXTS = st.text(LETTERS, max_size=200)
ASCII = st.text("abcdefg ,.\nABC", min_size=8, max_size=200)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"plain", "plain", id="ASCII"),
        pytest.param("Riigikogu – õigus".encode(), "Riigikogu – õigus", id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + "õ".encode(), "õ", id="UTF-8 with mark"),
        pytest.param(codecs.BOM_UTF8, "", id="only a mark"),
        pytest.param(b"", "", id="empty"),
        pytest.param(codecs.BOM_UTF16_LE + "plan õ".encode("utf-16-le"), "plan õ", id="UTF-16 LE"),
        pytest.param(codecs.BOM_UTF16_BE + "plan õ".encode("utf-16-be"), "plan õ", id="UTF-16 BE"),
        pytest.param("a plan for õ".encode("utf-16-le"), "a plan for õ", id="LE without mark"),
        pytest.param("a plan for õ".encode("utf-16-be"), "a plan for õ", id="BE without mark"),
        pytest.param("plan õ".encode("utf-32"), "plan õ", id="UTF-32"),
        pytest.param("“Café” – naïve".encode("cp1252"), "“Café” – naïve", id="Windows-1252"),
        pytest.param("𝒳 plan".encode(), "𝒳 plan", id="beyond the basic plane"),
    ],
)
def test_decode(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\r\nb", "a\nb", id="CRLF"),
        pytest.param(b"a\rb", "a\nb", id="CR"),
        pytest.param(b"a\r\rb", "a\n\nb", id="two CR are two lines"),
        pytest.param(b"a\n\rb", "a\n\nb", id="LF and CR are two lines"),
        pytest.param(b"a\r\nb\rc\nd", "a\nb\nc\nd", id="mixed"),
        pytest.param("a\r\nb c d".encode("utf-16"), "a\nb c d", id="CRLF in UTF-16"),
        pytest.param(b" a \t\n\n", " a \t\n\n", id="blanks stay"),
        pytest.param("a\u2028b\x0bc\x85d".encode(), "a\u2028b\x0bc\x85d", id="others stay"),
        pytest.param("ﬁ e\u0301 \u00a0".encode(), "ﬁ e\u0301 \u00a0", id="no normalisation"),
        pytest.param("a\ufeffb".encode(), "a\ufeffb", id="a mark inside stays"),
    ],
)
def test_only_line_ends_are_changed(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("plan “done”".encode()[:-1], id="cut in the last character"),
        pytest.param("é è à ü ".encode() + b"\xe9 x", id="a Latin letter among UTF-8"),
        pytest.param("õigus ja ".encode() + b"\xff\xfe" + "õ".encode(), id="stray bytes"),
        pytest.param(codecs.BOM_UTF8 + b"caf\xe9", id="mark of UTF-8, but none"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00b", id="UTF-16 with half a character"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", id="half a surrogate pair"),
        pytest.param(b"caf\xe9 \x81", id="a byte that Windows-1252 lacks"),
        pytest.param(
            "the plan “".encode()[:-1],
            id="the only foreign character is cut",
        ),
    ],
)
def test_broken_encoding_is_unreadable(data):
    with pytest.raises(Unreadable, match="save .*again as UTF-8"):
        decode(data)


def test_the_reason_says_where():
    with pytest.raises(Unreadable, match="byte 3"):
        decode(b"caf\xe9 \x81")


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_round_trip_with_mark_or_utf8(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(ASCII, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_round_trip_without_mark(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(st.lists(st.tuples(st.sampled_from(WESTERN), st.sampled_from("abc xyz"))), ASCII)
def test_round_trip_of_windows_1252(pairs, tail):
    # Each accented letter is followed by a plain one, as in words of Western languages.
    text = "".join(map("".join, pairs)) + tail
    assert decode(text.encode("cp1252")) == text


@given(TEXTS, st.sampled_from(["\r\n", "\r"]), st.sampled_from(["utf-8", "utf-16"]))
def test_any_line_end_reads_the_same(text, end, encoding):
    assert decode(text.replace("\n", end).encode(encoding)) == text


@given(TEXTS)
def test_decoding_twice_equals_once(text):
    once = decode(text.encode())
    assert decode(once.encode()) == once


@given(st.text("ab é", max_size=50), st.sampled_from("õ–𝒳"))
def test_a_cut_file_with_many_foreign_characters_is_unreadable(text, last):
    data = ("äöü" + text + last).encode()
    with pytest.raises(Unreadable):
        decode(data[:-1])


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_unreadable(data):
    try:
        text = decode(data)
    except Unreadable:
        return
    assert "\r" not in text
