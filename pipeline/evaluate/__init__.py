"""Accuracy against gold annotations: mentions, segments, tier statements, rankings.

The journey runs on each report that has gold; nothing it uses was trained on gold. Baselines are
measured in the same run: names of `reference/` only; for sections the country that each paragraph
or TextTile names most, and what a package finds. On request, pages made from the gold are spoilt
in many ways and measured, too. `outcomes` and `sections` say what became of every single mention
and section; all other figures are counted from them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline import journey, models
from pipeline.evaluate import baselines
from pipeline.evaluate.agreement import Agreement, agreement, common
from pipeline.evaluate.calibration import calibration, judged_countries, judged_mentions
from pipeline.evaluate.errors import confusion, errors
from pipeline.evaluate.figures import figures, macro
from pipeline.evaluate.gold import Gold, checked, load
from pipeline.evaluate.groups import groups
from pipeline.evaluate.intervals import RESAMPLES
from pipeline.evaluate.linking import linking
from pipeline.evaluate.outcomes import outcomes
from pipeline.evaluate.protocols import held_out
from pipeline.evaluate.report import Report
from pipeline.evaluate.robust import robustness
from pipeline.evaluate.scores import Spans, mention_scores, ranking_scores
from pipeline.evaluate.sections import sections
from pipeline.evaluate.segmentation import segmentation
from pipeline.evaluate.segments import segment_scores, statement_scores
from pipeline.evaluate.tiers import score_scores, tier_scores
from pipeline.files import Source, discover
from pipeline.place import Place
from pipeline.read import read
from pipeline.records import Failure, Result, Unreadable
from pipeline.settings import DEFAULT

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
    results = _results(annotated, raw)
    pairs = [(checked(g, results[g.document].report.text), results[g.document]) for g in annotated]
    texts = {g.document: r.report.text for g, r in pairs}
    cases = [o for g, r in pairs for o in outcomes(g, r)]
    places = [s for g, r in pairs for s in sections(g, r)]
    mistakes = errors(cases, texts)
    return Report(
        documents=tuple(g.document for g in annotated),
        mentions=mention_scores([(g, _spans(r)) for g, r in pairs]),
        baseline=mention_scores([(g, baselines.names(r)) for g, r in pairs]),
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
        errors=tuple(mistakes),
        robustness=robustness(pairs, perturbed) if perturbed else None,
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
        protocol=held_out(cases, protocol) if protocol else None,
        agreement=_compared(annotated, second, texts) if second is not None else None,
    )


def agree(first: Path, second: Path, raw: Place) -> Agreement:
    """Compare two golds of the same reports.

    Raises:
        ValueError: As `evaluate`.
    """
    ours, theirs = load(first), load(second)
    both = [a for a, _ in common(ours, theirs)]
    return _compared(ours, theirs, _texts(both, raw))


def _compared(first: Sequence[Gold], second: Sequence[Gold], texts: Mapping[str, str]) -> Agreement:
    """Agreement of two golds, each checked against the texts."""
    ours, theirs = (
        [checked(g, texts[g.document]) if g.document in texts else g for g in golds]
        for golds in (first, second)
    )
    return agreement(ours, theirs, texts)


def _results(annotated: Sequence[Gold], raw: Place) -> dict[str, Result]:
    results = {}
    for name, source in _sources(annotated, raw).items():
        outcome = journey.travel(source)
        if isinstance(outcome, Failure):
            raise ValueError(f"{source.name} cannot be read: {outcome.reason}")
        results[name] = outcome
    return results


def _texts(annotated: Sequence[Gold], raw: Place) -> dict[str, str]:
    """The canonical texts alone."""
    texts = {}
    for name, source in _sources(annotated, raw).items():
        try:
            texts[name] = read(source, DEFAULT).text
        except Unreadable as error:
            raise ValueError(f"{source.name} cannot be read: {error}") from error
    return texts


def _sources(annotated: Sequence[Gold], raw: Place) -> dict[str, Source]:
    """The report of each gold: that of its path under `raw`, else the one of its name."""
    sources = discover(raw)
    found = {s.name: s for s in sources}
    named: dict[str, list[Source]] = {}
    for s in sources:
        named.setdefault(s.path.name, []).append(s)
    wanted = sorted({g.document for g in annotated})
    if missing := [name for name in wanted if name not in found and name not in named]:
        raise ValueError(f"gold names reports that are not under {raw}: {', '.join(missing)}")
    for name in wanted:
        if name not in found and len(named[name]) > 1:
            paths = ", ".join(s.name for s in named[name])
            raise ValueError(f"{name} may be any of {paths}; give the gold its path under {raw}")
    return {name: found.get(name) or named[name][0] for name in wanted}


def _spans(result: Result) -> Spans:
    return {(m.start, m.end, m.label) for m in result.mentions}
