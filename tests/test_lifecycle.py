"""What the years inside and beside the names of strategies and laws mean, and which mean nothing.

Names of strategies stand in braces, those of laws in angle brackets.
"""

import re

import pytest

from pipeline.lifecycle import year_roles
from pipeline.records import Block, Mention, Outline
from pipeline.years import find_years

_MARKED = re.compile(r"\{([^}]*)\}|<([^>]*)>")


def parsed(marked):
    """The text without its marks, and the names that stood in them."""
    text, names, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        name, label = (match[1], "STRATEGY") if match[1] else (match[2], "LAW")
        names.append((len(text), len(text) + len(name), label))
        text += name
        at = match.end()
    return text + marked[at:], names


def mention(text, start, end, label, first=None, last=None):
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        label=label,
        section="body",
        confidence=1.0,
        method="rule",
        canonical=text[start:end],
        year_start=first,
        year_end=last,
    )


def found(marked, role="prose", lead=""):
    """The text and the roles in a block of it; `lead` is a title before the block."""
    words, names = parsed(marked)
    text = lead + words
    mentions = [mention(text, len(lead) + a, len(lead) + b, label) for a, b, label in names]
    mentions += [mention(text, y.start, y.end, "YEAR", y.first, y.last) for y in find_years(text)]
    blocks = (Block(start=len(lead), end=len(text), role=role),)
    if lead:
        blocks = (Block(start=0, end=len(lead), role="title"), *blocks)
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    return text, year_roles(Outline(layout="webpage", blocks=blocks), text, ordered)


def roles(marked):
    """(role, year, name) of each role."""
    _, rows = found(marked)
    return [(r.role, r.year, r.thing.text) for r in rows]


INSIDE = [
    ("the date of a law", "Lawyers cite the <2008 Harbour Act>.", [("adopted", 2008)]),
    ("a law of a year", "Lawyers cite the <Harbour Act of 2008>.", [("adopted", 2008)]),
    (
        "a period",
        "The {Rail Strategy 2015–2020} is long.",
        [("period_start", 2015), ("period_end", 2020)],
    ),
    (
        "a period in words",
        "Clerks know the {Rail Strategy 2015 to 2020}.",
        [("period_start", 2015), ("period_end", 2020)],
    ),
    ("an agenda", "Villages know the {Agenda 2030}.", [("target", 2030)]),
    ("an agenda behind its year", "Villages know the {2030 Agenda}.", [("target", 2030)]),
    ("an aim in a name", "Villages know the {Forest Plan towards 2040}.", [("target", 2040)]),
    ("the date of a strategy", "Villages know the {2014 Forest Plan}.", [("adopted", 2014)]),
    ("a strategy of a year", "Villages know the {Forest Plan of 2014}.", [("adopted", 2014)]),
]


@pytest.mark.parametrize(("reason", "marked", "expected"), INSIDE, ids=[r[0] for r in INSIDE])
def test_a_year_inside_a_name_tells_about_it(reason, marked, expected):
    assert [(role, year) for role, year, _ in roles(marked)] == expected


ACT, PLAN = "Harbour Act", "Forest Plan"

BESIDE = [
    (f"The <{ACT}> was adopted in 2011.", "adopted", 2011, ACT),
    (f"Parliament passed the <{ACT}> in March 2011.", "adopted", 2011, ACT),
    (f"The adoption of the <{ACT}> in 2011 took nobody by surprise.", "adopted", 2011, ACT),
    (f"The <{ACT}> (2011) is short.", "adopted", 2011, ACT),
    (f"The <{ACT}> entered into force on 1 July 2012.", "in_force", 2012, ACT),
    (f"The <{ACT}> has been in effect since 2012.", "in_force", 2012, ACT),
    (f"The <{ACT}> was amended in 2015.", "amended", 2015, ACT),
    (f"A revision of the {{{PLAN}}} in 2016 went unnoticed.", "amended", 2016, PLAN),
    (f"The <{ACT}> was repealed in 2019.", "repealed", 2019, ACT),
    (f"The {{{PLAN}}} expired in 2020.", "repealed", 2020, PLAN),
    (f"The {{{PLAN}}} started in 2014.", "period_start", 2014, PLAN),
    (f"The {{{PLAN}}} runs until 2022.", "period_end", 2022, PLAN),
    (f"The {{{PLAN}}} aims to double the number of oaks by 2035.", "target", 2035, PLAN),
]


@pytest.mark.parametrize(("marked", "role", "year", "name"), BESIDE)
def test_a_year_beside_a_name_has_the_role_its_verb_says(marked, role, year, name):
    assert roles(marked) == [(role, year, name)]


@pytest.mark.parametrize(
    ("marked", "role", "year"),
    [
        (f"In 2017, the government adopted the {{{PLAN}}}.", "adopted", 2017),
        (f"In May 2017, the cabinet approved the {{{PLAN}}}.", "adopted", 2017),
        (f"In 2018, parliament amended the <{ACT}>.", "amended", 2018),
        (f"In 2021, the <{ACT}> was repealed.", "repealed", 2021),
    ],
)
def test_a_year_may_come_before_its_verb(marked, role, year):
    assert [(r, y) for r, y, _ in roles(marked)] == [(role, year)]


def test_a_span_beside_a_strategy_is_its_period():
    assert roles(f"The {{{PLAN}}} covers the period 2014–2020.") == [
        ("period_start", 2014, PLAN),
        ("period_end", 2020, PLAN),
    ]


def test_each_year_of_a_sentence_has_its_own_role():
    marked = f"The <{ACT}> was adopted in 2011 and amended in 2015; it was repealed in 2019."
    assert [(role, year) for role, year, _ in roles(marked)] == [
        ("adopted", 2011),
        ("amended", 2015),
        ("repealed", 2019),
    ]


def test_a_year_that_adds_to_another_has_its_role():
    assert roles(f"The <{ACT}> was amended in 2015 and 2018.") == [
        ("amended", 2015, ACT),
        ("amended", 2018, ACT),
    ]


def test_two_names_keep_their_years_apart():
    marked = f"The <{ACT}> was passed in 2011, while the {{{PLAN}}} was launched in 2014."
    assert roles(marked) == [("adopted", 2011, ACT), ("adopted", 2014, PLAN)]


@pytest.mark.parametrize("subject", ["It", "The law", "This act"])
def test_the_next_sentence_may_speak_of_the_same_thing(subject):
    marked = f"Captains dislike the <{ACT}>. {subject} was amended in 2015."
    assert roles(marked) == [("amended", 2015, ACT)]


def test_a_pronoun_in_another_paragraph_speaks_of_nothing_known():
    first, names = parsed(f"Captains dislike the <{ACT}>.")
    text = first + "\nIt was amended in 2015."
    (year,) = find_years(text)
    mentions = [
        *(mention(text, *name) for name in names),
        mention(text, year.start, year.end, "YEAR", year.first, year.last),
    ]
    blocks = (
        Block(start=0, end=len(first), role="prose"),
        Block(start=len(first) + 1, end=len(text), role="prose"),
    )
    assert year_roles(Outline(layout="webpage", blocks=blocks), text, mentions) == []


NO_ROLE = [
    ("a survey", f"A survey of 2016 found that few people know the {{{PLAN}}}."),
    ("a review", f"Auditors looked at the {{{PLAN}}} in 2018."),
    ("a review that was published", f"A review of the {{{PLAN}}} came out in 2018."),
    ("implementation", f"The <{ACT}> was implemented badly in 2016."),
    ("cases", f"The courts heard nine cases under the <{ACT}> in 2016."),
    ("spending", f"Spending under the {{{PLAN}}} rose in 2017."),
    ("a failed vote", f"Parliament did not adopt the <{ACT}> in 2011."),
    ("a refusal", f"In 2011, parliament refused to adopt the <{ACT}>."),
    ("other rules", f"The report praised the <{ACT}>, and ministers adopted new rules in 2016."),
    ("rules of a law", f"The <{ACT}> sets rules that the council adopted in 2016."),
    ("a report before", f"The <{ACT}> was adopted after a report of 2011."),
    ("no name", "The cabinet adopted new rules in 2017."),
    ("another topic", f"Captains dislike the <{ACT}>. Trains were late in 2015."),
]


@pytest.mark.parametrize(("reason", "marked"), NO_ROLE, ids=[row[0] for row in NO_ROLE])
def test_other_years_have_no_role(reason, marked):
    assert roles(marked) == []


def test_offsets_are_those_of_the_year_in_the_text():
    text, (row,) = found(f"The <{ACT}> was adopted in 2011.", lead="Ports and Ships 1999\n")
    assert row.of(text) == "2011"
    assert row.thing.of(text) == ACT


def test_both_roles_of_a_span_stand_at_the_span():
    text, rows = found(f"Oaks are back. The {{{PLAN} 2015–2020}} is long.")
    assert [(r.of(text), r.year) for r in rows] == [("2015–2020", 2015), ("2015–2020", 2020)]
    assert {r.thing.of(text) for r in rows} == {f"{PLAN} 2015–2020"}


@pytest.mark.parametrize(
    ("role", "n"),
    [("prose", 1), ("list_item", 1), ("heading", 1), ("citation", 0), ("boilerplate", 0)],
)
def test_only_what_is_written_about_a_thing_is_read(role, n):
    assert len(found(f"The <{ACT}> was adopted in 2011.", role)[1]) == n
