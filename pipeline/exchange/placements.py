"""What a person changed in the placements of a document, as corrections.

A correction means the placements of a sentence, told apart by what they say (`was`).
"""

from collections.abc import Iterator

from pipeline.corrections import NONE, correction
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.quotes import Shown
from pipeline.records import Action, Correction

_ACTIONS: dict[str, Action] = {
    "index": "index",
    "country": "ranked_country",
    "edition": "edition",
    "dimension": "dimension",
    "rank": "rank",
    "out_of": "out_of",
    "value": "value",
}
_TOGETHER = "delete all of them or none"


def placements(
    before: Annotated, after: Annotated, shown: Shown, document: str
) -> Iterator[Correction]:
    """The corrections of the placements.

    Raises:
        ValueError: If one was added, or cannot be told from another in its sentence.
    """
    old, new = before.of_kind("ranking"), after.of_kind("ranking")
    _none_added(old, new, before.text)
    kept = {(r.start, r.end): r for r in new if r.ref is None}  # one mark for a whole sentence
    by_ref = {r.ref: r for r in new if r.ref is not None}
    gone = [r for r in old if r.ref not in by_ref and (r.start, r.end) not in kept]
    for r in old:
        beside = [o for o in old if o is not r and o.start < r.end and r.start < o.end]
        if r in gone:
            yield _deleted(r, [o for o in beside if o not in gone], shown, document)
        elif r.ref in by_ref:
            yield from _changed(r, by_ref[r.ref], beside, shown, document)


def _none_added(old: list[Annotation], new: list[Annotation], text: str) -> None:
    places = {(r.start, r.end) for r in old}
    refs = {r.ref for r in old}
    for r in new:
        if (r.start, r.end) not in places or (r.ref is not None and r.ref not in refs):
            words = " ".join(r.of(text).split())[:40]
            raise ValueError(
                f"the placement {words!r} ({r.start}:{r.end}) was added or moved; placements can"
                " only be corrected or deleted"
            )


def _deleted(r: Annotation, left: list[Annotation], shown: Shown, document: str) -> Correction:
    was = r.told["rank"] if left else None
    if was in {o.told["rank"] for o in left}:
        raise ValueError(f"two placements of one sentence have rank {was}; {_TOGETHER}")
    quote, nth = _quoted(r, shown)
    return correction(document, quote, "not_a_ranking", nth=nth, was=was)


def _changed(
    old: Annotation, new: Annotation, beside: list[Annotation], shown: Shown, document: str
) -> Iterator[Correction]:
    for field, action in _ACTIONS.items():
        was, said = old.told[field], new.told.get(field, old.told[field])
        if said == was:
            continue
        if field == "index" and said == NONE:
            raise ValueError("a placement needs an index; delete the placement instead")
        if was in {o.told[field] for o in beside}:
            raise ValueError(
                f"two placements of one sentence have {field} {was!r}; a correction cannot tell"
                f" which becomes {said!r}"
            )
        quote, nth = _quoted(old, shown)
        yield correction(document, quote, action, said, nth=nth, was=was)


def _quoted(r: Annotation, shown: Shown) -> tuple[str, int | None]:
    seen = shown.span(r)
    if seen is None:
        raise ValueError(f"nothing is seen of the sentence at {r.start}:{r.end}")
    return shown.opening(seen)
