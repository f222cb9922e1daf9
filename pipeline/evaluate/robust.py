"""How well sections are found on spoilt pages, and whether their confidence tells the truth.

Every comparative page with gold is taken apart (`pipeline.generator`) and written without its
headings: whole, with every country's name and adjective masked, and perturbed many times. The
journey up to the segments runs on each; the gold moves along.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from pipeline import generator, layout, segment, tiers
from pipeline.evaluate.calibration import Bin, Calibration, Judged, judged_sections, reliability
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.segments import SegmentScores, segment_scores
from pipeline.generator import ComparativePage
from pipeline.records import Result, Segment
from pipeline.settings import DEFAULT

WHOLE, MASKED, SPOILT = "without headings", "… names masked", "… perturbed"
_LEAST = 3  # countries that make a comparative page


@dataclass(frozen=True, slots=True)
class Robustness:
    """Figures over generated pages.

    Attributes:
        pages: Number of pages of each kind.
        scores: Segmentation of each kind.
        bins: The reliability table over the perturbed pages.
    """

    pages: dict[str, int]
    scores: dict[str, SegmentScores]
    bins: tuple[Bin, ...]

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: mean distance of confidence from the share that is right."""
        return Calibration(self.bins).error

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "pages": self.pages,
            "segments": {k: asdict(s) | s.shares() for k, s in self.scores.items()},
            "reliability": [asdict(b) for b in self.bins],
            "expected_calibration_error": round(self.calibration_error, 4),
        }


def robustness(pairs: Iterable[tuple[Gold, Result]], perturbed: int) -> Robustness | None:
    """Measure generated pages.

    Args:
        perturbed: How many perturbed pages to make, in turn from each page with gold.

    Returns:
        The figures, or None where no gold is of a comparative page with scores.
    """
    pages = [
        taken_apart(gold, result)
        for gold, result in pairs
        if len({s["country"] for s in gold.segments}) >= _LEAST
        and all(s.get("score_min") is not None for s in gold.segments)
    ]
    if not pages:
        return None
    measured = {
        WHOLE: [_measured(page) for page in pages],
        MASKED: [
            _measured(generator.masked(page, Random(DEFAULT.seed), share=1.0)) for page in pages
        ],
        SPOILT: [_measured(page) for page in _spoilt(pages, perturbed)],
    }
    return Robustness(
        pages={kind: len(found) for kind, found in measured.items()},
        scores={kind: segment_scores(found) for kind, found in measured.items()},
        bins=tuple(reliability(_judged(measured[SPOILT]))),
    )


def taken_apart(gold: Gold, result: Result) -> ComparativePage:
    """The parts of a report with gold."""
    outline = result.outline
    return generator.annotated(
        result.report.text,
        {"segments": gold.segments, "tier_statements": gold.statements},
        title=outline.title or "",
        question=outline.question or "",
    )


def _spoilt(pages: list[ComparativePage], n: int) -> Iterator[ComparativePage]:
    for i in range(n):
        yield generator.perturbed(pages[i % len(pages)], Random(f"{DEFAULT.seed} {i}"))


def _measured(page: ComparativePage) -> tuple[Gold, list[Segment]]:
    text, gold = page.written()
    outline = layout.outline(text, "")
    statements = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, statements)
    found = segment.segments(outline, text, statements, "")
    return (
        Gold("", frozenset(), {}, tuple(gold["segments"]), (), (), has_mentions=False,
             has_rankings=False),
        found,
    )  # fmt: skip


def _judged(measured: list[tuple[Gold, list[Segment]]]) -> Iterator[Judged]:
    for gold, found in measured:
        yield from judged_sections(gold, found)
