"""Gold from the tools and for them."""

import json

import pytest
from hypothesis import given

from pipeline.evaluate import gold
from pipeline.exchange import as_standoff, from_standoff, label_studio, write
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.standoff import canonical
from tests.exchange.texts import documents
from tests.small import ROOT

SOURCE = "ministry-estonia.txt"
GOLD = json.loads((ROOT / "tests" / "gold" / "ministry-estonia.json").read_text(encoding="utf-8"))
TEXT = (ROOT / "raw" / SOURCE).read_text(encoding="utf-8-sig")


def places(gold: dict) -> set[tuple[int, int, str]]:
    return {(m["start"], m["end"], m["label"]) for m in gold["mentions"]}


@pytest.mark.parametrize("form", ["label-studio", "cas"])
def test_gold_comes_back_as_it_was(tmp_path, form):
    if form == "cas":
        pytest.importorskip("cassis")
    write(from_standoff([GOLD], {SOURCE: TEXT}), tmp_path / "there", form, finished=True)
    (found,) = as_standoff(tmp_path / "there")
    assert found["document"] == SOURCE
    assert places(found) == places(GOLD)
    known = {(m["start"], m["end"]): m for m in GOLD["mentions"] if m["label"] != "YEAR"}
    for m in found["mentions"]:
        if m["label"] != "YEAR":
            same = known[m["start"], m["end"]]
            assert (m["canonical"], m["country"]) == (same["canonical"], same["country"])
    (segment,) = found["segments"]
    assert segment == {k: GOLD["segments"][0][k] for k in ("start", "end", "country", "tier")}


def test_what_comes_back_is_gold_for_the_evaluation(tmp_path):
    document = from_standoff([GOLD], {SOURCE: TEXT})
    write(document, tmp_path / "there", "label-studio", finished=True)
    (found,) = as_standoff(tmp_path / "there")
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    (loaded,) = gold.load(path)
    (same,) = gold.load(ROOT / "tests" / "gold" / "ministry-estonia.json")
    assert (loaded.mentions, loaded.entities) == (same.mentions, same.entities)


@given(documents())
def test_offsets_are_those_of_the_canonical_text(document):
    plain = canonical(document)
    assert plain.text == document.text.replace("\r\n", "\n").replace("\r", "\n")
    for a, b in zip(document.annotations, plain.annotations, strict=True):
        words = a.of(document.text).replace("\r\n", "\n").replace("\r", "\n")
        assert b.of(plain.text) == words


def test_a_byte_order_mark_is_not_counted():
    name = Annotation(kind="mention", start=1, end=4, label="PLATFORM")
    found = canonical(Annotated(name="a", text="\ufeffEIS\r\n\r", annotations=(name,)))
    assert (found.text, found.annotations[0].of(found.text)) == ("EIS\n\n", "EIS")


def export(*documents: Annotated) -> str:
    return json.dumps(label_studio.tasks(documents, finished=True))


def document(label: str = "LAW", source: str | None = SOURCE, **told: str) -> Annotated:
    name = Annotation(kind="mention", start=0, end=4, label=label)
    section = Annotation(kind="segment", start=0, end=9, told={"country": "EST"} | told)
    return Annotated(name="x", text=TEXT, annotations=(name, section), source=source)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (export(document(), document()), "was annotated twice"),
        (export(document(source=None)), "does not say which report"),
        (export(document(label="FIRM")), "'FIRM' at 0:4 is no label"),
        (export(document(tier="9")), "tier '9' at 0:9"),
        (json.dumps(label_studio.tasks([document()])), "nobody annotated the 1 tasks"),
    ],
)
def test_what_is_no_gold_is_told(tmp_path, text, problem):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=problem):
        as_standoff(path)


def test_our_own_gold_is_of_neither_format():
    assert as_standoff(ROOT / "tests" / "gold") is None


def test_gold_without_its_text_is_told():
    with pytest.raises(ValueError, match="no text of ministry-estonia.txt"):
        from_standoff([GOLD], {})
