"""Learning to tell statements: each by itself, and which paragraphs of a page are its statements.

What a set of paragraphs weighs is learned on pages whose questions the model of single statements
has not seen; else it would be trusted more than it may be on reports.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.model_selection import GroupKFold

from pipeline import choice, corpus, layout, tiers
from pipeline.choice import Choices
from pipeline.corpus import Example, Passage
from pipeline.encoder import Encoder
from pipeline.grades import GradeModel, WordModel
from pipeline.settings import DEFAULT
from pipeline.train.names import grouped
from pipeline.train.pages import Page, pages

FOLDS = 5
ENCODED = 2  # folds that have an encoder of their own, for which others take too long
WHOLE = 0.9  # share of pages in reports that print all four statements; of ours fewer do
_RIDGE = 1.0
_FOUR = choice.FEATURES.index("four")
_FEWER = [choice.FEATURES.index(name) for name in ("three", "two")]


@dataclass(frozen=True, slots=True)
class Fold:
    """A fifth of the questions, held out.

    Attributes:
        seen: Examples of the other questions.
        held: Examples of these.
        passages: Prose to learn from; the pages are made of other documents.
        short: Pages whose statements have one sentence each.
        long: Pages whose statements have one or two.
    """

    seen: list[Example]
    held: list[Example]
    passages: list[Passage]
    short: list[Page]
    long: list[Page]

    def encoder(self, folder: Path) -> Path:
        """Where the encoder of the questions seen is kept; its name tells which they are."""
        seen = json.dumps([(e.text, e.tier) for e in self.seen]).encode()
        return folder / f"encoder-{sha256(seen).hexdigest()[:12]}.onnx"


@dataclass(frozen=True, slots=True)
class Weighed:
    """All choices that a page leaves, and which of them is right; None if it has no statement."""

    choices: Choices
    right: int | None


def fit_tiers(examples: Sequence[Example], passages: Sequence[Passage]) -> WordModel:
    """The model of the words of single statements.

    Args:
        examples: Written statements and look-alikes, one sentence each or more. Of two wordings
            of a grade a statement of two sentences is made.
        passages: Prose, of which nothing grades.
    """
    lessons = [
        *examples,
        *corpus.joined(examples, Random(DEFAULT.seed)),
        *corpus.opened(examples, Random(DEFAULT.seed)),
        *corpus.excerpts(passages),
    ]
    return WordModel().fit([e.text for e in lessons], [e.tier for e in lessons])


def folds(examples: Sequence[Example], passages: Sequence[Passage]) -> Iterator[Fold]:
    """Fifths of the questions with their pages, `ENCODED` of them."""
    found = grouped(list(passages))
    learned, shown = ([p for d in half for p in d] for half in (found[::2], found[1::2]))
    questions = corpus.questions()
    split = GroupKFold(FOLDS).split(examples, groups=[e.family for e in examples])
    for n, (seen, out) in enumerate(islice(split, ENCODED)):
        held = [examples[i] for i in out]
        random = Random(f"{DEFAULT.seed} {n}")
        short, long = (
            list(pages(held, questions, shown, random, long=long)) for long in (False, True)
        )
        yield Fold([examples[i] for i in seen], held, learned, short, long)


def fit_fold(fold: Fold, encoders: Path) -> GradeModel:
    """The model of all questions but those that are held out.

    Args:
        encoders: Folder that `python -m pipeline.train.encoder` filled.

    Raises:
        FileNotFoundError: If the fold's encoder is not there.
    """
    return GradeModel(fit_tiers(fold.seen, fold.passages), Encoder(fold.encoder(encoders)))


def cases(fold: Fold, model: GradeModel) -> list[Weighed]:
    """The choices on the pages of a fold, judged by a model that has not seen its questions."""
    found = (weighed(page, model) for page in (*fold.short, *fold.long))
    return [case for case in found if case]


def weighed(page: Page, model: GradeModel) -> Weighed | None:
    """The choices on a page; None if its statements are not among them."""
    outline = layout.outline(page.text, "")
    candidates = tiers.candidates(outline, page.text, model)
    at = {c.text: i for i, c in enumerate(candidates)}
    if any(text not in at for text, _ in page.gold):
        return None
    found = tiers.choices(outline, candidates)
    return Weighed(found, found.row([at[t] for t, _ in page.gold], [t for _, t in page.gold]))


def fit_choice(cases: Sequence[Weighed]) -> np.ndarray:
    """The weights of `choice.FEATURES` under which the right choices are likeliest.

    The weights of whole scales and of others are moved from their shares among the cases to
    `WHOLE` (prior correction, King & Zeng 2001).
    """

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = _RIDGE / 2 * weights @ weights, _RIDGE * weights
        for case in cases:
            table = case.choices.table
            scores = table @ weights
            whole = logsumexp(np.append(scores, 0.0))
            total += whole
            slope = slope + np.exp(scores - whole) @ table
            if case.right is not None:
                total -= scores[case.right]
                slope -= table[case.right]
        return float(total), slope

    start = np.zeros(len(choice.FEATURES))
    weights = np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)
    printed = [c.choices.table[c.right] for c in cases if c.right is not None]
    whole = np.mean([row[_FOUR] for row in printed])
    if whole < WHOLE:
        weights[_FOUR] += np.log(WHOLE / whole)
        weights[_FEWER] += np.log((1 - WHOLE) / (1 - whole))
    return weights
