import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.citations import MARKER, THRESHOLD, is_citation, mark_citations, weight
from pipeline.layout.lines import split_lines
from pipeline.records import Block

REFERENCES = [
    pytest.param("Ministry of Finance (2019): Budget, accessed 3 May 2020.", id="author, year"),
    pytest.param("OECD 2018. Digital Review", id="author and year without brackets"),
    pytest.param("https://www.ministry.example/plan", id="bare address"),
    pytest.param("Available at www.ministry.example", id="address in words"),
    pytest.param("Smith, J. and K. Jones. 2018. A Title. Routledge.", id="surnames, publisher"),
    pytest.param("Journal of Public Administration 36(4), pp. 12–14", id="volume, pages"),
    pytest.param("„Titel“ In: Zeitung, 3. Mai 2018", id="foreign title in quotation marks"),
    pytest.param("Law on Access to Information, 2018", id="title and year"),
    pytest.param("A. Jones et al., A Title, vol. 3", id="initials, et al."),
    pytest.param("Citations:", id="marker"),
    pytest.param("Bibliography: selected works", id="marker with words"),
]

PROSE = [
    pytest.param("The reform has not yet been evaluated", id="sentence without an end"),
    pytest.param("Smith (2019) argues that the office is weak and that it has shrunk.", id="cited"),
    pytest.param(
        "In 2018, the ministry published its plan (see www.ministry.example), which was welcome.",
        id="address in a sentence",
    ),
    pytest.param("Sources are scarce in this field, and they have dried up.", id="'sources'"),
    pytest.param("He said: “We will not do that.”", id="quotation"),
    pytest.param("Key Findings", id="heading"),
    pytest.param("The council, which was set up in 2012, has been a success.", id="year inside"),
    pytest.param("", id="empty"),
    pytest.param("The government adopted the plan in 2019.", id="year at the end"),
    pytest.param("Overall, the reform was adopted in May 2019.", id="month at the end"),
]


@pytest.mark.parametrize("line", REFERENCES)
def test_references(line):
    assert is_citation(line)


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_reference(line):
    assert not is_citation(line)


@given(st.text(max_size=120))
def test_the_line_before_can_only_help(line):
    assert weight(line, after_citation=True) >= weight(line)
    assert is_citation(line) is (weight(line) >= THRESHOLD)


@pytest.mark.parametrize("line", ["Citations:", "references :", "SOURCES: two", "Notes:"])
def test_marker(line):
    assert MARKER.match(line)


@pytest.mark.parametrize("line", ["Citations", "Open sources:", "Sources of law", "Note that"])
def test_no_marker(line):
    assert not MARKER.match(line)


def blocks(text: str, *roles: str) -> tuple[Block, ...]:
    lines = split_lines(text)
    return tuple(x.block(role) for x, role in zip(lines, roles, strict=True))


def roles(text: str, *before: str) -> list[str]:
    return [b.role for b in mark_citations(blocks(text, *before), text)]


REFERENCE = "Ministry of Finance (2019): Budget, accessed 3 May 2020."
SENTENCE = "The office, which was founded in 2012, has been a success."


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        pytest.param(REFERENCE, ["prose"], ["citation"], id="prose that is a reference"),
        pytest.param(REFERENCE, ["list_item"], ["citation"], id="a list of references"),
        pytest.param(REFERENCE, ["heading"], ["heading"], id="other roles stay"),
        pytest.param(REFERENCE, ["tier_statement"], ["tier_statement"], id="a statement stays"),
        pytest.param(SENTENCE, ["prose"], ["prose"], id="prose stays"),
        pytest.param(
            f"{REFERENCE}\n{SENTENCE}", ["prose", "prose"], ["citation", "prose"], id="then prose"
        ),
    ],
)
def test_mark_citations(text, before, after):
    assert roles(text, *before) == after


def test_marking_twice_equals_once():
    text = f"{SENTENCE}\n{REFERENCE}\n{REFERENCE}\n{SENTENCE}"
    once = mark_citations(blocks(text, *["prose"] * 4), text)
    assert mark_citations(once, text) == once
