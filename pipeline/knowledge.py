"""The reviewed data in `reference/`, read once."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.records import Label
from pipeline.settings import REFERENCE

NAME_FILES: dict[str, Label] = {
    "agencies.csv": "AGENCY",
    "strategies.csv": "STRATEGY",
    "laws.csv": "LAW",
    "platforms.csv": "PLATFORM",
    "indices.csv": "INDEX",
}


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.csv`; `sort_name` is the name it is alphabetised under."""

    country_iso3: str
    iso2: str | None
    iso_numeric: str | None
    name: str
    sort_name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    cow_code: int | None
    vdem_id: int | None
    eu: int
    oecd: int
    sgi41: int
    sgi30: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of `evidence.csv`: a term that speaks for a country, and when it does."""

    country_iso3: str
    kind: str
    term: str
    start_year: int | None
    end_year: int | None


@dataclass(frozen=True, slots=True)
class Name:
    """A known agency, strategy, law, platform or index, with its other names."""

    label: Label
    name: str
    native_name: str | None
    acronym: str | None
    aliases: tuple[str, ...]
    country_iso3: str | None

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form, the canonical one first."""
        rest = (self.native_name, self.acronym, *self.aliases)
        return (self.name, *(form for form in rest if form))


@dataclass(frozen=True, slots=True)
class Index:
    """A row of `indices.csv`.

    Attributes:
        n_ranked: The number of ranked countries of each edition that is known.
        publishers: Those whose "index" or "ranking" is this one.
        dimensions: What it is made up of, lower case.
        abbreviation: An acronym that is also that of other things, read where ranks are stated.
    """

    name: str
    acronym: str | None
    aliases: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    n_ranked: dict[int, int]
    publishers: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    abbreviation: str | None = None


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file, white space stripped."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {k: (v or "").strip() for k, v in row.items() if k}


def several(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list: 'Czechia|Czech Republic'."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def number(cell: str) -> int | None:
    """The integer in a cell, None where it is empty."""
    return int(cell) if cell else None


@cache
def countries() -> tuple[Country, ...]:
    """All countries, in the order in which comparative pages alphabetise them."""
    found = [
        Country(
            country_iso3=row["country_iso3"],
            iso2=row["iso2"] or None,
            iso_numeric=row["iso_numeric"] or None,
            name=row["name"],
            sort_name=row["sort_name"],
            aliases=several(row["aliases"]),
            adjectives=several(row["adjectives"]),
            demonyms=several(row["demonyms"]),
            capital=row["capital"] or None,
            cow_code=number(row["cow_code"]),
            vdem_id=number(row["vdem_id"]),
            eu=int(row["eu"]),
            oecd=int(row["oecd"]),
            sgi41=int(row["sgi41"]),
            sgi30=int(row["sgi30"]),
        )
        for row in rows("countries.csv")
    ]
    return tuple(sorted(found, key=lambda country: country.sort_name.casefold()))


@cache
def evidence() -> tuple[Evidence, ...]:
    """Indirect evidence: leaders, parties, parliaments, native terms and so on."""
    return tuple(
        Evidence(
            row["country_iso3"],
            row["kind"],
            row["term"],
            number(row["start_year"]),
            number(row["end_year"]),
        )
        for row in rows("evidence.csv")
    )


@cache
def guards() -> tuple[str, ...]:
    """Phrases in which a country's name does not speak for it ("Paris Agreement")."""
    return tuple(row["phrase"] for row in rows("guards.csv"))


@cache
def names() -> tuple[Name, ...]:
    """Every known agency, strategy, law, platform and index."""
    return tuple(
        Name(
            label,
            row["name"],
            row.get("native_name") or None,
            row["acronym"] or None,
            several(row["aliases"]),
            row.get("country_iso3") or None,
        )
        for file, label in NAME_FILES.items()
        for row in rows(file)
    )


def names_of(form: str) -> list[Name]:
    """The known things that can be called `form`."""
    return _by_form().get(form.replace("’", "'"), [])


@cache
def _by_form() -> dict[str, list[Name]]:
    table: dict[str, list[Name]] = defaultdict(list)
    for name in names():
        for form in name.forms:
            key = form.replace("’", "'")
            if name not in table[key]:
                table[key].append(name)
    return dict(table)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A row of `lookalikes.csv`: a name of a person, party, paper, firm and so on."""

    term: str
    kind: str


@cache
def lookalikes() -> tuple[LookAlike, ...]:
    """Names that stand in reports and are no agency, strategy, law, platform or index."""
    found = [LookAlike(row["term"], row["kind"]) for row in rows("lookalikes.csv")]
    found += [LookAlike(row["term"], "generic") for row in rows("generic.csv")]
    found += [
        LookAlike(row.term, row.kind) for row in evidence() if row.kind in ("party", "leader")
    ]
    found += [LookAlike(c.capital, "place") for c in countries() if c.capital]
    return tuple(dict.fromkeys(found))


@cache
def given_names() -> frozenset[str]:
    """First names of persons."""
    return frozenset(row.term for row in lookalikes() if row.kind == "given-name")


@cache
def indices() -> tuple[Index, ...]:
    """Known indices with their editions."""
    return tuple(
        Index(
            row["name"],
            row["acronym"] or None,
            several(row["aliases"]),
            number(row["first_year"]),
            number(row["last_year"]),
            {int(e[:4]): int(n) for e, n in (x.split(":") for x in several(row["n_ranked"]))},
            several(row["publishes"]),
            several(row["dimensions"]),
            row["abbreviation"] or None,
        )
        for row in rows("indices.csv")
    )


@cache
def heads() -> dict[str, Label]:
    """Words that head the name of a thing, lower case: 'ministry' -> AGENCY."""
    return {row["word"]: row["label"] for row in rows("heads.csv")}  # type: ignore[misc]


@cache
def degrees() -> dict[str, str]:
    """Words of degree and negation, lower case, with their kind: 'rarely' -> 'few'."""
    return {row["word"]: row["degree"] for row in rows("degrees.csv")}


@cache
def openers() -> dict[str, str]:
    """First words of a paragraph that continue the one before, with their kind."""
    return {row["opener"]: row["kind"] for row in rows("openers.csv")}
