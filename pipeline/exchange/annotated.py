"""A document as it is annotated: its text and what is marked there, in no tool's format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeGuard

from pipeline.records import Span

Kind = Literal["mention", "segment", "ranking"]
KINDS: tuple[Kind, ...] = ("mention", "segment", "ranking")
# What is told of each and can be corrected; `pipeline.corrections.NONE` says "there is none".
FIELDS: dict[Kind, tuple[str, ...]] = {
    "mention": ("entity", "country"),
    "segment": ("country", "tier"),
    "ranking": ("index", "country", "edition", "dimension", "rank", "out_of", "value"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(Span):
    """A stretch that is marked. Offsets are code points, half open.

    Attributes:
        label: Of a mention; None for the other kinds.
        told: What is said of it, by `FIELDS`; what is not told is not there.
        notes: What is only there to be read.
        ref: The id of a ranking, where one sentence holds several.
    """

    kind: Kind
    label: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A text with its annotations.

    Attributes:
        name: What errors call it.
        kinds: The kinds that the file can hold; of the others it says nothing.

    Raises:
        ValueError: If an annotation ends outside the text.
    """

    name: str
    text: str
    annotations: tuple[Annotation, ...]
    document_id: str | None = None
    source: str | None = None
    sha256: str | None = None
    kinds: frozenset[Kind] = frozenset(KINDS)

    def __post_init__(self) -> None:
        for a in self.annotations:
            if a.end > len(self.text):
                raise ValueError(
                    f"{self.name}: {a.kind} {a.start}:{a.end} ends outside the text, which has"
                    f" {len(self.text)} characters"
                )

    def of_kind(self, kind: Kind) -> list[Annotation]:
        """The annotations of a kind, by where they start."""
        found = (a for a in self.annotations if a.kind == kind)
        return sorted(found, key=lambda a: (a.start, -a.end, a.label or "", a.ref or ""))


def span(name: str, start: object, end: object) -> tuple[int, int]:
    """Offsets that a file states.

    Raises:
        ValueError: If they are none.
    """
    if not _whole(start) or not _whole(end):
        raise ValueError(f"{name}: the offsets {start!r}:{end!r} are no whole numbers")
    if not 0 <= start < end:
        raise ValueError(f"{name}: impossible offsets {start}:{end}")
    return start, end


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
