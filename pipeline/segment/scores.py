"""Scores from the alphabet: within a tier the alphabet starts again with each lower score."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

# More misprints than this, and than this share of the scores, are none: the page has another order.
_FEW = 2
_MISPRINTS = 0.34


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


def checked(printed: Sequence[int | None]) -> list[tuple[int, int] | None]:
    """Each section's score as printed, an interval where it breaks the order of the page.

    Scores fall down a page. Of printed scores that rise the fewest are taken for misprints; where
    several choices are equally few, none of them is trusted. What is not trusted lies between the
    scores around it. A page that breaks the order often has another order, and all its scores
    stand. None stays where nothing is printed.

    Example:
        >>> checked([10, 1, 9, 8, None])
        [(10, 10), (9, 10), (9, 9), (8, 8), None]
        >>> checked([9, 10, 8])
        [(8, 10), (8, 10), (8, 8)]
    """
    scores = [(i, s) for i, s in enumerate(printed) if s is not None]
    trusted = _in_every_longest_fall(scores)
    doubted = _runs([s for i, s in scores if i not in trusted])
    if doubted > max(_FEW, _MISPRINTS * _runs([s for _, s in scores])):
        trusted = {i for i, _ in scores}  # another order than by score
    found: list[tuple[int, int] | None] = []
    for i, score in enumerate(printed):
        if score is None or i in trusted:
            found.append(None if score is None else (score, score))
            continue
        above = [s for k, s in enumerate(printed[:i]) if k in trusted and s is not None]
        below = [s for k, s in enumerate(printed) if k > i and k in trusted and s is not None]
        found.append((below[0] if below else 1, above[-1] if above else 10))
    return found


def _runs(scores: list[int]) -> int:
    """Number of runs of equal scores: as many as are printed."""
    return sum(1 for _ in groupby(scores))


def _in_every_longest_fall(scores: list[tuple[int, int]]) -> set[int]:
    """Positions that are in each longest run of scores that never rises."""
    before: list[int] = []  # length of the longest run that ends here
    for n, (_, score) in enumerate(scores):
        before.append(1 + max((before[k] for k in range(n) if scores[k][1] >= score), default=0))
    after = [0] * len(scores)  # length of the longest run that begins here
    for n in range(len(scores) - 1, -1, -1):
        rest = (after[k] for k in range(n + 1, len(scores)) if scores[k][1] <= scores[n][1])
        after[n] = 1 + max(rest, default=0)
    longest = max(before, default=0)
    some = [n for n in range(len(scores)) if before[n] + after[n] - 1 == longest]
    places = Counter(before[n] for n in some)
    return {scores[n][0] for n in some if places[before[n]] == 1}
