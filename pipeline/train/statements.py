"""Learning to tell statements: each by itself, and which paragraphs of a page are its statements.

What a set of paragraphs weighs is learned on pages whose questions the model of single statements
has not seen; else it would be trusted more than it may be on reports.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.model_selection import GroupKFold

from pipeline import choice, corpus, layout, tiers
from pipeline.choice import Choices
from pipeline.corpus import Example, Passage
from pipeline.grades import GradeModel
from pipeline.settings import DEFAULT
from pipeline.train.names import grouped
from pipeline.train.pages import Page, pages

FOLDS = 5
WHOLE = 0.97  # share of pages in reports that print all four statements; of ours fewer do
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """All choices that a page leaves, and which of them is right; None if it has no statement."""

    choices: Choices
    right: int | None


def fit_tiers(examples: Sequence[Example], passages: Sequence[Passage]) -> GradeModel:
    """The model of single statements.

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
    return GradeModel().fit([e.text for e in lessons], [e.tier for e in lessons])


def folds(examples: Sequence[Example], passages: Sequence[Passage]) -> Iterator[Fold]:
    """Each fifth of the questions with its pages."""
    found = grouped(list(passages))
    learned, shown = ([p for d in half for p in d] for half in (found[::2], found[1::2]))
    questions = corpus.questions()
    split = GroupKFold(FOLDS).split(examples, groups=[e.family for e in examples])
    for n, (seen, out) in enumerate(split):
        held = [examples[i] for i in out]
        random = Random(f"{DEFAULT.seed} {n}")
        short, long = (
            list(pages(held, questions, shown, random, long=long)) for long in (False, True)
        )
        yield Fold([examples[i] for i in seen], held, learned, short, long)


def cases(some: Sequence[Fold]) -> list[list[Weighed]]:
    """The choices on the pages of each fold, judged by a model of one other fold's questions.

    A model of a fifth of the questions knows the wordings of a page as little as the model of all
    knows those of a report.
    """
    found = []
    for fold, other in zip(some, [*some[1:], some[0]], strict=True):
        model = fit_tiers(other.held, other.passages)
        every = (weighed(page, model) for page in (*fold.short, *fold.long))
        found.append([case for case in every if case])
    return found


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
