from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.years import find_years

SEPARATORS = ["-", "–", "—", "−", "‒", " – ", " - ", "- ", " –"]


def years(text: str) -> list[tuple[str, int, int]]:
    return [(text[y.start : y.end], y.first, y.last) for y in find_years(text)]


def texts(text: str) -> list[str]:
    return [text[y.start : y.end] for y in find_years(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("2014 – 2020", ("2014 – 2020", 2014, 2020), id="dash and blanks"),
        pytest.param("2007–2010", ("2007–2010", 2007, 2010), id="dash"),
        pytest.param("2018-2019", ("2018-2019", 2018, 2019), id="hyphen"),
        pytest.param("2014—2020", ("2014—2020", 2014, 2020), id="long dash"),
        pytest.param("2014−2020", ("2014−2020", 2014, 2020), id="minus"),
        pytest.param("2014 -2020", ("2014 -2020", 2014, 2020), id="blank on one side"),
        pytest.param("2018/19", ("2018/19", 2018, 2019), id="slash, two digits"),
        pytest.param("2018/2019", ("2018/2019", 2018, 2019), id="slash, four digits"),
        pytest.param("2009/10", ("2009/10", 2009, 2010), id="slash over the decade"),
        pytest.param("1999/2000", ("1999/2000", 1999, 2000), id="slash over the century"),
        pytest.param("2014-15", ("2014-15", 2014, 2015), id="hyphen, two digits"),
        pytest.param("2014–20", ("2014–20", 2014, 2020), id="dash, two digits"),
        pytest.param("2014-5", ("2014-5", 2014, 2015), id="one digit"),
        pytest.param("1914–18", ("1914–18", 1914, 1918), id="a century ago"),
        pytest.param("1999–2000", ("1999–2000", 1999, 2000), id="over the century"),
        pytest.param("(2021–2025)", ("2021–2025", 2021, 2025), id="in brackets"),
        pytest.param("the FY 2019/20.", ("2019/20", 2019, 2020), id="fiscal year"),
        pytest.param("Plan 2030-2050", ("2030-2050", 2030, 2050), id="in the future"),
    ],
)
def test_spans(text, found):
    assert years(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("2014‑2020", [("2014‑2020", 2014, 2020)], id="non-breaking hyphen"),
        pytest.param("1999/00", [("1999/00", 1999, 2000)], id="two digits over the century"),
        pytest.param(
            "2016/17–2018/19",
            [("2016/17", 2016, 2017), ("2018/19", 2018, 2019)],
            id="from one double year to another",
        ),
        pytest.param("accessed 2010-11-12", [("2010", 2010, 2010)], id="ISO date, not 2010–11"),
        pytest.param("on 2009-12-01", [("2009", 2009, 2009)], id="ISO date, not 2009–12"),
        pytest.param("2010/11/05", [("2010", 2010, 2010)], id="date with slashes, not 2010/11"),
    ],
)
def test_spans_not_yet(text, found):
    assert years(text) == found


@pytest.mark.parametrize("text", ["1945–2019", "2013-2014-2015", "2019/2020/2021"])
def test_no_year_of_a_long_span_is_lost(text):
    assert max(y.last for y in find_years(text)) == int(text[-4:])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("from 2014 to 2018", ["2014", "2018"], id="from, to"),
        pytest.param("between 2014 and 2018", ["2014", "2018"], id="between, and"),
        pytest.param("2011 to 2016", ["2011", "2016"], id="to"),
        pytest.param("2014, 2015 and 2016", ["2014", "2015", "2016"], id="list"),
        pytest.param("2015, 2017-2019", ["2015", "2017-2019"], id="list with a span"),
        pytest.param("2019-2018", ["2019"], id="backwards is no span"),
        pytest.param("2010–09", ["2010"], id="two digits backwards"),
        pytest.param("2019/18", ["2019"], id="slash backwards"),
        pytest.param("2019-2019", ["2019"], id="from a year to itself"),
    ],
)
def test_separate_years(text, found):
    assert texts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("in 2019", id="alone"),
        pytest.param("2019", id="the whole text"),
        pytest.param("2019.", id="end of the sentence"),
        pytest.param("(OECD 2019: 15)", id="page after a colon"),
        pytest.param("“2019”", id="quotation marks"),
        pytest.param("2019’s plan", id="possessive"),
        pytest.param("(2019a)", id="letter of a reference"),
        pytest.param("mid-2019", id="middle of the year"),
        pytest.param("pre-2019 rules", id="before"),
        pytest.param("FY2019", id="glued to letters"),
        pytest.param("Horizon2019", id="glued to a name"),
        pytest.param("report.2019", id="a blank is missing after a full stop"),
        pytest.param("June 2019", id="month"),
        pytest.param("12 May, 2019", id="day and month"),
        pytest.param("05.11.2019", id="dotted date"),
        pytest.param("5. 11. 2019", id="dotted date with blanks"),
        pytest.param("5/11/2019", id="date with slashes"),
        pytest.param("12-03-2019", id="date with hyphens"),
        pytest.param("2019-03-12", id="ISO date"),
        pytest.param("03/2019", id="month and year"),
        pytest.param("5. toukokuuta 2019", id="Finnish date"),
        pytest.param("2019. november 5.", id="Hungarian date"),
        pytest.param("2019. gada 5. martā", id="Latvian date"),
        pytest.param("2019 m. gegužės 5 d.", id="Lithuanian date"),
        pytest.param("5 Μαρτίου 2019", id="Greek date"),
        pytest.param("le 5 novembre 2019", id="French date"),
        pytest.param("2019年5月", id="Japanese date"),
        pytest.param("Law 18/2019", id="law number"),
        pytest.param("No 910/2019", id="regulation number"),
        pytest.param("16/2019", id="law number without the word"),
        pytest.param("Regulation (EU) 2019/679", id="year first"),
        pytest.param("2019/C 326/01", id="official journal"),
        pytest.param("Lei n.º 18/2019", id="Portuguese law"),
        pytest.param("2019. évi CXII. törvény", id="Hungarian law"),
        pytest.param("SFS 2019:400", id="Swedish law"),
        pytest.param("NOU 2019: 14", id="Norwegian paper"),
        pytest.param("BOE-A-2019-10565", id="Spanish gazette"),
        pytest.param("COM(2019) 179", id="Commission paper"),
        pytest.param("Resolution 2000 (2019)", id="resolution number that looks like a year"),
        pytest.param("vol. 36, 2019", id="after a volume"),
        pytest.param("section 3, 2019", id="after a section"),
        pytest.param("€5 in 2019", id="after an amount"),
        pytest.param("more than 300 in 2019", id="after a count"),
        pytest.param("UN E-Government Survey 2019", id="inside a name"),
        pytest.param("about 2019, the council met", id="'about' a year"),
        pytest.param("deadline 2019", id="'line' inside a word"),
        pytest.param("the 2019 budget", id="as an adjective"),
    ],
)
def test_one_year(text):
    assert years(text) == [("2019", 2019, 2019)]


@pytest.mark.parametrize("year", ["1800", "1848", "1900", "1999", "2000", "2030", "2099"])
def test_the_centuries_that_count(year):
    assert texts(f"in {year}.") == [year]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("COVID-19", id="illness"),
        pytest.param("1789", id="before 1800"),
        pytest.param("2100", id="after 2099"),
        pytest.param("20190101", id="longer number"),
        pytest.param("12019", id="a digit before"),
        pytest.param("2,019", id="thousands comma"),
        pytest.param("1,2019", id="decimal comma"),
        pytest.param("Section 2.2019", id="section number"),
        pytest.param("§ 2010", id="paragraph sign"),
        pytest.param("Art. 2019", id="article"),
        pytest.param("p. 2010", id="page"),
        pytest.param("pp. 2010-2015", id="pages"),
        pytest.param("page 2010", id="page in words"),
        pytest.param("n. 77", id="law number that is no year"),
        pytest.param("No. 2014", id="number"),
        pytest.param("Nr. 2013", id="German number"),
        pytest.param("Vol. 2013", id="volume"),
        pytest.param("ISBN 2010", id="book number"),
        pytest.param("ISBN 978-2010-3", id="book number with hyphens"),
        pytest.param("10.1787/9789264307636", id="identifier of a paper"),
        pytest.param("tel. 2012 3456", id="telephone"),
        pytest.param("phone 2090", id="telephone in words"),
        pytest.param("€2000", id="amount"),
        pytest.param("$2019", id="dollars"),
        pytest.param("EUR 2010", id="currency code"),
        pytest.param("2000 euros", id="amount in words"),
        pytest.param("2019 million", id="millions"),
        pytest.param("1995 km", id="length"),
        pytest.param("2013 per cent", id="per cent"),
        pytest.param("about 2000 municipalities", id="count"),
        pytest.param("more than 2000 staff", id="count of people"),
        pytest.param("some 1900 hectares", id="count of any unit"),
        pytest.param("a total of 2010 forms", id="total"),
        pytest.param("1900–1950 employees", id="range of a count"),
        pytest.param("room 2019", id="room"),
        pytest.param("192.168.2019.1", id="dotted number"),
        pytest.param("http://a.example/2019/05/plan.pdf", id="folder of an address"),
    ],
)
def test_no_year(text):
    assert texts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tel. +354 2019 2020", id="telephone with country code"),
        pytest.param("(02) 2019 4567", id="telephone with area code"),
        pytest.param("Section 2014 of the code", id="section"),
        pytest.param("№ 2019", id="number sign"),
        pytest.param("2000 € a month", id="euro sign after the amount"),
        pytest.param("2000% of the goal", id="per cent sign"),
        pytest.param("2000–2500 euros", id="range of an amount"),
        pytest.param("1900 hectares", id="a unit that is not listed"),
    ],
)
def test_no_year_not_yet(text):
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("In 2020 citizens could file online.", "2020", id="'in' before, people after"),
        pytest.param("In 2018 cases rose.", "2018", id="'in' before, cases after"),
        pytest.param("since 2019 services have moved", "2019", id="'since' before"),
        pytest.param("By 2020 schools had caught up.", "2020", id="'by' before"),
        pytest.param("accessed 03.2019", "2019", id="month and year with a full stop"),
        pytest.param("Decreto 77/VII/2015", "2015", id="law number with a Roman part"),
        pytest.param("state of the art 2013", "2013", id="'art' is no article"),
    ],
)
def test_one_year_not_yet(text, year):
    assert texts(text) == [year]


@given(st.integers(1800, 2039), st.integers(1, 60), st.sampled_from(SEPARATORS))
def test_any_span_up_to_sixty_years(first, length, dash):
    text = f"{first}{dash}{first + length}"
    assert years(f"(Plan {text}).") == [(text, first, first + length)]


@given(st.integers(1800, 2098))
def test_any_double_year(first):
    text = f"{first}/{first + 1}"
    assert years(f"In {text}, it rained.") == [(text, first, first + 1)]


DATES = st.dates(date(1800, 1, 1), date(2099, 12, 31))


@given(DATES, st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y"]))
def test_only_the_year_of_a_date(day, form):
    assert years(f"on {day.strftime(form)}") == [(str(day.year), day.year, day.year)]


PIECES = st.sampled_from(
    ["2019", "2020", "1999", "18", "5", "0", "–", "-", "/", ".", ",", " ", "(", ")", "€", "%", "§"]
    + ["Law", "No.", "pp.", "in", "of the", "people", "a", "T", "\n", "٢", "EUR"]
)


@given(st.one_of(st.lists(PIECES).map("".join), st.text()))
def test_years_are_in_order_and_where_they_say(text):
    end = 0
    for year in find_years(text):
        assert end <= year.start < year.end <= len(text)
        assert int(text[year.start : year.start + 4]) == year.first <= year.last
        assert text[year.end - 1].isdigit()
        end = year.end
