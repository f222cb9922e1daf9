"""Sections, groups, protocols, reliability and agreement as lines of text."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.evaluate.agreement import Agreement
from pipeline.evaluate.calibration import Calibration
from pipeline.evaluate.groups import FEW, Group
from pipeline.evaluate.intervals import Interval, Share
from pipeline.evaluate.protocols import Protocol, Spread
from pipeline.evaluate.report import Report
from pipeline.evaluate.segmentation import Segmentation
from pipeline.evaluate.tiers import TIERS, Measure, ScoreScores, TierScores

_TITLES = {"mentions": "mentions but years", "countries": "countries of sections"}


def interval(found: Interval | None) -> str:
    """As in `.81–.93`; empty where there is none."""
    return f"{_short(found.low)}–{_short(found.high)}" if found else ""


def _short(figure: float) -> str:
    return f"{figure:.2f}".removeprefix("0")


def figure(value: float | None) -> str:
    """Three decimals, six characters wide; a dash where there is nothing to measure."""
    return f"{'-' if value is None else f'{value:.3f}':>6}"


def _share(name: str, share: Share) -> str:
    sure = interval(share.interval)
    return f"{name:<38} {figure(share.value)} {sure:<9} {share.hits:>5} of {share.n}"


def _measure(name: str, measure: Measure) -> str:
    return f"{name:<38} {figure(measure.value)} {interval(measure.interval)}".rstrip()


def sections_and_tiers(report: Report) -> Iterable[str]:
    """How pages are cut, and how sections are graded."""
    if report.segmentation:
        yield from _segmentation(report.segmentation)
    if report.tiers:
        yield from _tiers(report.tiers)
    if report.scores:
        yield from _scores(report.scores)


def _segmentation(found: Segmentation) -> Iterable[str]:
    for name, value in (("Pk", found.pk), ("WindowDiff", found.window_diff)):
        if value is not None:
            about = f"{found.windows} windows over blocks, 0 is best"
            yield f"{name:<38} {value:6.3f}           {about}"
    yield _share("right country of the longest overlap", found.countries)
    yield _share("… or as runner-up", found.top_two)
    if found.second_guesses.n:
        yield _share("runner-up right where country is wrong", found.second_guesses)


def _tiers(found: TierScores) -> Iterable[str]:
    yield _share("tier right", found.right)
    yield _share("tier answered", found.answered)
    yield _share("tier at most one off, if answered", found.within_one)
    yield _measure("tiers, macro F1", found.macro_f1)
    yield _measure("tiers, quadratic weighted kappa", found.kappa)
    yield _measure("tiers, mean absolute error", found.error)
    yield "tiers found       " + "".join(f"{tier:>6}" for tier in TIERS) + "  none"
    for tier, row in zip(TIERS, found.confusion, strict=True):
        yield f"  gold tier {tier:<6}" + "".join(f"{n:>6}" for n in row)


def _scores(found: ScoreScores) -> Iterable[str]:
    yield _share("score answered", found.answered)
    yield _share("score inside the interval found", found.held)
    yield _share("score exact", found.exact)
    if found.width is not None:
        yield f"{'mean width of the intervals, points':<38} {found.width:6.3f}"


def group_rows(dimension: str, groups: Sequence[Group]) -> Iterable[str]:
    """A dimension's groups; those with too little gold are marked."""
    if not groups:
        return
    yield (
        f"by {dimension:<17} gold sections  exact P     R     F1 95 %       relaxed F1"
        "  sections right"
    )
    for group in groups:
        exact, cut = group.exact, group.sections
        counts = exact.counts
        mark = "*" if group.few else " "
        figures = (
            f" {' '.join(map(figure, counts.known))} {interval(group.interval):<9}"
            f" {figure(group.relaxed.counts.known.f1):>12}"
        )
        sections = f"{cut.hits} of {cut.n}" if cut else "-"
        row = f"{group.value:<18}{mark}{counts.gold:>6} {group.units:>8} {figures}"
        yield f"{row} {sections:>15}"
    if any(group.few for group in groups):
        yield f"* fewer than {FEW} gold mentions: too few to tell; years are not counted"


def calibrations(tables: Mapping[str, Calibration]) -> Iterable[str]:
    """Reliability tables."""
    for name, found in tables.items():
        if not found.n:
            continue
        yield (
            f"confidence of {_TITLES.get(name, name)}, expected calibration error"
            f" {found.error:.3f} ({found.n} cases)"
        )
        for b in found.bins:
            yield (
                f"  {b.low:.1f}-{b.high:.1f} {b.n:>7}  confidence {b.confidence:.3f}"
                f"  right {b.right:.3f} {interval(b.interval)}"
            )


def protocol_rows(found: Protocol) -> Iterable[str]:
    """F1 of each part left out, with the threshold fitted on the others and with the fixed one."""
    yield f"{found.name}: fitted on the others, measured on the one left out; years apart"
    yield f"{'':<18} {'gold':>6} {'threshold':>10} {'F1':>7} {'F1 fixed':>9}"
    for part in found.parts:
        mark = "*" if part.few else " "
        yield (
            f"{part.value:<18}{mark}{part.fixed.gold:>6} {part.threshold:>10.2f}"
            f" {figure(part.chosen.known.f1):>7} {figure(part.fixed.known.f1):>9}"
        )
    yield f"threshold fitted    {_spread(found.chosen)}"
    yield f"threshold fixed     {_spread(found.fixed)}"
    yield (
        f"confidence          expected calibration error {found.confidence.error:.3f},"
        f" refitted by isotonic regression {found.refitted.error:.3f}"
    )
    if any(part.few for part in found.parts):
        yield f"* fewer than {FEW} gold mentions: too few to tell"


def _spread(found: Spread) -> str:
    return (
        f"mean F1 {found.mean:.3f}, standard deviation {found.deviation:.3f} over {found.parts}"
        f" parts; all in one {found.pooled:.3f}"
    )


def compared(found: Agreement) -> Iterable[str]:
    """Agreement of two golds."""
    names = "document" if len(found.documents) == 1 else "documents"
    alone = f"; {len(found.apart)} in one only" if found.apart else ""
    yield f"agreement of two golds on {len(found.documents)} {names}{alone}"
    if found.tokens:
        yield f"{'':<13}{'first':>7}{'second':>8}{'exact F1':>10}{'relaxed F1':>12}{'kappa':>8}"
        for label, row in found.mentions.items():
            exact, relaxed = row["exact"], row["relaxed"]
            kappa = found.tokens.labels.get(label, found.tokens.kappa if label == "all" else None)
            yield (
                f"{label:<13}{exact.gold:>7}{exact.found:>8}"
                f"{figure(exact.known.f1):>10}{figure(relaxed.known.f1):>12}"
                + (f"{kappa:>8.3f}" if kappa is not None else "")
            ).rstrip()
        words = found.tokens.marked
        yield _share("words either marks, with the same label", words)
    if found.sections.gold or found.sections.found:
        both = found.sections
        yield f"sections, bounds and country: F1 {both.f1:.3f}; starts: F1 {found.starts.f1:.3f}"
    if found.tiers.n:
        known = found.tier_kappa is not None
        weighted = f", kappa {found.tier_kappa:.3f}" if known else ""
        yield f"{_share('tiers of sections with the same bounds', found.tiers)}{weighted}"
    for name, counts in found.rankings.items():
        if counts.gold or counts.found:
            yield f"rankings, {name}: F1 {counts.f1:.3f} ({counts.gold} and {counts.found})"
