"""Figures of accuracy to show beside the data, from a file that says how they were measured.

Either what `govtable evaluate --json` writes, or the counts in `models/accuracy.json`, from which
the accuracy of this very dataset is estimated.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.settings import MODELS
from pipeline.write import DATABASE


@dataclass(frozen=True, slots=True)
class Line:
    """One row of figures; shares between 0 and 1, intervals of 95 %.

    Attributes:
        gold: How many there are in the gold, or are expected to be in the texts.
        little: A warning where the figures rest on little.
    """

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    precision_interval: tuple[float, float] | None = None
    recall_interval: tuple[float, float] | None = None
    f1_interval: tuple[float, float] | None = None
    found: int | None = None
    gold: int | None = None
    little: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """One figure in words; an interval of 95 % where there is one."""

    name: str
    value: float
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of the accuracy.

    Attributes:
        basis: A sentence on what it was measured on.
        lines: A row a kind of mention, exact spans.
        shares: Everything else.
        wanted: What `Line.gold` counts.
    """

    basis: str
    lines: tuple[Line, ...]
    shares: tuple[Share, ...] = ()
    wanted: str = "In gold"


def load(path: Path, out: Path) -> Figures:
    """The figures in a file, or of a dataset from the counts in a file.

    Args:
        out: The dataset.

    Raises:
        ValueError: If it holds no such figures.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data["mentions"], dict):
            return _evaluation(data)
        return _estimated(out, path)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        wanted = "as `govtable evaluate --json` writes them"
        raise ValueError(f"{path} has no figures of accuracy {wanted} ({error!r})") from error


def _evaluation(data: Mapping[str, Any]) -> Figures:
    n = len(data["documents"])
    lines = [_line(name, row["exact"]) for name, row in data["mentions"].items()]
    lines += [
        _line(f"placements: {name}", row) for name, row in (data.get("rankings") or {}).items()
    ]
    basis = f"Measured against gold annotations of {n} document{'' if n == 1 else 's'}."
    return Figures(basis, tuple(lines), tuple(_shares(data)))


def _line(name: str, row: Mapping[str, Any]) -> Line:
    known = bool(row["found"] or row["gold"])
    return Line(
        name,
        row["precision"] if row["found"] else None,
        row["recall"] if row["gold"] else None,
        row["f1"] if known else None,
        _pair(row.get("precision_interval")),
        _pair(row.get("recall_interval")),
        _pair(row.get("f1_interval")),
        found=row["found"],
        gold=row["gold"],
    )


def _pair(value: Any) -> tuple[float, float] | None:
    return (float(value[0]), float(value[1])) if value else None


_SEGMENTS = {
    "character_accuracy": "Characters in the right country's section",
    "boundary_f1": "Borders of sections, F1",
    "score_held_share": "Sections whose interval of scores holds the right one",
}


def _shares(data: Mapping[str, Any]) -> Iterator[Share]:
    segments = data.get("segments") or {}
    if segments.get("gold"):
        for key, name in _SEGMENTS.items():
            if segments.get(key) is not None:
                yield Share(name, segments[key])
    right = (data.get("tiers") or {}).get("right") or {}
    if right.get("share") is not None:
        yield Share("Sections with the right tier", right["share"], _pair(right.get("interval")))


def _estimated(out: Path, path: Path) -> Figures:
    """What each kind of row of this dataset can be expected to be, from counts on gold."""
    from pipeline.accuracy.answer import answers, gold
    from pipeline.accuracy.counts import load as load_counts

    counts = load_counts(path)
    rests = gold(counts)
    basis = (
        f"Estimated for this dataset from {rests['mentions']:,} gold mentions in "
        f"{rests['reports']} annotated reports and {rests['sample_mentions']:,} in samples."
    )
    found = {name: each.as_dict() for name, each in answers(out, counts).items()}
    lines = tuple(_expected(name, each) for name, each in found.items() if each["rows"])
    return Figures(basis, lines, wanted="Expected")


def _expected(name: str, found: Mapping[str, Any]) -> Line:
    precision, recall = found["precision"] or {}, found["recall"] or {}
    p, r = precision.get("value"), recall.get("value")
    count = found["right_count"]
    return Line(
        name,
        p,
        r,
        _mean(p, r),
        precision_interval=_ends(precision),
        recall_interval=_ends(recall),
        found=found["rows"],
        gold=round(count["value"]) if count else None,
        little=_little(found),
    )


def _mean(precision: float | None, recall: float | None) -> float | None:
    """F1; None where one of the two is not known."""
    if precision is None or recall is None:
        return None
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _little(found: Mapping[str, Any]) -> str:
    """How much of it is of a kind that gold hardly has."""
    share = sum(kind["rows"] for kind in found["too_little_gold"]) / found["rows"]
    return f"{share:.0%} of a kind with little gold" if share >= 0.01 else ""


def _ends(rate: Mapping[str, float]) -> tuple[float, float] | None:
    return (rate["low"], rate["high"]) if rate else None


def shipped(out: Path) -> Figures | None:
    """The figures of a dataset from the counts that come with the models, if there are any."""
    path = MODELS / "accuracy.json"
    return load(path, out) if path.is_file() and (out / DATABASE).is_file() else None
