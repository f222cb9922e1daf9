from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations import citations
from pipeline.records import Block, Citation, Outline


def cite(*lines: str, role: str = "citation") -> list[Citation]:
    """The citations of a document with one block a line."""
    text, blocks, at = "\n".join(lines), [], 0
    for line in lines:
        blocks.append(Block(start=at, end=at + len(line), role=role))
        at += len(line) + 1
    return citations(Outline(layout="webpage", blocks=tuple(blocks)), text)


def one(line: str) -> Citation:
    (found,) = cite(line)
    return found


def test_a_citation_is_its_line():
    lines = ["Ministry (2019): Budget.", "OECD (2020): Review."]
    found = cite(*lines)
    assert [c.text for c in found] == lines
    assert all(c.of("\n".join(lines)) == c.text for c in found)


@pytest.mark.parametrize("line", ["Citations:", "References : ", "SOURCES:", "Bibliography:"])
def test_a_bare_marker_is_no_citation(line):
    assert cite(line, "Ministry (2019): Budget.")[0].start > 0
    assert len(cite(line)) == 0


def test_a_marker_with_words_is_a_citation():
    assert one("Source: Ministry (2019), Budget.").year == 2019


@pytest.mark.parametrize("role", ["prose", "heading", "list_item", "boilerplate", "tier_statement"])
def test_other_blocks_are_no_citations(role):
    assert cite("Ministry (2019): Budget.", role=role) == []


@pytest.mark.parametrize(
    ("line", "year"),
    [
        pytest.param("Ministry (2019): Budget.", 2019, id="brackets"),
        pytest.param("Ministry (2019a): Budget.", 2019, id="letter"),
        pytest.param("Ministry (2019, May 3): Budget.", 2019, id="date in brackets"),
        pytest.param("Smith, J. 2018. A Title. Journal 36(4).", 2018, id="no brackets"),
        pytest.param("Ministry: Budget. Oslo, 5 May 2018.", 2018, id="date at the end"),
        pytest.param("Ministry (2019): Plan 2014–2020.", 2019, id="brackets before the rest"),
        pytest.param("Report 2012: 14. Oslo, 2013.", 2013, id="the last"),
        pytest.param("Ministry (2019): Budget, accessed 3 May 2020.", 2019, id="not of access"),
        pytest.param("Ministry: Budget, accessed 3 May 2020.", None, id="only access"),
        pytest.param("Ministry: Budget.", None, id="none"),
        pytest.param("Ministry: Budget, pp. 2001-2010.", None, id="pages"),
        pytest.param(
            "Ministry: Budget (accessed on 2020/05/03)",
            None,
            id="access with slashes",
        ),
        pytest.param(
            "Ministry: Budget (last checked: May 3rd, 2020)",
            None,
            id="access with an ordinal",
        ),
    ],
)
def test_year(line, year):
    assert one(line).year == year


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param("Ministry (2019): Budget for All. Oslo.", "Budget for All", id="after year"),
        pytest.param("Ministry (2019a). Budget for All", "Budget for All", id="to the end"),
        pytest.param("OECD (2019), “Digital Review”, Paris.", "Digital Review", id="curly quotes"),
        pytest.param('Smith, J. 2018. "A title." Journal.', "A title", id="straight quotes"),
        pytest.param("“A long, long way,” Times, 2018.", "A long, long way", id="comma inside"),
        pytest.param("«Le budget de tous», 2018.", "Le budget de tous", id="French quotes"),
        pytest.param("‘A short title’, 2018.", "A short title", id="single quotes"),
        pytest.param("Ministry (2019): Budget, accessed 3 May 2020.", "Budget", id="then access"),
        pytest.param("Ministry (2019): Plan 2014–2020.", "Plan 2014–2020", id="span in the title"),
        pytest.param("https://a.example/plan", None, id="only an address"),
        pytest.param("Ministry of Finance, Oslo.", None, id="none"),
        pytest.param("Ministry (2019).", None, id="ends after the year"),
        pytest.param(
            "OECD (2019). “The report’s title”.",
            "The report’s title",
            id="apostrophe",
        ),
        pytest.param(
            "„Der Haushalt“, Zeitung, 2018.",
            "Der Haushalt",
            id="German quotes",
        ),
    ],
)
def test_title(line, title):
    assert one(line).title == title


@pytest.mark.parametrize(
    ("line", "url"),
    [
        pytest.param("Plan, https://a.example/x.pdf, 2019", "https://a.example/x.pdf", id="comma"),
        pytest.param("See www.a.example/plan.", "www.a.example/plan", id="full stop"),
        pytest.param("(https://a.example/x)", "https://a.example/x", id="brackets"),
        pytest.param("[http://a.example]", "http://a.example", id="square brackets"),
        pytest.param("<https://a.example>", "https://a.example", id="angle brackets"),
        pytest.param("“https://a.example”", "https://a.example", id="quotation marks"),
        pytest.param("HTTPS://A.EXAMPLE", "HTTPS://A.EXAMPLE", id="capitals"),
        pytest.param("https://a.example, https://b.example", "https://a.example", id="the first"),
        pytest.param("https://a.example/?q=1&r=2#s", "https://a.example/?q=1&r=2#s", id="query"),
        pytest.param("https://a.example/ő", "https://a.example/ő", id="letters beyond ASCII"),
        pytest.param("Accessed at https://a.example", "https://a.example", id="after 'accessed'"),
        pytest.param("a.example/plan", None, id="no protocol"),
        pytest.param("office@a.example", None, id="mail"),
        pytest.param("awww.example", None, id="part of a word"),
        pytest.param(
            "https://a.example/x_(y)",
            "https://a.example/x_(y)",
            id="bracket in the address",
        ),
    ],
)
def test_url(line, url):
    assert one(line).url == url


@pytest.mark.parametrize(
    ("access", "iso"),
    [
        pytest.param("accessed 3 May 2020", "2020-05-03", id="day, month"),
        pytest.param("Accessed: 3 May 2020", "2020-05-03", id="colon"),
        pytest.param("accessed on 03 May 2020", "2020-05-03", id="on, leading zero"),
        pytest.param("accessed 3. May 2020", "2020-05-03", id="full stop"),
        pytest.param("accessed 3 Sept. 2019", "2019-09-03", id="abbreviation"),
        pytest.param("accessed 3 September, 2019", "2019-09-03", id="comma"),
        pytest.param("retrieved on May 3, 2020", "2020-05-03", id="month first"),
        pytest.param("Retrieved May 3 2020", "2020-05-03", id="month first, no comma"),
        pytest.param("last visited 03.05.2020", "2020-05-03", id="dots"),
        pytest.param("viewed 3/5/2020", "2020", id="slashes: May or March?"),
        pytest.param("viewed 23/5/2020", "2020-05-23", id="slashes, day first"),
        pytest.param("last checked 2020-05-03", "2020-05-03", id="ISO"),
        pytest.param("accessed May 2020", "2020-05", id="only the month"),
        pytest.param("accessed 3 Mai 2020", "2020", id="foreign month: only the year is sure"),
        pytest.param("accessed 31.13.2020", "2020", id="no such month"),
        pytest.param("accessed 5/13/2020", "2020", id="month first with slashes"),
        pytest.param("(last assessed 3 May 2020)", "2020-05-03", id="a common slip"),
        pytest.param("accessible since May 2020", None, id="'accessible'"),
        pytest.param("Report on access, 3 May 2020", None, id="'access'"),
        pytest.param("accessed", None, id="no date"),
        pytest.param("3 May 2020", None, id="a date without the word"),
    ],
)
def test_accessed(access, iso):
    assert one(f"Ministry (2019): Budget, {access}.").accessed == iso


@pytest.mark.parametrize(
    ("access", "iso"),
    [
        pytest.param("accessed 31/02/2020", "2020", id="no such day"),
        pytest.param("accessed 30 February 2020", "2020", id="no such day in words"),
        pytest.param("accessed 2020-13-45", "2020", id="only looks like ISO"),
        pytest.param("last accessed on 3rd May 2020", "2020-05-03", id="ordinal"),
        pytest.param("last checked: May 3rd, 2020", "2020-05-03", id="ordinal, month first"),
        pytest.param("accessed on 2020/05/03", "2020-05-03", id="year first, slashes"),
        pytest.param("accessed 03-05-2020", "2020-05-03", id="hyphens"),
        pytest.param("accessed 2020", "2020", id="only the year"),
    ],
)
def test_accessed_not_yet(access, iso):
    assert one(f"Ministry (2019): Budget, {access}.").accessed == iso


FORMS = ["%d %B %Y", "%B %d, %Y", "%d. %b %Y", "%b. %d, %Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"]
DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["accessed", "Retrieved on", "visited:"]))
def test_any_day_of_access(day, form, word):
    assert one(f"Plan, {word} {day.strftime(form)}").accessed == day.isoformat()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(1900, 2030))
def test_anything_may_stand_in_a_reference(words, year):
    for found in cite(f"x{words.strip()} ({year}): Budget"):
        assert found.accessed is None or 4 <= len(found.accessed) <= 10
        assert found.title is None or found.title == found.title.strip()
        assert found.url is None or found.url in found.text
