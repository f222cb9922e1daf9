"""How far apart two ways of cutting a page are: Pk, WindowDiff; and whose sections they are."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from typing import Any

from pipeline.evaluate.gold import Gold
from pipeline.evaluate.intervals import Share
from pipeline.evaluate.sections import Section
from pipeline.records import Result


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Figures over all documents with gold sections.

    Attributes:
        windows: Windows slid over the blocks of the documents.
        pk: Share of the windows whose ends are in one section here and in two there (Beeferman,
            Berger and Lafferty, 1999). 0 is best.
        window_diff: Share of the windows with another number of borders (Pevzner and Hearst,
            2002). 0 is best.
        countries: Gold sections in whose place the section found has the right country.
        second_guesses: Sections with a wrong country whose runner-up is right.
        top_two: Gold sections whose country is found or runner-up.
    """

    windows: int
    pk: float | None
    window_diff: float | None
    countries: Share
    second_guesses: Share
    top_two: Share

    def as_dict(self) -> dict[str, Any]:
        """Figures for JSON."""
        found = asdict(self)
        for name in ("pk", "window_diff"):
            value = found[name]
            found[name] = None if value is None else round(value, 4)
        for name in ("countries", "second_guesses", "top_two"):
            found[name] = getattr(self, name).as_dict()
        return found


def segmentation(
    pairs: Iterable[tuple[Gold, Result]], sections: Sequence[Section]
) -> Segmentation | None:
    """Figures over all documents; None where gold has no sections."""
    if not sections:
        return None
    slid = [_slid(gold, result) for gold, result in pairs if gold.segments]
    windows, apart, different = (sum(column) for column in zip(*slid, strict=True))
    right = sum(s.right_country for s in sections)
    second = sum(s.second_guess for s in sections)
    return Segmentation(
        windows=windows,
        pk=apart / windows if windows else None,
        window_diff=different / windows if windows else None,
        countries=Share(right, len(sections)),
        second_guesses=Share(second, len(sections) - right),
        top_two=Share(right + second, len(sections)),
    )


def _slid(gold: Gold, result: Result) -> tuple[int, int, int]:
    """The windows of a document, and in how many Pk and WindowDiff see a difference.

    The unit is the block (paragraph, heading, list item) as the layout has it, from the first to
    the last of the gold sections: in pages a country's section is a few paragraphs.
    """
    first = min(s["start"] for s in gold.segments)
    last = max(s["end"] for s in gold.segments)
    starts = [b.start for b in result.outline.blocks if b.end > first and b.start < last]
    wanted = borders(starts, [s["start"] for s in gold.segments], last)
    found = borders(starts, [s.start for s in result.segments], last)
    return slide(wanted, found, half_length(len(starts), len(gold.segments)))


def borders(blocks: Sequence[int], sections: Sequence[int], end: int) -> list[bool]:
    """Between which neighbouring blocks a section starts.

    Args:
        blocks: Where the blocks start, ascending.
        sections: Where the sections start; one that starts within a block starts with it.
        end: Where the last block ends.
    """
    opened = [any(start <= s < stop for s in sections) for start, stop in pairwise([*blocks, end])]
    return opened[1:]


def half_length(blocks: int, sections: int) -> int:
    """Half the mean length of a section, in blocks; the width of the window."""
    return max(1, round(blocks / sections / 2)) if sections else 1


def slide(wanted: Sequence[bool], found: Sequence[bool], width: int) -> tuple[int, int, int]:
    """Slide a window over two ways of cutting the same blocks.

    Args:
        wanted: Whether there is a border after each block but the last, in gold.
        found: … as found.
        width: The window compares blocks that many apart.

    Returns:
        Windows; how many are cut in only one of the two; how many have another number of borders.

    Example:
        >>> slide([False, True, False], [True, False, False], 1)
        (3, 2, 2)
    """
    one, other = [0, *accumulate(wanted)], [0, *accumulate(found)]
    windows = max(0, len(wanted) - width + 1)
    inside = [(one[i + width] - one[i], other[i + width] - other[i]) for i in range(windows)]
    apart = sum((a > 0) != (b > 0) for a, b in inside)
    return windows, apart, sum(a != b for a, b in inside)
