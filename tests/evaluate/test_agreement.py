"""Two golds of the same text."""

import pytest

from pipeline.evaluate import show
from pipeline.evaluate.agreement import agreement, token_labels
from pipeline.evaluate.intervals import Share
from pipeline.evaluate.scores import Counts
from tests.evaluate.cases import gold

TEXT = "The Archive Act of 2019 binds the Archive Council, its Office and X-Road."
TEXTS = {"page.txt": TEXT}
ACT, COUNCIL, OFFICE, ROAD = (
    (4, 15, "LAW"),
    (34, 49, "AGENCY"),
    (55, 61, "AGENCY"),
    (66, 72, "PLATFORM"),
)
YEAR = (19, 23, "YEAR")


def compared(first, second):
    return agreement([gold(mentions=first)], [gold(mentions=second)], TEXTS)


def test_the_same_gold_agrees():
    found = compared({ACT, YEAR, ROAD}, {ACT, YEAR, ROAD})
    assert found.mentions["all"]["exact"].f1 == 1
    assert found.tokens.kappa == 1
    assert found.tokens.labels["LAW"] == 1
    assert found.tokens.labels["INDEX"] is None  # nobody marks any
    assert found.differences == ()


def test_words_by_hand():
    # Words: The Archive Act of 2019 binds the Archive Council , its Office and X - Road .
    labels = token_labels(frozenset({ACT, YEAR, ROAD}), TEXT)
    assert len(labels) == 17
    assert labels[:6] == ["none", "LAW", "LAW", "none", "YEAR", "none"]
    assert labels[-5:] == ["none", "PLATFORM", "PLATFORM", "PLATFORM", "none"]


def test_a_word_in_part_is_a_word():
    assert token_labels(frozenset({(0, 3, "LAW")}), "Actors act") == ["LAW", "none"]
    assert token_labels(frozenset({(3, 6, "LAW")}), "Actors act") == ["LAW", "none"]


def test_a_year_within_a_name_is_part_of_the_name():
    assert token_labels(frozenset({(0, 8, "LAW"), (4, 8, "YEAR")}), "Act 2019") == ["LAW", "LAW"]


def test_of_names_within_names_the_longest_counts():
    """A set has no order of its own, so the words must not depend on it."""
    within = {(0, 7, "INDEX"), (0, 12, "STRATEGY"), (8, 12, "LAW"), (0, 12, "AGENCY")}
    assert token_labels(frozenset(within), "Archive Plan") == ["STRATEGY", "STRATEGY"]


def test_what_touches_a_name_is_not_part_of_it():
    assert token_labels(frozenset({(1, 4, "LAW")}), "(Act)") == ["none", "LAW", "none"]


def test_no_words():
    assert token_labels(frozenset(), " ") == []


def test_kappa_by_hand():
    # 17 words. The first marks 2 words LAW and 2 AGENCY, the second 2 LAW and 1 AGENCY.
    found = compared({ACT, COUNCIL}, {ACT, OFFICE})
    same = (17 - 3) / 17
    chance = (2 * 2 + 2 * 1 + 13 * 14) / 17**2
    assert found.tokens.kappa == pytest.approx((same - chance) / (1 - chance))
    assert found.tokens.marked == Share(2, 5)
    assert found.tokens.labels["LAW"] == 1


def test_differences_by_hand():
    law = (4, 23, "LAW")
    found = compared({ACT, COUNCIL, ROAD}, {law, OFFICE, (66, 72, "STRATEGY")})
    rows = [(d.kind, d.first, d.second, d.text, d.other) for d in found.differences]
    assert rows == [
        ("other bounds", "LAW", "LAW", "Archive Act", "Archive Act of 2019"),
        ("first only", "AGENCY", None, "Archive Council", None),
        ("second only", None, "AGENCY", "Office", None),
        ("other label", "PLATFORM", "STRATEGY", "X-Road", None),
    ]
    assert found.differences[0].before == "The "
    assert found.mentions["all"]["exact"] == Counts(0, 0, 3, 3)
    assert found.mentions["LAW"]["relaxed"] == Counts(1, 1, 1, 1)


def parts(*rows):
    named = ("start", "end", "country", "tier")
    return gold(segments=[dict(zip(named, row, strict=True)) for row in rows])


def test_sections_by_hand():
    first = parts((0, 20, "EST", 1), (20, 40, "FIN", 2), (40, 60, "SWE", 3), (60, 70, "NOR", None))
    second = parts(
        (0, 20, "EST", 1),
        (20, 40, "FIN", 4),
        (40, 60, "DNK", 3),
        (60, 72, "NOR", 4),
        (72, 73, "ISL", 4),
    )
    found = agreement([first], [second], TEXTS)
    assert found.sections == Counts(2, 2, 5, 4)
    assert found.starts == Counts(4, 4, 5, 4)
    assert found.tiers == Share(2, 3)
    # Squares: 4 of (1,1) (2,4) (3,3); by chance (1→: 4+9, 2→: 1+1+4, 3→: 4+1) / 3 = 24 / 3
    assert found.tier_kappa == pytest.approx(1 - 4 / 8)


def test_without_tiers_there_is_no_kappa():
    assert compared({ACT}, {ACT}).tier_kappa is None
    assert compared({ACT}, {ACT}).tiers == Share(0, 0)


def placed(rank, out_of=None):
    row = {"country": "EST", "index": "Archive Index", "edition": 2019, "dimension": None}
    return gold(
        rankings=({**row, "rank": rank, "out_of": out_of, "value": None, "qualifier": None},)
    )


def test_rankings_by_hand():
    found = agreement([placed(3)], [placed(3, 28)], TEXTS)
    assert found.rankings["country, index, rank"].f1 == 1
    assert found.rankings["full tuple"].f1 == 0
    assert agreement([placed(3)], [gold()], TEXTS).rankings["full tuple"] == Counts()


def test_only_documents_of_both_are_compared():
    found = agreement([gold("a.txt"), gold()], [gold(), gold("b.txt"), gold("c.txt")], TEXTS)
    assert found.documents == ("page.txt",)
    assert found.apart == ("a.txt", "b.txt", "c.txt")


def test_no_common_document_is_an_error():
    with pytest.raises(ValueError, match="no document in common"):
        agreement([gold("a.txt")], [gold("b.txt")], {})


def test_shown_with_as_many_differences_as_asked_for():
    found = compared({ACT, COUNCIL}, {ACT, OFFICE})
    lines = show.agreed(found, differences=1).splitlines()
    assert any("[[Archive Council]]" in line for line in lines)
    assert lines[-1].startswith("1 more differences")
    assert "[[" not in show.agreed(found)
