"""All figures of an evaluation in one record."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.evaluate.agreement import Agreement
from pipeline.evaluate.calibration import Calibration
from pipeline.evaluate.errors import Error
from pipeline.evaluate.figures import Figures, Macro
from pipeline.evaluate.groups import Groups
from pipeline.evaluate.linking import Linking
from pipeline.evaluate.protocols import Protocol
from pipeline.evaluate.robust import Robustness
from pipeline.evaluate.scores import Counts
from pipeline.evaluate.segmentation import Segmentation
from pipeline.evaluate.segments import SegmentScores
from pipeline.evaluate.tiers import ScoreScores, TierScores

Table = dict[str, dict[str, Counts]]


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over all documents with gold.

    Attributes:
        mentions: By label and in sum, exact and relaxed.
        off_the_shelf: … of a spaCy model, where one was named.
        baseline_segments: For each baseline its figures.
        errors: Each missed or wrong mention.
        linking: B³ of the entities, where gold names them.
        robustness: Figures over spoilt pages, where asked for and there is gold to make them from.
        resamples: How often sections were drawn for the intervals.
        figures: As `mentions`, with intervals.
        macro: Mean F1 of the labels, exact and relaxed.
        segmentation: How pages are cut, where gold has sections.
        tiers: … and tiers.
        scores: … and scores.
        groups: By layout, country, edition and part of the document.
        calibration: Reliability of the confidence of `mentions` (years apart) and `countries`.
        confusion: Labels of gold by label found.
        protocol: What was fitted on gold without the part that it is measured on, where asked for.
        agreement: With a second gold, where there is one.
    """

    documents: tuple[str, ...]
    mentions: Table
    baseline: Table
    segments: SegmentScores
    baseline_segments: dict[str, SegmentScores]
    statements: Counts
    rankings: dict[str, Counts]
    errors: tuple[Error, ...]
    robustness: Robustness | None = None
    off_the_shelf: Table | None = None
    linking: Linking | None = None
    resamples: int = 0
    figures: Figures = field(default_factory=dict)
    macro: Mapping[str, Macro] = field(default_factory=dict)
    segmentation: Segmentation | None = None
    tiers: TierScores | None = None
    scores: ScoreScores | None = None
    groups: Groups = field(default_factory=dict)
    calibration: Mapping[str, Calibration] = field(default_factory=dict)
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    protocol: Protocol | None = None
    agreement: Agreement | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON; precision, recall and F1 spelled out."""
        return {
            "documents": list(self.documents),
            "mentions": _spelled(self.figures or self.mentions),
            "macro": {kind: macro.as_dict() for kind, macro in self.macro.items()},
            "resamples": self.resamples,
            "baseline_mentions": _spelled(self.baseline),
            "off_the_shelf_mentions": _spelled(self.off_the_shelf or {}),
            "label_confusion": {row: dict(cells) for row, cells in self.confusion.items()},
            "linking": _plain(self.linking),
            "segments": asdict(self.segments) | self.segments.shares(),
            "baseline_segments": {
                name: asdict(scores) | scores.shares()
                for name, scores in self.baseline_segments.items()
            },
            "segmentation": _plain(self.segmentation),
            "tiers": _plain(self.tiers),
            "scores": _plain(self.scores),
            "tier_statements": self.statements.as_dict(),
            "rankings": {name: counts.as_dict() for name, counts in self.rankings.items()},
            "groups": {name: _each(groups) for name, groups in self.groups.items()},
            "calibration": {name: found.as_dict() for name, found in self.calibration.items()},
            "protocol": _plain(self.protocol),
            "agreement": _plain(self.agreement),
            "robustness": _plain(self.robustness),
            "errors": _each(self.errors),
        }


def _spelled(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        label: {kind: counts.as_dict() for kind, counts in row.items()}
        for label, row in table.items()
    }


def _plain(figures: Any) -> Any:
    return figures.as_dict() if figures else None


def _each(rows: Iterable[Any]) -> list[Any]:
    return [row.as_dict() for row in rows]
