"""The country, tier and score of sections."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.correcting.ledger import Ledger, judged
from pipeline.corrections import NONE
from pipeline.records import BANDS, Action, Correction, Segment
from pipeline.words import word


def corrected(ledger: Ledger, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The sections with the right country, tier and score."""
    found = list(segments)
    done: list[tuple[Correction, int]] = []
    for c, places in ledger.of(*_SEGMENT):
        holding = {i for i, s in enumerate(found) for place in places if s.holds(place)}
        if len(holding) != 1:
            ledger.note(c, "ambiguous" if holding else "nothing_there")
            continue
        (i,) = holding
        # A tier brings its scores and a score its tier: `was` may mean what the stages said.
        status = judged(c, _said(found[i], c.action), _said(segments[i], c.action))
        ledger.note(c, status)
        if status == "applied":
            found[i] = replace(_SEGMENT[c.action](found[i], c.value or ""), corrected=True)
            done.append((c, i))
    for c, i in done:
        if word(_said(found[i], c.action)) != c.value:
            ledger.note(c, "overridden")
    return tuple(found)


def _said(s: Segment, action: Action) -> object:
    """What a section says now of that which an action corrects."""
    if action == "score":
        return s.score_min if s.score_min == s.score_max else f"{s.score_min}-{s.score_max}"
    return s.country if action == "country" else s.tier


def _with_country(s: Segment, value: str) -> Segment:
    country = None if value == NONE else value
    return replace(s, country=country, country_confidence=1.0, runner_up=None)


def _with_tier(s: Segment, value: str) -> Segment:
    if value == NONE:
        none = replace(s, tier=None, score_min=None, score_max=None)
        return replace(none, tier_status="absent", tier_reason="unclear")
    tier = int(value)
    low, high = BANDS[tier]
    if s.score_min and s.score_max and low <= s.score_min and s.score_max <= high:
        low, high = s.score_min, s.score_max
    graded = replace(s, tier=tier, score_min=low, score_max=high)
    return replace(graded, tier_status="stated", tier_reason=None)


def _with_score(s: Segment, value: str) -> Segment:
    numbers = [int(n) for n in re.findall(r"\d+", value)]
    low, high = numbers[0], numbers[-1]
    tiers = [tier for tier, (least, most) in BANDS.items() if least <= low and high <= most]
    tier = tiers[0] if tiers else None
    graded = replace(s, score_min=low, score_max=high, tier=tier)
    if tier is None:
        return replace(graded, tier_status="absent", tier_reason="unclear")
    return replace(graded, tier_status="stated", tier_reason=None)


_SEGMENT: dict[Action, Callable[[Segment, str], Segment]] = {
    "country": _with_country,
    "tier": _with_tier,
    "score": _with_score,
}
