from collections import Counter
from random import Random

import pytest

from pipeline import corpus, knowledge
from pipeline.corpus import _passage
from pipeline.grades import n_sentences
from pipeline.records import LABELS

TEXTS = sorted((corpus.CORPUS / "entities").glob("*.txt"))
META = {"country": "EST", "register": "webpage"}


def lines(path) -> list[tuple[str, str]]:
    """The annotated lines of a file, each with its place."""
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [(line, f"{path.name}:{n}") for n, line in numbered if line.strip() and line[0] != "#"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_line_parses(path):
    for line, where in lines(path):
        passage = _passage(line, {}, where)
        marks = line.count("[")
        assert len(passage.spans) == marks == line.count("]"), where


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_head_says_country_and_register(path):
    text = path.read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith("# ")]
    assert any("country=" in head and "register=" in head for head in heads)


def test_spans_are_in_order_and_name_something():
    for passage in corpus.passages():
        end = 0
        for start, stop, label in passage.spans:
            name = passage.text[start:stop]
            assert end <= start < stop <= len(passage.text)
            assert name == name.strip() != "", passage.text
            assert label in LABELS
            end = stop


def inside(passage, start, stop):
    return passage.text[start : stop - 1]


def test_names_have_no_article_possessive_or_quotation_marks():
    # The annotation rules leave these outside; a slip here would teach the model a wrong border.
    slips = [
        passage.text[start:stop]
        for passage in corpus.passages()
        for start, stop, _ in passage.spans
        if passage.text[start:stop].startswith(("the ", "“", '"', "("))
        or passage.text[start:stop].endswith(("’s", "'s", ","))
        or (passage.text[stop - 1] in '”"' and not set('“„"') & set(passage.text[start : stop - 1]))
    ]
    assert slips == []


def test_names_do_not_stop_inside_a_word():
    for passage in corpus.passages():
        for start, stop, _ in passage.spans:
            left = passage.text[max(0, start - 1) : start + 1]
            right = passage.text[stop - 1 : stop + 1]
            for pair in (left, right):  # Japanese has no blanks
                joined = len(pair) == 2 and pair.isalnum() and max(pair) < "\u3000"
                assert not joined, passage.text


def test_all_labels_but_years_are_taught():
    counts = Counter(label for passage in corpus.passages() for *_, label in passage.spans)
    assert len(counts) >= 4
    assert set(counts) <= set(LABELS)
    assert min(counts.values()) >= 50


def test_many_passages_have_no_name():
    # Real pages have many sentences without names; a corpus of names alone teaches to see them all.
    passages = corpus.passages()
    assert sum(not passage.spans for passage in passages) > len(passages) / 10


def test_passages_come_from_known_countries():
    known = {country.country_iso3 for country in knowledge.countries()} | {"INT", None}
    assert {passage.country for passage in corpus.passages()} <= known


def test_no_passage_stands_twice():
    again = [t for t, n in Counter(p.text for p in corpus.passages() if p.spans).items() if n > 1]
    assert again == []


def test_passages_come_in_the_same_order():
    assert corpus.passages() == corpus.passages()


def passage(line: str):
    return _passage(line, META, "here:1")


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        pytest.param("No name.", "No name.", [], id="none"),
        pytest.param(
            "The [AGENCY Audit Office] met.", "The Audit Office met.", ["Audit Office"], id="one"
        ),
        pytest.param("[LAW Law 18/2015]", "Law 18/2015", ["Law 18/2015"], id="the whole line"),
        pytest.param(
            "[AGENCY Board] ([AGENCY B])", "Board (B)", ["Board", "B"], id="name and acronym"
        ),
        pytest.param(r"a [AGENCY Big\nBoard] b", "a Big\nBoard b", ["Big\nBoard"], id="line break"),
        pytest.param(r"one\n[AGENCY Board]", "one\nBoard", ["Board"], id="line break before"),
    ],
)
def test_marks(line, text, names):
    found = passage(line)
    assert found.text == text
    assert [text[start:end] for start, end, _ in found.spans] == names
    assert (found.country, found.register) == ("EST", "webpage")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("The [BODY Audit Office] met.", "unknown label BODY", id="label"),
        pytest.param("The [AGENCY Audit Office met.", "bracket", id="never closed"),
        pytest.param("The AGENCY Audit Office] met.", "bracket", id="never opened"),
        pytest.param("The [Audit Office] met.", "bracket", id="no label"),
        pytest.param("[LAW Act of the [AGENCY Board]]", "bracket", id="one in another"),
        pytest.param("[agency Board]", "bracket", id="label in lower case"),
    ],
)
def test_marks_that_are_refused(line, error):
    with pytest.raises(ValueError, match=rf"here:1: .*{error}"):
        passage(line)


def test_statements_cover_all_tiers_alike():
    counts = Counter(example.tier for example in corpus.statements())
    assert set(counts) == {0, 1, 2, 3, 4}
    assert len({counts[tier] for tier in (1, 2, 3, 4)}) == 1


def test_every_family_has_all_tiers():
    tiers: dict[str, set[int]] = {}
    for example in corpus.statements():
        if example.tier:
            tiers.setdefault(example.family, set()).add(example.tier)
    assert {family: found for family, found in tiers.items() if found != {1, 2, 3, 4}} == {}


def test_no_statement_has_two_tiers():
    tiers: dict[str, set[int]] = {}
    for example in corpus.statements():
        tiers.setdefault(example.text, set()).add(example.tier)
    assert {text: found for text, found in tiers.items() if len(found) > 1} == {}


def test_statements_are_sentences():
    for example in corpus.statements():
        assert example.text == example.text.strip() != ""
        assert "\n" not in example.text


EXAMPLES = [
    corpus.Example(f"{word} offices {verb}.", tier, family)
    for family, verb in (("f1", "answer"), ("f2", "help"))
    for tier, words in ((1, ("All", "Most")), (0, ("Three",)))
    for word in words
]


def test_two_wordings_of_a_grade_are_joined():
    found = corpus.joined(EXAMPLES, Random(1))
    assert [(e.tier, e.family) for e in found] == [(1, "f1"), (1, "f2")]
    assert all(n_sentences(e.text) == 2 for e in found)
    assert {*found[0].text.split(". ")} <= {"All offices answer", "Most offices answer."} | {
        "Most offices answer",
        "All offices answer.",
    }


def test_a_grade_with_one_wording_is_not_joined():
    assert corpus.joined(EXAMPLES[:1], Random(1)) == []


def test_some_grades_are_opened_by_a_circumstance():
    found = corpus.opened(EXAMPLES * 50, Random(1)) + [
        e for seed in range(30) for e in corpus.opened(EXAMPLES, Random(seed))
    ]
    assert 0 < len(found) < 62
    assert {e.tier for e in found} == {1}
    assert all(", all offices" in e.text or ", most offices" in e.text for e in found)


def test_prose_is_cut_into_pieces_of_one_to_three_sentences():
    text = "One walks. Two walk. Three walk. Four walk. Five walk. Six walk. Seven walk."
    found = corpus.excerpts([corpus.Passage(text, (), "", None)])
    assert [n_sentences(e.text) for e in found] == [1, 2, 3, 1]
    assert " ".join(e.text for e in found) == text
    assert {e.tier for e in found} == {0}
