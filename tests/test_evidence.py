"""What speaks for a country, what only seems to, and how much it weighs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evidence import WEIGHTS, Hit, hits, tally, terms

SPEAKS = [
    ("Finland has released its maps.", "FIN", "name"),
    ("Finnish agencies publish their records.", "FIN", "adjective"),
    ("The Czech Republic was late.", "CZE", "name"),
    ("Officials in the Netherlands disagree.", "NLD", "name"),
    ("Ministers met in Paris again.", "FRA", "capital"),
    ("The Draghi government fell in July.", "ITA", "leader"),
    ("Chancellor Kurz had to resign.", "AUT", "leader"),
    ("The Bundestag passed the bill.", "DEU", "body"),
    ("Ministers in New South Wales objected.", "AUS", "subnational"),
    ("The catalogue at avoindata.fi is complete.", "FIN", "cctld"),
    ("All of it stands on data.gov.uk/search today.", "GBR", "cctld"),
    ("행정안전부 checks the plans.", "KOR", "script"),
    ("The デジタル庁 was founded in 2021.", "JPN", "script"),
    ("The report of the министерство is late.", "BGR", "script"),
    ("It is called “Zukunft der öffentlichen Verwaltung gestalten” there.", "DEU", "language"),
    ("The plan (Tietojen avaaminen kuuluu kaikille) is new.", "FIN", "language"),
    ("The mapping office Þjóðskrá has a new chief.", "ISL", "letter"),
]


@pytest.mark.parametrize(("text", "country", "kind"), SPEAKS)
def test_it_speaks_for_the_country(text, country, kind):
    assert any(country in hit.countries and kind == hit.kind for hit in hits(text))


LOST = [
    ("It is called „Zukunft der öffentlichen Verwaltung gestalten“ there.", "DEU", "language"),
    ("All of it stands on data.gov.uk.", "GBR", "cctld"),
]


@pytest.mark.parametrize(("text", "country", "kind"), LOST)
def test_it_should_speak_for_the_country(text, country, kind):
    assert any(country in hit.countries and kind == hit.kind for hit in hits(text))


SILENT = [
    ("The Paris Agreement binds all of them.", "FRA", "a treaty, not the city"),
    ("The Washington Consensus was given up.", "USA", "a doctrine, not the city"),
    ("Dutch disease is feared by exporters.", "NLD", "a notion of economists"),
    ("Northern Ireland has a budget of its own.", "IRL", "part of the UK"),
    ("New Mexico and Texas sued.", "MEX", "a state of the USA"),
    ("The Treaty of Lisbon changed little.", "PRT", "a treaty, not the city"),
    ("French-speaking parties objected.", "FRA", "a language, spoken elsewhere too"),
    ("The summit in South America failed.", "USA", "a continent"),
    ("Talks with North Korea were broken off.", "KOR", "another country"),
    ("Guinea-Bissau joined the initiative.", "GIN", "another country"),
    ("A chilean wine list and a turkey sandwich.", "TUR", "a bird, lower case"),
    ("The file is called report.final and more.", "FIN", "no domain"),
]


@pytest.mark.parametrize(("text", "country", "reason"), SILENT)
def test_it_does_not_speak_for_the_country(text, country, reason):
    assert not any(country in hit.countries for hit in hits(text)), reason


def test_northern_ireland_speaks_for_the_uk():
    assert "GBR" in tally(hits("Northern Ireland has a budget of its own."))


COMPARED = [
    "Unlike {}, it has no such law.",
    "Wages are higher than {} can pay.",
    "The rules are stricter, as in {}, for ministers.",
    "In contrast to {}, ministers may vote.",
    "Courts act faster in neighbouring {}.",
    "The law follows the example of {} closely.",
    "Small states such as {} cope better.",
]


@pytest.mark.parametrize("sentence", COMPARED)
def test_a_comparison_weighs_less(sentence):
    plain = tally(hits("In Sweden, courts act fast."))["SWE"]
    assert 0 < tally(hits(sentence.format("Sweden")))["SWE"] < plain


@pytest.mark.parametrize("sentence", ["It costs more than in {}.", "Unlike in {}, judges strike."])
def test_a_comparison_with_a_preposition_weighs_less(sentence):
    plain = tally(hits("In Sweden, courts act fast."))["SWE"]
    assert tally(hits(sentence.format("Sweden")))["SWE"] < plain


def test_a_country_of_its_own_outweighs_the_one_it_is_compared_with():
    total = tally(hits("Unlike Sweden, Norway keeps its archives open."))
    assert total["NOR"] > total["SWE"]


def test_a_term_of_several_countries_says_less_for_each():
    one = Hit(start=0, end=1, kind="body", countries=("FIN",), weight=1.0)
    two = Hit(start=0, end=1, kind="body", countries=("FIN", "SWE"), weight=1.0)
    assert tally([two])["FIN"] < tally([one])["FIN"]


def test_nothing_speaks_in_plain_prose():
    assert hits("The office has grown, and its budget with it.") == []


def test_every_kind_weighs_something_and_no_more_than_a_name():
    assert all(0 < weight <= WEIGHTS["name"] for weight in WEIGHTS.values())


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_hits_lie_within_any_text_in_order(text):
    found = hits(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found)
    assert [hit.start for hit in found] == sorted(hit.start for hit in found)


@settings(deadline=None, max_examples=20)
@given(st.permutations(["Finland", "Danish", "in Paris", "the Bundestag", "data.gov.uk today"]))
def test_the_order_of_terms_does_not_change_what_is_found(terms):
    found = tally(hits(". ".join(terms) + "."))
    assert set(found) == {"FIN", "DNK", "FRA", "DEU", "GBR"}


def kinds(text, **how):
    return {text[h.start : h.end]: h.kind for h in hits(text, **how)}


DESCRIBED = [
    "The digital transformation team meets weekly.",
    "The digital-transformation team meets weekly.",
    "A DIGITAL TRANSFORMATION TEAM meets weekly.",
]


@pytest.mark.parametrize("text", DESCRIBED, ids=["lower case", "hyphen", "capitals"])
def test_a_body_may_be_described(text):
    (hit,) = hits(text)
    assert (hit.kind, hit.countries) == ("described", ("ITA",))


def test_a_described_body_says_less_than_its_name():
    (named,) = hits("The Digital Transformation Team meets weekly.")
    (described,) = hits(DESCRIBED[0])
    assert named.countries == described.countries
    assert described.weight < named.weight


def test_a_body_of_two_words_is_not_described():
    assert not hits("The state treasury and the tax agency meet.")


TITLE = "Ministry (2019): {}, accessed 3 May 2020."
TITLES = [
    ("Tietojen avaaminen kuuluu kaikille kansalaisille", "FIN"),
    ("Hvordan staten bruker pengene om veiene", "NOR"),
    ("Raport o stanie administracji publicznej w kraju", "POL"),
]


@pytest.mark.parametrize(("title", "iso3"), TITLES, ids=[t[1] for t in TITLES])
def test_the_parts_of_a_reference_have_a_language(title, iso3):
    spoken = [h for h in hits(TITLE.format(title), reference=True) if h.kind == "language"]
    assert [iso3 in h.countries for h in spoken] == [True]


@pytest.mark.parametrize("title", [t[0] for t in TITLES], ids=[t[1] for t in TITLES])
def test_prose_is_in_one_language(title):
    assert "language" not in kinds(TITLE.format(title)).values()


def test_an_english_title_is_in_no_language():
    line = TITLE.format("The state of the budget and of the economy")
    assert "language" not in kinds(line, reference=True).values()


def test_a_body_of_common_words_says_less():
    (plain,) = hits("The Environmental Board meets weekly.")
    (named,) = hits("The Bundestag meets weekly.")
    assert (plain.kind, named.kind) == ("plain_body", "body")
    assert plain.weight < named.weight


def test_the_fewer_countries_share_a_notion_the_more_it_says():
    shared = ["federal government", "Nordic", "federal administration"]
    found = [hits(f"The {notion} matters.")[0] for notion in shared]
    assert {h.kind for h in found} == {"notion"}
    assert [len(h.countries) for h in found] == sorted(len(h.countries) for h in found)[::-1]
    assert [h.weight for h in found] == sorted(h.weight for h in found)


def test_a_notion_speaks_for_each_of_its_countries_in_full():
    (hit,) = hits("The federal government pays.")
    assert set(tally([hit]).values()) == {hit.weight}


def test_no_notion_says_more_than_a_name():
    found = [h for term in terms.meaning() for h in hits(f"The {term} pays.") if h.kind == "notion"]
    assert found
    assert [h for h in found if h.weight > WEIGHTS["name"]] == []


GUARDED = [
    "Russia's invasion",
    "UN Secretary-General António Guterres",
    "ECB President Mario Draghi",
    "London and New York: Routledge",
    "Panama Canal",
]


@pytest.mark.parametrize("phrase", GUARDED)
def test_a_guarded_phrase_speaks_for_nobody(phrase):
    assert hits(f"It began with {phrase} and went on.") == []


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("Angela Merkel", (2005, 2021)),
        ("Gerhard Schröder", (1998, 2005)),
        ("Finland", (None, None)),
    ],
    ids=["chancellor", "another", "a country"],
)
def test_leaders_have_their_years(name, years):
    (hit,) = hits(f"They met {name} again.")
    assert (hit.first_year, hit.last_year) == years


def test_years_in_office_are_in_order():
    assert all(a <= b for a, b in terms.times().values() if a and b)


@pytest.mark.parametrize(
    ("text", "lower", "expected"),
    [
        ("The Harbour Office, the Office", False, ["Harbour Office", "Office", "Office"]),
        ("The harbour office", False, []),
        ("The HARBOUR office", True, ["HARBOUR office", "office"]),
        ("It ends in Harbour", False, []),
        ("Harbour-Office", False, ["Office"]),
        ("Nome’s mayor", False, ["Nome’s mayor"]),
        ("a note of A$ 10 and a A $10 note", False, ["A$"]),
        ("see data.gov and data.gov.uk", False, ["data.gov"]),
    ],
)
def test_phrases_stand_by_their_words(text, lower, expected):
    forms = ("Harbour Office", "Office", "Nome's mayor", "A$", "data.gov")
    phrases = terms.Phrases([(form, form) for form in forms], lower=lower)
    found = sorted(phrases.find(terms.Words(text)), key=lambda f: (f[0], -f[1]))
    assert [text[start:end] for start, end, _ in found] == expected
