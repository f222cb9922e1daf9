"""The best set of names, and the spaCy component that finds and stores it."""

from itertools import combinations

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import model
from pipeline.extract.model import GROUP, Guess, Names, Passage, chosen
from pipeline.extract.weights import NAMES, Weights
from pipeline.settings import DEFAULT

TOP_ELSEWHERE = 11  # the column of the best odds of the same form elsewhere
OFFICES = {"H1=AGENCY": {"AGENCY": 9.0}, "n=2": {"AGENCY": 1.0}}  # 'Audit Office' 4, 'Office' 3


def guess(start: int, end: int, probability: float = 0.9, label="AGENCY") -> Guess:
    return Guess(start, end, label, probability)


@pytest.fixture(scope="module")
def offices(weights) -> Weights:
    return weights(OFFICES)


def forms(passages: list[Passage], weights: Weights) -> list[list[str]]:
    found = Names(weights).find(passages)
    return [[p.text[g.start : g.end] for g in f] for p, f in zip(passages, found, strict=True)]


@pytest.mark.parametrize(
    ("guesses", "kept"),
    [
        pytest.param([], [], id="none"),
        pytest.param([guess(0, 9)], [guess(0, 9)], id="one"),
        pytest.param([guess(0, 9, 0.1)], [], id="below the threshold"),
        pytest.param([guess(5, 9), guess(0, 4)], [guess(0, 4), guess(5, 9)], id="in order"),
        pytest.param([guess(0, 4), guess(4, 9)], [guess(0, 4), guess(4, 9)], id="side by side"),
        pytest.param([guess(0, 5, 0.8), guess(0, 9)], [guess(0, 9)], id="the likelier"),
        pytest.param(
            [guess(0, 4), guess(0, 9), guess(5, 9)], [guess(0, 4), guess(5, 9)], id="two for one"
        ),
        pytest.param(
            [guess(0, 4, 0.4), guess(3, 9), guess(8, 12, 0.4)], [guess(3, 9)], id="one for two"
        ),
    ],
)
def test_chosen(guesses, kept):
    assert chosen(guesses) == kept


GUESSES = st.lists(
    st.builds(
        lambda start, length, probability, label: guess(start, start + length, probability, label),
        st.integers(0, 15),
        st.integers(1, 8),
        st.floats(0, 1),
        st.sampled_from(NAMES),
    ),
    max_size=9,
)


def apart(guesses) -> bool:
    ordered = sorted(guesses, key=lambda g: g.start)
    return all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))


THRESHOLDS = st.sampled_from([0.05, 0.3, 0.5, 0.9])


@given(GUESSES, THRESHOLDS)
def test_no_other_set_is_better(guesses, threshold):
    best = max(
        sum(g.gain(threshold) for g in some)
        for n in range(len(guesses) + 1)
        for some in combinations(guesses, n)
        if apart(some)
    )
    kept = chosen(guesses, threshold)
    assert sum(g.gain(threshold) for g in kept) == pytest.approx(best)


@given(GUESSES, THRESHOLDS)
def test_what_is_chosen_is_in_order_apart_and_likely_enough(guesses, threshold):
    kept = chosen(guesses, threshold)
    assert kept == sorted(kept, key=lambda g: g.start)
    assert apart(kept)
    assert set(kept) <= set(guesses)
    assert all(g.probability >= threshold for g in kept)


def test_the_threshold_of_the_settings_holds_by_default():
    found = [guess(0, 4, 0.2), guess(5, 9, 0.4), guess(10, 14, 0.9)]
    assert chosen(found) == chosen(found, DEFAULT.mention_threshold)


@given(GUESSES)
def test_choosing_twice_changes_nothing(guesses):
    assert chosen(chosen(guesses)) == chosen(guesses)


@pytest.mark.parametrize("use", [lambda n: n.find([]), lambda n: n(spacy.blank("en")("A Board."))])
def test_without_weights_nothing_is_found(use):
    with pytest.raises(ValueError, match="no weights"):
        use(Names())


def test_offsets_are_those_of_the_passage(offices):
    text = "It rains. The Audit Office met. Then the Tax Office met."
    assert forms([Passage(text)], offices) == [["Audit Office", "Tax Office"]]


def test_each_passage_has_its_own_names(offices):
    passages = [Passage("The Audit Office met."), Passage(""), Passage("Tax Office"), Passage("x")]
    assert forms(passages, offices) == [["Audit Office"], [], ["Tax Office"], []]


def test_no_passages(offices):
    assert Names(offices).find([]) == []


def test_labels_and_probabilities(offices):
    ((found,),) = Names(offices).find([Passage("The Audit Office met.")])
    assert found.label == "AGENCY"
    assert found.probability == pytest.approx(1 / (1 + np.exp(-4)), abs=0.01)


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param((3, 3), [["Tax Office"], ["Tax Office"]], id="one"),
        pytest.param((3, 4), [["Tax Office"], []], id="two"),
    ],
)
def test_passages_of_one_section_agree(weights, sections, expected):
    # At odds of -1 the second is no name by itself; the first, at 2, speaks for it.
    of = weights({"L=office": {"AGENCY": 5.0}, "first": {"AGENCY": 3.0}}, {0: 1, TOP_ELSEWHERE: 1})
    texts = ("Tax Office of old.", "They like a Tax Office of old.")
    passages = [Passage(t, section=s) for t, s in zip(texts, sections, strict=True)]
    assert forms(passages, of) == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        pytest.param(0, [[], []], id="the same section"),
        pytest.param(1, [[], ["MU"]], id="another section"),
    ],
)
def test_acronyms_of_common_nouns_are_no_names(weights, section, expected):
    of = weights({"acronym": {"AGENCY": 9.0}})
    passages = [
        Passage("Each has its own management unit (MU)."),
        Passage("Then the MU met.", section=section),
    ]
    assert forms(passages, of) == expected


@pytest.mark.parametrize(
    ("feature", "passage"),
    [
        pytest.param("cit", Passage("The Audit Office met.", register="citation"), id="register"),
        pytest.param(
            "known=AGENCY:own", Passage("The Rahandusministeerium met.", country="EST"),
            id="country",
        ),
    ],
)  # fmt: skip
def test_register_and_country_count(weights, feature, passage):
    of = weights({feature: {"AGENCY": 9.0}})
    assert forms([passage], of)[0]
    assert not forms([Passage(passage.text)], of)[0]


TEXTS = st.lists(
    st.sampled_from(["Audit ", "Office ", "the ", "of ", "Board ", ". ", "(AO) ", "’s ", "2019 "]),
    max_size=15,
).map("".join)


@given(st.lists(st.builds(Passage, TEXTS, section=st.integers(0, 1)), max_size=4))
@settings(max_examples=50)
def test_names_are_found_in_order_apart_and_again(offices, passages):
    found = Names(offices).find(passages)
    assert len(found) == len(passages)
    for passage, names in zip(passages, found, strict=True):
        assert names == sorted(names, key=lambda g: g.start)
        assert apart(names)
        assert all(0 <= g.start < g.end <= len(passage.text) for g in names)
    assert Names(offices).find(passages) == found


def named(pipeline, text: str) -> list[str]:
    doc = pipeline(text)
    return [span.text for span in doc.spans[GROUP]]


@pytest.fixture
def nlp(offices):
    """A spaCy pipeline that finds offices."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("govtable_names").weights = offices
    return pipeline


def test_a_spacy_pipeline_sets_a_span_group(nlp):
    doc = nlp("It rains. The Audit Office met.\nThe Tax Office met.")
    spans = doc.spans[GROUP]
    assert [(s.text, s.label_) for s in spans] == [
        ("Audit Office", "AGENCY"),
        ("Tax Office", "AGENCY"),
    ]
    chances = spans.attrs["probabilities"]
    assert len(chances) == len(spans)
    assert all(DEFAULT.mention_threshold <= p <= 1 for p in chances)


def test_a_line_break_in_a_name(nlp):
    assert named(nlp, "The Audit\nOffice met.") == ["Audit\nOffice"]


@pytest.mark.parametrize("text", ["", " ", "nothing here"])
def test_a_document_without_names(nlp, text):
    assert named(nlp, text) == []


@pytest.mark.parametrize(
    ("feature", "key", "value"),
    [
        pytest.param("cit", "register", "citation", id="register"),
        pytest.param("known=AGENCY:own", "country", "EST", id="country"),
    ],
)
def test_a_document_may_say_its_register_and_country(weights, feature, key, value):
    component = Names(weights({feature: {"AGENCY": 9.0}}))
    doc = spacy.blank("en")("The Rahandusministeerium met.")
    assert len(component(doc).spans[GROUP]) == 0
    doc.user_data[key] = value
    assert len(component(doc).spans[GROUP]) > 0


def test_documents_in_a_stream_are_those_one_by_one(nlp):
    texts = ["The Audit Office met.", "nothing", "The Tax Office met."]
    piped = [[s.text for s in doc.spans[GROUP]] for doc in nlp.pipe(texts)]
    assert piped == [named(nlp, text) for text in texts]
    assert piped == [["Audit Office"], [], ["Tax Office"]]


def same(one: Weights, two: Weights) -> bool:
    return (
        list(one.features) == list(two.features)
        and np.array_equal(one.table, two.table)
        and np.array_equal(one.bias, two.bias)
        and np.array_equal(one.agreement, two.agreement)
    )


def test_weights_survive_the_disk(offices, tmp_path):
    Names(offices).to_disk(tmp_path / "new" / "folder")
    stored = Names().from_disk(tmp_path / "new" / "folder").weights
    assert stored is not None
    assert same(stored, offices)
    assert stored.table.dtype == offices.table.dtype


def test_equal_weights_are_equal_bytes(weights, tmp_path):
    for name in ("one.npz", "two.npz"):
        weights(OFFICES).save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_stored_weights_hold_no_code(offices, tmp_path):
    offices.save(tmp_path / "w.npz")
    with np.load(tmp_path / "w.npz", allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


@pytest.mark.parametrize("feature", ["w=naïve", "b=a_b", "N1=“", "w=#", "w=\\n", "w=行政", "w= "])
def test_features_of_any_letters_survive_the_disk(weights, tmp_path, feature):
    of = weights({"w=a": {"LAW": 1.0}, feature: {"LAW": 2.0}})
    of.save(tmp_path / "w.npz")
    assert same(Weights.load(tmp_path / "w.npz"), of)


def test_a_component_without_weights_writes_nothing(tmp_path):
    Names().to_disk(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_component_that_was_never_trained(tmp_path):
    with pytest.raises(FileNotFoundError, match="govtable train"):
        Names().from_disk(tmp_path)


def test_a_spacy_pipeline_survives_the_disk(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    stored = spacy.load(tmp_path)
    assert named(stored, "The Audit Office met.") == ["Audit Office"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of `models/names`."""
    monkeypatch.setattr(model, "FOLDER", tmp_path)
    model.names.cache_clear()
    yield tmp_path
    model.names.cache_clear()


def test_saved_weights_are_those_of_the_names(folder, offices, weights):
    assert model.save(weights()) == folder
    assert forms([Passage("The Audit Office met.")], model.names().weights) == [[]]
    model.save(offices)
    assert same(model.names().weights, offices)
    assert "govtable_names" in spacy.load(folder).pipe_names


def test_names_that_were_never_trained(folder):
    with pytest.raises(FileNotFoundError, match="govtable train"):
        model.names()


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=2, unique=True).map(sorted))
def test_a_likelier_guess_gains_more(probabilities):
    low, high = (guess(0, 1, p).gain(0.3) for p in probabilities)
    assert low < high


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_gains_are_finite(probability):
    assert np.isfinite(guess(0, 1, probability).gain(0.3))


@given(st.floats(0, 1))
def test_the_threshold_gains_nothing(probability):
    assert guess(0, 1, probability).gain(probability) == 0
