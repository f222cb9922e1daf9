"""What a person changed in a document, as corrections that bring a run to the same."""

from collections.abc import Iterable, Iterator

from pipeline.corrections import NONE, correction
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.dataset import Dataset
from pipeline.exchange.placements import placements
from pipeline.exchange.quotes import Shown
from pipeline.records import LABELS, Action, Correction, Span
from pipeline.years import find_years

_Place = tuple[int, int, bool]  # what is seen there, and whether it is a YEAR
_NAMING: tuple[tuple[str, Action], ...] = (("entity", "entity"), ("country", "belongs_to"))
_GRADING: tuple[tuple[str, Action], ...] = (("country", "country"), ("tier", "tier"))


def changed(found: Iterable[Annotated], dataset: Dataset) -> list[Correction]:
    """The corrections for all documents that came back from a tool.

    Raises:
        ValueError: If a document is not the dataset's, came back twice, or cannot be corrected so.
    """
    rows: list[Correction] = []
    seen: dict[str, str] = {}
    for after in found:
        document_id = dataset.find(after)
        if document_id in seen:
            raise ValueError(
                f"{after.name} and {seen[document_id]} are the same document; leave one of them"
            )
        seen[document_id] = after.name
        rows += corrections(dataset.annotated(document_id), after, dataset.key(document_id))
    return rows


def corrections(before: Annotated, after: Annotated, document: str) -> list[Correction]:
    """The corrections that lead from what the dataset says of a document to what a person left.

    Args:
        document: What the corrections call it: the report's sha256 or its document_id.

    Raises:
        ValueError: If no correction can say that; the message names the words and what to do.
    """
    shown = Shown(before.text)
    try:
        rows = [
            *(_sections(before, after, shown, document) if "segment" in after.kinds else ()),
            *(_names(before, after, shown, document) if "mention" in after.kinds else ()),
            *(placements(before, after, shown, document) if "ranking" in after.kinds else ()),
        ]
    except ValueError as error:
        raise ValueError(f"{after.name}: {error}") from error
    return list(dict.fromkeys(rows))


def _names(before: Annotated, after: Annotated, shown: Shown, document: str) -> list[Correction]:
    """Names that are none first, so that none stands in the way of those that are added."""
    old, new = _by_place(before, shown), _by_place(after, shown)
    _check_apart(new, shown)
    gone = sorted(old.keys() - new.keys())
    rows = [_row(shown, document, place, "not_a_mention", was=old[place].label) for place in gone]
    for place, name in sorted(new.items(), key=lambda item: item[0]):
        was = old[place].label if place in old else None
        if was != name.label:
            _check_year(shown.text[slice(*place[:2])], name)
            rows.append(_row(shown, document, place, "mention", name.label, was=was))
    for place, name in sorted(new.items(), key=lambda item: item[0]):
        told = old[place].told if place in old else {}
        for field, action in _NAMING:
            said = name.told.get(field)
            if said not in (None, told.get(field, NONE)):
                rows.append(_row(shown, document, place, action, said))
    return rows


def _by_place(document: Annotated, shown: Shown) -> dict[_Place, Annotation]:
    found: dict[_Place, Annotation] = {}
    for name in document.of_kind("mention"):
        if name.label not in LABELS:
            raise ValueError(f"there is no label {name.label!r}; there are {', '.join(LABELS)}")
        seen = shown.span(name)
        if seen is None:
            raise ValueError(f"the {name.label} at {name.start}:{name.end} has no words; delete it")
        there = found.setdefault((seen.start, seen.end, name.label == "YEAR"), name)
        if there.label != name.label:
            words = seen.of(shown.text)
            raise ValueError(f"{words!r} is {there.label} and {name.label}; leave one of them")
    return found


def _check_apart(names: Iterable[_Place], shown: Shown) -> None:
    """Only a YEAR may lie inside a name."""
    last = {True: (0, 0), False: (0, 0)}
    for start, end, year in sorted(names):
        if start < last[year][1]:
            one, other = (shown.text[slice(*span)] for span in (last[year], (start, end)))
            raise ValueError(f"{one!r} and {other!r} overlap; leave one of them")
        last[year] = (start, end)


def _check_year(words: str, name: Annotation) -> None:
    if name.label == "YEAR" and not find_years(words):
        raise ValueError(f"{words!r} is no year; give it another label or delete it")


def _row(
    shown: Shown,
    document: str,
    place: _Place,
    action: Action,
    value: str | None = None,
    *,
    was: str | None = None,
) -> Correction:
    quote, nth = shown.quoted(Span(start=place[0], end=place[1]))
    return correction(document, quote, action, value, nth=nth, was=was)


def _sections(
    before: Annotated, after: Annotated, shown: Shown, document: str
) -> Iterator[Correction]:
    old = {(s.start, s.end): s for s in before.of_kind("segment")}
    new = {(s.start, s.end): s for s in after.of_kind("segment")}
    for start, end in sorted(old.keys() ^ new.keys()):
        words = " ".join(before.text[start:end].split())[:40]
        raise ValueError(
            f"the section {words!r} ({start}:{end}) was moved, added or deleted; only its country"
            " and its tier can be corrected"
        )
    for place, section in sorted(new.items(), key=lambda item: item[0]):
        seen = shown.span(section)
        for field, action in _GRADING:
            said, was = section.told.get(field), old[place].told[field]
            if seen is not None and said not in (None, was):
                quote, nth = shown.opening(seen)
                yield correction(document, quote, action, said, nth=nth, was=was)
