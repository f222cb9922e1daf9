"""How well two people agree who annotated the same reports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score

from pipeline.evaluate.errors import Marked, around, differences
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.intervals import Share
from pipeline.evaluate.scores import Counts, mention_scores, row_scores
from pipeline.evaluate.tiers import TIERS, weighted_kappa
from pipeline.records import LABELS

_TOKEN = re.compile(r"\w+|[^\w\s]")
_OUTSIDE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A mention that the two do not mark alike.

    Attributes:
        first: Label in the first gold; None where it has none.
        second: … in the second.
        text: The words, as in the first if that has them.
        other: The words in the second where the bounds differ.
    """

    document: str
    start: int
    end: int
    first: str | None
    second: str | None
    text: str
    other: str | None
    before: str
    after: str

    @property
    def kind(self) -> str:
        """What the difference is."""
        if self.second is None:
            return "first only"
        if self.first is None:
            return "second only"
        return "other label" if self.first != self.second else "other bounds"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Agreement word by word, a mark of punctuation being a word.

    Attributes:
        n: All words.
        marked: Words that either marks; `hits` those with one label in both.
        kappa: Cohen's kappa over all words and labels; None where nothing is marked.
        labels: … of each label against everything else.
    """

    n: int
    marked: Share
    kappa: float | None
    labels: dict[str, float | None]

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        return {
            "n": self.n,
            "marked": self.marked.as_dict(),
            "kappa": _rounded(self.kappa),
            "labels": {label: _rounded(kappa) for label, kappa in self.labels.items()},
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures over the documents that both golds have; in counts the first is taken for gold.

    Attributes:
        apart: Documents that only one of them has.
        mentions: By label and in sum, exact and relaxed; F1 is the same either way.
        tokens: None where not both have mentions.
        sections: Bounds and country; `starts` their first characters only.
        tiers: Sections with the same bounds; `hits` those with the same tier.
        tier_kappa: Cohen's kappa of these with quadratic weights.
        rankings: Core and full tuple.
    """

    documents: tuple[str, ...]
    apart: tuple[str, ...]
    mentions: dict[str, dict[str, Counts]]
    tokens: Tokens | None
    sections: Counts
    starts: Counts
    tiers: Share
    tier_kappa: float | None
    rankings: dict[str, Counts]
    differences: tuple[Difference, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "documents": list(self.documents),
            "in_one_only": list(self.apart),
            "mentions": {
                label: {kind: counts.as_dict() for kind, counts in row.items()}
                for label, row in self.mentions.items()
            },
            "tokens": self.tokens.as_dict() if self.tokens else None,
            "sections": self.sections.as_dict(),
            "section_starts": self.starts.as_dict(),
            "tiers": self.tiers.as_dict(),
            "tier_kappa": _rounded(self.tier_kappa),
            "rankings": {name: counts.as_dict() for name, counts in self.rankings.items()},
            "differences": [asdict(d) | {"kind": d.kind} for d in self.differences],
        }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def agreement(first: Sequence[Gold], second: Sequence[Gold], texts: Mapping[str, str]) -> Agreement:
    """Compare two golds.

    Args:
        texts: Canonical text of each document that both have.

    Raises:
        ValueError: If they have no document in common.
    """
    pairs = list(common(first, second))
    both = {a.document for a, _ in pairs}
    marked = [(a, b) for a, b in pairs if a.has_mentions and b.has_mentions]
    tiers = list(_tiers(pairs))
    return Agreement(
        documents=tuple(a.document for a, _ in pairs),
        apart=tuple(sorted({g.document for g in chain(first, second)} - both)),
        mentions=mention_scores([(a, b.mentions) for a, b in marked]),
        tokens=_tokens(marked, texts) if marked else None,
        sections=_sum(_sections(a, b) for a, b in pairs),
        starts=_sum(_starts(a, b) for a, b in pairs),
        tiers=Share(sum(a == b for a, b in tiers), len(tiers)),
        tier_kappa=_tier_kappa(tiers),
        rankings=row_scores(pairs),
        differences=tuple(d for a, b in marked for d in _differences(a, b, texts[a.document])),
    )


def common(first: Sequence[Gold], second: Sequence[Gold]) -> Iterator[tuple[Gold, Gold]]:
    """The documents that both have.

    Raises:
        ValueError: If there are none.
    """
    others = {g.document: g for g in second}
    if not any(g.document in others for g in first):
        raise ValueError("the two golds have no document in common")
    return ((g, others[g.document]) for g in first if g.document in others)


def _sum(counts: Iterator[Counts]) -> Counts:
    return sum(counts, Counts())


def _sections(a: Gold, b: Gold) -> Counts:
    ours, theirs = (
        {(s["start"], s["end"], s["country"]) for s in gold.segments} for gold in (a, b)
    )
    hits = len(ours & theirs)
    return Counts(hits, hits, len(theirs), len(ours))


def _starts(a: Gold, b: Gold) -> Counts:
    ours, theirs = ({s["start"] for s in gold.segments} for gold in (a, b))
    hits = len(ours & theirs)
    return Counts(hits, hits, len(theirs), len(ours))


def _tiers(pairs: Sequence[tuple[Gold, Gold]]) -> Iterator[tuple[int, int]]:
    """Tiers of the sections with the same bounds."""
    for a, b in pairs:
        theirs = {(s["start"], s["end"]): s.get("tier") for s in b.segments}
        for s in a.segments:
            tier, other = s.get("tier"), theirs.get((s["start"], s["end"]))
            if tier is not None and other is not None:
                yield tier, other


def _tier_kappa(tiers: Sequence[tuple[int, int]]) -> float | None:
    if len({tier for pair in tiers for tier in pair}) < 2:
        return None
    table = np.zeros((1, len(TIERS), len(TIERS) + 1))
    for a, b in tiers:
        table[0, TIERS.index(a), TIERS.index(b)] += 1
    return float(weighted_kappa(table)[0])


def _tokens(pairs: Sequence[tuple[Gold, Gold]], texts: Mapping[str, str]) -> Tokens:
    ours, theirs = (
        [
            label
            for pair in pairs
            for label in token_labels(pair[i].mentions, texts[pair[i].document])
        ]
        for i in (0, 1)
    )
    words = zip(ours, theirs, strict=True)
    marked = [(a, b) for a, b in words if (a, b) != (_OUTSIDE, _OUTSIDE)]
    return Tokens(
        n=len(ours),
        marked=Share(sum(a == b for a, b in marked), len(marked)),
        kappa=_kappa(ours, theirs),
        labels={
            label: _kappa([a == label for a in ours], [b == label for b in theirs])
            for label in LABELS
        },
    )


def token_labels(mentions: frozenset[Marked], text: str) -> list[str]:
    """The label of each word: that of the longest name it is part of, else YEAR, else `none`."""
    tokens = list(_TOKEN.finditer(text))
    labels = [_OUTSIDE] * len(tokens)
    starts = np.array([t.start() for t in tokens])
    ends = np.array([t.end() for t in tokens])
    # The last one stays: names over years, long over short, and the same at every run.
    for start, end, label in sorted(mentions, key=lambda m: (m[2] != "YEAR", m[1] - m[0], m)):
        first, last = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
        labels[first:last] = [label] * int(last - first)
    return labels


def _kappa(ours: Sequence[str | bool], theirs: Sequence[str | bool]) -> float | None:
    if len({*ours, *theirs}) < 2:
        return None  # nothing to tell apart
    return float(cohen_kappa_score(ours, theirs))


def _differences(a: Gold, b: Gold, text: str) -> list[Difference]:
    found = []
    for ours, theirs in differences(a.mentions, b.mentions):
        mark = ours or theirs
        assert mark is not None
        start, end, _ = mark
        moved = ours and theirs and ours[:2] != theirs[:2]
        before, after = around(text, start, end)
        found.append(
            Difference(
                document=a.document,
                start=start,
                end=end,
                first=ours[2] if ours else None,
                second=theirs[2] if theirs else None,
                text=text[start:end],
                other=text[theirs[0] : theirs[1]] if theirs and moved else None,
                before=before,
                after=after,
            )
        )
    return sorted(found, key=lambda d: (d.start, d.end))
