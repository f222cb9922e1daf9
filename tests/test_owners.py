"""Whose a mention is: what the words around it say, and what only seems to say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.owners import owners
from pipeline.records import Mention


def mention(text, name, label="AGENCY", after=0):
    start = text.index(name, after)
    return Mention(
        start=start,
        end=start + len(name),
        text=name,
        label=label,
        section="body",
        confidence=1.0,
        method="test",
        canonical=name,
    )


def owner(text, name, label="AGENCY"):
    found = mention(text, name, label)
    return owners([found], text).get(found.start)


def each(text, *names):
    found = [mention(text, name) for name in names]
    given_away = owners(found, text)
    return [given_away.get(m.start) for m in found]


GIVEN = [
    ("The office copied Estonia's X-Road.", "X-Road", "EST"),
    ("The office copied Estonia’s X-Road.", "X-Road", "EST"),
    ("The office copied Estonia’s own X-Road.", "X-Road", "EST"),
    ("The office copied Estonia’s “X-Road” again.", "X-Road", "EST"),
    ("The office copied the Netherlands’s Data Board.", "Data Board", "NLD"),
    ("The office copied Germany’s federal Data Board.", "Data Board", "DEU"),
    ("The office copied the Estonian X-Road.", "X-Road", "EST"),
    ("The office copied the Danish national Data Board.", "Data Board", "DNK"),
    ("It uses X-Road (Estonia) for its registers.", "X-Road", "EST"),
    ("It uses “X-Road” (Estonia) for its registers.", "X-Road", "EST"),
    ("It copied X-Road in Estonia, which is old.", "X-Road", "EST"),
    ("It copied X-Road of Estonia.", "X-Road", "EST"),
    ("It copied X-Road from Estonia and paid.", "X-Road", "EST"),
    ("It copied X-Road, Estonia.", "X-Road", "EST"),
    ("It copied X-Road developed in Estonia.", "X-Road", "EST"),
    ("It copied the Data Board run by the United Kingdom.", "Data Board", "GBR"),
    ("The Digital Estonia Council met.", "Digital Estonia Council", "EST"),
    ("The Danish Data Quality Board met.", "Danish Data Quality Board", "DNK"),
    ("In Estonia, the Data Board leads.", "Data Board", "EST"),
    ("In the Czech Republic, the Data Board leads.", "Data Board", "CZE"),
    ("It failed. In Estonia, the Data Board leads.", "Data Board", "EST"),
    ("In Estonia, unlike in Latvia, the Data Board leads.", "Data Board", "EST"),
    ("Compared with Latvia’s Data Board, it is weak.", "Data Board", "LVA"),
    ("Estonia: Information System Authority (RIA)", "Information System Authority", "EST"),
    ("- Estonia: Information System Authority (RIA)", "Information System Authority", "EST"),
    ("Estonia rules. Norway’s Data Board met.", "Data Board", "NOR"),
]


@pytest.mark.parametrize(("text", "name", "country"), GIVEN, ids=[text for text, *_ in GIVEN])
def test_it_belongs_to_the_country(text, name, country):
    assert owner(text, name) == country


OWN = [
    ("The Data Board leads.", "Data Board", "no country at all"),
    ("Unlike in Estonia, the Data Board leads.", "Data Board", "a comparison"),
    ("Unlike Estonia, the Data Board leads.", "Data Board", "a comparison"),
    ("As in Estonia, the Data Board leads.", "Data Board", "a comparison"),
    ("Whereas in Estonia, the Police lead, the Data Board waits.", "Data Board", "a comparison"),
    ("The Data Board is stronger than in Estonia.", "Data Board", "a comparison"),
    ("The Data Board, like Estonia, is old.", "Data Board", "a comparison"),
    ("The Data Board is stronger than Estonia’s Police.", "Data Board", "another's possession"),
    ("Estonia’s Police and the Data Board met.", "Data Board", "the second of two things"),
    ("The Data Board and Estonia’s Police met.", "Data Board", "the first of two things"),
    ("The Data Board works with Estonia.", "Data Board", "a partner"),
    ("Estonia has praised the Data Board.", "Data Board", "a subject"),
    ("Estonia, whose Data Board met.", "Data Board", "a relative clause"),
    ("The Estonian government met the Data Board.", "Data Board", "another noun's adjective"),
    ("The Data Board in Latvian schools met.", "Data Board", "another noun's adjective"),
    ("In Estonian schools, the Data Board helps.", "Data Board", "another noun's adjective"),
    ("In Estonia and Latvia, the Data Board leads.", "Data Board", "a scene of two countries"),
    ("Officials in Estonia, the Data Board and RIA met.", "Data Board", "a list, not a scene"),
    ("The Latvian-Estonian Council met.", "Latvian-Estonian Council", "a name with two countries"),
    ("The Latvian Estonian Council met.", "Latvian Estonian Council", "a name with two countries"),
    ("Data Board (Latvia/Estonia).", "Data Board", "two countries in brackets"),
    ("Estonia leads. Data Board is its name.", "Data Board", "another sentence"),
    ("It was Estonia! Data Board is its name.", "Data Board", "another sentence"),
    ("In Estonia, the Police lead. The Data Board follows.", "Data Board", "another sentence"),
    ("It met the Data Board. Estonia was pleased.", "Data Board", "another sentence"),
    ("It was Estonia\nData Board is its name.", "Data Board", "another line"),
    ("Estonia:\nData Board", "Data Board", "another line"),
    ("It met the Data Board,\nEstonia was pleased.", "Data Board", "another line"),
    ("The Data Board of New Mexico.", "Data Board", "no country"),
    ("The French-speaking Data Board met.", "Data Board", "a language"),
]


@pytest.mark.parametrize(("text", "name", "reason"), OWN, ids=[text for text, *_ in OWN])
def test_it_is_the_sections_own(text, name, reason):
    assert owner(text, name) is None, reason


SEVERAL = [
    ("The Danish Data Board (DDB) met.", ("Data Board", "DDB"), ["DNK", "DNK"]),
    ("The Danish Data Board (DDB) met.", ("Danish Data Board", "DDB"), ["DNK", "DNK"]),
    ("Denmark’s Data Board (Rådet, DDB) met.", ("Data Board", "DDB"), ["DNK", "DNK"]),
    ("Denmark’s Data Board (“DDB”) met.", ("Data Board", "DDB"), ["DNK", "DNK"]),
    ("Denmark’s DDB (Data Board) met.", ("DDB", "Data Board"), ["DNK", "DNK"]),
    ("Denmark’s Data Board met DDB.", ("Data Board", "DDB"), ["DNK", None]),
    ("Denmark’s Data Board (see Norway’s DDB) met.", ("Data Board", "DDB"), ["DNK", "NOR"]),
    ("The Data Board (DDB) met.", ("Data Board", "DDB"), [None, None]),
    (
        "Data Board (Latvia) and Data Police (Estonia).",
        ("Data Board", "Data Police"),
        ["LVA", "EST"],
    ),
    ("In Latvia, Estonia’s Data Board met the Police.", ("Data Board", "Police"), ["EST", "LVA"]),
    (
        "• Estonia: Data Board (DB)\n• Latvia: Police",
        ("Data Board", "DB", "Police"),
        ["EST", "EST", "LVA"],
    ),
    ("• Estonia: Data Board\n• The Police", ("Data Board", "Police"), ["EST", None]),
]


@pytest.mark.parametrize(("text", "names", "countries"), SEVERAL, ids=[t for t, *_ in SEVERAL])
def test_each_of_several_has_its_own_owner(text, names, countries):
    assert each(text, *names) == countries


def test_a_known_thing_belongs_to_the_only_country_that_has_it_if_the_sentence_names_that():
    text = "Visitors from Estonia praised eesti.ee and asked for more."
    assert owner(text, "eesti.ee", "PLATFORM") == "EST"
    assert owner(text, "eesti.ee", "LAW") is None
    assert owner(text.replace("Estonia", "Latvia"), "eesti.ee", "PLATFORM") is None


def test_a_year_has_no_owner():
    assert owner("It was Estonia’s 2019 in brief.", "2019", "YEAR") is None


def test_a_year_between_does_not_break_the_bracket():
    text = "Estonia’s Data Board (DB) was renamed."
    names = [mention(text, "Data Board"), mention(text, "DB"), mention(text, "Board", "YEAR")]
    assert owners(names, text) == {names[0].start: "EST", names[1].start: "EST"}


HARD = [
    ("It met the Danish Agency for Digitisation.", "Danish Agency for Digitisation", "DNK"),
    ("It met the Danish Agency for Digitisation.", "Agency for Digitisation", "DNK"),
    ("It met the Bank of Latvia.", "Bank of Latvia", "LVA"),
    ("It copied the Netherlands’ Data Board.", "Data Board", "NLD"),
    ("It copied the U.S. Data Board.", "Data Board", "USA"),
    ("It copied the Data Board (DB) in Sweden.", "Data Board", "SWE"),
    ("• In Latvia, the Data Board leads.", "Data Board", "LVA"),
    ("According to the Data Board, Sweden is ahead.", "Data Board", None),
    ("Helped by the Data Board, Sweden has won.", "Data Board", None),
    ("Data Board, Finland’s partner, is good.", "Data Board", None),
]


@pytest.mark.parametrize(
    ("text", "name", "country"), HARD, ids=[f"{text} {name}" for text, name, _ in HARD]
)
def test_it_belongs_to_whom_the_words_say(text, name, country):
    assert owner(text, name) == country


def test_nothing_has_no_owner():
    assert owners([], "In Estonia, all is well.") == {}


_PARTS = st.sampled_from(
    ["Estonia’s ", "In Latvia, ", "Data Board ", "(DB) ", "the ", "unlike ", ". ", "\n", "2019 "]
)


@given(st.lists(_PARTS, max_size=12).map("".join), st.randoms())
def test_the_order_of_mentions_does_not_matter_and_only_mentions_are_given(text, random):
    found, at = [], 0
    while (at := text.find("Data Board", at)) >= 0:
        found.append(mention(text, "Data Board", after=at))
        at += 1
    shuffled = random.sample(found, len(found))
    result = owners(shuffled, text)
    assert result == owners(found, text)
    assert set(result) <= {m.start for m in found}
    assert set(result.values()) <= {"EST", "LVA"}


@pytest.mark.parametrize("before", ["", "It rains.\n", "Sweden is far away. "])
def test_offsets_are_those_of_the_whole_text(before):
    text = before + "It copied Estonia’s Data Board."
    assert owners([mention(text, "Data Board")], text) == {text.index("Data Board"): "EST"}
