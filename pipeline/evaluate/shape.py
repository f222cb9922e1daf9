"""What the rows of a gold file must have, so that nothing is measured against half a row."""

from collections.abc import Mapping
from types import NoneType
from typing import Any

from pipeline.records import BANDS, LABELS

_TIERS = tuple(BANDS)
_SHOWN = 60  # characters of a value in a message
Types = tuple[type, ...]
_WORD, _WHOLE, _NUMBER = (str, NoneType), (int, NoneType), (int, float, NoneType)
_PLACE: dict[str, Types] = {"start": (int,), "end": (int,)}
# What a row of a kind must have; what it may have besides.
_NEEDED: dict[str, dict[str, Types]] = {
    "mention": {**_PLACE, "label": (str,)},
    "segment": {**_PLACE, "country": _WORD},
    "tier statement": {**_PLACE, "tier": (int,)},
    "ranking": {"country": _WORD, "index": (str,), "rank": _WHOLE},
}
_MORE: dict[str, dict[str, Types]] = {
    "mention": {"text": _WORD, "canonical": _WORD, "country": _WORD},
    "segment": {"tier": _WHOLE, "score_min": _WHOLE, "score_max": _WHOLE},
    "tier statement": {},
    "ranking": {
        "edition": _WHOLE, "dimension": _WORD, "out_of": _WHOLE, "value": _NUMBER,
        "qualifier": _WORD,
    },
}  # fmt: skip


def shaped(kind: str, row: Any) -> dict[str, Any]:
    """The row itself, if it can be measured against.

    Args:
        kind: `mention`, `segment`, `tier statement` or `ranking`.

    Raises:
        ValueError: If it is none, something is missing in it or of another type, its offsets are
            impossible, or there is no such label, tier or range of scores.
    """
    if not isinstance(row, dict):
        raise ValueError(f"{_short(row)} is no {kind}")
    if missing := [name for name in _NEEDED[kind] if name not in row]:
        raise ValueError(f"a {kind} has no {missing[0]}")
    for name, types in (_NEEDED[kind] | _MORE[kind]).items():
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, types):
            raise ValueError(f"a {kind} has {_short(value)} as its {name}")
    if "start" in _NEEDED[kind] and not 0 <= row["start"] < row["end"]:
        raise ValueError(f"a {kind} has impossible offsets {row['start']}:{row['end']}")
    if kind == "mention" and row["label"] not in LABELS:
        raise ValueError(f"a mention has the unknown label {_short(row['label'])}")
    if "tier" in _NEEDED[kind] | _MORE[kind]:
        _graded(kind, row)
    return row


def _graded(kind: str, row: Mapping[str, Any]) -> None:
    tier, low, high = (row.get(name) for name in ("tier", "score_min", "score_max"))
    if tier is not None and tier not in _TIERS:
        raise ValueError(f"a {kind} has tier {tier}; there are {_TIERS[0]} to {_TIERS[-1]}")
    if (low is None) != (high is None) or (low is not None and low > high):
        raise ValueError(f"a {kind} has scores from {low} to {high}")


def _short(value: object) -> str:
    found = repr(value)
    return found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
