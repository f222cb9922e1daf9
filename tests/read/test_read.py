import pytest

from pipeline.files import Source, discover
from pipeline.read import failure, read
from pipeline.records import Unreadable
from pipeline.settings import DEFAULT, Settings

ENGLISH = "The ministry published its plan for the coming year and asked citizens for comments.\n"
GERMAN = "Das Ministerium hat seinen Plan veröffentlicht und bittet die Bürger um ihren Rat.\n"


@pytest.fixture
def source(tmp_path):
    """Write a file and return it as a source."""

    def write(content: bytes | str, name: str = "report.txt") -> Source:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        (found,) = discover(tmp_path)
        return found

    return write


def test_read(source):
    file = source("\ufeff" + ENGLISH.replace("\n", "\r\n"))
    report = read(file, DEFAULT)
    assert report.text == ENGLISH
    assert report.language == "en"
    assert report.media_type == "text/plain"
    assert report.n_pages is None
    assert (report.document_id, report.source) == (file.document_id, "report.txt")
    assert report.sha256 == file.sha256


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_does_not_matter(source, encoding):
    text = ENGLISH + "The café’s owner – a former minister – agreed.\n"
    assert read(source(text.encode(encoding)), DEFAULT).text == text


def test_the_name_does_not_matter(source):
    assert read(source(ENGLISH, "report.pdf"), DEFAULT).text == ENGLISH


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("", "holds no text", id="empty"),
        pytest.param("\ufeff", "holds no text", id="only a mark"),
        pytest.param(" \n\n\t\n", "holds no text", id="only blanks"),
        pytest.param("10\n9\n8\n" * 50, "holds no text", id="only numbers"),
        pytest.param("A plan.", "hardly any", id="too few letters"),
        pytest.param(
            b"%PDF-1.7 ...", "PDF is damaged and cannot be opened", id="damaged PDF named .txt"
        ),
        pytest.param(bytes(range(256)) * 9, "octet-stream.*save it", id="binary named .txt"),
        pytest.param(b"PK\x03\x04" + b"a.txt" * 9, "zip archive: unpack it", id="zip"),
        pytest.param(
            b"PK\x03\x04" + b"word/document.xml", "Word file is damaged", id="half a docx"
        ),
        pytest.param(b"PK\x03\x04ppt/presentation.xml", "export it as PDF", id="slides"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password", id="locked docx"),
        pytest.param(b"\x89PNG\r\n", "run text recognition", id="picture"),
        pytest.param(
            "Υπουργείο Οικονομικών ".encode("utf-16-le") * 9,
            "save it again as UTF-8",
            id="UTF-16 that cannot be told",
        ),
        pytest.param(("é à ü " * 9).encode() + b"\xe9", "save .* as UTF-8", id="broken UTF-8"),
        pytest.param(GERMAN * 9, "looks like 'de', only English is read", id="German"),
        pytest.param(
            "Le ministère a publié son plan et attend les avis du public.\n" * 9,
            "looks like 'fr'",
            id="French",
        ),
    ],
)
def test_unreadable(source, content, reason):
    with pytest.raises(Unreadable, match=reason):
        read(source(content), DEFAULT)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(f"<html><h1>A plan</h1><p>{ENGLISH}", "text/html", id="HTML"),
        pytest.param(f"# A plan\n\n## Its aims\n\n{ENGLISH}", "text/markdown", id="Markdown"),
        pytest.param(
            "From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
            ' boundary="b"\n\n--b\nContent-Type: text/html\n\n'
            f"<h1>A plan</h1><p>{ENGLISH}\n--b--\n",
            "multipart/related",
            id="web archive",
        ),
    ],
)
def test_other_formats_are_read_whatever_their_name(source, content, kind):
    report = read(source(content), DEFAULT)
    assert report.media_type == kind
    assert report.text.startswith("A plan\n")
    assert report.text.endswith(ENGLISH.strip())
    first = report.marks[0]
    assert (report.text[first.start : first.end], first.kind) == ("A plan", "heading")


def test_too_much_text(source):
    for content in (ENGLISH * 9, f"<p>{ENGLISH * 9}</p>"):
        with pytest.raises(Unreadable, match="characters, the limit is 100; .*max_chars"):
            read(source(content), Settings(max_chars=100))


def test_too_large(source):
    with pytest.raises(Unreadable, match="split it or raise the limit .--set max_bytes"):
        read(source(ENGLISH), Settings(max_bytes=20))


def test_a_file_of_just_the_limit_is_read(source):
    assert read(source(ENGLISH), Settings(max_bytes=len(ENGLISH))).text == ENGLISH


def test_too_large_says_how_large(source):
    with pytest.raises(Unreadable) as caught:
        read(source(ENGLISH * 6000), Settings(max_bytes=450_000))
    assert " 0 MB" not in str(caught.value)


def test_one_very_long_line(source):
    with pytest.raises(Unreadable, match="120 characters, the limit is 100; .*line breaks"):
        read(source(("a report " * 14)[:120]), Settings(max_line_chars=100))


def test_many_short_lines_are_no_long_line(source):
    assert read(source(ENGLISH * 9), Settings(max_line_chars=100)).text == ENGLISH * 9


def test_some_foreign_titles_do_not_make_a_text_foreign(source):
    text = ENGLISH * 30 + GERMAN * 4
    assert read(source(text), DEFAULT).language == "en"


def test_a_text_below_a_long_table_of_numbers_is_no_empty_text(source):
    assert read(source("2019 10 9 8\n" * 1000 + ENGLISH * 50), DEFAULT).language == "en"


def test_a_file_that_is_gone(source):
    file = source(ENGLISH)
    file.path.unlink()
    with pytest.raises(Unreadable, match="cannot be opened: No such file"):
        read(file, DEFAULT)


@pytest.mark.parametrize("content", ["", b"\x81\x8d", GERMAN * 9], ids=["empty", "bytes", "German"])
def test_every_reason_is_a_sentence(source, content):
    with pytest.raises(Unreadable) as caught:
        read(source(content), DEFAULT)
    reason = str(caught.value)
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert "Error" not in reason


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param("", "text/plain", id="empty"),
        pytest.param(b"%PDF-1.7", "application/pdf", id="PDF"),
        pytest.param(bytes(range(256)), "application/octet-stream", id="binary"),
    ],
)
def test_failure(source, content, kind):
    file = source(content)
    record = failure(file, "It is so.")
    assert (record.media_type, record.reason) == (kind, "It is so.")
    assert (record.document_id, record.source, record.sha256) == (
        file.document_id,
        file.name,
        file.sha256,
    )


def test_failure_of_a_file_that_is_gone(source):
    file = source(ENGLISH)
    file.path.unlink()
    assert failure(file, "Gone.").media_type == "application/octet-stream"
