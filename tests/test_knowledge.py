import csv
import re
from collections import Counter, defaultdict

import pytest

from pipeline import knowledge
from pipeline.normalise import key
from pipeline.records import LABELS
from pipeline.settings import REFERENCE

NAMED = ["name", "native_name", "acronym", "aliases", "country_iso3"]
YEARS = ["start_year", "end_year"]

# Every file, its columns, and those that together stand only once.
FILES = {
    "agencies.csv": ([*NAMED, "kind", *YEARS, "note"], ["name", "country_iso3"]),
    "strategies.csv": ([*NAMED, *YEARS, "note"], ["name", "country_iso3"]),
    "laws.csv": ([*NAMED, *YEARS, "note"], ["name", "country_iso3"]),
    "platforms.csv": ([*NAMED, *YEARS, "note"], ["name", "country_iso3"]),
    "indices.csv": (
        ["name", "acronym", "aliases", "publisher", "unit", "first_year", "last_year"]
        + ["n_ranked", "note", "publishes", "dimensions", "abbreviation"],
        ["name"],
    ),
    "countries.csv": (
        ["country_iso3", "iso2", "iso_numeric", "name", "sort_name", "aliases", "adjectives"]
        + ["demonyms", "capital", "cow_code", "vdem_id", "eu", "oecd", "sgi41", "sgi30"],
        ["country_iso3"],
    ),
    "degrees.csv": (["word", "degree"], ["word"]),
    "evidence.csv": (
        ["country_iso3", "kind", "term", *YEARS, "note"],
        ["country_iso3", "kind", "term", "start_year"],
    ),
    "generic.csv": (["term", "note"], ["term"]),
    "guards.csv": (["phrase", "note"], ["phrase"]),
    "heads.csv": (["word", "label", "language"], ["word"]),
    "languages.csv": (["language", "countries"], ["language"]),
    "letters.csv": (["letters", "countries"], ["letters"]),
    "lookalikes.csv": (["term", "kind"], ["term", "kind"]),
    "notions.csv": (["term", "countries"], ["term"]),
    "openers.csv": (["opener", "kind"], ["opener"]),
    "scripts.csv": (["script", "countries"], ["script"]),
}
CODES = frozenset(country.country_iso3 for country in knowledge.countries())
every_file = pytest.mark.parametrize("file", FILES)


def table(file: str) -> list[list[str]]:
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def again(values) -> list:
    """The values that come more than once."""
    return [value for value, n in Counter(values).items() if n > 1]


def test_every_file_is_known_here():
    assert {path.name for path in REFERENCE.glob("*.csv")} == set(FILES)


@every_file
def test_header(file):
    assert table(file)[0] == FILES[file][0]


@every_file
def test_bytes(file):
    data = (REFERENCE / file).read_bytes()
    assert data.decode("utf-8")[0] != "\ufeff"
    assert b"\r" not in data
    assert data.endswith(b"\n")


@every_file
def test_every_row_is_complete(file):
    header, *body = table(file)
    assert [row for row in body if len(row) != len(header)] == []


@every_file
def test_cells_have_no_white_space_around(file):
    assert [cell for row in table(file) for cell in row if cell != cell.strip()] == []


@every_file
def test_keys(file):
    keys = [tuple(row[column] for column in FILES[file][1]) for row in knowledge.rows(file)]
    assert again(keys) == []
    # A name may belong to no country; then the name alone is the key.
    assert [k for k in keys if not k[0]] == []


@every_file
def test_country_codes(file):
    cells = [
        code
        for row in knowledge.rows(file)
        for column in ("country_iso3", "countries")
        for code in knowledge.several(row.get(column, ""))
    ]
    allowed = CODES | ({"EU"} if file == "notions.csv" else set())
    assert set(cells) <= allowed


@every_file
def test_years(file):
    for row in knowledge.rows(file):
        start = row.get("start_year") or row.get("first_year") or ""
        end = row.get("end_year") or row.get("last_year") or ""
        assert re.fullmatch(r"(?:1[0-9]\d\d|20\d\d)?", start), row
        assert re.fullmatch(r"(?:1[0-9]\d\d|20\d\d)?", end), row
        assert not (start and end) or int(start) <= int(end), row


@pytest.mark.parametrize("file", knowledge.NAME_FILES)
def test_lists_hold_nothing_blank_and_nothing_twice(file):
    for row in knowledge.rows(file):
        parts = row["aliases"].split("|") if row["aliases"] else []
        assert all(part == part.strip() != "" for part in parts), row
        forms = [row["name"], *parts]
        assert again(forms) == [], row


def test_no_form_stands_under_two_labels_in_one_country():
    labels = defaultdict(set)
    for name in knowledge.names():
        for form in name.forms:
            labels[form, name.country_iso3].add(name.label)
    assert {form: found for form, found in labels.items() if len(found) > 1} == {}


def test_only_acronyms_stand_under_two_labels():
    labels = defaultdict(set)
    for name in knowledge.names():
        for form in name.forms:
            if " " in form or not form.isupper():
                labels[form].add(name.label)
    assert {form: found for form, found in labels.items() if len(found) > 1} == {}


def test_no_form_names_two_things_of_one_country():
    names = defaultdict(set)
    for name in knowledge.names():
        for form in name.forms:
            names[form, name.country_iso3].add(name.name)
    assert {form: found for form, found in names.items() if len(found) > 1} == {}


def test_forms_start_with_the_name():
    for name in knowledge.names():
        assert name.forms[0] == name.name
        assert all(name.forms)


def test_no_generic_term_is_a_known_name():
    generic = {key(row["term"]) for row in knowledge.rows("generic.csv")}
    assert sorted({n.name for n in knowledge.names() if key(n.name) in generic}) == []


@pytest.mark.parametrize(
    ("member", "count"),
    [("sgi41", 41), ("sgi30", 30), ("eu", 27), ("oecd", 38)],
)
def test_memberships(member, count):
    values = [getattr(country, member) for country in knowledge.countries()]
    assert set(values) == {0, 1}
    assert sum(values) == count


def test_the_thirty_are_among_the_forty_one():
    assert [c.name for c in knowledge.countries() if c.sgi30 and not c.sgi41] == []


def test_every_country_of_a_comparison_can_be_recognised():
    for country in knowledge.countries():
        if country.sgi41 or country.sgi30:
            assert country.adjectives, country.name
            assert country.capital, country.name
            assert country.iso2, country.name


@pytest.mark.parametrize(
    ("column", "form"),
    [("country_iso3", "[A-Z]{3}"), ("iso2", "[A-Z]{2}"), ("iso_numeric", r"\d{3}")],
)
def test_country_code_columns(column, form):
    values = [v for c in knowledge.countries() if (v := getattr(c, column)) is not None]
    assert again(values) == []
    assert [value for value in values if not re.fullmatch(form, value)] == []


@pytest.mark.parametrize("column", ["cow_code", "vdem_id"])
def test_country_ids_of_other_datasets_are_unique(column):
    values = [v for c in knowledge.countries() if (v := getattr(c, column)) is not None]
    assert again(values) == []


def test_no_name_belongs_to_two_countries():
    owners = defaultdict(set)
    for country in knowledge.countries():
        for name in (country.country_iso3, country.name, country.sort_name, *country.aliases):
            owners[key(name).rstrip(".")].add(country.country_iso3)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_countries_are_in_the_order_of_comparative_pages():
    names = [country.sort_name for country in knowledge.countries() if country.sgi41]
    assert names == sorted(names, key=str.casefold)
    # The Netherlands stand under T, Britain and the States under U, Korea under S.
    places = {c.country_iso3: c.sort_name for c in knowledge.countries()}
    assert [places[code][0] for code in ("NLD", "GBR", "USA", "KOR")] == ["T", "U", "U", "S"]


def test_heads_are_single_lower_case_words_with_a_label():
    for word, label in knowledge.heads().items():
        assert word == word.lower()
        assert " " not in word
        assert label in LABELS


def test_head_languages():
    rows = list(knowledge.rows("heads.csv"))
    assert {row["language"] for row in rows} == {"en", "other"}


KINDS = {"cctld", "currency", "leader", "media", "office", "parliament", "party", "subnational"}


def test_evidence_kinds():
    assert {row.kind for row in knowledge.evidence()} <= KINDS | {"system", "word"}


def test_internet_domains_are_endings_or_hosts():
    domains = [row.term for row in knowledge.evidence() if row.kind == "cctld"]
    assert [
        d for d in domains if not re.fullmatch(r"(?:\.[a-z-]+)+|[a-z-]+(?:\.[a-z-]+)+", d)
    ] == []


def test_editions_of_indices():
    for index in knowledge.indices():
        for edition, ranked in index.n_ranked.items():
            assert (index.first_year or 0) <= edition <= (index.last_year or 9999), index.name
            assert 2 <= ranked <= 250, index.name


def test_openers_have_two_kinds():
    assert set(knowledge.openers().values()) == {"continuation", "anaphora"}


def test_publishers():
    lines = (REFERENCE / "publishers.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        pattern, name = line.split("\t")
        assert name == name.strip() != ""
        assert line.startswith("#") or re.compile(pattern)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        pytest.param("", (), id="empty"),
        pytest.param("Czechia", ("Czechia",), id="one"),
        pytest.param("Czechia|Czech Republic", ("Czechia", "Czech Republic"), id="two"),
        pytest.param(" a | | b |", ("a", "b"), id="blanks and gaps"),
    ],
)
def test_several(cell, parts):
    assert knowledge.several(cell) == parts


@pytest.mark.parametrize(("cell", "value"), [("", None), ("0", 0), ("2019", 2019)])
def test_number(cell, value):
    assert knowledge.number(cell) == value


@pytest.mark.parametrize("cell", ["2019?", "about 5", "19.5"])
def test_number_refuses_what_is_none(cell):
    with pytest.raises(ValueError, match="invalid literal"):
        knowledge.number(cell)
