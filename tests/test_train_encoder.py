"""What the encoder is shown, in which order and how fast; and how its weights are kept."""

from collections import Counter
from random import Random

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from pipeline.corpus import Example, Passage
from pipeline.train.encoder import BATCH, LARGE, PAIRED, PROSE, batches, lessons, pace, shrink

EXAMPLES = [
    Example(f"Ferries {word} run on {day}.", tier, "ferries")
    for day in ("Mondays", "Tuesdays", "Sundays")
    for tier, word in {1: "always", 2: "mostly", 3: "seldom", 4: "never"}.items()
] + [Example("The third ferry was sold in that year.", 0, "n01")]
PASSAGES = [
    Passage(f"Ferry {n} left the quay. It was full. Nobody waved.", (), "report", None)
    for n in range(9)
]


def test_each_example_is_shown_with_its_tier():
    told = lessons(EXAMPLES, PASSAGES, Random(1))
    assert [tier for _, tier in told[: len(EXAMPLES)]] == [e.tier for e in EXAMPLES]
    for (text, _), e in zip(told, EXAMPLES, strict=False):
        assert e.text[1:] in text
    assert {tier for _, tier in told[len(EXAMPLES) :]} == {0}
    assert 0 < len(told) - len(EXAMPLES) <= PROSE


def test_some_statements_are_joined_with_another_wording_of_their_grade():
    random, n = Random(1), Counter()
    tiers = {e.text: e.tier for e in EXAMPLES}
    for _ in range(200):
        for text, tier in lessons(EXAMPLES[:-1], [], random):
            parts = [part for part in tiers if part in text]
            n[len(parts)] += 1
            assert {tiers[part] for part in parts} <= {tier}
    assert n[2] / n.total() == pytest.approx(PAIRED * 2 / 3, rel=0.2)


def test_every_sentence_stands_in_one_batch():
    lengths = [Random(i).randint(4, 60) for i in range(1000)]
    found = list(batches(lengths, Random(1)))
    assert sorted(i for some in found for i in some) == list(range(1000))
    assert max(map(len, found)) == BATCH
    assert found != list(batches(lengths, Random(2)))


def test_a_batch_has_sentences_of_like_length():
    lengths = [Random(i).randint(4, 60) for i in range(1000)]
    spread = [np.ptp([lengths[i] for i in some]) for some in batches(lengths, Random(1))]
    assert np.mean(spread) < 10


def test_the_pace_rises_and_falls():
    found = [pace(step, 1000) for step in range(1, 1001)]
    assert found.index(max(found)) in range(40, 70)
    assert 0 < found[0] < 0.05
    assert found[-1] == 0.01
    assert max(found) <= 1


def test_shrunk_weights_give_nearly_the_same():
    table = np.random.default_rng(1).normal(size=(LARGE // 100, 100)).astype(np.float32)
    table[3] = 0
    small = np.ones((100, 5), np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "table"], ["middle"]),
            helper.make_node("MatMul", ["middle", "small"], ["y"]),
        ],
        "two tables",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, LARGE // 100])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(small, "small")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    x = {"x": np.linspace(-1, 1, LARGE // 100, dtype=np.float32)[None]}
    before, size = run(model, x), model.ByteSize()
    shrink(model)
    onnx.checker.check_model(model)
    assert run(model, x) == pytest.approx(before, rel=0.02, abs=0.05)
    assert model.ByteSize() < size / 3
    assert {t.name for t in model.graph.initializer if t.data_type == TensorProto.INT8} == {
        "table whole"
    }


def run(model: onnx.ModelProto, x: dict[str, np.ndarray]) -> np.ndarray:
    (found,) = InferenceSession(model.SerializeToString()).run(None, x)
    return found
