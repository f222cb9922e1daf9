"""accuracy.json of a release: figures and the gold they were measured against.

Without gold of its own, a release says what can be expected of its rows from the gold that the
models were measured on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.place import Place

NAME = "accuracy.json"
# Parts of an evaluation that quote the reports, sentence by sentence.
_QUOTING = ("errors", "agreement", "confusions")
_SHOWN = ("precision", "recall", "f1")
NOTE = "No accuracy was measured for this release."
ESTIMATED = (
    "Not measured for this release, but expected of such rows from annotated reports"
    " (95 % intervals; `accuracy.json` says how many)."
)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Figures, if there are any.

    Attributes:
        gold: What they were measured against.
        figures: As `govtable evaluate --json` writes them.
        estimates: As `govtable accuracy --json` writes them, by kind of row.
    """

    gold: str | None = None
    figures: Mapping[str, Any] | None = None
    estimates: Mapping[str, Mapping[str, Any]] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        if self.figures is None:
            known = {"estimates": self.estimates} if self.estimates else {}
            return {"measured": False, "note": ESTIMATED if known else NOTE, **known}
        kept = {name: value for name, value in self.figures.items() if name not in _QUOTING}
        return {"measured": True, "gold": self.gold, "figures": kept}

    def lines(self) -> list[str]:
        """The exact F1 of each label as a Markdown table, or that there are no figures."""
        if self.figures is None and self.estimates:
            return [ESTIMATED, "", *_expected(self.estimates)]
        mentions = (self.figures or {}).get("mentions")
        if not isinstance(mentions, dict):
            told = f"Figures are in `{NAME}`; gold: {self.gold}." if self.figures else NOTE
            return [told]
        rows = [
            f"| {label} | {' | '.join(_shown(found[name]) for name in _SHOWN)} |"
            for label, kinds in mentions.items()
            if (found := _exact(kinds))
        ]
        head = ["| label | precision | recall | F1 |", "|---|---|---|---|"]
        said = f"Measured against {self.gold}, exact spans; more in `{NAME}`."
        return [said, "", *head, *rows] if rows else [said]


def _expected(estimates: Mapping[str, Mapping[str, Any]]) -> list[str]:
    rows = [
        f"| {name} | {found['rows']:,} | {_rate(found['precision'])} | {_rate(found['recall'])} |"
        for name, found in estimates.items()
        if found["rows"]
    ]
    return ["| rows | n | precision | recall |", "|---|---|---|---|", *rows]


def _rate(rate: Mapping[str, float] | None) -> str:
    return f"{rate['value']:.2f} ({rate['low']:.2f} to {rate['high']:.2f})" if rate else "–"


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def _exact(kinds: object) -> Mapping[str, float | None] | None:
    """Precision, recall and F1 of exact spans; None where there was nothing to divide by."""
    found = kinds.get("exact") if isinstance(kinds, dict) else None
    if not isinstance(found, dict):
        return None
    known = all(isinstance(found.get(name, ""), int | float | None) for name in _SHOWN)
    return found if known else None


def stated(path: Path) -> Accuracy:
    """Figures that were measured before.

    Raises:
        ValueError: If the file holds none.
        OSError: If it cannot be read.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is no JSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("mentions"), dict):
        raise ValueError(f"{path} holds no figures as `govtable evaluate --json` writes them")
    documents = found.get("documents") or []
    return Accuracy(f"gold for {len(documents)} reports, stated in {path.name}", found)


def estimated(out: Path) -> Accuracy:
    """What can be expected of a dataset from the counts that come with the models.

    Raises:
        ValueError: If there is no dataset.
    """
    from pipeline.accuracy.answer import answers
    from pipeline.accuracy.counts import load, shipped

    found = answers(out, load(shipped()))
    return Accuracy(estimates={name: each.as_dict() for name, each in found.items()})


def measured(gold: Path, raw: Place) -> Accuracy:
    """Figures measured now.

    Raises:
        ValueError: If gold or reports are missing or cannot be read.
    """
    from pipeline.evaluate import evaluate

    figures = evaluate(gold, raw).as_dict()
    name = f"{gold.resolve().name} ({len(figures['documents'])} reports, SHA-256 {_hash(gold)})"
    return Accuracy(name, figures)


def _hash(gold: Path) -> str:
    """A hash of every file of the gold, so that another can tell whether theirs is the same."""
    digest = hashlib.sha256()
    for path in sorted(p for p in gold.rglob("*") if p.is_file()) if gold.is_dir() else [gold]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
