"""A name found in a text, before it becomes a mention."""

from dataclasses import dataclass

from pipeline.records import Label


@dataclass(frozen=True, slots=True)
class Found:
    """Offsets into the document, label, probability and the method that found it."""

    start: int
    end: int
    label: Label
    confidence: float
    method: str


_DEFINED = 0.9


def without_overlaps(names: list[Found]) -> list[Found]:
    """The names in order, the surer and then the longer of two that overlap."""
    kept: list[Found] = []
    for name in sorted(names, key=lambda n: (-_rank(n), -(n.end - n.start), n.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def _rank(name: Found) -> int:
    """A definition comes first, then what the classifier is sure of, knowledge, the rest."""
    if name.method == "acronym" and name.confidence >= _DEFINED:
        return 3
    if name.method == "model":
        return 2 if name.confidence >= 0.5 else 0
    return 1
