"""What the head of a document states about itself: title, edition and publisher."""

import re

from pipeline.layout.lines import Line
from pipeline.settings import REFERENCE

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EDITION = re.compile(
    r"(?:SGI|Sustainable Governance Indicators|BTI|Transformation Index|Edition|Report)\s*,?\s*"
    r"((?:19|20)\d\d)(?!\d)|((?:19|20)\d\d)\s+(?:edition|report|SGI)\b",
    re.IGNORECASE,
)
_PUBLISHERS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        line.split("\t")
        for line in (REFERENCE / "publishers.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
)


def edition(head: str, source: str) -> int | None:
    """The year that the head names as edition, else the only year in the path."""
    if found := _EDITION.search(head):
        return int(found.group(1) or found.group(2))
    years = {int(year) for year in years_in(source)}
    return years.pop() if len(years) == 1 else None


def years_in(source: str) -> list[str]:
    """The years that a path names."""
    return _YEAR.findall(source)


def publisher(head: str, text: str) -> str | None:
    """The publisher that the head, or else the foot, of the text names."""
    for part in (head, text[-400:]):
        for pattern, name in _PUBLISHERS:
            if pattern.search(part):
                return name
    return None


def shown_title(title_bar: list[Line], body: list[Line]) -> str | None:
    """The first line that the page's title bar repeats, unless a heading says what the title is."""
    if any(line.mark and line.mark.level == 1 for line in body):
        return None
    bars = [line.text.casefold() for line in title_bar]
    return next(
        (x.text for x in body if any(bar.startswith(x.text.casefold()) for bar in bars)), None
    )
