import codecs
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.media import WORD, media_type, utf16

BINARY = bytes(range(256))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"A report.", "text/plain", id="ASCII"),
        pytest.param(b"", "text/plain", id="empty"),
        pytest.param("Õigus".encode(), "text/plain", id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + b"A report.", "text/plain", id="UTF-8 with mark"),
        pytest.param("A report.".encode("utf-16"), "text/plain", id="UTF-16 with mark"),
        pytest.param("A report.".encode("utf-16-le"), "text/plain", id="UTF-16 LE without mark"),
        pytest.param("A report.".encode("utf-16-be"), "text/plain", id="UTF-16 BE without mark"),
        pytest.param("A report.".encode("utf-32"), "text/plain", id="UTF-32"),
        pytest.param("“Café”".encode("cp1252"), "text/plain", id="Windows-1252"),
        pytest.param(b"one page\x0canother page", "text/plain", id="form feed"),
        pytest.param(b"a\tb\r\nc", "text/plain", id="tab and line end"),
        pytest.param(b"a < b; see <html> tags", "text/plain", id="speaks about HTML"),
        pytest.param(b"PDF- is a format", "text/plain", id="speaks about PDF"),
        pytest.param(b"%PDF-1.7\n", "application/pdf", id="PDF"),
        pytest.param(b"PK\x03\x04\x14", "application/zip", id="DOCX is a ZIP"),
        pytest.param(b"{\\rtf1\\ansi", "application/rtf", id="RTF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1", "application/x-ole-storage", id="old Word"),
        pytest.param(b"\x1f\x8b\x08", "application/gzip", id="gzip"),
        pytest.param(b"\x89PNG\r\n", "image/png", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "image/jpeg", id="JPEG"),
        pytest.param(b"\x7fELF\x02", "application/x-executable", id="program"),
        pytest.param(b"<!DOCTYPE html><p>a", "text/html", id="HTML"),
        pytest.param(b"\n  <HTML lang=en>", "text/html", id="HTML after blanks, in capitals"),
        pytest.param(codecs.BOM_UTF8 + b"<html>", "text/html", id="HTML after a mark"),
        pytest.param(BINARY, "application/octet-stream", id="all bytes"),
        pytest.param(b"text" + b"\x00\x01\x02" * 9, "application/octet-stream", id="controls"),
        pytest.param(
            codecs.BOM_UTF32_BE + "A report.".encode("utf-32-be"),
            "text/plain",
            id="UTF-32 BE",
        ),
        pytest.param(
            "<html><body>A report.</body></html>".encode("utf-16"),
            "text/html",
            id="HTML in UTF-16",
        ),
        pytest.param(
            b"A report with text. " * 300 + BINARY * 50,
            "application/octet-stream",
            id="binary after 4 kB of text",
        ),
    ],
)
def test_media_type(data, kind):
    assert media_type(data) == kind


@given(st.text("abcdefg ,.\nåéø–“”", max_size=300))
def test_prose_is_text(text):
    assert media_type(text.encode()) == "text/plain"


@given(st.binary(max_size=500))
def test_any_bytes_have_a_type(data):
    assert "/" in media_type(data)


@pytest.mark.parametrize(
    ("data", "order"),
    [
        pytest.param("A report of 2019.".encode("utf-16-le"), "utf-16-le", id="little endian"),
        pytest.param("A report of 2019.".encode("utf-16-be"), "utf-16-be", id="big endian"),
        pytest.param("A report of 2019.".encode("utf-16-le") + b"a", "utf-16-le", id="odd length"),
        pytest.param(b"A report of 2019.", None, id="ASCII"),
        pytest.param("A".encode("utf-16-le"), None, id="too short to tell"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"\x00" * 40, None, id="only zeros"),
        pytest.param("A report".encode("utf-32-le"), None, id="UTF-32 is not UTF-16"),
        pytest.param("Υπουργείο".encode("utf-16-le"), None, id="Greek has too few zeros"),
    ],
)
def test_utf16(data, order):
    assert utf16(data) == order


def test_many_comments_are_told_fast():
    began = time.process_time()
    assert media_type(b"<!---->" * 500 + b"x") == "text/plain"
    assert media_type(b"<!-- a -->" * 300 + b"<p>x") == "text/html"
    assert time.process_time() - began < 2


def test_a_spreadsheet_within_a_word_file_does_not_hide_it():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/embeddings/a.xlsx", b"PK\x03\x04xl/workbook.xml")
        archive.writestr("word/document.xml", "<w/>")
    assert media_type(out.getvalue()) == WORD


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("A PDF begins with %PDF-1.7, says the standard.", "text/plain", id="amid"),
        pytest.param("junk\n%PDF-1.7\n", "application/pdf", id="behind junk"),
        pytest.param("<details><summary>Estonia</summary>", "text/html", id="details"),
        pytest.param("<strong>Estonia</strong> leads", "text/html", id="strong"),
        pytest.param("<3 this plan", "text/plain", id="no tag"),
    ],
)
def test_beginnings(text, kind):
    assert media_type(text.encode()) == kind
