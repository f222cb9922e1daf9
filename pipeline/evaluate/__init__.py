"""Accuracy against gold annotations: mentions, segments, tier statements, rankings.

The journey runs on each report that has gold; nothing it uses was trained on gold. Baselines are
measured in the same run: names of `reference/` only; for sections the country that each paragraph
or TextTile names most, and what a package finds. On request, pages made from the gold are spoilt
in many ways and measured, too. `outcomes` and `sections` say what became of every single mention
and section; all other figures are counted from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import models
from pipeline.evaluate import baselines
from pipeline.evaluate.agreement import Agreement, agreement, common
from pipeline.evaluate.calibration import calibration, judged_countries, judged_mentions
from pipeline.evaluate.errors import confusion, errors
from pipeline.evaluate.figures import figures, macro
from pipeline.evaluate.gold import Gold, checked, load
from pipeline.evaluate.groups import groups
from pipeline.evaluate.intervals import RESAMPLES
from pipeline.evaluate.linking import linking
from pipeline.evaluate.outcomes import Outcome, outcomes
from pipeline.evaluate.protocols import held_out
from pipeline.evaluate.report import Report
from pipeline.evaluate.reports import results, texts
from pipeline.evaluate.robust import robustness
from pipeline.evaluate.scores import Spans, mention_scores, ranking_scores
from pipeline.evaluate.sections import sections
from pipeline.evaluate.segmentation import segmentation
from pipeline.evaluate.segments import segment_scores, statement_scores
from pipeline.evaluate.tiers import score_scores, tier_scores
from pipeline.place import Place
from pipeline.records import Result

__all__ = ["Report", "agree", "evaluate"]


def evaluate(
    gold: Path,
    raw: Place,
    *,
    perturbed: int = 0,
    baseline: str | None = None,
    resamples: int = RESAMPLES,
    protocol: str | None = None,
    other: Path | None = None,
) -> Report:
    """Measure the journey on every report that has gold.

    Args:
        gold: A folder of gold files (`NNN.json`, `NNN.rel.jsonl`), one `.json` file, or what an
            annotation tool exported.
        raw: The folder of the reports that the gold names.
        perturbed: Spoilt pages to make from the comparative pages and measure.
        baseline: An installed spaCy model to measure on the same reports.
        resamples: How often to draw sections for the intervals; 0 for none.
        protocol: One of `protocols.PROTOCOLS`.
        other: A second gold to compare with the first.

    Raises:
        ValueError: If there is no gold, a report is missing or cannot be read, gold does not fit
            its report or the protocol, the golds have no document in common, or the baseline is
            not installed.
    """
    nlp = models.off_the_shelf(baseline) if baseline else None
    annotated = load(gold)
    second = load(other) if other else None
    if second is not None:
        common(annotated, second)
    found = results(annotated, raw)
    pairs = [(checked(g, found[g.document].report.text), found[g.document]) for g in annotated]
    cases = [o for g, r in pairs for o in outcomes(g, r)]
    compared = None
    if second is not None:
        compared = _compared(annotated, second, {g.document: r.report.text for g, r in pairs})
    return replace(
        _report(pairs, cases, resamples),
        off_the_shelf=mention_scores([(g, baselines.off_the_shelf(nlp, r)) for g, r in pairs])
        if nlp
        else None,
        robustness=robustness(pairs, perturbed) if perturbed else None,
        protocol=held_out(cases, protocol) if protocol else None,
        agreement=compared,
    )


def _report(
    pairs: Sequence[tuple[Gold, Result]], cases: Sequence[Outcome], resamples: int
) -> Report:
    """All figures but those that are measured on request."""
    places = [s for g, r in pairs for s in sections(g, r)]
    mistakes = errors(cases, {g.document: r.report.text for g, r in pairs})
    return Report(
        documents=tuple(g.document for g, _ in pairs),
        mentions=mention_scores([(g, _spans(r)) for g, r in pairs]),
        baseline=mention_scores([(g, baselines.names(r)) for g, r in pairs]),
        linking=linking(pairs),
        segments=segment_scores((g, list(r.segments)) for g, r in pairs),
        baseline_segments={
            name: segment_scores((g, cut(r)) for g, r in pairs)
            for name, cut in baselines.segmenters().items()
        },
        statements=statement_scores(pairs),
        rankings=ranking_scores(pairs),
        errors=tuple(mistakes),
        resamples=resamples,
        figures=figures(cases, resamples),
        macro=macro(cases, resamples),
        segmentation=segmentation(pairs, places),
        tiers=tier_scores(places, resamples),
        scores=score_scores(places),
        groups=groups(cases, places, resamples),
        calibration={
            "mentions": calibration(judged_mentions(cases)),
            "countries": calibration(judged_countries(pairs)),
        },
        confusion=confusion(cases, mistakes),
    )


def agree(first: Path, second: Path, raw: Place) -> Agreement:
    """Compare two golds of the same reports.

    Raises:
        ValueError: As `evaluate`.
    """
    ours, theirs = load(first), load(second)
    both = [a for a, _ in common(ours, theirs)]
    return _compared(ours, theirs, texts(both, raw))


def _compared(first: Sequence[Gold], second: Sequence[Gold], read: Mapping[str, str]) -> Agreement:
    """Agreement of two golds, each checked against the texts that were read."""
    ours, theirs = (
        [checked(g, read[g.document]) if g.document in read else g for g in golds]
        for golds in (first, second)
    )
    return agreement(ours, theirs, read)


def _spans(result: Result) -> Spans:
    return {(m.start, m.end, m.label) for m in result.mentions}
