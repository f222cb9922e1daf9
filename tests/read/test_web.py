import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.parts import Part, assemble
from pipeline.read.web import decode_html, html
from pipeline.records import Unreadable

WORDS = "The office coordinates digital services and reports to the minister. " * 8
PROSE = f"<p>{WORDS.strip()}</p>"  # a page of its own, so that nothing else holds much of it
NAV = "<a>Home</a> <a>About</a>"


def xfail(*case: object, reason: str, id: str) -> object:
    """A case that the reader still gets wrong."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason), id=id)


def read(page: str) -> list[str]:
    """The parts, each behind the initial of its kind; an empty one where the page has a gap."""
    lines: list[str] = []
    for part in html(page).parts:
        if words := " ".join(part.text.split()):
            lines += [""] if part.gap and lines else []
            lines.append(f"{part.kind[0]} {words}")
    return lines


def beside_prose(piece: str) -> list[str]:
    """What becomes of a piece that stands above a page's prose."""
    lines = read(f"<body>{piece}<main>{PROSE}</main></body>")
    assert lines.pop() == f"p {WORDS.strip()}"
    return lines


# Headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "level"),
    [
        *(pytest.param(f"<h{n}>Estonia</h{n}>", n, id=f"h{n}") for n in range(1, 7)),
        pytest.param("<div role=heading aria-level=3>Estonia</div>", 3, id="role with a level"),
        pytest.param("<span role=heading aria-level=2>Estonia</span>", 2, id="role of a span"),
        pytest.param("<div role=heading>Estonia</div>", 8, id="role without a level"),
        pytest.param("<div role=heading aria-level=12>Estonia</div>", 8, id="impossible level"),
        pytest.param("<h3><button aria-expanded=false>Estonia</button></h3>", 3, id="h3 > button"),
        pytest.param("<h3><button>Estonia</button></h3>", 3, id="a button without attributes"),
        pytest.param("<button aria-expanded=true><h3>Estonia</h3></button>", 3, id="button > h3"),
        pytest.param("<h3><a href=#x>Estonia</a></h3>", 3, id="h3 > a"),
        pytest.param("<h3><div><p>Estonia</p></div></h3>", 3, id="blocks within"),
        pytest.param("<div class=h2><h3>Estonia</h3></div>", 3, id="the element, not the class"),
        pytest.param("<button aria-expanded=false>Estonia</button>", 7, id="button that opens"),
        pytest.param("<button data-bs-toggle=collapse>Estonia</button>", 7, id="Bootstrap"),
        pytest.param("<button class=accordion>Estonia</button>", 7, id="an accordion's button"),
        pytest.param("<div role=button aria-controls=p1>Estonia</div>", 7, id="role=button"),
        pytest.param("<a role=tab class=collapsed>Estonia</a>", 7, id="role=tab"),
        pytest.param("<details><summary>Estonia</summary></details>", 7, id="summary"),
        pytest.param("<details><summary><h3>Estonia</h3></summary></details>", 3, id="h3 within"),
        pytest.param("<dl><dt>Estonia</dt></dl>", 7, id="term that is defined"),
        pytest.param("<div class=h3>Estonia</div>", 8, id="class of a div"),
        pytest.param("<div class='card__title'>Estonia</div>", 8, id="class with title"),
        pytest.param("<p class=MsoTitle>Estonia</p>", 8, id="Word's title"),
        pytest.param("<p><strong>Estonia</strong></p>", 9, id="bold paragraph"),
        pytest.param("<p><a><b>Est</b></a><b>onia</b> </p>", 9, id="bold in two pieces"),
        pytest.param("<div><b>Estonia</b><br>It works.</div>", 9, id="bold line"),
        pytest.param("<ul><li><h3>Estonia</h3></li></ul>", 3, id="within a list"),
        pytest.param("<table><tr><td><h3>Estonia</h3></table>", 3, id="within a table"),
        pytest.param("<section hidden><h3>Estonia</h3></section>", 3, id="closed accordion"),
        pytest.param("<h3>Estonia<div>It works.</div></h3", 3, id="cut within its end tag"),
        pytest.param("<article><header><h2>Estonia</h2></header></article>", 2, id="an article's"),
        pytest.param(
            f"<section><header><h2>Estonia</h2></header></section>{PROSE}",
            2,
            id="a section's",
        ),
        pytest.param(
            f"<div class=page-header><h2>Estonia</h2></div>{PROSE}",
            2,
            id="Bootstrap's page-header",
        ),
        pytest.param(
            f'<section id="social-policy"><h2>Estonia</h2><p>It works.</p></section>{PROSE}',
            2,
            id="section on social policy",
        ),
        pytest.param(
            f'<div class="country-share"><h2>Estonia</h2><p>It works.</p></div>{PROSE}',
            2,
            id="section with a share",
        ),
        pytest.param(
            "<button><h3>Estonia</h3></button>",
            3,
            id="button > h3 without attributes",
        ),
        pytest.param(
            f"<button>Estonia</button><div>{'It works. ' * 6}</div>{PROSE}",
            7,
            id="button above a paragraph",
        ),
        pytest.param(
            "<p><span style='font-weight:700'>Estonia</span></p>",
            9,
            id="bold by style, as Google Docs does it",
        ),
    ],
)
def test_headings(page, level):
    first = html(page).parts[0]
    assert (first.text.removesuffix("It works."), first.kind, first.level) == (
        "Estonia",
        "heading",
        level,
    )


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p><b>The plan works.</b></p>", id="a bold sentence"),
        pytest.param("<p><b>Estonia</b>: it works</p>", id="bold only at first"),
        pytest.param("<p><b>9</b></p>", id="a bold number"),
        pytest.param("<p><b>" + "word " * 13 + "</b></p>", id="too many bold words"),
        pytest.param("<div class=title>" + "word " * 13 + "</div>", id="too long for a class"),
        pytest.param("<div class=subtitles>Estonia</div>", id="a class that only sounds so"),
        pytest.param("<p><i>Estonia</i></p>", id="italics"),
        pytest.param("<p class=question>Does it work?</p>", id="any class"),
    ],
)
def test_no_headings(page):
    assert [part.kind for part in html(page).parts] == ["paragraph"]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param("<h2>Public<br>administration</h2>", ["h Public administration"], id="br"),
        pytest.param(
            "<h3>Estonia <span>9</span></h3><p>It works.",
            ["h Estonia 9", "p It works."],
            id="a score behind a blank",
        ),
        pytest.param(
            "<button aria-expanded=true><div>9</div><div>Estonia</div></button>",
            ["h 9", "h Estonia"],
            id="blocks within a button",
        ),
        pytest.param("<h2></h2><h3> </h3><h4>&nbsp;</h4>x", ["p x"], id="empty ones"),
        pytest.param(
            "<h3>Estonia<span class=badge>9</span></h3>",
            ["h Estonia 9"],
            id="a score in a badge",
        ),
        pytest.param(
            "<h3><span>9</span><span>Estonia</span></h3>",
            ["h 9 Estonia"],
            id="a score before",
        ),
        pytest.param(
            "<h3><button aria-controls=p><span>Estonia</span><span>Show</span></button></h3>",
            ["h Estonia", "b Show"],
            id="control within, as in ECL and GOV.UK",
        ),
        pytest.param(
            "<h3><button aria-controls=p>Estonia<i class=icon>expand_more</i></button></h3>",
            ["h Estonia", "b expand_more"],
            id="icon by name",
        ),
        pytest.param(
            "<h3>Estonia<a class=headerlink href=#e title=Permalink>¶</a></h3>",
            ["h Estonia", "b ¶"],
            id="permalink",
        ),
        pytest.param(
            "<h3><span>Estonia</span><span class=mw-editsection>[<a>edit</a>]</span></h3>",
            ["h Estonia", "b [edit]"],
            id="edit",
        ),
    ],
)
def test_what_belongs_to_a_heading(page, lines):
    assert read(page) == lines


# Lists and tables ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param("<ul><li>a</li><li>b</li></ul>", ["l a", "l b"], id="plain"),
        pytest.param("<ol><li>a<li>b</ol>", ["l a", "l b"], id="items left open"),
        pytest.param(
            "<ul><li>a<ul><li>b</li></ul>c</li><li>d</li></ul>",
            ["l a", "l b", "l c", "l d"],
            id="nested",
        ),
        pytest.param("<ul><li><p>a</p><p>b</p></li></ul>", ["l a", "l b"], id="paragraphs within"),
        pytest.param("<ul><li>a</li></ul>b", ["l a", "p b"], id="ends"),
        pytest.param("<p class=MsoListParagraphCxSpFirst>a</p>", ["l a"], id="Word"),
        pytest.param("<menu><li>a</menu>", ["l a"], id="menu"),
        pytest.param("<li>a", ["l a"], id="item without a list"),
        pytest.param("<ul><li></li><li> </li></ul>", [], id="empty items"),
    ],
)
def test_lists(page, lines):
    assert read(page) == lines


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param(
            "<table><tr><th>Country<th>Score<tr><td>Estonia<td>9</table>",
            ["r Country | Score", "r Estonia | 9"],
            id="cells left open",
        ),
        pytest.param(
            "<table><caption>Scores</caption><thead><tr><th>a</th><th>b</th></tr></thead></table>",
            ["p Scores", "r a | b"],
            id="caption and head",
        ),
        pytest.param("<table><tr><td>a<br>b<td><p>c</p></table>", ["r a b | c"], id="br and p"),
        pytest.param("<table><tr><th><b>a</b><td>9</table>", ["r a | 9"], id="bold is no heading"),
        pytest.param("<table><tr><td>only</table>", ["p only"], id="a single cell is layout"),
        pytest.param(
            "<table><tr><td><p>a</p><p>b</p><td>c</table>", ["p a", "p b", "p c"], id="paragraphs"
        ),
        pytest.param("<table role=presentation><tr><td>a<td>b</table>", ["p a", "p b"], id="role"),
        pytest.param(
            "<table><tr><td><table><tr><td>a<td>b</table></table>", ["p a", "p b"], id="nested"
        ),
        pytest.param(
            f"<table><tr><td>a<td>{'word ' * 61}</table>",
            ["p a", "p " + "word " * 60 + "word"],
            id="a cell of prose",
        ),
        pytest.param("<table><tr><td><ul><li>a</ul><td>b</table>", ["l a", "p b"], id="list"),
        pytest.param(
            "<table><tr><td>Estonia<td>9<sup>1</sup></table>",
            ["r Estonia | 9 [1]"],
            id="note behind a number",
        ),
        pytest.param(
            "<table><tr><th>a<th>2019<th>2020<tr><td>b<td><td>9</table>",
            ["r a | 2019 | 2020", "r b | | 9"],
            id="empty cell between",
        ),
        pytest.param(
            "<table><tr><th><th>Score<tr><td>Estonia<td>9</table>",
            ["r | Score", "r Estonia | 9"],
            id="empty first cell",
        ),
    ],
)
def test_tables(page, lines):
    assert read(page) == lines


# Lines and white space -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param("a<br>b", ["p a", "p b"], id="br"),
        pytest.param("a<br><br/>b", ["p a", "", "p b"], id="br br"),
        pytest.param("a<br> <br />b", ["p a", "", "p b"], id="br, blank, br"),
        pytest.param("a<br>&nbsp;<br>b", ["p a", "", "p b"], id="br, hard blank, br"),
        pytest.param("a<br><br><br><br>b", ["p a", "", "p b"], id="four br are one empty line"),
        pytest.param("<div>a<br><br></div><div>b</div>", ["p a", "p b"], id="br br at the end"),
        pytest.param("<br><br><p>a</p>", ["p a"], id="br br at first"),
        pytest.param("<p>a</p><p></p><p>b</p>", ["p a", "p b"], id="an empty paragraph"),
        pytest.param("<p>a<p>b<div>c<p>d", ["p a", "p b", "p c", "p d"], id="paragraphs left open"),
        pytest.param("<p>a</p>b<p>c</p>", ["p a", "p b", "p c"], id="text between blocks"),
        pytest.param("a<hr>b", ["p a", "p b"], id="rule"),
        pytest.param("<pre>a\n  b\n\nc</pre>", ["p a", "p b", "", "p c"], id="pre"),
        pytest.param("<pre>a<br>b</pre>", ["p a", "p b"], id="pre with br"),
        pytest.param("<pre><code>a\nb</code></pre>", ["p a", "p b"], id="code in pre"),
        pytest.param("<p>a\nb\r\nc</p>", ["p a b c"], id="line ends are blanks"),
        pytest.param("<p>  a \t b&nbsp;&nbsp;c&nbsp; </p>", ["p a b c"], id="runs of white space"),
        pytest.param("<p>in<b>ter</b><i>nal</i></p>", ["p internal"], id="pieces of a word"),
        pytest.param("<p>e<wbr>Government</p>", ["p eGovernment"], id="wbr"),
        pytest.param("<p>a <b> b </b> c</p>", ["p a b c"], id="blanks on both sides of a tag"),
        pytest.param("<p>see <a>law</a>, <em>act</em>.</p>", ["p see law, act."], id="commas"),
        pytest.param("<p>the<!-- x -->re</p>", ["p there"], id="a comment within a word"),
        pytest.param("<p>a<!-- x --> b</p>", ["p a b"], id="a comment within a paragraph"),
        pytest.param("<p>CO<sub>2</sub> 2<sup>nd</sup> m<sup>2</sup>", ["p CO2 2nd m2"], id="sub"),
        pytest.param("<p>a<img src=x alt=y>b <img>c</p>", ["p ab c"], id="pictures are no text"),
        pytest.param("<p>a <svg><text>x</text></svg>b", ["p a b"], id="drawings are no text"),
        pytest.param(
            "<p>The law<a role=doc-noteref href=#fn1><sup>1</sup></a> works.</p>",
            ["p The law [1] works."],
            id="note with a role, as Pandoc writes it",
        ),
        pytest.param(
            "<p>The <a role=link href=/law>law</a> works.</p>",
            ["p The law works."],
            id="link with a role",
        ),
        pytest.param(
            "<p>The law <i role=img aria-label=new></i>works.</p>",
            ["p The law works."],
            id="icon with a role",
        ),
        pytest.param(
            "<p>The law <img role=presentation src=x>works.</p>",
            ["p The law works."],
            id="picture with a role",
        ),
        xfail(
            "<p>See the law <button type=button aria-describedby=t1>i</button> of 2019.</p>",
            ["p See the law of 2019.", "b i"],
            reason="a control within a sentence ends the line",
            id="button within a sentence",
        ),
    ],
)
def test_lines(page, lines):
    assert read(page) == lines


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("&amp; &lt;b&gt; &quot;", '& <b> "', id="named"),
        pytest.param("&#x2019;&#8211;", "’–", id="numbered"),
        pytest.param("&#150;&#146;", "–’", id="numbers of Windows-1252"),
        pytest.param("&euro;5 &Otilde;igus", "€5 Õigus", id="letters"),
        pytest.param("AT&T R&D &nosuch;", "AT&T R&D &nosuch;", id="no entities"),
        pytest.param("&copy 2020", "© 2020", id="without semicolon"),
        pytest.param("&#0;&#xD800;", "\ufffd\ufffd", id="impossible characters"),
        pytest.param("&amp;nbsp;", "&nbsp;", id="only once"),
    ],
)
def test_entities(source, text):
    assert read(f"<p>{source}</p>") == [f"p {text}"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("law<sup>1</sup> works", "law [1] works", id="behind a word"),
        pytest.param("law.<sup>12</sup>", "law. [12]", id="behind a stop"),
        pytest.param("law<sup>[3]</sup>", "law [3]", id="in brackets"),
        pytest.param("<b>law</b><sup>1</sup>", "law [1]", id="behind a bold word"),
        pytest.param("law<sup><a href=#f1>1</a></sup>", "law [1]", id="a link"),
        pytest.param("law<a href=#f1><sup>1</sup></a>", "law [1]", id="within a link"),
        pytest.param("“law”<sup>1</sup>", "“law” [1]", id="behind a quotation"),
        pytest.param("5 km<sup>2</sup>", "5 km2", id="square kilometres"),
        pytest.param("the 1<sup>st</sup>", "the 1st", id="ordinal number"),
        pytest.param("10<sup>6</sup>", "106", id="power"),
        pytest.param(
            "in 2020<sup>1</sup> the",
            "in 2020 [1] the",
            id="behind a year",
        ),
        pytest.param(
            "the EU<sup>1</sup> has",
            "the EU [1] has",
            id="behind a short acronym",
        ),
        pytest.param(
            "law.<sup>1,2</sup>",
            "law. [1,2]",
            id="two notes",
        ),
        pytest.param(
            "law<sup>1</sup><sup>2</sup>",
            "law [1] [2]",
            id="one note behind another",
        ),
    ],
)
def test_notes(source, text):
    assert read(f"<p>{source}</p>") == [f"p {text}"]


# The site's own parts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "lines"),
    [
        pytest.param(f"<nav><ul><li>{NAV}</ul></nav>", ["b Home About"], id="nav"),
        pytest.param(f"<div role=navigation>{NAV}</div>", ["b Home About"], id="role"),
        pytest.param(f"<div class='main-menu'>{NAV}</div>", ["b Home About"], id="class"),
        pytest.param(f"<div id=breadcrumbs>{NAV}</div>", ["b Home About"], id="id"),
        pytest.param(
            "<nav><h2>Countries</h2><a>Estonia</a></nav>", ["b Countries", "b Estonia"], id="h2"
        ),
        pytest.param("<nav><a>One</a><a>Two</a></nav>", ["b One Two"], id="links without blanks"),
        pytest.param("<div id=cookie-banner><p>We bake.</p></div>", ["b We bake."], id="cookies"),
        pytest.param("<div class='eu-cookie-compliance'>We bake.</div>", ["b We bake."], id="eu"),
        pytest.param("<div role=dialog>We bake.</div>", ["b We bake."], id="role=dialog"),
        pytest.param("<dialog>We bake.</dialog>", ["b We bake."], id="dialog"),
        pytest.param("<header><a>Logo</a></header>", ["b Logo"], id="header"),
        pytest.param("<header><h1>Plan</h1></header>", ["h Plan"], id="header with the title"),
        pytest.param("<footer><p>Imprint</p></footer>", ["b Imprint"], id="footer"),
        pytest.param("<aside>Related</aside>", ["b Related"], id="aside"),
        pytest.param("<div class=skip-link><a>Skip</a></div>", ["b Skip"], id="skip link in a div"),
        pytest.param("<a class=sr-only href=#m>Skip</a>", ["b Skip"], id="skip link unseen"),
        pytest.param("<div><button>☰</button></div>", ["b ☰"], id="hamburger"),
        pytest.param("<button aria-expanded=false>Menu</button>", ["b Menu"], id="menu button"),
        pytest.param("<button class=accordion>Expand all</button>", ["b Expand all"], id="all"),
        pytest.param("<div class=share><a>X</a><a>Mail</a></div>", ["b X Mail"], id="share"),
        pytest.param(
            "<select><option>Estonia<option>Latvia</select>", ["b Estonia", "b Latvia"], id="select"
        ),
        pytest.param("<form role=search><label>Find</label></form>", ["b Find"], id="search"),
        pytest.param(
            "<p>a <textarea>b</textarea></p>", ["b a", "b b"], id="textarea, outside main"
        ),
        pytest.param(
            "<a class=skip-link href=#main>Skip to content</a>",
            ["b Skip to content"],
            id="skip link",
        ),
        pytest.param(
            "<button aria-expanded=false class=navbar-toggle>Toggle navigation</button>",
            ["b Toggle navigation"],
            id="Bootstrap's hamburger",
        ),
        pytest.param(
            "<div class=cookiebanner>We bake.</div>",
            ["b We bake."],
            id="cookiebanner",
        ),
        pytest.param(
            "<div id=CookieConsent>We bake.</div>",
            ["b We bake."],
            id="camel case",
        ),
    ],
)
def test_furniture(piece, lines):
    assert beside_prose(piece) == lines


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<main><footer>Sources</footer>{PROSE}</main>", id="footer in main"),
        pytest.param(f"<article><header>Sources</header>{PROSE}</article>", id="header in article"),
        pytest.param(f"<main><aside>Sources</aside>{PROSE}</main>", id="box in main"),
        pytest.param(f"<body class='has-sidebar menu'><p>Sources</p>{PROSE}", id="class of body"),
        pytest.param(f"<div class=menu><h1>Sources</h1>{PROSE}</div>", id="with the title"),
        pytest.param(f"<div class=sidebar><p>Sources</p>{PROSE}</div>", id="with half the words"),
        pytest.param(f"<form id=aspnetForm><p>Sources</p>{PROSE}</form>", id="page within a form"),
        pytest.param(f"<p>Sources</p><div class=researchers>{PROSE}</div>", id="part of a word"),
        pytest.param(
            f"<div class=sidebar><p>Sources</p>{PROSE}</div><script>{'x = 1;' * 900}</script>",
            id="with half the words, beside a script",
        ),
    ],
)
def test_what_holds_the_report_is_no_furniture(page):
    assert all(part.kind != "boilerplate" for part in html(page).parts)
    assert html(page).parts[0].text == "Sources"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param(
            "<p>More <span class=sr-only>about it</span> here</p>",
            ["p More here", "b about it"],
            id="amid a sentence",
        ),
        pytest.param(
            "<h2><span class=visually-hidden>Country: </span>Estonia</h2>",
            ["h Estonia", "b Country:"],
            id="before a country",
        ),
        pytest.param("<h2 class=visually-hidden>Menu</h2>", ["h Menu"], id="headings stay"),
        pytest.param(
            "<h2>Estonia<span class=govuk-visually-hidden>, </span></h2>",
            ["h Estonia", "b ,"],
            id="gov.uk",
        ),
    ],
)
def test_words_for_screen_readers(page, lines):
    assert read(page) == lines


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param(
            "<head><title>Plan | Site</title></head>x", ["b Plan | Site", "p x"], id="head"
        ),
        pytest.param("<title>a &amp;\n b</title>", ["b a & b"], id="entities in a title"),
        pytest.param("<svg><title>Logo</title></svg>x", ["p x"], id="title of a drawing"),
        pytest.param("<!-- x --><p>a</p><!-- <p>b</p> -->", ["p a"], id="comments"),
        pytest.param("<!--[if IE]><p>b</p><![endif]--><p>a", ["p a"], id="conditional comments"),
        pytest.param("<![if !IE]><p>a</p><![endif]>", ["p a"], id="uncommented conditions"),
        pytest.param("<script>if (a < b) { '<p>x</p>' }</script>a", ["p a"], id="script"),
        pytest.param("<script type=application/json>{}</script>a", ["p a"], id="data"),
        pytest.param("<style>p { color: red }</style>a", ["p a"], id="style"),
        pytest.param("<p>a<style>p {}</style>b</p>", ["p ab"], id="style within a word"),
        pytest.param("<template><p>x</p></template>a", ["p a"], id="template"),
        pytest.param("<body><noscript><p>x</p></noscript>a", ["b x", "p a"], id="noscript"),
        pytest.param("<iframe>x</iframe>a", ["p a"], id="iframe"),
        pytest.param("<object>x</object>a", ["p a"], id="object"),
        pytest.param("<input value=x placeholder=y>a", ["p a"], id="input"),
        pytest.param("<p hidden>x</p>", ["p x"], id="hidden parts are kept"),
        pytest.param("<p style='display:none'>x</p>", ["p x"], id="also those hidden by style"),
    ],
)
def test_what_is_text_at_all(page, lines):
    assert read(page) == lines


# Encodings -----------------------------------------------------------------------------------

_META = '<meta charset="{}"><p>Õigus – “plaan”'
_HTTP = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>Õigus – “plaan”'
_XML = '<?xml version="1.0" encoding="{}"?><html><p>Õigus – “plaan”'


@pytest.mark.parametrize(
    ("page", "said", "used"),
    [
        pytest.param(_META, "utf-8", "utf-8", id="UTF-8"),
        pytest.param(_META, "utf-8", "utf-8-sig", id="UTF-8 with mark"),
        pytest.param(_META, "windows-1252", "cp1252", id="Windows-1252"),
        pytest.param(_META, "iso-8859-1", "cp1252", id="Latin 1 means Windows-1252"),
        pytest.param(_META, "US-ASCII", "cp1252", id="so does ASCII"),
        pytest.param(_META, "windows-1257", "cp1257", id="Baltic"),
        pytest.param(_HTTP, "windows-1257", "cp1257", id="meta http-equiv"),
        pytest.param(_XML, "windows-1257", "cp1257", id="XML"),
        pytest.param(_META, "iso-8859-1", "utf-8", id="UTF-8 that says Latin 1"),
        pytest.param(_META, "utf-8", "cp1252", id="Windows-1252 that says UTF-8"),
        pytest.param(_META, "utf-8", "utf-16", id="UTF-16 with mark, whatever it says"),
        pytest.param(_META, "utf-16", "cp1252", id="Windows-1252 that says UTF-16"),
        pytest.param(_META, "no-such-code", "cp1252", id="unknown name"),
        pytest.param(_META, "rot13", "cp1252", id="a codec that is no encoding"),
        pytest.param(_META, "", "cp1252", id="empty name"),
        pytest.param(_META, "hex", "cp1252", id="a codec for bytes"),
        pytest.param(_META, "zip", "cp1252", id="a codec that unpacks"),
    ],
)
def test_encodings(page, said, used):
    assert read(decode_html(page.format(said).encode(used)))[-1] == "p Õigus – “plaan”"


def test_undeclared_windows_1252():
    assert decode_html("<p>“Café”".encode("cp1252")) == "<p>“Café”"


def test_the_file_s_declaration_comes_first():
    data = _META.format("iso-8859-1").encode("cp1257")
    assert read(decode_html(data, "windows-1257")) == ["p Õigus – “plaan”"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("shift_jis", "計画", id="Japanese"),
        pytest.param("gb2312", "计划", id="Chinese"),
        pytest.param("iso-8859-9", "Türkiye ğış", id="Turkish"),
        pytest.param("koi8-r", "план", id="Russian"),
    ],
)
def test_declared_encodings_of_other_scripts(name, text):
    assert read(decode_html(f"<meta charset={name}><p>{text}".encode(name))) == [f"p {text}"]


def test_a_page_in_no_encoding_is_unreadable():
    with pytest.raises(Unreadable, match="save .*again as UTF-8"):
        decode_html("õigus ja plaan – ".encode() + b"\xff")


# Hostile pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param("<div>" * 5000 + "deep", ["p deep"], id="nested divs"),
        pytest.param("<b>" * 5000 + "deep", ["h deep"], id="nested inline elements"),
        pytest.param("<ul><li>" * 2000 + "deep", ["l deep"], id="nested lists"),
        pytest.param("<table><tr><td>" * 500 + "deep", ["p deep"], id="nested tables"),
        pytest.param("<div class=menu>" * 2000 + "deep", ["p deep"], id="nested menus"),
        pytest.param("<section><aside>" * 1000 + "deep", ["p deep"], id="nested boxes"),
        pytest.param("</div>" * 5000 + "a", ["p a"], id="only end tags"),
        pytest.param("<p " + "x=y " * 50_000 + ">a", ["p a"], id="many attributes"),
        pytest.param("<p class='" + "menu " * 50_000 + "'>a", ["p a"], id="a long class"),
        pytest.param("<p class='" + "-" * 100_000 + "'>a", ["p a"], id="a class of hyphens"),
        pytest.param("<br>" * 50_000 + "a", ["p a"], id="many br"),
        pytest.param("<p>" + "a" * 1_000_000, ["p " + "a" * 1_000_000], id="a long word"),
        pytest.param("<p>" + "&amp;" * 50_000, ["p " + "&" * 50_000], id="many entities"),
        pytest.param("<p><sup>1</sup>" * 3000, ["p 1"] * 3000, id="many notes"),
        pytest.param(
            "<p>law" + "<sup>1</sup>" * 2, ["p law [1] [1]"], id="notes behind each other"
        ),
        pytest.param("<a href='x>never ends", [], id="an attribute without end"),
        pytest.param("<p>a<!-- never ends", ["p a"], id="a comment without end"),
        pytest.param("<p>a<script>never ends <p>x</p>", ["p a"], id="a script without end"),
        pytest.param("<p>a</p", ["p a"], id="cut within a tag"),
        pytest.param("<p class=x class=menu id=a id=b>a</p>", ["p a"], id="attributes twice"),
        pytest.param("<p class id role>a</p>", ["p a"], id="attributes without value"),
        pytest.param("a\0b<p>c\0", ["p ab", "p c"], id="zeros"),
        pytest.param("<p>a</b></i></p>b</p>", ["p a", "p b"], id="wrong end tags"),
        pytest.param("<b>a<p>b</b>c</p>", ["h a", "p bc"], id="crossed tags"),
        pytest.param("<table><p>a<tr><td>b<td>c</table>", ["p a", "r b | c"], id="foster parents"),
        pytest.param("", [], id="nothing"),
        pytest.param("<head></head>", [], id="an empty page"),
        pytest.param("just words", ["p just words"], id="no page at all"),
        pytest.param("<html></html><p>a", ["p a"], id="text behind the end"),
        pytest.param("<html><body>a</body></html><p>b</p>", ["p a", "p b"], id="two ends"),
        pytest.param("<frameset></frameset><noframes>a</noframes>", None, id="frames"),
    ],
)
def test_hostile_pages(page, lines):
    if lines is None:
        with pytest.raises(Unreadable, match="holds no page"):
            html(page)
        return
    began = time.perf_counter()
    assert read(page) == lines
    assert time.perf_counter() - began < 10


def test_a_page_of_usual_length_takes_little_time():
    section = f"<h3><button aria-expanded=false>Estonia</button></h3><div class=panel>{PROSE}</div>"
    page = f"<body><nav>{NAV * 50}</nav><main>{section * 80}</main></body>"
    began = time.perf_counter()
    html(page)
    assert time.perf_counter() - began < 1


# Properties ----------------------------------------------------------------------------------

INLINE = st.sampled_from("b i em strong span a sup sub code small".split())
BLOCK = st.sampled_from("p div section h2 li td tr table ul dt button nav header aside pre".split())
TREES = st.recursive(
    st.text("ab 1.\n", max_size=8),
    lambda below: st.tuples(INLINE | BLOCK, st.lists(below, max_size=4)),
    max_leaves=25,
)


def written(tree: str | tuple[str, list]) -> str:
    if isinstance(tree, str):
        return tree
    return f"<{tree[0]}>{''.join(map(written, tree[1]))}</{tree[0]}>"


@given(TREES)
def test_no_letter_is_lost_or_made_up(tree):
    page = written(tree)
    letters = "".join(c for part in html(page).parts for c in part.text if c in "ab1.")
    text = "".join(piece for piece in _leaves(tree))
    assert sorted(letters) == sorted(c for c in text if c in "ab1.")


def _leaves(tree: str | tuple[str, list]) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    return [leaf for below in tree[1] for leaf in _leaves(below)]


@given(TREES)
def test_lines_hold_no_line_ends(tree):
    text, marks = assemble(html(written(tree)).parts)
    for mark in marks:
        line = text[mark.start : mark.end]
        assert line == line.strip()
        assert "\n" not in line


@given(st.text("<>/=\"'!-a b1&;", max_size=120))
def test_any_text_is_a_page_or_unreadable(page):
    try:
        parts = html(page).parts
    except Unreadable:
        return
    assert all(isinstance(part, Part) for part in parts)
