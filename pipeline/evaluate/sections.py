"""Every gold section, one by one, with the section that was found in its place."""

from dataclasses import dataclass

from pipeline.evaluate.gold import Gold
from pipeline.records import Layout, Result, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A gold section and what became of it.

    Attributes:
        layout: Of the document.
        edition: Of the document.
        country: ISO 3166-1 alpha-3, as gold has it.
        tier: As gold has it; None where it has none.
        score: Lowest and highest score, as gold has them.
        found: The section that shares most characters with it; None where none does.
        exact: Whether a section with just these bounds and this country was found.
    """

    document: str
    layout: Layout
    edition: int | None
    country: str | None
    tier: int | None
    score: tuple[int, int] | None
    found: Segment | None
    exact: bool

    @property
    def right_country(self) -> bool:
        """Whether the section found in its place has its country."""
        return self.found is not None and self.found.country == self.country

    @property
    def second_guess(self) -> bool:
        """Whether the runner-up is right where the country is wrong."""
        wrong = self.found is not None and not self.right_country
        return wrong and self.found is not None and self.found.runner_up == self.country


def sections(gold: Gold, result: Result) -> list[Section]:
    """The gold sections of a document in order."""
    found = {(s.start, s.end, s.country) for s in result.segments}
    return [
        Section(
            document=gold.document,
            layout=result.outline.layout,
            edition=result.outline.edition,
            country=g["country"],
            tier=g.get("tier"),
            score=(g["score_min"], g["score_max"]) if g.get("score_min") is not None else None,
            found=longest(result.segments, g["start"], g["end"]),
            exact=(g["start"], g["end"], g["country"]) in found,
        )
        for g in gold.segments
    ]


def longest(segments: tuple[Segment, ...], start: int, end: int) -> Segment | None:
    """The segment that shares most characters with a stretch, the first of equals."""
    shared = [(min(end, s.end) - max(start, s.start), s) for s in segments]
    length, segment = max(shared, key=lambda pair: pair[0], default=(0, None))
    return segment if length > 0 else None
