"""How many countries an index ranks, where a sentence of its own says it: 'it spans 180 countries'.

A number said beside one rank is not carried over to the ranks of other sentences.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline.rankings.names import index_name
from pipeline.rankings.numbers import CARDINAL, count
from pipeline.rankings.sentence import Sentence
from pipeline.rankings.wordings import COUNTRIES, MANY, TOTAL
from pipeline.records import Ranking

_LEAST = 10  # countries in a ranking
_COVERS = re.compile(
    r"\b(?:cover|compar|rank|rate|rating|assess|examin|survey|includ|span|evaluat|embrac|compris"
    r"|scor|measur|review|take|took|look|list|analys|analyz)\w*\s+(?:in\s+|at\s+)?"
    rf"{MANY}(?P<n>{CARDINAL})\s+(?:[\w.'-]+\s+){{0,3}}?{COUNTRIES}\b"
    rf"|\b(?P<m>{CARDINAL})\s+(?:[\w.'-]+\s+){{0,3}}?{COUNTRIES}\s+"
    r"(?:(?:is|are|was|were|have been|had been|take|took|taking)\s+)?(?:\w+\s+)?"
    r"(?:part|measured|examined|covered|surveyed|assessed|ranked|compared|included|scored"
    r"|evaluated|reviewed|tested|rated|analy[sz]ed|listed|participat\w+)\b",
    re.IGNORECASE,
)


def total(sentence: Sentence) -> int | None:
    """The number of ranked countries that a sentence with an index states."""
    match = TOTAL.search(sentence.masked)
    return (
        ranked(match["out"] or match["front"] or match["field"] or match["union"])
        if match
        else None
    )


def ranked(words: str) -> int | None:
    """A number of countries; so few that they are no list give None."""
    n = count(words)
    return n if n >= _LEAST else None


# What shows that a sentence which names no index speaks of one.
_OF_INDEX = re.compile(
    r"\b(?:it|index|ranking|comparison|survey|report|benchmark|scoreboard|barometer|assessment|table"
    r"|list|study|edition|in all|in total|all (?:in all|\d+)|altogether|covered|ranked|compared)\b",
    re.IGNORECASE,
)


class Totals:
    """The numbers of ranked countries that sentences without ranks state, by index and edition."""

    def __init__(self) -> None:
        self._stated: dict[tuple[str, int | None], set[int]] = defaultdict(set)

    def say(self, sentence: Sentence, index: str, edition: int | None, *, named: bool) -> None:
        """Take them from a sentence about an index.

        Args:
            named: Whether the sentence names it; where not, it must say who is covered.
        """
        match = _OF_INDEX.search(sentence.masked) and _COVERS.search(sentence.masked)
        stated = total(sentence) if named else ranked(match["n"] or match["m"]) if match else None
        if stated is not None:
            self._stated[_key(index, edition)].add(stated)

    def of(self, index: str, edition: int | None) -> int | None:
        """The one number stated; None where there is none, or several."""
        stated = self._stated.get(_key(index, edition), set())
        return next(iter(stated)) if len(stated) == 1 else None

    def filled(self, rows: Iterable[Ranking]) -> list[Ranking]:
        """Placements, completed by what was stated elsewhere."""
        return [
            replace(r, out_of=n)
            if r.rank is not None
            and r.out_of is None
            and (n := self.of(r.index_name, r.edition))
            and r.rank <= n
            else r
            for r in rows
        ]


def _key(index: str, edition: int | None) -> tuple[str, int | None]:
    return index_name(index), edition
