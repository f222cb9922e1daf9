"""From a sentence with an index to placements, and from its look-alikes to none."""

import pytest

from pipeline.rankings import find
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


def test_the_index_is_named_without_its_edition():
    (found,) = rankings(f"The {SURVEY} 2018 ranked Belgium 27 out of 193.")
    assert found.index_name == SURVEY


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


def test_a_value_without_a_rank_is_kept():
    (found,) = rankings(f"The country scored 88 points on the {CPI} of 2020.")
    assert (found.rank, found.value) == (None, 88.0)
