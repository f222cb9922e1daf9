"""Accuracy against gold annotations: mentions, segments, tier statements, rankings.

The journey runs on each report that has gold; nothing it uses was trained on gold. Baselines are
measured in the same run: names of `reference/` only; for sections the country that each paragraph
or TextTile names most, and what a package finds. On request, pages made from the gold are spoilt
in many ways and measured, too.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import journey, models
from pipeline.evaluate import baselines
from pipeline.evaluate.gold import Gold, load
from pipeline.evaluate.linking import Linking, linking
from pipeline.evaluate.robust import Robustness, robustness
from pipeline.evaluate.scores import Counts, Spans, mention_scores, ranking_scores
from pipeline.evaluate.segments import SegmentScores, segment_scores, statement_scores
from pipeline.files import discover
from pipeline.place import Place
from pipeline.records import LABELS, Failure, Result

__all__ = ["Report", "evaluate"]


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over all documents with gold.

    Attributes:
        mentions: By label and in sum, exact and relaxed.
        off_the_shelf: … of a spaCy model, where one was named.
        baseline_segments: For each baseline its figures.
        errors: (document, label, kind, text) of each missed or wrong mention.
        linking: B³ of the entities, where gold names them.
        robustness: Figures over spoilt pages, where asked for and there is gold to make them from.
    """

    documents: tuple[str, ...]
    mentions: dict[str, dict[str, Counts]]
    baseline: dict[str, dict[str, Counts]]
    segments: SegmentScores
    baseline_segments: dict[str, SegmentScores]
    statements: Counts
    rankings: dict[str, Counts]
    errors: tuple[tuple[str, str, str, str], ...]
    robustness: Robustness | None = None
    off_the_shelf: dict[str, dict[str, Counts]] | None = None
    linking: Linking | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON; precision, recall and F1 spelled out."""
        return {
            "documents": list(self.documents),
            "mentions": _spelled(self.mentions),
            "baseline_mentions": _spelled(self.baseline),
            "off_the_shelf_mentions": _spelled(self.off_the_shelf or {}),
            "linking": asdict(self.linking) | {"f1": self.linking.f1} if self.linking else None,
            "segments": asdict(self.segments) | self.segments.shares(),
            "baseline_segments": {
                name: asdict(scores) | scores.shares()
                for name, scores in self.baseline_segments.items()
            },
            "robustness": self.robustness.as_dict() if self.robustness else None,
            "tier_statements": self.statements.as_dict(),
            "rankings": {name: counts.as_dict() for name, counts in self.rankings.items()},
        }


def _spelled(table: dict[str, dict[str, Counts]]) -> dict[str, Any]:
    return {
        label: {kind: counts.as_dict() for kind, counts in row.items()}
        for label, row in table.items()
    }


def evaluate(gold: Path, raw: Place, *, perturbed: int = 0, baseline: str | None = None) -> Report:
    """Measure the journey on every report that has gold.

    Args:
        gold: A folder of gold files (`NNN.json`, `NNN.rel.jsonl`), or one `.json` file.
        raw: The folder of the reports that the gold names.
        perturbed: Spoilt pages to make from the comparative pages and measure.
        baseline: An installed spaCy model to measure on the same reports.

    Raises:
        ValueError: If there is no gold, a report is missing or cannot be read, or the baseline is
            not installed.
    """
    nlp = models.off_the_shelf(baseline) if baseline else None
    annotated = load(gold)
    results = _results(annotated, raw)
    pairs = [(g, results[g.document]) for g in annotated]
    found = [(g, _spans(r)) for g, r in pairs]
    plain = [(g, baselines.names(r)) for g, r in pairs]
    return Report(
        documents=tuple(g.document for g in annotated),
        mentions=mention_scores(found),
        baseline=mention_scores(plain),
        off_the_shelf=mention_scores([(g, baselines.off_the_shelf(nlp, r)) for g, r in pairs])
        if nlp
        else None,
        linking=linking(pairs),
        segments=segment_scores((g, list(r.segments)) for g, r in pairs),
        baseline_segments={
            name: segment_scores((g, cut(r)) for g, r in pairs)
            for name, cut in baselines.segmenters().items()
        },
        statements=statement_scores(pairs),
        rankings=ranking_scores(pairs),
        errors=tuple(_errors(found, {g.document: r.report.text for g, r in pairs})),
        robustness=robustness(pairs, perturbed) if perturbed else None,
    )


def _results(annotated: list[Gold], raw: Place) -> dict[str, Result]:
    wanted = {g.document for g in annotated}
    results = {}
    for source in discover(raw):
        if source.path.name in wanted:
            outcome = journey.travel(source)
            if isinstance(outcome, Failure):
                raise ValueError(f"{source.name} cannot be read: {outcome.reason}")
            results[source.path.name] = outcome
    if missing := sorted(wanted - results.keys()):
        raise ValueError(f"gold names reports that are not under {raw}: {', '.join(missing)}")
    return results


def _spans(result: Result) -> Spans:
    return {(m.start, m.end, m.label) for m in result.mentions}


def _errors(
    found: Iterable[tuple[Gold, Spans]], texts: dict[str, str]
) -> Iterable[tuple[str, str, str, str]]:
    order: dict[str, int] = {label: i for i, label in enumerate(LABELS)}
    for gold, spans in found:
        wrong = [(s, "missed") for s in gold.mentions - spans]
        wrong += [(s, "wrong") for s in spans - gold.mentions if gold.has_mentions]
        for (start, end, label), kind in sorted(wrong, key=lambda w: (order[w[0][2]], w[0])):
            yield gold.document, label, kind, texts[gold.document][start:end]
