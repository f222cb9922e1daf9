"""Every mention that was missed or wrong, with the text around it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.evaluate.outcomes import Outcome
from pipeline.records import LABELS

AROUND = 60  # code points on each side
# A word that is cut in two, with white space beside it; a longer one stays as it is.
_CUT_BEFORE, _CUT_AFTER = re.compile(r"^\S*(?=\s\S)"), re.compile(r"(?<=\S\s)\S*$")
Kind = Literal["missed", "wrong", "wrong bounds", "wrong label"]
KINDS: tuple[Kind, ...] = ("missed", "wrong", "wrong bounds", "wrong label")
Marked = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """A mention that is not as gold has it.

    Attributes:
        country: Of the section, ISO 3166-1 alpha-3.
        label: As gold has it; of a wrong one as found.
        text: The words of gold; of a wrong one those found.
        before: What stands before them; white space is a blank.
        after: What stands behind them.
        instead: What was found in its place: the words, or the label where that is wrong.
        confidence: The program's, of what it found.
    """

    document: str
    country: str | None
    label: str
    kind: Kind
    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""
    instead: str | None = None
    confidence: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def errors(outcomes: Iterable[Outcome], texts: Mapping[str, str]) -> list[Error]:
    """Errors by label, then as they stand in the documents.

    Args:
        texts: Canonical text of each document.
    """
    cases: dict[str, dict[Marked, Outcome]] = {}
    for o in outcomes:
        if not o.right:
            cases.setdefault(o.document, {})[o.start, o.end, o.label] = o
    found = [
        _error(texts[document], known, wanted, got)
        for document, known in cases.items()
        for wanted, got in differences(
            {mark for mark, o in known.items() if o.gold},
            {mark for mark, o in known.items() if o.found},
        )
    ]
    order: dict[str, int] = {label: i for i, label in enumerate(LABELS)}
    return sorted(found, key=lambda e: (order[e.label], e.document, e.start, e.end))


def differences(
    wanted: Collection[Marked], found: Collection[Marked]
) -> Iterator[tuple[Marked | None, Marked | None]]:
    """What stands in place of what, of two ways of marking the same text.

    Marks that are equal are left out. Those that overlap are put together, of the same label
    first, then those that share most; a year is never taken for a name that holds it.
    """
    ours, theirs = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    near = sorted(
        (a[2] != b[2], -_shared(a, b), a, b) for a in ours for b in theirs if _comparable(a, b)
    )
    taken: dict[Marked, Marked] = {}
    for _, _, a, b in near:
        if a not in taken and b not in taken.values():
            taken[a] = b
    yield from ((a, taken.get(a)) for a in ours)
    yield from ((None, b) for b in theirs if b not in taken.values())


def _shared(a: Marked, b: Marked) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _comparable(a: Marked, b: Marked) -> bool:
    alike = a[2] == b[2] or "YEAR" not in (a[2], b[2]) or a[:2] == b[:2]
    return alike and _shared(a, b) > 0


def kind_of(wanted: Marked | None, found: Marked | None) -> Kind:
    """What is wrong with a pair of `differences`."""
    if found is None:
        return "missed"
    if wanted is None:
        return "wrong"
    return "wrong bounds" if wanted[2] == found[2] else "wrong label"


def _error(
    text: str, known: Mapping[Marked, Outcome], wanted: Marked | None, found: Marked | None
) -> Error:
    mark = wanted or found
    assert mark is not None
    case, kind = known[mark], kind_of(wanted, found)
    instead = None
    if wanted and found:
        instead = found[2] if kind == "wrong label" else text[found[0] : found[1]]
    before, after = around(text, case.start, case.end)
    return Error(
        document=case.document,
        country=case.country,
        label=case.label,
        kind=kind,
        start=case.start,
        end=case.end,
        text=case.text,
        before=before,
        after=after,
        instead=instead,
        confidence=known[found].confidence if found else None,
    )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a stretch, as one line each, cut between words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = _CUT_BEFORE.sub("…", before, count=1)
    if end + AROUND < len(text):
        after = _CUT_AFTER.sub("…", after, count=1)
    return _line(before), _line(after)


def _line(words: str) -> str:
    """White space as blanks, those at the ends kept apart from the words."""
    joined = " ".join(words.split())
    lead = " " if joined and words[0].isspace() else ""
    trail = " " if joined and words[-1].isspace() else ""
    return f"{lead}{joined}{trail}"


def confusion(outcomes: Iterable[Outcome], mistakes: Iterable[Error]) -> dict[str, dict[str, int]]:
    """How often a label of gold (a row each) was found as which label.

    The row `none` counts what gold does not have, the column `none` what was not found. Wrong
    bounds count as the right label.
    """
    names = (*LABELS, "none")
    table = {row: dict.fromkeys(names, 0) for row in names}
    for o in outcomes:
        if o.right:
            table[o.label][o.label] += 1
    for e in mistakes:
        row = "none" if e.kind == "wrong" else e.label
        column = {"missed": "none", "wrong label": e.instead or ""}.get(e.kind, e.label)
        table[row][column] += 1
    return table
