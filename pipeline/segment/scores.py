"""Scores from the alphabet: within a tier the alphabet starts again with each lower score."""

from collections.abc import Sequence


def intervals(sort_names: Sequence[str], low: int, high: int) -> list[tuple[int, int]]:
    """Least and greatest score of each section of one tier, in the order of the page.

    Each descent of the alphabet is one score lower at least; a descent may also be hidden, where
    the next score's first country happens to come later in the alphabet. With as many alphabets
    as scores nothing can be hidden and every score is exact.

    Args:
        sort_names: The names under which the sections' countries are alphabetised.
        low: Least score of the tier's band.
        high: Greatest score of the tier's band.

    Example:
        >>> intervals(["Estonia", "Denmark", "Finland"], 9, 10)
        [(10, 10), (9, 9), (9, 9)]
    """
    before = [0]
    for last, name in zip(sort_names, sort_names[1:], strict=False):
        before.append(before[-1] + (name.casefold() < last.casefold()))
    total = before[-1]
    if total > high - low:  # more alphabets than scores: the order is broken and says nothing
        return [(low, high)] * len(sort_names)
    return [(min(high, low + total - n), max(low, high - n)) for n in before[: len(sort_names)]]
