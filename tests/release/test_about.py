"""Version, authors, licence and DOI are understood, or refused in a line."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.release.about import About, Author, author, day, doi, licence, title, version


@pytest.mark.parametrize(
    "text", ["2026.11.0", "2026.11", "2026.11.0-rc.1", "0.1.0", "1.2.3+build.5", "2026.06.1"]
)
def test_a_version(text):
    assert version(text) == text


@pytest.mark.parametrize(
    "text", ["", "latest", "v1.2.0", "1", "1.2.0.4", "1.2.", "01.2.0", "1.2.0 ", "1.2.0/..", "1..2"]
)
def test_no_version(text):
    with pytest.raises(ValueError, match="is no version"):
        version(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lovelace, Ada", Author("Lovelace", "Ada")),
        ("  de Gouges ,  Olympe ", Author("de Gouges", "Olympe")),
        ("King, Martin Luther, Jr.", Author("King", "Martin Luther, Jr.")),
        ("OECD", Author("OECD")),  # without comma an organisation
    ],
)
def test_an_author(text, found):
    assert author(text) == found


@pytest.mark.parametrize("text", ["", " ", ",", "Lovelace,", ", Ada"])
def test_no_author(text):
    with pytest.raises(ValueError, match="is no author"):
        author(text)


@pytest.mark.parametrize(
    "text",
    [
        "10.5281/zenodo.1234567",
        "doi:10.5281/zenodo.1234567",
        "https://doi.org/10.5281/zenodo.1234567",
        "http://dx.doi.org/10.5281/zenodo.1234567",
    ],
)
def test_a_doi_is_kept_bare(text):
    assert doi(text) == "10.5281/zenodo.1234567"


@pytest.mark.parametrize("text", ["", "zenodo.1234567", "10.xxxx/…", "10.5281/", "10.5281/a b"])
def test_no_doi(text):
    with pytest.raises(ValueError, match="is no DOI"):
        doi(text)


def test_a_licence_is_known_in_any_case_and_others_are_refused():
    assert licence("cc0-1.0").id == "CC0-1.0"
    with pytest.raises(ValueError, match=r"no licence known here; one of CC-BY-4\.0"):
        licence("mine")


def test_a_day():
    assert day("2026-11-30") == date(2026, 11, 30)
    with pytest.raises(ValueError, match="is no day"):
        day("30.11.2026")


def test_the_year_comes_from_the_day_or_the_calendar_version():
    assert About(version="2026.11.0").year == "2026"
    assert About(version="1.2.0").year is None
    assert About(version="1.2.0", released=date(2025, 1, 1)).year == "2025"


def test_the_reference_names_authors_year_version_and_doi():
    about = About(version="2026.11.0", authors=(Author("Lovelace", "Ada"), Author("OECD")))
    assert about.reference == (
        "Lovelace, Ada; OECD (2026): Governance reports as a dataset, version 2026.11.0 [dataset]. "
        "DOI to be filled in"
    )
    assert replace(about, doi="10.5281/zenodo.1").reference.endswith(
        "https://doi.org/10.5281/zenodo.1"
    )


def test_a_title_is_one_line():
    assert title(" Governance\nof  data ") == "Governance of data"
    with pytest.raises(ValueError, match="at least a word"):
        title(" \n")
