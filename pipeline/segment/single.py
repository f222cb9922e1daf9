"""A web page, deck or strategy: one segment, about the country the whole document speaks of."""

import re
from collections import defaultdict

from pipeline import normalise
from pipeline.evidence import hits, tally
from pipeline.records import Outline, Segment

_TITLE_WEIGHT = 3.0
_DECISIVE = ("name", "adjective", "demonym", "leader", "parliament", "cctld", "office")
_MIN_SHARE = 0.45
_MIN_WEIGHT = 0.9
_PATH_BREAK = re.compile(r"[\W\d_]+")
_SHORT = 3
_CODES = ("USA", "UK")


def single_segment(outline: Outline, text: str, source: str) -> list[Segment]:
    """The document as one segment; the country is None where none stands out."""
    blocks = outline.blocks
    if not blocks:
        return []
    weights = _weights(outline, text, source)
    ranked = sorted(weights.items(), key=lambda w: (-w[1], w[0]))[:2]
    total = sum(weights.values())
    share = ranked[0][1] / total if ranked else 0.0
    clear = bool(ranked) and share >= _MIN_SHARE and ranked[0][1] >= _MIN_WEIGHT
    return [
        Segment(
            start=blocks[0].start,
            end=blocks[-1].end,
            country=ranked[0][0] if clear else None,
            country_method="document",
            country_confidence=round(min(share, 0.99), 4) if clear else 0.0,
            runner_up=ranked[1][0] if len(ranked) > 1 else None,
            tier_reason="no_scale",
        )
    ]


def _weights(outline: Outline, text: str, source: str) -> dict[str, float]:
    """Evidence for each country, its name in the title counting more."""
    found = hits(text)
    decisive = [hit for hit in found if hit.kind in _DECISIVE]
    weights = defaultdict(float, tally(decisive or found))
    heads = [b for b in outline.blocks if b.role in ("title", "heading")]
    for hit in found:
        if hit.kind in ("name", "adjective") and any(b.holds(hit) for b in heads):
            for iso3 in hit.countries:
                weights[iso3] += _TITLE_WEIGHT * hit.weight / len(hit.countries)
    for iso3 in _in_path(source):
        weights[iso3] += _TITLE_WEIGHT
    return weights


def _in_path(source: str) -> set[str]:
    """The countries that a path names: 'south-korea.txt', 'USA/report.txt'."""
    words = [word for word in _PATH_BREAK.split(source) if word]
    runs = [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]
    named = (run for run in runs if len(run) > _SHORT or run in _CODES)
    return {iso3 for run in named if (iso3 := normalise.country(run))}
