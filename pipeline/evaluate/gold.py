"""Gold annotations in the stand-off format: offsets and labels, no sentences."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.records import LABELS

_RELATIONS = ".rel.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """What people annotated in one report.

    Attributes:
        entities: Country of the section and canonical name of each mention that has one.
    """

    document: str
    mentions: frozenset[tuple[int, int, str]]
    entities: dict[tuple[int, int, str], tuple[str | None, str]]
    segments: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]
    rankings: tuple[dict[str, Any], ...]
    has_mentions: bool
    has_rankings: bool


def load(path: Path) -> list[Gold]:
    """All gold files of a folder, or one file.

    Raises:
        ValueError: If there are none, or one cannot be understood.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise ValueError(f"there is no gold at {path}")
    return [_load(file) for file in files]


def _load(file: Path) -> Gold:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        mentions = frozenset((m["start"], m["end"], m["label"]) for m in data.get("mentions", ()))
        relations = file.with_name(file.stem + _RELATIONS)
        rankings = (
            tuple(map(json.loads, relations.read_text(encoding="utf-8").splitlines()))
            if relations.exists()
            else ()
        )
        gold = Gold(
            document=data["document"],
            mentions=mentions,
            entities={
                (m["start"], m["end"], m["label"]): (m.get("country"), m["canonical"])
                for m in data.get("mentions", ())
                if m["label"] != "YEAR" and m.get("canonical")
            },
            segments=tuple(data.get("segments", ())),
            statements=tuple(data.get("tier_statements", ())),
            rankings=rankings,
            has_mentions="mentions" in data,
            has_rankings=relations.exists(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{file} is no gold file: {error!r}") from error
    if unknown := {label for _, _, label in mentions} - set(LABELS):
        raise ValueError(f"{file} has unknown labels: {', '.join(sorted(unknown))}")
    return gold
