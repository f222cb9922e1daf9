"""Running heads, running feet and page numbers: what recurs in the margins."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.read.pdf.shapes import Line, Page

_MARGIN = 0.12  # of the page's height, at the top and at the bottom
_SHARE = 0.3  # of the pages
_HEIGHT = 3.0  # points; lines closer than this are at the same height
_DIGITS = re.compile(r"\d+")
_APART = 1.5  # em between baselines, from the text
_ELSEWHERE = 1.5  # times as many lines of this text in the whole document: a heading, no head
_MIN_PAGES = 2
_BARE_SHARE = 0.5  # of the pages have a page number; fewer count by chance, as scores do
_MOSTLY = 0.6  # of the lines at a height whose numbers do not count the pages are the same
_LARGE = 1.15  # of the body's size: a heading may recur

Key = tuple[str, int, int]


def furniture(pages: Sequence[Page], body: float) -> set[int]:
    """The identities of the lines that belong to the page and not to the report.

    Args:
        body: Size of the body's font.
    """
    groups: dict[Key, list[Line]] = defaultdict(list)
    for page in pages:
        for line in _margins(page):
            for key in _keys(line, page):
                groups[key].append(line)
    recurring = {
        id(line) for group in groups.values() for line in _recurring(group, len(pages), body)
    }
    return {id(line) for page in pages for line in _outermost(page, recurring)}


def _outermost(page: Page, recurring: set[int]) -> Iterable[Line]:
    """Recurring lines beyond all others and apart from them."""
    found = [line for line in page.lines if id(line) in recurring]
    others = [line for line in page.lines if id(line) not in recurring]
    alone = [line for line in others if not any(line.beside(other) for other in found)]
    top = min((line.y for line in alone), default=page.height)
    bottom = max((line.y for line in alone), default=0.0)
    for line in found:
        apart = _APART * line.size
        if line.y < top - apart or line.y > bottom + apart:
            yield line


def _margins(page: Page) -> Iterable[Line]:
    depth = _MARGIN * page.height
    return (line for line in page.lines if line.y < depth or line.y > page.height - depth)


def _keys(line: Line, page: Page) -> Iterable[Key]:
    """Two overlapping grids of heights, so that no border parts what is close."""
    mask = _DIGITS.sub("#", line.text)
    height = line.y if line.y < page.height / 2 else line.y - page.height
    for grid in (0, 1):
        yield mask, grid, int((height + grid * _HEIGHT / 2) // _HEIGHT)


def _recurring(group: Sequence[Line], pages: int, body: float) -> Iterable[Line]:
    times = len({line.page for line in group})
    large = group[0].size > _LARGE * body
    if not _suffices(times, pages, 2 * _SHARE if large else _SHARE):
        return ()
    if _DIGITS.search(group[0].text):
        return _counted(group, pages)
    return group


def _counted(group: Sequence[Line], pages: int) -> Iterable[Line]:
    """Lines whose numbers stay or count the pages; a score changes as it likes."""
    numbers = {id(line): [int(found) for found in _DIGITS.findall(line.text)] for line in group}
    bare = not any(map(str.isalpha, group[0].text))
    for i in range(len(numbers[id(group[0])])):
        offsets = Counter(numbers[id(line)][i] - line.page for line in group)
        offset, times = offsets.most_common(1)[0]
        if _suffices(times, pages, _BARE_SHARE if bare else _SHARE):
            return [line for line in group if numbers[id(line)][i] - line.page == offset]
    text, times = Counter(line.text for line in group).most_common(1)[0]
    if bare or not _suffices(times, pages, _SHARE) or times <= _MOSTLY * len(group):
        return ()
    return [line for line in group if line.text == text]


def _suffices(times: int, pages: int, share: float) -> bool:
    return times >= _MIN_PAGES and times > share * pages
