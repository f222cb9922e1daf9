"""From a page with headings the page as browsers save it: headings of one word and scores gone."""

import re
from typing import Any

_DROPPED = re.compile(r"\s*(?:\d{1,2}|-{3}|EUOECD|[^\W\d_]+:?)\s*")

Segment = dict[str, Any]


def without_headings(text: str, segments: list[Segment]) -> tuple[str, list[Segment]]:
    """Drop every line of one word or number; country names of two words survive.

    Args:
        text: A page with headings.
        segments: Its gold, each segment starting at its country's heading.

    Returns:
        The saved page, and the gold with offsets into it.
    """
    moved: list[int] = []  # offset in the saved page, for each offset of the page
    kept: list[str] = []
    at = 0
    for line in text.split("\n"):
        drop = bool(line.strip()) and _DROPPED.fullmatch(line) is not None
        moved += [at] * (len(line) + 1) if drop else range(at, at + len(line) + 1)
        if not drop:
            kept.append(line)
            at += len(line) + 1
    moved.append(at)
    saved = "\n".join(kept)
    return saved, [_moved(segment, moved, saved) for segment in segments]


def _moved(segment: Segment, moved: list[int], saved: str) -> Segment:
    start, end = moved[segment["start"]], moved[segment["end"] - 1] + 1
    while end > start and saved[end - 1 : end].isspace():
        end -= 1
    return segment | {"start": start, "end": end}
