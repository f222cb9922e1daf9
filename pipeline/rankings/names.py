"""One name for an index, whatever its spelling and edition."""

import re
from functools import cache

from pipeline.knowledge import Index, indices

_TAIL = re.compile(r"(?:\s+(?:report|of|for|in|from|the|edition))+$")
_BARE = re.compile(r"^(?:19|20)\d\d\s+|\s+(?:19|20)\d\d(?=\s+report$|$)")


def bare(name: str) -> str:
    """The index without its edition: 'UN E-Government Survey 2018' -> 'UN E-Government Survey'."""
    return _TAIL.sub("", _BARE.sub("", name))


def index_name(name: str) -> str:
    """The one name of an index, whatever its spelling and edition."""
    row = known(name) or known(bare(name))
    return row.name if row else bare(name)


def known(name: str) -> Index | None:
    """The row of `reference/indices.csv` of that name."""
    return _rows().get(name.casefold())


@cache
def _rows() -> dict[str, Index]:
    return {
        form.casefold(): i
        for i in reversed(indices())
        for form in (*i.aliases, *([i.acronym] if i.acronym else []), i.name)
    }
