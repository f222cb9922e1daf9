"""What a release says of itself: version, title, authors, licence, DOI."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TITLE = "Governance reports as a dataset"
# No zeros in front, as in SemVer, but in the second number, which CalVer has as a month.
_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(\d+)(\.(0|[1-9]\d*))?(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?(\+[0-9A-Za-z.]+)?"
)
_CALENDAR = re.compile(r"((?:19|2\d)\d\d)\.")
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")  # as CITATION.cff has it


@dataclass(frozen=True, slots=True)
class License:
    """A licence by its SPDX identifier."""

    id: str
    title: str
    url: str


_CC = "https://creativecommons.org"
_ODC = "https://opendatacommons.org/licenses"
LICENSES: Mapping[str, License] = {
    found.id: found
    for found in (
        License("CC-BY-4.0", "Creative Commons Attribution 4.0", f"{_CC}/licenses/by/4.0/"),
        License(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution-ShareAlike 4.0",
            f"{_CC}/licenses/by-sa/4.0/",
        ),
        License(
            "CC-BY-NC-4.0",
            "Creative Commons Attribution-NonCommercial 4.0",
            f"{_CC}/licenses/by-nc/4.0/",
        ),
        License("CC0-1.0", "Creative Commons Zero 1.0", f"{_CC}/publicdomain/zero/1.0/"),
        License("ODbL-1.0", "Open Database License 1.0", f"{_ODC}/odbl/1-0/"),
        License("ODC-By-1.0", "Open Data Commons Attribution License 1.0", f"{_ODC}/by/1-0/"),
        License("PDDL-1.0", "Public Domain Dedication and License 1.0", f"{_ODC}/pddl/1-0/"),
    )
}


@dataclass(frozen=True, slots=True)
class Author:
    """A person, with a given name, or an organisation."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """The name in reading order."""
        return f"{self.given} {self.family}".strip()


UNNAMED = Author("Authors not named")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the maker of a release says of it.

    Attributes:
        version: As in CalVer or SemVer.
        texts: Whether the reports' texts are in it.
        released: The day of the release, where stated; nothing is taken from the clock.
    """

    version: str
    title: str = TITLE
    authors: tuple[Author, ...] = (UNNAMED,)
    license: License = LICENSES["CC-BY-4.0"]
    doi: str | None = None
    released: date | None = None
    texts: bool = True

    @property
    def year(self) -> str | None:
        """Year of the release: of its day or, in CalVer, of its version."""
        if self.released:
            return str(self.released.year)
        found = _CALENDAR.match(self.version)
        return found[1] if found else None

    @property
    def reference(self) -> str:
        """How to cite it, in a line."""
        names = "; ".join(f"{a.family}, {a.given}" if a.given else a.family for a in self.authors)
        when = f" ({self.year})" if self.year else ""
        where = f"https://doi.org/{self.doi}" if self.doi else "DOI to be filled in"
        return f"{names}{when}: {self.title}, version {self.version} [dataset]. {where}"


def version(text: str) -> str:
    """A version, as CalVer or SemVer have it.

    Raises:
        ValueError: If it does not look like one.
    """
    if not _VERSION.fullmatch(text):
        raise ValueError(f"{text!r} is no version, as in 2026.11.0 or 1.2.0")
    return text


def title(text: str) -> str:
    """A title on one line.

    Raises:
        ValueError: If there is nothing in it.
    """
    if not text.strip():
        raise ValueError("a title has at least a word")
    return " ".join(text.split())


def author(text: str) -> Author:
    """A person from "Family, Given", or an organisation from a text without comma.

    Raises:
        ValueError: If there is no name.
    """
    family, comma, given = (" ".join(part.split()) for part in text.partition(","))
    if not family or (comma and not given):
        raise ValueError(f'{text!r} is no author, as in "Family, Given"')
    return Author(family, given)


def licence(text: str) -> License:
    """A licence for data, from its SPDX identifier.

    Raises:
        ValueError: If it is not one of `LICENSES`.
    """
    known = {name.lower(): found for name, found in LICENSES.items()}
    if text.lower() not in known:
        raise ValueError(f"{text!r} is no licence known here; one of {', '.join(LICENSES)}")
    return known[text.lower()]


def doi(text: str) -> str:
    """A DOI without the address before it.

    Raises:
        ValueError: If it is none.
    """
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", text.strip(), flags=re.IGNORECASE)
    if not _DOI.fullmatch(bare):
        raise ValueError(f"{text!r} is no DOI, as in 10.5281/zenodo.1234567")
    return bare


def day(text: str) -> date:
    """A day, as in 2026-11-30.

    Raises:
        ValueError: If it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day, as in 2026-11-30") from None
