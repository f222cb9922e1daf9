"""How well a page is cut, and whether each section got the right country, tier and score."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluate.gold import Gold
from pipeline.evaluate.scores import Counts
from pipeline.records import Result, Segment


@dataclass(frozen=True, slots=True)
class SegmentScores:
    """Counts over all gold segments.

    Attributes:
        exact: Right bounds and right country.
        boundaries: Starts of segments, by offset.
        characters: Characters of gold segments, and those with the right country.
        tier: Gold segments with a tier whose segment is exact and has it.
        tier_anywhere: … whose longest overlapping segment has it, whatever its bounds.
        score: Gold segments with a score whose segment is exact and has just this interval.
        score_held: … whose segment is exact and has an interval that holds it.
        graded: Gold segments with a tier, and `scored` those with a score.
    """

    gold: int = 0
    found: int = 0
    exact: int = 0
    boundary_hits: int = 0
    characters: int = 0
    characters_right: int = 0
    graded: int = 0
    tier: int = 0
    tier_anywhere: int = 0
    score: int = 0
    score_held: int = 0
    scored: int = 0

    def shares(self) -> dict[str, float | None]:
        """The counts as shares, and the F1 of the boundaries; None of nothing."""
        boundaries = Counts(self.boundary_hits, self.boundary_hits, self.found, self.gold)
        return {
            "exact_share": _share(self.exact, self.gold),
            "boundary_f1": boundaries.as_dict()["f1"],
            "character_accuracy": _share(self.characters_right, self.characters),
            "tier_share": _share(self.tier, self.graded),
            "score_share": _share(self.score, self.scored),
            "score_held_share": _share(self.score_held, self.scored),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def segment_scores(pairs: Iterable[tuple[Gold, list[Segment]]]) -> SegmentScores:
    """Figures over all documents."""
    total = SegmentScores()
    for gold, found in pairs:
        if gold.segments:
            total = _plus(total, _scores(gold, found))
    return total


def _plus(a: SegmentScores, b: SegmentScores) -> SegmentScores:
    return SegmentScores(*(getattr(a, f) + getattr(b, f) for f in SegmentScores.__slots__))


def _scores(gold: Gold, found: list[Segment]) -> SegmentScores:
    by_bounds = {(s.start, s.end, s.country): s for s in found}
    exact = [
        (g, by_bounds[key])
        for g in gold.segments
        if (key := (g["start"], g["end"], g["country"])) in by_bounds
    ]
    graded = [g for g in gold.segments if g.get("tier") is not None]
    return SegmentScores(
        gold=len(gold.segments),
        found=len(found),
        exact=len(exact),
        boundary_hits=len({g["start"] for g in gold.segments} & {s.start for s in found}),
        characters=sum(g["end"] - g["start"] for g in gold.segments),
        characters_right=sum(
            max(0, min(g["end"], s.end) - max(g["start"], s.start))
            for g in gold.segments
            for s in found
            if s.country == g["country"]
        ),
        graded=len(graded),
        scored=sum(_interval(g) is not None for g in gold.segments),
        tier=sum(g.get("tier") is not None and s.tier == g["tier"] for g, s in exact),
        tier_anywhere=sum(_longest(g, found) == g["tier"] for g in graded),
        score=sum(
            _interval(g) is not None and (s.score_min, s.score_max) == _interval(g)
            for g, s in exact
        ),
        score_held=sum(_holds(s, g) for g, s in exact),
    )


def _longest(g: dict, found: list[Segment]) -> int | None:  # type: ignore[type-arg]
    """Tier of the segment that shares most characters with a gold segment."""
    shared = ((min(g["end"], s.end) - max(g["start"], s.start), s.tier) for s in found)
    length, tier = max(shared, key=lambda pair: pair[0], default=(0, None))
    return tier if length > 0 else None


def _interval(g: dict) -> tuple[int, int] | None:  # type: ignore[type-arg]
    return (g["score_min"], g["score_max"]) if g.get("score_min") is not None else None


def _holds(s: Segment, g: dict) -> bool:  # type: ignore[type-arg]
    wanted = _interval(g)
    if wanted is None or s.score_min is None or s.score_max is None:
        return False
    return s.score_min <= wanted[0] and wanted[1] <= s.score_max


def statement_scores(pairs: Iterable[tuple[Gold, Result]]) -> Counts:
    """Tier statements: right bounds and right tier."""
    total = Counts()
    for gold, result in pairs:
        if not gold.segments or not gold.has_statements:
            continue
        wanted = {(s["start"], s["end"], s["tier"]) for s in gold.statements}
        found = {(s.start, s.end, s.tier) for s in result.tier_statements}
        hits = len(wanted & found)
        total += Counts(hits, hits, len(found), len(wanted))
    return total
