import pytest

from pipeline.extract.found import Found
from pipeline.extract.repeats import acronyms_of, repeated


def name(doc, form: str, *, offset: int = 0, label="AGENCY", confidence: float = 0.9) -> Found:
    """The first place where `form` stands in a block."""
    start = offset + doc.text.index(form)
    return Found(start, start + len(form), label, confidence, "model")


def forms(found: list[Found], doc, offset: int = 0) -> list[tuple[str, str]]:
    return [(doc.text[f.start - offset : f.end - offset], f.label) for f in found]


DEFINED = "The Digital Transformation Agency ( DTA ) acts ."


@pytest.mark.parametrize("offset", [0, 700], ids=["first block", "later block"])
def test_an_acronym_takes_the_label_of_its_long_form(doc, offset):
    block = doc(DEFINED)
    known = name(block, "Digital Transformation Agency", offset=offset, label="PLATFORM")
    assert ("DTA", "PLATFORM") in forms(acronyms_of(block, offset, [known]), block, offset)


def test_a_long_form_takes_the_label_of_its_acronym(doc):
    block = doc(DEFINED)
    found = acronyms_of(block, 0, [name(block, "DTA", label="INDEX")])
    assert forms(found, block) == [("Digital Transformation Agency", "INDEX")]


@pytest.mark.parametrize(
    ("tokens", "form"),
    [
        pytest.param(DEFINED, None, id="no name known"),
        pytest.param("The Digital Transformation Agency acts .", "Agency", id="no bracket"),
        pytest.param("The Board met ; the Digital Agency ( DA ) too", "Board", id="another name"),
    ],
)
def test_no_acronym(doc, tokens, form):
    block = doc(tokens)
    assert acronyms_of(block, 0, [name(block, form)] if form else []) == []


def test_a_name_is_found_wherever_it_stands_again(doc):
    one, two = (
        doc("The Audit Office reports ."),
        doc("Here the Audit Office failed ; Audit Offices"),
    )
    found = repeated({0: one, 500: two}, {0: [name(one, "Audit Office")], 500: []})
    assert forms(found[0], one) == [("Audit Office", "AGENCY")]
    assert forms(found[500], two, 500) == [("Audit Office", "AGENCY")]


def test_the_longest_name_is_found(doc):
    block = doc("The Audit Office and the Audit Office Board met .")
    names = [name(block, "Audit Office"), name(block, "Audit Office Board", label="LAW")]
    found = repeated({0: block}, {0: names})[0]
    assert forms(found, block) == [("Audit Office", "AGENCY"), ("Audit Office Board", "LAW")]


def test_most_confidence_decides_the_label(doc):
    block = doc("DTA , DTA and DTA .")
    names = [
        Found(0, 3, "INDEX", 0.9, "model"),
        Found(6, 9, "AGENCY", 0.7, "model"),
        Found(14, 17, "AGENCY", 0.7, "model"),
    ]
    assert forms(repeated({0: block}, {0: names})[0], block) == [("DTA", "AGENCY")] * 3


@pytest.mark.parametrize(
    ("tokens", "form", "confidence"),
    [
        pytest.param("The Audit Office . Audit Office", "Audit Office", 0.5, id="unsure"),
        pytest.param("The Storting . Storting", "Storting", 0.9, id="any word with a capital"),
        pytest.param("the audit office . audit office", "audit office", 0.9, id="lower case"),
        pytest.param("UN and UN", "UN", 0.9, id="two letters"),
    ],
)
def test_what_is_too_weak_to_search_for(doc, tokens, form, confidence):
    block = doc(tokens)
    assert repeated({0: block}, {0: [name(block, form, confidence=confidence)]}) == {}


@pytest.mark.parametrize("tokens", ["EDTA", "DTAs", "DTA2", "dta", "D T A"])
def test_a_name_is_no_part_of_a_word(doc, tokens):
    known, other = doc("DTA"), doc(tokens)
    found = repeated({0: known, 100: other}, {0: [name(known, "DTA")], 100: []})
    assert found[100] == []


def test_signs_in_a_name_are_not_read_as_a_pattern(doc):
    known, other = doc("GOV.UK"), doc("GOVXUK and GOV.UK")
    found = repeated({0: known, 100: other}, {0: [name(known, "GOV.UK")], 100: []})
    assert forms(found[100], other, 100) == [("GOV.UK", "AGENCY")]


def test_nothing_named_nothing_repeated(doc):
    assert repeated({0: doc("The DTA acts .")}, {0: []}) == {}
