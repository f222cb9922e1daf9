"""From a sentence with an index to placements, and from its look-alikes to none."""

import pytest

from pipeline.rankings.finder import find
from pipeline.records import Block, Mention, Outline, Segment

DESI = "Digital Economy and Society Index"
CPI = "Corruption Perceptions Index"
SURVEY = "UN E-Government Survey"
DEMOCRACY = "Democracy Index"
NAMES = (DESI, CPI, SURVEY, DEMOCRACY, "Global Competitiveness Index", "OURdata Index")


def rankings(text, host="FIN", role="prose"):
    """The placements in a section about `host`; indices are marked by hand."""
    mentions = [
        Mention(
            start=text.index(name),
            end=text.index(name) + len(name),
            text=name,
            label="INDEX",
            section="body",
            confidence=1.0,
            method="rule",
            canonical=name,
        )
        for name in NAMES
        if name in text
    ]
    span = {"start": 0, "end": len(text)}
    outline = Outline(layout="indicator", blocks=(Block(**span, role=role),))
    segment = Segment(**span, country=host, country_method="heading", country_confidence=1.0)
    return find(outline, text, [segment], mentions)


# (sentence, [(country, edition, rank, out_of)]); the section is about Finland.
ROWS = [
    (f"In 2019, the country ranked 4th out of 28 on the {DESI}.", [("FIN", 2019, 4, 28)]),
    (f"Estonia held rank 8 of 28 on the {DESI} of 2019.", [("EST", 2019, 8, 28)]),
    (f"The {SURVEY} 2018 ranked Belgium 27 out of 193.", [("BEL", 2018, 27, 193)]),
    (f"The {DESI} of 2020 placed Finland third.", [("FIN", 2020, 3, None)]),
    (f"It took sixth place in the {DESI} of 2017.", [("FIN", 2017, 6, None)]),
    (f"On the {DEMOCRACY} of 2021, Denmark tops the list.", [("DNK", 2021, 1, None)]),
    (f"Finland led the {DESI} of 2019.", [("FIN", 2019, 1, None)]),
    (f"On the {DESI} of 2019, Greece came last of 28.", [("GRC", 2019, 28, 28)]),
    (f"On the {DESI} of 2019, Greece came second to last of 28.", [("GRC", 2019, 27, 28)]),
    (
        f"The {SURVEY} 2018 put Denmark first of 193, followed by Estonia and Latvia.",
        [("DNK", 2018, 1, 193), ("EST", 2018, 2, 193), ("LVA", 2018, 3, 193)],
    ),
]


ROWS += [
    (
        f"On the {DESI}, it moved from 21st in 2016 to 14th in 2019.",
        [("FIN", 2016, 21, None), ("FIN", 2019, 14, None)],
    ),
    (
        f"Between 2017 and 2020, Malta rose from 12th to 9th on the {CPI}.",
        [("MLT", 2017, 12, None), ("MLT", 2020, 9, None)],
    ),
    (f"Chile moved up two places to ninth on the {CPI} of 2020.", [("CHL", 2020, 9, None)]),
    (
        f"On the {CPI} of 2020, Chile is 25th, Spain 32nd and Malta 52nd.",
        [("CHL", 2020, 25, None), ("ESP", 2020, 32, None), ("MLT", 2020, 52, None)],
    ),
    (
        f"Chile and Spain share 25th place on the {CPI} of 2020.",
        [("CHL", 2020, 25, None), ("ESP", 2020, 25, None)],
    ),
    (
        f"On the {CPI} of 2020, Chile ranked 25th, immediately ahead of Spain.",
        [("CHL", 2020, 25, None), ("ESP", 2020, 26, None)],
    ),
    (
        f"Chile is third on the {CPI} of 2020, behind Spain and Malta.",
        [("CHL", 2020, 3, None), ("ESP", 2020, 1, None), ("MLT", 2020, 2, None)],
    ),
    (f"First place on the {CPI} of 2020 went to Denmark.", [("DNK", 2020, 1, None)]),
    (f"It is number 12 of 28 on the {DESI} of 2019.", [("FIN", 2019, 12, 28)]),
    (f"Reform was overdue ({DESI} 2019: 12th of 28).", [("FIN", 2019, 12, 28)]),
    (
        f"The one hundred and tenth place on the {CPI} of 2020 is Togo's worst.",
        [("FIN", 2020, 110, None)],
    ),
    (
        f"Spain ranked 13th on the {DESI} of 2018 and 11th in 2019.",
        [("ESP", 2018, 13, None), ("ESP", 2019, 11, None)],
    ),
    (
        f"It ranked 5th in the {DESI} of 2019 and 9th in the {DEMOCRACY} of 2020.",
        [("FIN", 2019, 5, None), ("FIN", 2020, 9, None)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), ROWS)
def test_a_sentence_gives_its_placements(sentence, expected):
    found = rankings(sentence)
    assert [(r.country, r.edition, r.rank, r.out_of) for r in found] == expected


def test_each_country_of_a_sentence_has_its_own_rank():
    found = rankings(f"On the {DEMOCRACY} of 2021, Norway led and Sweden came fourth.")
    assert [(r.country, r.rank) for r in found] == [("NOR", 1), ("SWE", 4)]


NOTHING = [
    ("a target", f"The country aims to be among the top ten of the {DESI} by 2030."),
    ("a wish", f"Ministers want to reach third place in the {DESI}."),
    ("a duty", f"The country should rank among the first five in the {DEMOCRACY}."),
    ("cantons", f"Zurich ranks first among the cantons in the {DESI}."),
    ("cities", f"In the {DESI}, the city of Turku ranks third of 40."),
    ("companies", "In the Global Competitiveness Index, companies ranked the courts third."),
    ("universities", f"Two universities ranked 9th, says the {DESI}."),
    ("an edition", "The OURdata Index of 2019 appeared in its third edition."),
    ("a date", f"The government published the {DESI} on the first of May."),
    ("a founding", f"The {CPI} was first published in 1995."),
    ("no index", "The country ranked third in the world for coffee."),
]


@pytest.mark.parametrize(("reason", "sentence"), NOTHING, ids=[row[0] for row in NOTHING])
def test_a_sentence_without_placement_gives_nothing(reason, sentence):
    assert rankings(sentence) == []


def test_references_are_not_read():
    assert rankings(f"Finland ranked 4th on the {DESI} of 2019.", role="citation") == []


def test_the_sentence_after_may_go_on_about_the_index():
    found = rankings(
        f"Much is said about the {DESI} of 2019. In this ranking, Malta took 9th place."
    )
    assert [(r.country, r.index_name, r.edition) for r in found] == [("MLT", DESI, 2019)]


def test_a_new_topic_ends_the_index():
    found = rankings(f"Finland ranked 4th on the {DESI} of 2019. Reform of courts came third.")
    assert [r.rank for r in found] == [4]


def test_the_offsets_are_the_sentence():
    text = f"Much has changed. Finland ranked 4th on the {DESI} of 2019. More is to come."
    (found,) = rankings(text)
    assert found.of(text) == f"Finland ranked 4th on the {DESI} of 2019."


IMPOSSIBLE = [
    f"On the {CPI} of 2019, Hungary took 45th place among 20 countries.",
    f"The {DESI} of 2018 ranked Italy 35th.",  # the edition has 28 countries
]


@pytest.mark.parametrize("sentence", IMPOSSIBLE)
def test_a_placement_that_cannot_be_true_is_marked(sentence):
    (found,) = rankings(sentence)
    assert found.check == "impossible"


def test_words_stand_in_where_no_rank_is_given():
    (found,) = rankings(f"It received middling scores on the {DEMOCRACY} in 2020.")
    assert (found.country, found.rank, found.qualifier) == (
        "FIN",
        None,
        "received middling scores",
    )


def test_the_index_has_its_full_name_without_the_edition():
    (found,) = rankings(f"The {SURVEY} 2018 ranked Belgium 27 out of 193.")
    assert found.index_name == "United Nations E-Government Survey"


def test_a_dimension_is_named():
    (found,) = rankings(
        f"The {DESI} of 2020 placed Finland third for integration of digital technology."
    )
    assert found.dimension == "integration of digital technology"


def test_the_name_of_the_index_is_no_dimension():
    (found,) = rankings(f"Estonia held rank 8 of 28 on the {DESI} of 2019.")
    assert found.dimension is None


def test_another_year_in_the_sentence_after_is_another_edition():
    found = rankings(
        f"On the {DESI} of 2019, it ranked 5th. In the same index it ranked 7th in 2018."
    )
    assert [(r.edition, r.rank) for r in found][-1] == (2018, 7)


def test_each_dimension_has_its_rank():
    found = rankings(
        f"In the {DESI} of 2020 it is ranked first overall, second for connectivity and ninth in"
        " human capital."
    )
    assert [(r.dimension, r.rank) for r in found] == [
        (None, 1),
        ("connectivity", 2),
        ("human capital", 9),
    ]


def test_the_number_of_countries_may_stand_before_the_ranks():
    found = rankings(f"Of the 28 countries on the {DESI} of 2019, Spain is 11th and Malta 10th.")
    assert [(r.country, r.rank, r.out_of) for r in found] == [("ESP", 11, 28), ("MLT", 10, 28)]


def test_the_number_of_countries_may_stand_in_the_sentence_before():
    found = rankings(f"The {DEMOCRACY} of 2020 covers 167 countries. The country ranks 6th.")
    assert [(r.rank, r.out_of, r.edition) for r in found] == [(6, 167, 2020)]


def test_the_number_of_countries_is_remembered_without_an_edition_too():
    found = rankings(f"The {DEMOCRACY} covers 167 countries. The country ranks 6th.")
    assert [(r.rank, r.out_of, r.edition) for r in found] == [(6, 167, None)]


def test_a_sentence_may_go_on_with_the_next_countries():
    found = rankings(f"Norway leads the {DEMOCRACY} of 2020. Next come Iceland and Sweden.")
    assert [(r.country, r.rank) for r in found] == [("NOR", 1), ("ISL", 2), ("SWE", 3)]


def test_a_score_belongs_to_the_rank_beside_it():
    (found,) = rankings(f"With 88 points, Denmark is first on the {CPI} of 2020.")
    assert (found.country, found.rank, found.value) == ("DNK", 1, 88.0)


def test_an_average_is_no_score_of_a_country():
    found = rankings(f"On the {CPI} of 2020, Spain scored 62 points; the average was 43.3.")
    assert [(r.country, r.value) for r in found] == [("ESP", 62.0)]


def test_the_name_of_another_thing_is_no_index():
    text = "The EIS, launched in 2011, holds draft laws, and it ranked third of 40 projects."
    eis = Mention(
        start=4,
        end=7,
        text="EIS",
        label="PLATFORM",
        section="body",
        confidence=1.0,
        method="rule",
        canonical="EIS",
    )
    span = {"start": 0, "end": len(text)}
    outline = Outline(layout="webpage", blocks=(Block(**span, role="prose"),))
    segment = Segment(**span, country="EST", country_method="heading", country_confidence=1.0)
    assert find(outline, text, [segment], [eis]) == []


def test_a_value_without_a_rank_is_kept():
    (found,) = rankings(f"The country scored 88 points on the {CPI} of 2020.")
    assert (found.rank, found.value) == (None, 88.0)


# (text, [(country, edition, dimension, rank, out_of)]); the section is about Finland.
WHOLE = [
    (
        f"On the {DESI} of 2020, Malta is sixth. The comparison takes in 28 countries.",
        [("MLT", 2020, None, 6, 28)],
    ),
    (
        f"On the {DESI} of 2020, Malta is sixth of 28. In connectivity it is fourth.",
        [("MLT", 2020, None, 6, 28), ("MLT", 2020, "connectivity", 4, None)],
    ),
    (
        f"Malta is sixth on the {DESI} of 2020. It is one of the 27 member states.",
        [("MLT", 2020, None, 6, None)],
    ),
    (
        f"Malta ranked 24th on the {DESI} of 2019 and reached 20th place by 2022, two years after"
        " the office opened.",
        [("MLT", 2019, None, 24, None), ("MLT", 2022, None, 20, None)],
    ),
    (
        f"Malta was 30th on the {CPI} in 2017; in the following year it was 31st, in 2019 33rd.",
        [
            ("MLT", 2017, None, 30, None),
            ("MLT", 2018, None, 31, None),
            ("MLT", 2019, None, 33, None),
        ],
    ),
    (
        f"Malta was 30th on the {CPI} of 2020, having been 33rd two years earlier.",
        [("MLT", 2020, None, 30, None), ("MLT", 2018, None, 33, None)],
    ),
    (
        f"Two ranks lower than in the previous edition, Malta is ninth on the {CPI} of 2020.",
        [("MLT", 2020, None, 9, None)],
    ),
    (
        f"Malta was 30th on the {CPI} in 2018; the 2020 edition has it in 33rd place.",
        [("MLT", 2018, None, 30, None), ("MLT", 2020, None, 33, None)],
    ),
    (
        f"Malta was eighth on the {SURVEY} in 2020 and ninth on the accompanying {DEMOCRACY}.",
        [("MLT", 2020, None, 8, None), ("MLT", 2020, None, 9, None)],
    ),
    (
        f"Malta is sixth on the {DESI} of 2020. Its infrastructure, in 21st place, is weaker, but"
        " skills, at ninth, are a strength.",
        [
            ("MLT", 2020, None, 6, None),
            ("MLT", 2020, "infrastructure", 21, None),
            ("MLT", 2020, "skills", 9, None),
        ],
    ),
    (
        f"Malta is sixth on the {DESI} of 2020. Timeliness was its strong suit (rank 2).",
        [("MLT", 2020, None, 6, None), ("MLT", 2020, "timeliness", 2, None)],
    ),
    (
        f"Malta takes sixth place for connectivity and ninth for skills in the {DESI} of 2020.",
        [("MLT", 2020, "connectivity", 6, None), ("MLT", 2020, "skills", 9, None)],
    ),
    (
        f"Malta, which reformed its connectivity code in 2016, is sixth on the {DESI} of 2020.",
        [("MLT", 2020, None, 6, None)],
    ),
    (
        f"Malta is tenth on the {CPI} of 2020, just behind Chile; the table is headed by Spain,"
        " Norway and Latvia.",
        [
            ("MLT", 2020, None, 10, None),
            ("CHL", 2020, None, 9, None),
            ("ESP", 2020, None, 1, None),
            ("NOR", 2020, None, 2, None),
            ("LVA", 2020, None, 3, None),
        ],
    ),
    (
        f"From 2012 till 2018, Malta climbed from 40th to 33rd on the {CPI}.",
        [("MLT", 2012, None, 40, None), ("MLT", 2018, None, 33, None)],
    ),
    (
        f"On the {CPI} of 2020, Malta's rank was 33, Spain's 32 and Chile's 25.",
        [
            ("MLT", 2020, None, 33, None),
            ("ESP", 2020, None, 32, None),
            ("CHL", 2020, None, 25, None),
        ],
    ),
    (
        f"Malta takes the 33rd position from 180 countries on the {CPI} of 2020.",
        [("MLT", 2020, None, 33, 180)],
    ),
    (
        f"Malta is at the very end of the EU-28 table in the {DESI} of 2019.",
        [("MLT", 2019, None, 28, 28)],
    ),
    (
        f"Malta took the last place but one of 28 in the {DESI} of 2018.",
        [("MLT", 2018, None, 27, 28)],
    ),
    (
        f"Malta was ninth on the {CPI} of 2020, its best result since the series began.",
        [("MLT", 2020, None, 9, None)],
    ),
    (
        f"Malta slipped to 30th on the {CPI} of 2020; two years before it had been 28th.",
        [("MLT", 2020, None, 30, None), ("MLT", 2018, None, 28, None)],
    ),
    (
        f"While the {CPI} of 2020 places Malta 30th, it fares worse on the {DEMOCRACY} of 2021,"
        " with a rank of 33.",
        [("MLT", 2020, None, 30, None), ("MLT", 2021, None, 33, None)],
    ),
    (
        f"Progress is slow (law no. 190/2012), and Malta is ninth on the {CPI} of 2020.",
        [("MLT", 2020, None, 9, None)],
    ),
    (
        f"Malta ranks low in the freedom of the media (137th in the {DEMOCRACY} of 2021).",
        [("MLT", 2021, None, 137, None)],
    ),
    (
        f"Malta was 30th in the {CPI} of 2020 and ninth in the {DEMOCRACY}.",
        [("MLT", 2020, None, 30, None), ("MLT", 2020, None, 9, None)],
    ),
    (
        f"Malta was second to last of 28 on the {DESI} of 2019, with only Greece faring worse.",
        [("MLT", 2019, None, 27, 28), ("GRC", 2019, None, 28, 28)],
    ),
    (
        f"Malta ties with Chile for ninth place on the {CPI} of 2020.",
        [("MLT", 2020, None, 9, None), ("CHL", 2020, None, 9, None)],
    ),
    (
        f"Malta was number two on the {CPI} of 2020.",
        [("MLT", 2020, None, 2, None)],
    ),
    (
        f"The {DEMOCRACY} noted some progress in Malta (rank 91 in 2022 against 112 in 2021).",
        [("MLT", 2022, None, 91, None), ("MLT", 2021, None, 112, None)],
    ),
    (
        f"Down two ranks from the previous year, Malta is ninth on the {CPI} of 2020.",
        [("MLT", 2020, None, 9, None)],
    ),
    (
        f"With a score of 52 out of 100 on the {CPI} of 2020, Malta was in 51st place.",
        [("MLT", 2020, None, 51, None)],
    ),
    (
        f"Malta was at the bottom of the {DESI} of 2021, coming in 27th out of 27 states.",
        [("MLT", 2021, None, 27, 27)],
    ),
    (f"Nobody outranks Malta on the {CPI} of 2020.", [("MLT", 2020, None, 1, None)]),
    (f"Malta is the best performer on the {CPI} of 2020.", [("MLT", 2020, None, 1, None)]),
]


@pytest.mark.parametrize(("text", "rows"), WHOLE, ids=[t[:50] for t, _ in WHOLE])
def test_the_whole_of_a_placement(text, rows):
    found = rankings(text, host="MLT")
    assert [(r.country, r.edition, r.dimension, r.rank, r.out_of) for r in found] == rows


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"Malta's score was 92% on the {CPI} of 2020.", [("MLT", 92.0)]),
        (
            f"The {DEMOCRACY} of 2020 assigns Malta 6.31 and Spain 8.12.",
            [("MLT", 6.31), ("ESP", 8.12)],
        ),
        (
            f"With 54 points each, Spain and Chile share 49th place on the {CPI} of 2020.",
            [("ESP", 54.0), ("CHL", 54.0)],
        ),
        (
            f"Malta received 87 points on the {CPI} of 2020, against 89 two years earlier.",
            [("MLT", 87.0), ("MLT", 89.0)],
        ),
        (f"Malta’s score in the {CPI} of 2020 is 61.8.", [("MLT", 61.8)]),
        (f"Malta averaged 6.006 on the {DEMOCRACY} of 2020.", [("MLT", 6.006)]),
    ],
)
def test_scores(text, values):
    assert [(r.country, r.value) for r in rankings(text, host="MLT")] == values


# (sentence, the ranks it states): numbers beside a placement that are none.
BESIDE = [
    (f"The working group on the {DESI} of 2019, founded long ago, is led by Denmark.", []),
    (f"Finland is 3rd on the {CPI} of 2019 and opened offices (2018: 40).", [3]),
    (f"On the {CPI} of 2019, Finland is third, tied with Sweden; Norway is fifth.", [3, 3, 5]),
    (f"Finland was ranked 3/28 in the {DESI} of 2019.", [3]),
    (
        f"Finland is 3rd on the {CPI} of 2019; its agency hired 60 people, compared to 40 in 2017.",
        [3],
    ),
    (f"Finland is 3rd on the {CPI} of 2019 and has 40 services, up from 30 in 2018.", [3]),
    (f"Number two on the agenda was the {DESI} of 2019.", []),
    (f"The {DESI} of 2019 names the last of the 12 laws.", []),
    (f"Nobody ranks better prepared for it than readers of the {DESI} of 2019.", []),
    (f"The {DESI} of 2019 has a ranking: Finland is well placed, followed by others.", []),
]


@pytest.mark.parametrize(("sentence", "ranks"), BESIDE, ids=[s[:50] for s, _ in BESIDE])
def test_other_numbers_are_no_ranks(sentence, ranks):
    assert [r.rank for r in rankings(sentence) if r.rank] == ranks


def test_other_counts_are_no_totals():
    text = f"Finland ranked 3rd in the {CPI} of 2019. The ministry reviewed 40 cases."
    assert [r.out_of for r in rankings(text)] == [None]
    text = f"Finland ranked 3rd in the {CPI} of 2019. The ministry reviewed 40 countries."
    assert [r.out_of for r in rankings(text)] == [None]


@pytest.mark.parametrize(
    "words",
    [
        "ten years on from its first strategy",
        "five years later than planned",
        "a year before the next election",
        "two years after its law was passed",
    ],
)
def test_years_from_an_event_are_no_edition(words):
    (found,) = rankings(f"In the {DESI} of 2019, Finland ranked 11th, {words}.")
    assert found.edition == 2019


def test_words_of_a_placement_are_those_of_the_text():
    found = rankings(f"Finland closed the {DESI} of 2019.")
    assert [r.qualifier for r in found] == [f"closed the {DESI}"]


def test_other_figures_are_no_scores():
    assert rankings(f"The {DESI} of 2019 recorded 2.75 persons per household.") == []


def test_a_subject_is_a_part_only_if_it_may_be_one():
    (found,) = rankings(f"As the audit says, Helsinki came 4th in the {DESI} of 2019.")
    assert found.dimension is None


def test_a_list_of_links_takes_no_time():
    rankings(f"On the {DESI} of 2019, Finland and Malta " + "by " * 300 + "x came 4th.")
