"""Placements that cannot be true, and those that contradict each other."""

import pytest

from pipeline.rankings.checks import checked, contradicted
from pipeline.records import Ranking

DESI, CPI = "Digital Economy and Society Index", "Corruption Perceptions Index"


def placed(rank, country="FIN", index=DESI, edition=2019, **more):
    return Ranking(
        start=0, end=9, country=country, index_name=index, edition=edition, rank=rank, **more
    )


def checks(*placements):
    return [r.check for r in checked(placements)]


@pytest.mark.parametrize(
    ("placement", "check"),
    [
        (placed(4, out_of=28), "ok"),
        (placed(28, out_of=28), "ok"),
        (placed(29, out_of=28), "impossible"),
        (placed(28, edition=2018), "ok"),
        (placed(35, edition=2018), "impossible"),  # the edition has 28 countries
        (placed(1, index=CPI, edition=1994), "impossible"),  # first published in 1995
        (placed(1, index="CPI", edition=1994), "impossible"),  # known by its acronym, too
        (placed(35, edition=None), "ok"),
        (placed(None), "ok"),
        (placed(300, index="Index of Ferries"), "ok"),
        (placed(300, index="Index of Ferries", out_of=40), "impossible"),
    ],
)
def test_a_placement_by_itself(placement, check):
    assert checks(placement) == [check]


def test_two_ranks_in_one_edition_contradict_each_other():
    assert checks(placed(4), placed(5)) == ["contradicted", "contradicted"]


def test_a_third_placement_that_agrees_with_one_is_contradicted_by_the_other():
    assert checks(placed(4), placed(4), placed(5)) == ["contradicted"] * 3


def test_an_index_under_two_names_is_one():
    first, second = placed(4, index=CPI), placed(5, index="CPI")
    assert checks(first, second) == ["contradicted", "contradicted"]


@pytest.mark.parametrize(
    "other",
    [
        placed(4),
        placed(5, country="EST"),
        placed(5, index=CPI),
        placed(5, edition=2018),
        placed(5, dimension="connectivity"),
        placed(None),
    ],
)
def test_placements_of_different_things_do_not_contradict(other):
    assert checks(placed(4), other) == ["ok", "ok"]


@pytest.mark.parametrize("unknown", [{"country": None}, {"edition": None}])
def test_what_is_unknown_contradicts_nothing(unknown):
    assert checks(placed(4, **unknown), placed(5, **unknown)) == ["ok", "ok"]


def test_ranks_in_lists_of_different_length_do_not_contradict():
    assert contradicted([placed(4, out_of=27), placed(5, out_of=28)]) == set()


def test_ranks_contradict_where_one_list_has_no_length():
    assert contradicted([placed(4, out_of=27), placed(5)]) == {0, 1}


def test_the_impossible_contradicts_nothing():
    assert checks(placed(4, edition=2018), placed(35, edition=2018)) == ["ok", "impossible"]


def test_no_placements_have_no_checks():
    assert checked([]) == []
