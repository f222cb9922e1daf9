"""The annotated training text under `models/corpus/`."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from pipeline.records import LABELS, Label
from pipeline.sentences import cut
from pipeline.settings import MODELS

CORPUS = MODELS / "corpus"
_MARK = re.compile(r"\[(?P<label>[A-Z]+) (?P<name>[^\[\]]+)\]")
# What may stand in front of a grade; it tells nothing of the tier.
_CIRCUMSTANCES = (
    "In practice",
    "In principle",
    "As a rule",
    "For important decisions",
    "For major projects",
    "In the course of a legislative period",
    "Despite formal rules",
    "Although the law is clear",
    "By law and in practice",
    "When decisions are prepared",
    "Where problems arise",
    "At all levels of government",
)
_OPENED = 0.3  # share of grades of which one wording gets a circumstance
_META = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A statement that grades, or one that only looks so (tier 0); `family` is its question."""

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
    for row in _families():
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
    return {row["family"]: row["question"] for row in _families()}


def free() -> set[str]:
    """Families whose four statements have no wording in common, as published codebooks often do."""
    return {row["family"] for row in _families() if row["scale"] == "free"}


def joined(examples: Sequence[Example], random: Random) -> list[Example]:
    """Statements of two sentences: for each grade of each question two of its wordings."""
    wordings: dict[tuple[str, int], list[Example]] = {}
    for example in examples:
        if example.tier:
            wordings.setdefault((example.family, example.tier), []).append(example)
    return [
        replace(first, text=f"{first.text} {second.text}")
        for some in wordings.values()
        if len(some) > 1
        for first, second in [random.sample(some, 2)]
    ]


def opened(examples: Sequence[Example], random: Random) -> list[Example]:
    """A wording of each grade of each question with a circumstance in front: 'In practice, …'."""
    wordings: dict[tuple[str, int], list[Example]] = {}
    for example in examples:
        if example.tier:
            wordings.setdefault((example.family, example.tier), []).append(example)
    found = []
    for some in wordings.values():
        if random.random() < _OPENED:
            first = random.choice(some)
            found.append(replace(first, text=circumstanced(first.text, random)))
    return found


def circumstanced(statement: str, random: Random) -> str:
    """A statement with a circumstance in front: 'In practice, …'."""
    return f"{random.choice(_CIRCUMSTANCES)}, {statement[0].lower()}{statement[1:]}"


def excerpts(passages: Sequence[Passage]) -> list[Example]:
    """Prose cut into pieces of one, two and three sentences in turn, which are no statements."""
    found: list[Example] = []
    for passage in passages:
        sentences = [words for _, words in cut(passage.text)]
        while sentences:
            n = 1 + len(found) % 3
            found.append(Example(" ".join(sentences[:n]), 0, f"n{len(found) % 50:02d}"))
            sentences = sentences[n:]
    return found


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


def _families() -> Iterator[dict[str, Any]]:
    return map(json.loads, _lines(CORPUS / "tiers" / "families.jsonl"))


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
