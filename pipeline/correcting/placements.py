"""Placements that are none, and what the others say."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.correcting.ledger import Ledger, overlap
from pipeline.corrections import NONE
from pipeline.rankings.checks import checked
from pipeline.rankings.names import index_name
from pipeline.records import Action, Correction, CorrectionStatus, Ranking
from pipeline.words import word

_FIELDS: dict[Action, str] = {
    "index": "index_name",
    "ranked_country": "country",
    "not_a_ranking": "rank",
}


def corrected(ledger: Ledger, rankings: Sequence[Ranking]) -> tuple[Ranking, ...]:
    """The placements with the right values, checked again."""
    found: list[Ranking | None] = list(rankings)
    done: dict[tuple[int, Action], Correction] = {}
    for c, places in ledger.of(*_RANKING, "not_a_ranking"):
        inside = [
            i for i, r in enumerate(found) if r and any(overlap(r, place) for place in places)
        ]
        meant = [i for i in inside if c.was in (None, _said(found[i], c.action))]
        # Ranks that were exchanged are put right by two rows; the second means the other one.
        meant = [i for i in meant if (i, c.action) not in done or c.was is None] or meant
        status = _status(c, inside, meant, found)
        ledger.note(c, status)
        if status != "applied":
            continue
        for i in meant:
            ranking = found[i]
            change = _RANKING.get(c.action)
            found[i] = change(ranking, c.value or "") if change and ranking else None
            _override(ledger, done, i, c)
    kept = [r for r in found if r is not None]
    if tuple(kept) == tuple(rankings):
        return tuple(kept)
    return tuple(checked([replace(r, check="ok") for r in kept]))


def _override(
    ledger: Ledger, done: dict[tuple[int, Action], Correction], i: int, c: Correction
) -> None:
    """Note which earlier corrections of a placement say nothing any more."""
    gone = [key for key in done if key[0] == i and c.action in (key[1], "not_a_ranking")]
    for key in gone:
        earlier = done.pop(key)
        if earlier not in done.values():
            ledger.note(earlier, "overridden")
    done[i, c.action] = c


def _status(
    c: Correction, inside: list[int], meant: list[int], found: Sequence[Ranking | None]
) -> CorrectionStatus:
    """Whether a correction says which of the placements in its sentence it means."""
    if not inside:
        return "nothing_there"
    value = index_name(c.value) if c.action == "index" and c.value else c.value
    if not meant:
        right = any(_said(found[i], c.action) == value for i in inside)
        return "no_change" if right else "was_differs"
    if c.action == "not_a_ranking":
        return "applied"
    sentences = {(r.start, r.end) for i in meant if (r := found[i])}
    if len(sentences) > 1 or (c.was is None and len(inside) > 1):
        return "ambiguous"
    return "no_change" if all(_said(found[i], c.action) == value for i in meant) else "applied"


def _said(r: Ranking | None, action: Action) -> str:
    """What a placement says now of that which an action corrects, as it is written in the file."""
    return word(getattr(r, _FIELDS.get(action, action), None))


def _number(value: str) -> int | None:
    return None if value == NONE else int(value)


_RANKING: dict[Action, Callable[[Ranking, str], Ranking]] = {
    "rank": lambda r, value: replace(r, rank=_number(value)),
    "out_of": lambda r, value: replace(r, out_of=_number(value)),
    "edition": lambda r, value: replace(r, edition=_number(value)),
    "dimension": lambda r, value: replace(r, dimension=None if value == NONE else value),
    "value": lambda r, value: replace(r, value=None if value == NONE else float(value)),
    "index": lambda r, value: replace(r, index_name=index_name(value)),
    "ranked_country": lambda r, value: replace(r, country=value),
}
