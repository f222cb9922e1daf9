"""Word files, made by python-docx or of raw XML where it cannot make what people write."""

import io
import random
import struct
import tracemalloc
import zipfile

import docx
import pytest

from pipeline.read.parts import Part
from pipeline.read.word import word
from pipeline.records import Unreadable

LIMIT = 50_000_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def zipped(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def package(body: str, **parts: str) -> bytes:
    """A Word file with a body and, by keyword, the inner XML of other parts."""
    kinds = {"header1": "header", "header2": "header", "footer1": "footer"}
    roots = {"header": "hdr", "footer": "ftr"}
    links, members = [], {}
    for name, inner in parts.items():
        kind = kinds.get(name, name)
        root = roots.get(kind, kind)
        members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"
        links.append((name, kind, f"{name}.xml"))
    return zipped(
        {
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*links),
            **members,
        }
    )


def read(data: bytes) -> list[Part]:
    return list(word(data, max_expanded_bytes=LIMIT).parts)


def texts(data: bytes) -> list[str]:
    return [part.text for part in read(data)]


def kinds(data: bytes) -> list[tuple[str, int]]:
    return [(part.kind, part.level) for part in read(data)]


def made(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(name: str, text: str = "Text") -> str:
    return p(r(text), f'<w:pStyle w:val="{name}"/>')


def style(identifier: str, inner: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{identifier}" {more}>{inner}</w:style>'


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_document_as_people_write_it():
    document = docx.Document()
    document.add_heading("Coordination", level=0)
    document.add_heading("Estonia", level=2)
    document.add_paragraph("The Government Office coordinates.")
    document.add_paragraph("first", style="List Bullet")
    grid = document.add_table(rows=2, cols=2)
    for at, words in enumerate(["Country", "Score", "Estonia", "9"]):
        grid.cell(at // 2, at % 2).text = words
    document.add_paragraph("End.", style="Subtitle")
    document.sections[0].header.paragraphs[0].text = "Report 2024"
    content = word(made(document), max_expanded_bytes=LIMIT)
    assert list(content.parts) == [
        Part("Coordination", "heading", 1),
        Part("Estonia", "heading", 2),
        Part("The Government Office coordinates."),
        Part("first", "list_item"),
        Part("Country | Score", "row"),
        Part("Estonia | 9", "row"),
        Part("End.", "heading", 2),
        Part("Report 2024", "boilerplate"),
    ]
    assert content.n_pages is None


STYLES = "".join(
    [
        style("berschrift1", '<w:name w:val="heading 1"/>'),
        style("Titre3", '<w:name w:val="Heading 3"/>'),
        style("Land", '<w:name w:val="Country"/><w:basedOn w:val="berschrift1"/>'),
        style("Own", '<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr>'),
        style("Body", '<w:name w:val="Body"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        style("Round", '<w:name w:val="Round"/><w:basedOn w:val="Trip"/>'),
        style("Trip", '<w:name w:val="Trip"/><w:basedOn w:val="Round"/>'),
        style("Aufz", '<w:name w:val="List Number"/>'),
        style(
            "Dash", '<w:name w:val="Dash"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>'
        ),
        style("Verzeichnis1", '<w:name w:val="toc 1"/>'),
        style("Inhalt", '<w:name w:val="TOC Heading"/><w:basedOn w:val="berschrift1"/>'),
        style("Strong", '<w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'),
        style("Ghost", '<w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr>'),
    ]
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%s"/></w:numPr>'


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param(styled("berschrift1"), ("heading", 1), id="translated id"),
        pytest.param(styled("Titre3"), ("heading", 3), id="name in capitals"),
        pytest.param(styled("Land"), ("heading", 1), id="style based on a heading"),
        pytest.param(styled("Own"), ("heading", 4), id="outline level of the style"),
        pytest.param(styled("Heading2"), ("heading", 2), id="style that is not declared"),
        pytest.param(p(r("T"), '<w:outlineLvl w:val="1"/>'), ("heading", 2), id="own outline"),
        pytest.param(styled("Body"), ("paragraph", 0), id="outline level of running text"),
        pytest.param(p(r("T"), '<w:outlineLvl w:val="x"/>'), ("paragraph", 0), id="no level"),
        pytest.param(styled("Round"), ("paragraph", 0), id="styles that inherit in a circle"),
        pytest.param(styled("Heading10"), ("paragraph", 0), id="no such heading"),
        pytest.param(styled("Aufz"), ("list_item", 0), id="list by name"),
        pytest.param(styled("Dash"), ("list_item", 0), id="list by its style's numbering"),
        pytest.param(p(r("T"), NUMBERED % 3), ("list_item", 0), id="list by its own numbering"),
        pytest.param(p(r("T"), NUMBERED % 0), ("paragraph", 0), id="numbering switched off"),
        pytest.param(
            p(r("T"), '<w:pStyle w:val="Aufz"/>' + NUMBERED % 0), ("paragraph", 0), id="off again"
        ),
        pytest.param(
            p(r("T"), '<w:pStyle w:val="Land"/>' + NUMBERED % 3), ("heading", 1), id="1. Estonia"
        ),
        pytest.param(styled("Verzeichnis1"), ("boilerplate", 0), id="table of contents"),
        pytest.param(styled("Inhalt"), ("boilerplate", 0), id="its heading"),
        pytest.param(p(r("Estonia", "<w:b/>")), ("heading", 9), id="bold and short"),
        pytest.param(styled("Strong", "Estonia"), ("heading", 9), id="bold by its style"),
        pytest.param(
            p(r("Estonia", '<w:rStyle w:val="Strong"/>')), ("heading", 9), id="by the run's style"
        ),
        pytest.param(
            p(r("Est", "<w:b/>") + r(" ") + r("onia", '<w:b w:val="1"/>')),
            ("heading", 9),
            id="a blank is never plain",
        ),
        pytest.param(p(r("It is.", "<w:b/>")), ("paragraph", 0), id="a bold sentence"),
        pytest.param(p(r("word " * 13, "<w:b/>")), ("paragraph", 0), id="bold and long"),
        pytest.param(p(r("Note", "<w:b/>") + r(" well")), ("paragraph", 0), id="partly bold"),
        pytest.param(p(r("T", '<w:b w:val="0"/>')), ("paragraph", 0), id="bold switched off"),
        pytest.param(
            p(r("T", "<w:b/>"), NUMBERED % 3), ("list_item", 0), id="a bold item is no heading"
        ),
    ],
)
def test_kinds(paragraph, expected):
    assert kinds(package(paragraph, styles=STYLES)) == [expected]


def test_the_default_style_holds_where_none_is_named():
    styles = style("N", '<w:name w:val="Normal"/><w:rPr><w:b/></w:rPr>', 'w:default="1"')
    assert kinds(package(p(r("Estonia")), styles=styles)) == [("heading", 9)]


BEGIN, THEN, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
BOX = "<w:txbxContent>" + p(r("in a box")) + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(r("Est") + r("onia"), ["Estonia"], id="runs are joined exactly"),
        pytest.param(f"<w:ins>{r('new')}</w:ins>", ["new"], id="insertion"),
        pytest.param(f"<w:moveTo>{r('moved')}</w:moveTo>", ["moved"], id="moved here"),
        pytest.param(
            r("kept") + f"<w:del>{r('x')}<w:r><w:delText>y</w:delText></w:r></w:del>",
            ["kept"],
            id="deletion",
        ),
        pytest.param(r("kept") + f"<w:moveFrom>{r('x')}</w:moveFrom>", ["kept"], id="moved away"),
        pytest.param(f"<w:hyperlink>{r('the plan')}</w:hyperlink>", ["the plan"], id="link"),
        pytest.param(f"<w:smartTag>{r('Tallinn')}</w:smartTag>", ["Tallinn"], id="smart tag"),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{r('chosen')}</w:sdtContent></w:sdt>",
            ["chosen"],
            id="content control",
        ),
        pytest.param(f"<w:fldSimple>{r('2024')}</w:fldSimple>", ["2024"], id="simple field"),
        pytest.param(
            f"{BEGIN}<w:r><w:instrText>REF a</w:instrText></w:r>"
            f"{r('code')}{THEN}{r('Chapter 3')}{END}{r(' says')}",
            ["Chapter 3 says"],
            id="field: its result, not its code",
        ),
        pytest.param(
            f"{BEGIN}{r('x')}{BEGIN}{r('y')}{THEN}{r('z')}{END}{r('x')}{THEN}{r('yes')}{END}",
            ["yes"],
            id="a field within the code of another",
        ),
        pytest.param(
            f"{BEGIN}{THEN}{BEGIN}{r('x')}{THEN}{r('a')}{END}{r('b')}{END}{r('c')}",
            ["abc"],
            id="a field within the result of another",
        ),
        pytest.param(
            BEGIN + r("x") + THEN.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>") + r("a"),
            ["a"],
            id="hidden marks count",
        ),
        pytest.param(f"{END}{r('a')}{THEN}{r('b')}{END}", ["ab"], id="marks without a beginning"),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", ["a\tb"], id="tab"),
        pytest.param(
            '<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', ["a b"], id="page break"
        ),
        pytest.param("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", ["a", "b"], id="line break"),
        pytest.param("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", ["a", "b"], id="return"),
        pytest.param(
            "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>gov</w:t></w:r>", ["e-gov"], id="hard hyphen"
        ),
        pytest.param(
            "<w:r><w:t>mini</w:t><w:softHyphen/><w:t>st\u00adry</w:t></w:r>",
            ["ministry"],
            id="soft hyphens",
        ),
        pytest.param(
            '<w:r><w:sym w:char="20AC"/><w:sym w:char="F0B7"/><w:sym w:char="D800"/>'
            '<w:sym w:char="x"/><w:sym w:char="1F600"/><w:sym w:char="7"/><w:sym/></w:r>',
            ["€"],
            id="symbols that are characters",
        ),
        pytest.param(r("a") + r("b", "<w:vanish/>"), ["a"], id="hidden"),
        pytest.param(r("a") + r("b", '<w:vanish w:val="false"/>'), ["ab"], id="not hidden"),
        pytest.param(r("a") + r("b", '<w:rStyle w:val="Ghost"/>'), ["a"], id="hidden by style"),
        pytest.param("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"], id="equation"),
        pytest.param(
            "<w:r><mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice>"
            "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            ["new"],
            id="never both versions",
        ),
        pytest.param(
            "<w:r><mc:AlternateContent><mc:Fallback><w:t>old</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            ["old"],
            id="the only version",
        ),
        pytest.param(
            r("be") + f"<w:r><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></w:r>" + r("fore"),
            ["before", "in a box"],
            id="text box",
        ),
        pytest.param(
            f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", ["in a box"], id="old box"
        ),
        pytest.param("<w:r><w:t>a<!-- -->b<?x?>c</w:t></w:r>", ["abc"], id="XML comments"),
        pytest.param("<w:r><w:t><![CDATA[R&D]]></w:t></w:r>", ["R&D"], id="CDATA"),
        pytest.param("<w:r><w:t>a\nb</w:t></w:r>", ["a b"], id="a line end in XML is a blank"),
        pytest.param(f"<w:strange>{r('kept')}</w:strange>", ["kept"], id="unknown wrapper"),
    ],
)
def test_text_of_a_paragraph(inner, expected):
    assert texts(package(p(inner), styles=STYLES)) == expected


def test_two_line_breaks_leave_a_gap():
    inner = "<w:r><w:br/><w:t>a</w:t><w:br/><w:t>b</w:t><w:br/><w:br/><w:t>c</w:t><w:br/></w:r>"
    found = read(package(p(inner, NUMBERED % 2)))
    assert [(part.text, part.gap) for part in found] == [("a", False), ("b", False), ("c", True)]
    assert {part.kind for part in found} == {"list_item"}


def test_a_field_without_an_end_hides_its_paragraph_at_most():
    assert texts(package(p(r("a") + BEGIN + r("x")) + p(r("b")))) == ["a", "b"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>"])
def test_a_deleted_paragraph_mark_joins(mark):
    gone = f"<w:rPr>{mark}</w:rPr>"
    body = p(r("The "), gone) + "<w:bookmarkStart/>" + p(r("plan")) + p(r("last"), gone)
    assert texts(package(body)) == ["The plan", "last"]


def test_a_deleted_paragraph_mark_before_a_table_joins_nothing():
    body = p(r("a"), "<w:rPr><w:del/></w:rPr>") + table(cell(p(r("b"))) + cell(p(r("c"))))
    assert texts(package(body + p(r("d")))) == ["a", "b | c", "d"]


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:ins>{}</w:ins>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
    ],
)
def test_what_is_wrapped_stays_in_its_place(wrapper):
    row = wrapper.format("<w:tr>" + wrapper.format(cell(p(r("b")))) + cell(p(r("c"))) + "</w:tr>")
    body = p(r("a")) + wrapper.format(f"<w:tbl>{row}</w:tbl>" + p(r("d"))) + p(r("e"))
    assert texts(package(body)) == ["a", "b | c", "d", "e"]


def test_deleted_blocks_are_not_shown():
    row = "<w:tr><w:trPr><w:del/></w:trPr>" + cell(p(r("gone"))) + "</w:tr>"
    kept = f"<w:tr>{cell(p(r('a')))}{cell(p(r('x')), '<w:cellDel/>')}{cell(p(r('b')))}</w:tr>"
    assert texts(package(f"<w:tbl>{row}{kept}</w:tbl><w:del>{p(r('gone'))}</w:del>")) == ["a | b"]


MERGE, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
LONG = "word " * 61


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(cell(p(r("a")) + p(r("b "))) + cell(p("")) + cell(p(r("c")))),
            [("a b |  | c", "row")],
            id="paragraphs of a cell, and an empty cell",
        ),
        pytest.param(
            table(
                cell(p(r("Estonia")), MERGE) + cell(p(r("1"))),
                cell(p(r("Estonia")), GO_ON) + cell(p(r("2"))),
            ),
            [("Estonia | 1", "row"), ("2", "row")],
            id="merged cells are one",
        ),
        pytest.param(
            table(cell(p("")) + cell(p("")), cell(p(r("a"))) + cell(p(r("b")))),
            [("a | b", "row")],
            id="an empty row",
        ),
        pytest.param(
            table(cell(p(r("Key", "<w:b/>")) + p(r("It works.")))),
            [("Key", "heading"), ("It works.", "paragraph")],
            id="a single cell is a frame around text",
        ),
        pytest.param(
            table(cell(p(r(LONG))) + cell(p(r("b")))),
            [(LONG, "paragraph"), ("b", "paragraph")],
            id="a long cell is a column of text",
        ),
        pytest.param(
            table(cell(p(r("word " * 60))) + cell(p(r("b")))),
            [("word " * 60 + "| b", "row")],
            id="just not long",
        ),
        pytest.param(
            table(cell(p(r("a")) + table(cell(p(r("b"))) + cell(p(r("c"))))) + cell(p(r("d")))),
            [("a", "paragraph"), ("b | c", "row"), ("d", "paragraph")],
            id="a table around a table",
        ),
        pytest.param(table(), [], id="a table without rows"),
    ],
)
def test_tables(body, expected):
    found = [(part.text.strip(), part.kind) for part in read(package(body))]
    assert found == [(text.strip(), kind) for text, kind in expected]


def note(kind: str, identifier: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'


def test_notes_are_numbered_as_the_text_refers_to_them():
    body = (
        p(r("One") + note("footnote", 7) + r(", two") + note("endnote", 7))
        + p(r("One again") + note("footnote", 7) + note("footnote", 99))
        + p("<w:del>" + note("footnote", 3) + "</w:del>" + r("Three") + note("footnote", 2))
    )
    foot = (
        f'<w:footnote w:id="2">{p(r("Law of 2019."))}</w:footnote>'
        f'<w:footnote w:id="3">{p(r("gone"))}</w:footnote>'
        f'<w:footnote w:id="7">{p("<w:r><w:footnoteRef/></w:r>" + r(" Source", "<w:b/>"))}'
        f"{p(r('and page.'))}</w:footnote>"
    )
    end = f'<w:endnote w:id="7">{p(r("Statute."))}</w:endnote>'
    found = read(package(body, footnotes=foot, endnotes=end))
    assert [part.text for part in found] == [
        "One [1], two [2]",
        "One again [1]",
        "Three [3]",
        "[1] Source",
        "and page.",
        "[2] Statute.",
        "[3] Law of 2019.",
    ]
    assert {part.kind for part in found} == {"paragraph", "note"}


def test_a_note_on_a_bold_heading_leaves_it_a_heading():
    foot = f'<w:footnote w:id="1">{p(r("Note."))}</w:footnote>'
    body = p(r("Estonia", "<w:b/>") + note("footnote", 1))
    assert kinds(package(body, footnotes=foot)) == [("heading", 9), ("note", 0)]


def test_a_note_mark_alone_is_no_heading():
    foot = f'<w:footnote w:id="1">{p(r("Note."))}</w:footnote>'
    assert kinds(package(p(note("footnote", 1)), footnotes=foot)) == [("paragraph", 0), ("note", 0)]


def test_notes_that_refer_to_each_other_come_once():
    foot = "".join(
        f'<w:footnote w:id="{at}">{p(r("n") + note("footnote", 3 - at))}</w:footnote>'
        for at in (1, 2)
    )
    body = p(r("a") + note("footnote", 1))
    assert texts(package(body, footnotes=foot)) == ["a [1]", "[1] n [2]", "[2] n [1]"]


def test_headers_and_footers_come_last_and_once():
    section = (
        '<w:sectPr><w:headerReference r:id="header1"/><w:headerReference r:id="header2"/>'
        '<w:footerReference r:id="footer1"/><w:footerReference r:id="nowhere"/></w:sectPr>'
    )
    data = package(
        p(r("one"), section) + p(r("two")) + section,
        header1=p(r("SGI  2024")),
        header2=p(r("SGI 2024")) + p(r("Estonia", "<w:b/>")),
        footer1=p(r("Page ") + f"<w:fldSimple>{r('3')}</w:fldSimple>"),
    )
    assert [(part.text, part.kind, part.level) for part in read(data)] == [
        ("one", "paragraph", 0),
        ("two", "paragraph", 0),
        ("SGI  2024", "boilerplate", 0),
        ("Estonia", "boilerplate", 0),
        ("Page 3", "boilerplate", 0),
    ]


def document_xml(body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"word/document.xml": document_xml(p(r("a")))}, id="no relations at all"),
        pytest.param(
            {
                "_rels/.rels": relations(("r", "officeDocument", "/word/document2.xml")),
                "word/document2.xml": document_xml(p(r("a"))),
            },
            id="another name, absolute",
        ),
        pytest.param({"Word\\Document.xml": document_xml(p(r("a")))}, id="names of odd writers"),
        pytest.param(
            {"word/document.xml": document_xml(p(r("a"))).replace(W, STRICT)}, id="strict"
        ),
        pytest.param(
            {
                "word/document.xml": document_xml(p(r("a"))),
                "word/_rels/document.xml.rels": relations(
                    ("x", "image", "NULL"), ("s", "styles", "gone.xml"), ("t", "footnotes", "..")
                ),
            },
            id="relations that lead nowhere",
        ),
        pytest.param({"word/document.xml": document_xml(p(r("a"))).encode("utf-16")}, id="UTF-16"),
    ],
)
def test_files_of_other_writers(members):
    assert texts(zipped(members)) == ["a"]


def test_macros_do_not_matter():
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    macros = b"application/vnd.ms-word.document.macroEnabled"
    document = docx.Document()
    document.add_paragraph("The plan works.")
    with zipfile.ZipFile(io.BytesIO(made(document))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    types = members["[Content_Types].xml"]
    assert content_type.encode() in types
    members["[Content_Types].xml"] = types.replace(content_type.encode(), macros)
    assert texts(zipped(members)) == ["The plan works."]


SMALL = package(p(r("The plan works.")))
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 30))
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "{}">{}]>'


def with_entities(entity: str, external: str = "file:///etc/passwd") -> bytes:
    head = DOCTYPE.format(external, LAUGHS)
    return zipped({"word/document.xml": head + document_xml(p(r(entity)))})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "damaged", id="empty"),
        pytest.param(SMALL[:-30], "damaged", id="truncated"),
        pytest.param(b"PK\x03\x04" + bytes(60), "damaged", id="only the first bytes"),
        pytest.param(zipped({"xl/workbook.xml": "<a/>"}), "without a Word document", id="no Word"),
        pytest.param(
            zipped({"word/document.xml": "<html/>"}), "without a Word document", id="other XML"
        ),
        pytest.param(zipped({"word/document.xml": "<w:doc"}), "damaged", id="no XML"),
        pytest.param(zipped({"word/document.xml": ""}), "damaged", id="empty document"),
        pytest.param(
            package("<w:altChunk/>"), "includes another document", id="text held elsewhere"
        ),
        pytest.param(
            package(p("<w:subDoc/>")), "includes another document", id="a document of parts"
        ),
        pytest.param(
            zipped({"word/document.xml": document_xml("")}, zipfile.ZIP_BZIP2),
            "packed in an odd way",
            id="bzip2, which unpacks without a limit",
        ),
        pytest.param(with_entities("&l29;"), "entities|damaged", id="billion laughs"),
        pytest.param(with_entities("&x;"), "entities", id="external entity"),
        pytest.param(with_entities("a"), "entities", id="any declared entity"),
    ],
)
def test_unreadable(data, reason):
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_external_files_are_never_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    with pytest.raises(Unreadable) as caught:
        read(with_entities("&x;", secret.as_uri()))
    assert "secret" not in str(caught.value)


def test_a_password_is_told():
    data = bytearray(zipped({"word/document.xml": document_xml(p(r("a")))}))
    at = data.index(b"PK\x01\x02")  # the table of contents
    data[at + 8] |= 1
    with pytest.raises(Unreadable, match="password"):
        read(bytes(data))


def test_a_bomb_is_told_before_it_goes_off():
    data = zipped({"word/document.xml": document_xml(""), "word/bomb.bin": bytes(2_000_000)})
    assert len(data) < 10_000
    with pytest.raises(Unreadable, match=r"expands to 2\.0 MB, the limit is 1\.0 MB"):
        word(data, max_expanded_bytes=1_000_000)


def test_just_the_limit_is_read():
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    assert word(SMALL, max_expanded_bytes=size).parts
    with pytest.raises(Unreadable, match="expands to"):
        word(SMALL, max_expanded_bytes=size - 1)


def test_no_more_is_unpacked_than_a_file_claims_to_hold():
    """The sizes are written by whoever made the file; a bomb says it is small."""
    size = 30_000_000
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * size}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        assert struct.unpack_from("<I", data, at)[0] == size + 3
        struct.pack_into("<I", data, at, 100)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="damaged"):
        read(bytes(data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 10


def test_too_many_files():
    data = zipped({f"{at}": "" for at in range(10_001)}, zipfile.ZIP_STORED)
    with pytest.raises(Unreadable, match="10,001 files, the limit is 10,000"):
        read(data)


NESTED = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "boxes": ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_told(kind):
    start, end = NESTED[kind]
    with pytest.raises(Unreadable, match="damaged|deep"):
        read(package(start * 10_000 + p(r("a")) + end * 10_000))


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_of_people_is_read(kind):
    start, end = NESTED[kind]
    assert texts(package(start * 12 + p(r("a")) + end * 12)) == ["a"]


def rich() -> bytes:
    document = docx.Document()
    document.add_heading("Coordination", level=1)
    for at in range(20):
        document.add_paragraph(f"Sentence {at} of the report speaks of ministries.")
    document.add_table(rows=3, cols=3).cell(1, 1).text = "9"
    document.sections[0].footer.paragraphs[0].text = "Page"
    return made(document)


def test_damage_never_ends_in_a_traceback():
    """Truncated anywhere, or with bits flipped: read, or told; nothing else."""
    data, chance = rich(), random.Random(2026)
    told = 0
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        for case in (bytes(damaged), data[: chance.randrange(len(data))]):
            try:
                read(case)
            except Unreadable:
                told += 1
    assert told > 300  # all that are truncated, at least
