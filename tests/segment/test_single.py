"""Web pages, decks and strategies: one segment, about the country that stands out, or none."""

import pytest

from pipeline.segment.single import single_segment
from tests.segment.page_by_hand import outline

PAGES = [
    ("the title names it", ("Digital Ireland", "Services move online. Citizens log in."), "IRL"),
    ("the text names it", ("Our plan", "Estonia moves on. Estonian courts are online."), "EST"),
    ("its adjective", ("Our plan", "The Danish agency agreed. Danish towns paid."), "DNK"),
    ("its leaders", ("Our plan", "Chancellor Merkel agreed. German towns paid."), "DEU"),
    ("a neighbour in passing", ("Plan for Norway", "Norway leads, unlike Sweden."), "NOR"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "page", "country"), PAGES, ids=[p[0] for p in PAGES])
def test_the_country_stands_out(reason, page, country):
    found, text = outline(("title", page[0]), ("prose", page[1]), layout="webpage")
    (segment,) = single_segment(found, text, "page.txt")
    assert segment.country == country
    assert segment.country_method == "document"
    assert segment.country_confidence > 0


UNCLEAR = [
    ("nothing named", "Services move online. Citizens log in once."),
    ("three alike", "Finland signed it. Estonia signed it. Portugal signed it."),
    ("a hint alone", "They met in Paris."),
]


@pytest.mark.parametrize(("reason", "words"), UNCLEAR, ids=[u[0] for u in UNCLEAR])
def test_no_country_stands_out(reason, words):
    found, text = outline(("title", "Our plan"), ("prose", words), layout="webpage")
    (segment,) = single_segment(found, text, "page.txt")
    assert segment.country is None
    assert segment.country_confidence == 0.0


def test_no_country_stands_out_of_a_list():
    words = "Finland, Estonia and Portugal signed it. Finland, Estonia and Portugal pay."
    found, text = outline(("title", "Our plan"), ("prose", words), layout="webpage")
    (segment,) = single_segment(found, text, "page.txt")
    assert segment.country is None


def test_the_path_may_name_it():
    found, text = outline(("prose", "Services move online. Citizens log in."), layout="webpage")
    (segment,) = single_segment(found, text, "reports/portugal-2021.txt")
    assert segment.country == "PRT"


def test_the_runner_up_is_named():
    found, text = outline(
        ("title", "Plan for Norway"), ("prose", "Norway leads, Sweden follows."), layout="webpage"
    )
    (segment,) = single_segment(found, text, "page.txt")
    assert (segment.country, segment.runner_up) == ("NOR", "SWE")


def test_the_segment_is_the_whole_document():
    found, text = outline(
        ("boilerplate", "Back to Top"),
        ("prose", "Estonia moves on."),
        ("boilerplate", "Page 1 of 2"),
        layout="webpage",
    )
    (segment,) = single_segment(found, text, "page.txt")
    assert segment.of(text) == text.strip()


def test_a_document_without_blocks_has_no_segment():
    found, text = outline(layout="webpage")
    assert single_segment(found, text, "page.txt") == []
