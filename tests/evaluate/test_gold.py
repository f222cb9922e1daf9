"""Gold files: what is read, what is refused, and whether they fit their text."""

import json
from hashlib import sha256

import pytest

from pipeline import exchange
from pipeline.evaluate.gold import checked, load

MENTION = {"start": 4, "end": 15, "label": "LAW", "text": "Archive Act"}
SECTION = {"start": 0, "end": 9, "country": "EST"}
PLACED = {"country": "EST", "index": "Archive Index", "rank": 3}
TEXT = "The Archive Act of 2019."


def saved(folder, data, name="page.json"):
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def page(**other):
    return {"document": "page.txt", "mentions": [MENTION]} | other


def test_one_file_and_a_folder(tmp_path):
    path = saved(tmp_path, page())
    assert load(path) == load(tmp_path)
    [gold] = load(tmp_path)
    assert gold.mentions == {(4, 15, "LAW")}
    assert gold.quotes == {(4, 15, "LAW"): "Archive Act"}
    assert gold.has_mentions
    assert not gold.has_rankings


def test_rankings_lie_beside_the_file(tmp_path):
    path = saved(tmp_path, page())
    third, fourth = (PLACED | {"rank": rank} for rank in (3, 4))
    # A blank line, and a separator of lines within a name, are no ends of rows.
    fourth["dimension"] = "open\u2028data"
    rows = f"{json.dumps(third)}\n\n{json.dumps(fourth, ensure_ascii=False)}\n"
    path.with_name("page.rel.jsonl").write_text(rows, encoding="utf-8")
    [gold] = load(path)
    assert gold.has_rankings
    assert gold.rankings == (third, fourth)


def test_a_byte_order_mark_is_no_part_of_gold(tmp_path):
    path = saved(tmp_path, page())
    plain = load(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(path) == plain


BAD = [
    ([], "is no gold file"),
    ("words", "is no gold file"),
    ({"mentions": []}, "is no gold file"),
    (page(mentions=[{"start": 1}]), "is no gold file"),
    (page(mentions=[{**MENTION, "start": "4"}]), "is no gold file"),
    (page(mentions=[{**MENTION, "start": 4.0}]), "has 4.0 as its start"),
    (page(mentions=["Archive Act"]), "'Archive Act' is no mention"),
    (page(mentions=[{**MENTION, "label": "CASTLE"}]), "unknown label 'CASTLE'"),
    (page(document=7), "7 is no name of a document"),
    (page(mentions=[{**MENTION, "start": 15}]), "impossible offsets 15:15"),
    (page(mentions=[{**MENTION, "start": -1}]), "impossible offsets -1:15"),
    (page(segments=[{"start": 9, "end": 3, "country": "EST"}]), "impossible offsets 9:3"),
    (page(segments=[{"start": 0, "end": 9}]), "a segment has no country"),
    (page(segments=[SECTION | {"tier": 5}]), "tier 5; there are 1 to 4"),
    (page(segments=[SECTION | {"tier": "2"}]), "has '2' as its tier"),
    (page(segments=[SECTION | {"score_min": 3}]), "scores from 3 to None"),
    (page(segments=[SECTION | {"score_min": 5, "score_max": 3}]), "scores from 5 to 3"),
    (page(tier_statements=[{"start": 0, "end": 9}]), "a tier statement has no tier"),
]


@pytest.mark.parametrize(("data", "problem"), BAD)
def test_a_file_that_cannot_be_understood_is_named(tmp_path, data, problem):
    path = saved(tmp_path, data)
    with pytest.raises(ValueError, match=problem) as error:
        load(tmp_path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"rank": 3}, "a ranking has no country"),
        (PLACED | {"rank": "3rd"}, "has '3rd' as its rank"),
        (PLACED | {"out_of": True}, "has True as its out_of"),
        ([PLACED], "is no ranking"),
    ],
)
def test_placements_that_cannot_be_understood_are_named(tmp_path, row, problem):
    path = saved(tmp_path, page()).with_name("page.rel.jsonl")
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=problem) as error:
        load(tmp_path)
    assert str(path) in str(error.value)


def test_half_a_file_is_refused(tmp_path):
    (tmp_path / "page.json").write_text('{"document": "pa', encoding="utf-8")
    with pytest.raises(ValueError, match="page.json"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["", "nowhere", "nowhere.json"])
def test_no_gold_is_an_error(tmp_path, name):
    with pytest.raises(ValueError, match="there is no gold at"):
        load(tmp_path / name)


def test_two_golds_of_a_document_are_refused(tmp_path):
    saved(tmp_path, page(), "a.json")
    saved(tmp_path, page(), "b.json")
    with pytest.raises(ValueError, match=r"two golds of page\.txt"):
        load(tmp_path)


def test_gold_of_its_text_is_passed_on(tmp_path):
    [gold] = load(saved(tmp_path, page()))
    assert checked(gold, TEXT) is gold


OTHER = [
    ("Thus Archive Act of 2019.", "'Archive Act' at 4:15, the report ' Archive Ac'"),
    ("The Act.", "4:15, but the report has 8 characters"),
]


@pytest.mark.parametrize(("text", "problem"), OTHER)
def test_gold_of_another_text_is_refused(tmp_path, text, problem):
    [gold] = load(saved(tmp_path, page()))
    with pytest.raises(ValueError, match="made for another text") as error:
        checked(gold, text)
    assert problem in str(error.value)


def test_sections_beyond_the_text_are_refused(tmp_path):
    [gold] = load(saved(tmp_path, page(segments=[{"start": 0, "end": 99, "country": "EST"}])))
    with pytest.raises(ValueError, match="0:99"):
        checked(gold, TEXT)


def test_gold_knows_its_text_by_hash(tmp_path):
    digest = sha256(TEXT.encode()).hexdigest()
    [gold] = load(saved(tmp_path, page(text_sha256=digest)))
    assert checked(gold, TEXT) is gold
    with pytest.raises(ValueError, match="made for another text of that report"):
        checked(gold, TEXT + " ")


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_gold_of_an_annotation_tool_is_the_same_gold(tmp_path, form):
    if form == "cas":
        pytest.importorskip("cassis")
    [own] = load(saved(tmp_path, page()))
    out = tmp_path / "tool"
    exchange.write(exchange.from_standoff([page()], {"page.txt": TEXT}), out, form, finished=True)
    [theirs] = load(out)
    assert theirs.document == own.document
    assert theirs.mentions == own.mentions
    assert theirs.has_mentions
    assert checked(theirs, TEXT) is theirs
