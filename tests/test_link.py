"""Mentions under one name: acronyms, native names, countries, and entities over documents."""

from collections import Counter

import pytest

from pipeline.entities import entities, entity_id, namings
from pipeline.link import resolve
from pipeline.records import Mention, Segment


def mention(text, words, label="AGENCY", *, nth=0, **more):
    """The nth place of `words` in `text`, as the extraction hands it on."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(
        start=start,
        end=start + len(words),
        text=words,
        label=label,
        section=more.pop("section", "body"),
        confidence=0.9,
        method="model",
        canonical=words,
        **more,
    )


def segment(text, country, start=0, end=None):
    return Segment(
        start=start,
        end=len(text) if end is None else end,
        country=country,
        country_method="heading",
        country_confidence=1.0,
    )


def resolved(text, *mentions, country="FIN"):
    return resolve(list(mentions), text, [segment(text, country)], country)


def test_an_acronym_in_brackets_stands_for_the_name_before_it():
    text = "The Harbour Records Office (HRO) opened. The HRO closed."
    names = resolved(
        text, mention(text, "Harbour Records Office"), mention(text, "HRO"),
        mention(text, "HRO", nth=1),
    )  # fmt: skip
    assert {m.canonical for m in names} == {"Harbour Records Office"}
    assert len({entity_id(m) for m in names}) == 1


def test_an_acronym_without_brackets_fits_by_its_letters():
    text = "The Office of Harbour Records opened. Later OHR was closed."
    names = resolved(text, mention(text, "Office of Harbour Records"), mention(text, "OHR"))
    assert {m.canonical for m in names} == {"Office of Harbour Records"}


def test_a_native_name_in_brackets_stands_for_the_english_one():
    text = "The Harbour Records Office (Satamakirjasto) opened. Satamakirjasto closed."
    names = resolved(
        text, mention(text, "Harbour Records Office"), mention(text, "Satamakirjasto"),
        mention(text, "Satamakirjasto", nth=1),
    )  # fmt: skip
    assert {m.canonical for m in names} == {"Harbour Records Office"}


def test_a_native_name_and_an_acronym_in_one_bracket():
    text = "The Harbour Records Office (Satamakirjasto, SKR) opened."
    names = resolved(
        text, mention(text, "Harbour Records Office"), mention(text, "Satamakirjasto"),
        mention(text, "SKR"),
    )  # fmt: skip
    assert {m.canonical for m in names} == {"Harbour Records Office"}


def test_an_acronym_of_another_kind_is_something_else():
    text = "The Harbour Records Act (HRO) passed."
    names = resolved(text, mention(text, "Harbour Records Act", "LAW"), mention(text, "HRO"))
    assert len({m.canonical for m in names}) == 2


def test_acronyms_do_not_cross_sections():
    text = "The Harbour Records Office (HRO) opened.\nThe HRO of ours is another."
    cut = text.index("\n")
    names = resolve(
        [
            mention(text, "Harbour Records Office"),
            mention(text, "HRO"),
            mention(text, "HRO", nth=1),
        ],
        text,
        [segment(text, "FIN", 0, cut), segment(text, "EST", cut + 1)],
        None,
    )
    assert [m.canonical for m in names] == ["Harbour Records Office"] * 2 + ["HRO"]
    assert [m.country for m in names] == ["FIN", "FIN", "EST"]


def test_a_thing_belongs_to_the_country_of_its_section():
    text = "The Harbour Records Office opened."
    (name,) = resolved(text, mention(text, "Harbour Records Office"), country="EST")
    assert name.country == "EST"


OWNED = [
    "Sweden’s Harbour Records Office opened.",
    "Sweden's Harbour Records Office opened.",
    "The Swedish Harbour Records Office opened.",
    "The Harbour Records Office, Sweden, opened.",
]


@pytest.mark.parametrize("text", OWNED)
def test_a_neighbours_thing_belongs_to_the_neighbour(text):
    (name,) = resolved(text, mention(text, "Harbour Records Office"))
    assert name.country == "SWE"


def test_an_index_belongs_to_no_country():
    text = "The Harbour Trust Index rose."
    (name,) = resolved(text, mention(text, "Harbour Trust Index", "INDEX"))
    assert name.country is None


def test_a_known_international_name_belongs_to_no_country():
    text = "The GDPR applies."
    (name,) = resolved(text, mention(text, "GDPR", "LAW"))
    assert (name.canonical, name.country, name.international) == (
        "General Data Protection Regulation",
        None,
        True,
    )


def test_spellings_of_a_known_index_are_one():
    text = "The UN E-Government Survey and the U.N. E-Government Survey agree."
    names = resolved(
        text,
        mention(text, "UN E-Government Survey", "INDEX"),
        mention(text, "U.N. E-Government Survey", "INDEX"),
    )
    assert len({entity_id(m) for m in names}) == 1


def test_a_year_stays_as_it_is():
    text = "Since 2012 it is open."
    year = mention(text, "2012", "YEAR", year_start=2012, year_end=2012)
    assert resolved(text, year) == [year]


def test_line_breaks_in_a_name_do_not_make_another():
    text = "The Harbour\nRecords Office and the Harbour Records Office."
    names = resolved(
        text, mention(text, "Harbour\nRecords Office"), mention(text, "Harbour Records Office")
    )
    assert len({entity_id(m) for m in names}) == 1


def entity_of(*documents):
    found = [(document, naming) for document, own in documents for naming in namings(own)]
    pairs = {(document, naming.entity_id) for document, naming in found}
    counts = Counter(key for _, key in pairs)
    return list(entities([naming for _, naming in found], counts).values())


def owned(words, country, **more):
    return mention(words, words, more.pop("label", "AGENCY"), country=country, **more)


def test_a_shared_name_in_two_countries_is_two_entities():
    found = entity_of(
        ("doc-1", [owned("Ministry of Finance", "FIN"), owned("Ministry of Finance", "EST")])
    )
    assert {e.country for e in found} == {"FIN", "EST"}
    assert {e.name for e in found} == {"Ministry of Finance"}


def test_one_name_in_one_country_is_one_entity():
    found = entity_of(
        ("doc-1", [owned("Ministry of Finance", "FIN")]),
        ("doc-2", [owned("ministry of finance", "FIN"), owned("Ministry of Finance", "FIN")]),
    )
    (entity,) = found
    assert (entity.name, entity.aliases) == ("Ministry of Finance", ("ministry of finance",))
    assert (entity.n_mentions, entity.n_documents) == (3, 2)


def test_one_name_of_two_kinds_is_two_entities():
    found = entity_of(("doc-1", [owned("Horizon", None), owned("Horizon", None, label="STRATEGY")]))
    assert {e.label for e in found} == {"AGENCY", "STRATEGY"}


def test_years_make_no_entity_and_boilerplate_is_not_counted():
    found = entity_of(
        (
            "doc-1",
            [
                owned("2012", None, label="YEAR"),
                owned("Ministry of Finance", "FIN", section="boilerplate"),
            ],
        )
    )
    assert [(e.name, e.n_mentions, e.n_documents) for e in found] == [("Ministry of Finance", 0, 1)]


def test_years_inside_a_name_bound_it():
    (entity,) = entity_of(("doc-1", [owned("Open Data Plan 2017–2022", "IRL", label="STRATEGY")]))
    assert (entity.first_year, entity.last_year) == (2017, 2022)


def test_the_order_of_documents_does_not_matter():
    one = ("doc-1", [owned("Ministry of Finance", "FIN")])
    two = ("doc-2", [owned("Ministry of Justice", "FIN"), owned("ministry of finance", "FIN")])
    assert entity_of(one, two) == entity_of(two, one)
