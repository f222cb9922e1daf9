"""Placements that cannot be true, and those that contradict each other."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from pipeline.rankings.names import index_name, known
from pipeline.records import Check, Ranking


def checked(found: Sequence[Ranking]) -> list[Ranking]:
    """The placements with what is known against them."""
    sound = [replace(r, check=_alone(r)) for r in found]
    wrong = contradicted(sound)
    return [replace(r, check="contradicted") if i in wrong else r for i, r in enumerate(sound)]


def contradicted(found: Sequence[Ranking]) -> set[int]:
    """Positions of placements that give one country two ranks in one edition and dimension.

    Ranks among different numbers of countries are of different lists (all countries, members of
    the European Union); where an edition is unknown two ranks may be of two editions.
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, r in enumerate(found):
        if r.rank is not None and r.edition is not None and r.country and r.check != "impossible":
            groups[r.country, index_name(r.index_name), r.edition, r.dimension].append(i)
    return {
        i
        for group in groups.values()
        for i in group
        if any(_against(found[i], found[k]) for k in group)
    }


def _against(a: Ranking, b: Ranking) -> bool:
    return a.rank != b.rank and (a.out_of == b.out_of or a.out_of is None or b.out_of is None)


def _alone(r: Ranking) -> Check:
    """`impossible` for a rank below the last, or an edition of a year without the index."""
    if r.rank is not None and r.out_of is not None and r.rank > r.out_of:
        return "impossible"
    index = known(r.index_name)
    if index is None or r.edition is None:
        return "ok"
    ranked = index.n_ranked.get(r.edition)
    too_low = r.rank is not None and ranked is not None and r.rank > ranked
    early = index.first_year is not None and r.edition < index.first_year
    return "impossible" if too_low or early else "ok"
