"""The annotated training text under `models/corpus/`."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import LABELS, Label
from pipeline.settings import MODELS

CORPUS = MODELS / "corpus"
_MARK = re.compile(r"\[(?P<label>[A-Z]+) (?P<name>[^\[\]]+)\]")
_META = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A grading sentence, or one that only looks so (tier 0); `family` is its question."""

    text: str
    tier: int
    family: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its annotated names as (start, end, label)."""

    text: str
    spans: tuple[tuple[int, int, Label], ...]
    register: str
    country: str | None


def statements() -> list[Example]:
    """The tier statement families and the sentences that are none."""
    found = []
    for line in _lines(CORPUS / "tiers" / "families.jsonl"):
        row = json.loads(line)
        found += [
            Example(text, int(tier), row["family"])
            for tier, texts in row["tiers"].items()
            for text in texts
        ]
    for i, line in enumerate(_lines(CORPUS / "tiers" / "negatives.jsonl")):
        found.append(Example(json.loads(line)["text"], 0, f"n{i % 50:02d}"))
    return found


def questions() -> dict[str, str]:
    """The question of each family of tier statements."""
    rows = (json.loads(line) for line in _lines(CORPUS / "tiers" / "families.jsonl"))
    return {row["family"]: row["question"] for row in rows}


def passages() -> list[Passage]:
    """The annotated paragraphs, in the order of the files."""
    found = []
    for path in sorted((CORPUS / "entities").glob("*.txt")):
        meta: dict[str, str] = {}
        for n, line in enumerate(_lines(path), 1):
            if line.startswith("# "):
                meta = dict(_META.findall(line))
            else:
                found.append(_passage(line, meta, f"{path.name}:{n}"))
    return found


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _passage(line: str, meta: dict[str, str], where: str) -> Passage:
    """Read the inline marks: 'the [AGENCY Ministry of Finance] said'.

    Raises:
        ValueError: If a label is unknown or a bracket is left over.
    """
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        label, name = mark["label"], mark["name"].replace("\\n", "\n")
        if label not in LABELS:
            raise ValueError(f"{where}: unknown label {label}")
        text += line[at : mark.start()].replace("\\n", "\n")
        spans.append((len(text), len(text) + len(name), label))
        text += name
        at = mark.end()
    text += line[at:].replace("\\n", "\n")
    if "[" in text or "]" in text:
        raise ValueError(f"{where}: a bracket is left over")
    return Passage(text, tuple(spans), meta.get("register", ""), meta.get("country"))
