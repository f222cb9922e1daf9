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


def checked(printed: Sequence[int | None]) -> list[tuple[int, int] | None]:
    """Each section's score as printed, an interval where it breaks the order of the page.

    Scores fall down a page. Of printed scores that rise the fewest are taken for misprints; such a
    one lies between the scores around it. None stays where nothing is printed.

    Example:
        >>> checked([10, 1, 9, 8, None])
        [(10, 10), (9, 10), (9, 9), (8, 8), None]
    """
    trusted = _longest_fall([(i, s) for i, s in enumerate(printed) if s is not None])
    found: list[tuple[int, int] | None] = []
    for i, score in enumerate(printed):
        if score is None or i in trusted:
            found.append(None if score is None else (score, score))
            continue
        above = [s for k, s in enumerate(printed[:i]) if k in trusted and s is not None]
        below = [s for k, s in enumerate(printed) if k > i and k in trusted and s is not None]
        found.append((below[0] if below else 1, above[-1] if above else 10))
    return found


def _longest_fall(scores: list[tuple[int, int]]) -> set[int]:
    """Positions of the longest run of scores that never rises.

    Of equal runs it is the one that falls least, so that a misprint does not drag others down.
    """
    best: dict[int, tuple[int, int, list[int]]] = {}  # by last score: length, sum, positions
    for i, score in scores:
        longest: tuple[int, int, list[int]] = (0, 0, [])
        for last, run in best.items():
            if last >= score and run[:2] > longest[:2]:
                longest = run
        more = (longest[0] + 1, longest[1] + score, [*longest[2], i])
        if score not in best or more[:2] > best[score][:2]:
            best[score] = more
    return set(max(best.values(), key=lambda run: run[:2])[2]) if best else set()
