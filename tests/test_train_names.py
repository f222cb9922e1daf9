"""Training on a corpus of a dozen passages: what is learnt from, copied and fitted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import knowledge
from pipeline.corpus import _passage
from pipeline.extract import agreement
from pipeline.extract.model import Names
from pipeline.extract.model import Passage as Read
from pipeline.extract.weights import NAMES, Weights
from pipeline.train.copies import swapped
from pipeline.train.names import (
    NONE,
    Recipe,
    _agreement,
    _forgotten,
    documents,
    fit_names,
    grouped,
    lessons,
)

ELSEWHERE = 9  # the column of whether a form stands elsewhere in its section
RECIPE = Recipe(
    copies=1,
    kept=0.3,
    forgotten=0.3,
    min_count=1,
    strength=1.0,
    agreement_strength=0.1,
    folds=2,
    scales=[("known", 3.0), ("n:", 0.3)],
)


def passage(line: str, country: str | None = "EST", register: str = "report"):
    meta = {"register": register} | ({"country": country} if country else {})
    return _passage(line, meta, "here:1")


LINES = [
    "The [AGENCY Ministry of Finance] adopted the [STRATEGY Digital Skills Strategy 2025].",
    "It rained. [AGENCY Tax Office] runs the [PLATFORM Customs Portal] under the [LAW Data Act].",
    "The [INDEX Digital Skills Index] ranks it. Nothing was said of [PLATFORM Phoenix System].",
    "Nobody was asked in 2019, and no plan was made.",
    "The [AGENCY Audit Office] ([AGENCY AO]) wrote the [LAW Audit Act]; the [AGENCY AO] is small.",
    "The [STRATEGY Open Data Plan] follows the [INDEX Open Data Barometer].",
]
PASSAGES = [passage(line, country) for country in ("EST", "FIN") for line in LINES]


def same(one: Weights, two: Weights) -> bool:
    return list(one.features) == list(two.features) and all(
        np.array_equal(getattr(one, name), getattr(two, name))
        for name in ("table", "bias", "agreement")
    )


@pytest.fixture(scope="module")
def fitted() -> Weights:
    return fit_names(PASSAGES, RECIPE)


def test_two_runs_fit_equal_weights(fitted):
    assert same(fit_names(PASSAGES, RECIPE), fitted)


def test_shapes(fitted):
    assert list(fitted.features) == sorted(set(fitted.features))
    assert fitted.table.shape == (len(fitted.features), len(NAMES))
    assert fitted.bias.shape == (len(NAMES),)
    assert fitted.agreement.shape == (agreement.SIZE + 1,)
    assert {a.dtype for a in (fitted.table, fitted.bias, fitted.agreement)} == {np.dtype("f4")}
    assert np.abs(fitted.agreement).max() > 0


def test_what_was_learnt_is_found_again():
    weights = fit_names(PASSAGES, replace(RECIPE, copies=0))
    for taught in PASSAGES:
        (found,) = Names(weights).find([Read(taught.text, country=taught.country)])
        assert [(g.start, g.end, g.label) for g in found] == list(taught.spans)


def test_rare_features_are_left_out(fitted):
    fewer = fit_names(PASSAGES, replace(RECIPE, min_count=9))
    assert 0 < len(fewer.features) < len(fitted.features)
    assert set(fewer.features) < set(fitted.features)
    assert not np.array_equal(fewer.agreement, fitted.agreement)


def test_the_recipe_of_the_models_can_be_read():
    assert Recipe.read().folds >= 2


def test_a_recipe_of_ones_own(tmp_path):
    path = tmp_path / "train.cfg"
    path.write_text(
        "[names]\ncopies = 1\nkept = 0.3\nforgotten = 0.3\nmin_count = 1\nstrength = 1.0\n"
        'agreement_strength = 0.1\nfolds = 2\nscales = [["known", 3.0], ["n:", 0.3]]\n'
    )
    found = Recipe.read(path)
    assert replace(found, scales=[(start, factor) for start, factor in found.scales]) == RECIPE


def test_a_recipe_with_an_unknown_word_is_refused(tmp_path):
    path = tmp_path / "train.cfg"
    path.write_text("[names]\ncopys = 1\n")
    with pytest.raises(TypeError, match="copys"):
        Recipe.read(path)


def labels_of(line: str, **more) -> dict[str, str]:
    """The labels of the candidates of a passage, by their form."""
    return {
        lesson.sentence.form(*bounds): label
        for lesson in lessons(passage(line, **more))
        for bounds, label in zip(lesson.bounds, lesson.labels, strict=True)
    }


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param(
            "The [AGENCY Audit Office] met.", {"Audit Office": "AGENCY"}, id="one"
        ),
        pytest.param(
            "It rains. The [LAW Data Act] of [AGENCY Audit Office].",
            {"Data Act": "LAW", "Audit Office": "AGENCY"},
            id="in the second sentence",
        ),
        pytest.param(
            "The [AGENCY Audit Office] met. Then [AGENCY Bla] met.",
            {"Audit Office": "AGENCY", "Bla": "AGENCY"},
            id="in both",
        ),
        pytest.param(r"The [AGENCY Audit\nOffice] met.", {"Audit Office": "AGENCY"}, id="broken"),
        pytest.param("The Audit Office met.", {}, id="none"),
        pytest.param("[LAW Law 18/2015]", {"Law 18/2015": "LAW"}, id="all of it"),
    ],
)  # fmt: skip
def test_lessons_have_the_labels_of_the_corpus(line, names):
    labels = labels_of(line)
    assert {form: label for form, label in labels.items() if label != NONE} == names
    assert NONE in labels.values() or len(labels) == 1


def test_the_same_form_is_labelled_where_it_is_marked_only():
    (lesson,) = lessons(passage("Bla met [AGENCY Bla] and Bla."))
    labels = [
        label
        for bounds, label in zip(lesson.bounds, lesson.labels, strict=True)
        if lesson.sentence.form(*bounds) == "Bla"
    ]
    assert labels == [NONE, "AGENCY", NONE]


def test_a_name_over_two_sentences_is_no_lesson():
    assert set(labels_of("The [LAW Act. Then] it rained.").values()) <= {NONE}


@pytest.mark.parametrize(
    ("register", "cited"), [("citation", True), ("report", False), ("", False)]
)
def test_only_references_are_cited(register, cited):
    (lesson,) = lessons(passage("The [AGENCY Audit Office] met.", register=register))
    assert (lesson.sentence.register == "citation") is cited
    assert all(("cit" in features) is cited for features in lesson.features)


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_lesson_may_forget_known_names(forgotten):
    (lesson,) = lessons(passage("The [LAW GDPR] applies."), lambda form: forgotten)
    told = [f for features in lesson.features for f in features if f.startswith("known=LAW")]
    assert bool(told) is not forgotten


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_share_of_names_that_is_forgotten(share):
    forgotten = [_forgotten(share, "0 1", f"name {i}") for i in range(2000)]
    assert sum(forgotten) / len(forgotten) == pytest.approx(share, abs=0.03)


def test_other_passages_forget_other_names():
    one, two = ([_forgotten(0.5, salt, f"n {i}") for i in range(99)] for salt in ("0 1", "0 2"))
    assert one != two


@pytest.mark.parametrize(
    ("countries", "sizes"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["EST"] * 3, [3], id="one country"),
        pytest.param(["EST", "EST", "FIN", "EST"], [2, 1, 1], id="in a row only"),
        pytest.param([None, None, "EST"], [2, 1], id="no country"),
        pytest.param(["EST"] * 25, [12, 12, 1], id="at most twelve"),
    ],
)
def test_passages_in_a_row_are_a_document(countries, sizes):
    passages = [passage(f"It is {n}.", country) for n, country in enumerate(countries)]
    found = grouped(passages)
    assert [len(group) for group in found] == sizes
    assert [p for group in found for p in group] == passages


def test_copies_have_the_same_documents_without_the_passages_that_hold_no_name():
    passages = [passage("It rains."), passage("A [LAW Data Act]."), passage("No.", "FIN")]
    assert [len(d) for d in documents(passages, RECIPE)] == [2, 1]
    assert [len(d) for d in documents(passages, RECIPE, salt=1)] == [1, 0]


def test_the_passages_of_a_document_agree(fitted):
    (document,) = documents([passage("They like Xyzzy."), passage("Xyzzy met.")], RECIPE)
    tables = _agreement(document, fitted)
    for lesson, table in zip(document, tables, strict=True):
        at = [lesson.sentence.form(*bounds) for bounds in lesson.bounds].index("Xyzzy")
        assert table[at, 0, ELSEWHERE] == 1


def forms_of(label: str, country: str | None) -> set[str]:
    return {
        form
        for name in knowledge.names()
        if name.label == label and country in (None, name.country_iso3)
        for form in (name.name, name.native_name)
        if form
    }


@pytest.mark.parametrize("kept", [0.0, 0.5, 1.0])
def test_every_span_of_a_copy_is_a_name_of_its_label(kept):
    for copy in swapped(PASSAGES, 2, kept, 1):
        for old, new in zip(PASSAGES, copy, strict=True):
            assert [label for *_, label in new.spans] == [label for *_, label in old.spans]
            for (*was, label), (*at, _) in zip(old.spans, new.spans, strict=True):
                name = new.text[slice(*at)]
                assert name in forms_of(label, None) | {old.text[slice(*was)]}


def outside(of) -> list[str]:
    """The text between the names."""
    ends = [0, *(end for _, end, _ in of.spans)]
    starts = [*(start for start, *_ in of.spans), len(of.text)]
    return [of.text[a:b] for a, b in zip(ends, starts, strict=True)]


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_what_stands_between_names_stays(kept):
    (copy,) = swapped(PASSAGES, 1, kept, 1)
    assert [outside(p) for p in copy] == [outside(p) for p in PASSAGES]
    assert [(p.register, p.country) for p in copy] == [(p.register, p.country) for p in PASSAGES]


def test_names_of_the_passages_country_are_put_in():
    (copy,) = swapped([passage(LINES[0], "EST")] * 9, 1, 0.0, 1)
    names = {p.text[start:end] for p in copy for start, end, label in p.spans if label == "AGENCY"}
    assert names <= forms_of("AGENCY", "EST")
    assert len(names) > 1


@pytest.mark.parametrize("country", ["XXX", None])
def test_names_of_any_country_are_put_in_where_there_are_none(country):
    (copy,) = swapped([passage(LINES[0], country)] * 9, 1, 0.0, 1)
    names = {p.text[start:end] for p in copy for start, end, label in p.spans if label == "AGENCY"}
    assert len(names) > 1
    assert not names <= forms_of("AGENCY", "EST")


def test_acronyms_stay():
    (copy,) = swapped([passage(LINES[4])], 1, 0.0, 1)
    assert [copy[0].text[start:end] for start, end, _ in copy[0].spans].count("AO") == 2


def test_all_names_may_be_kept():
    assert list(swapped(PASSAGES, 2, 1.0, 1)) == [PASSAGES, PASSAGES]


def test_no_copies():
    assert list(swapped(PASSAGES, 0, 0.3, 1)) == []


def test_copies_depend_on_the_seed_alone():
    one, again, other = (list(swapped(PASSAGES, 2, 0.3, seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one[0] != one[1]


PARTS = st.lists(
    st.sampled_from(["the ", "[AGENCY Tax Office]", " and ", "[LAW Act]", "[PLATFORM AO]", ". "]),
    max_size=12,
).map("".join)


@given(PARTS, st.integers(0, 99), st.sampled_from(["EST", None]))
@settings(max_examples=30)
def test_any_copy_is_sound(line, seed, country):
    old = passage(line, country)
    ((new,),) = swapped([old], 1, 0.3, seed)
    assert outside(new) == outside(old)
    assert all(0 <= start < end <= len(new.text) for start, end, _ in new.spans)
