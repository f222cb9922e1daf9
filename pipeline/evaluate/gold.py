"""Gold annotations in the stand-off format: offsets and labels, no sentences."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.evaluate.shape import shaped
from pipeline.exchange import as_standoff

_RELATIONS = ".rel.jsonl"
_SHOWN = 60  # characters of a text in a message
# Kinds of rows, by where a file has them.
_ROWS = {"mention": "mentions", "segment": "segments", "tier statement": "tier_statements"}


@dataclass(frozen=True, slots=True)
class Gold:
    """What people annotated in one report.

    Attributes:
        entities: Country of the section and canonical name of each mention that has one.
        quotes: The words of each mention, where the file has them.
        text_sha256: Of the text as UTF-8, where the file has it.
        has_statements: Whether somebody looked for tier statements; annotation tools have none.
    """

    document: str
    mentions: frozenset[tuple[int, int, str]]
    entities: dict[tuple[int, int, str], tuple[str | None, str]]
    segments: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]
    rankings: tuple[dict[str, Any], ...]
    has_mentions: bool
    has_rankings: bool
    quotes: dict[tuple[int, int, str], str] = field(default_factory=dict)
    text_sha256: str | None = None
    has_statements: bool = True


def load(path: Path) -> list[Gold]:
    """All gold files of a folder, or one file, also as an annotation tool exported them.

    Raises:
        ValueError: If there are none, or one cannot be understood.
    """
    if not path.exists():
        raise ValueError(f"there is no gold at {path}")
    golds = _exported(path) or _own(path)
    if not golds:
        raise ValueError(f"there is no gold at {path}")
    names = [gold.document for gold in golds]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{path} has two golds of {', '.join(twice)}; leave one there")
    return golds


def _exported(path: Path) -> list[Gold]:
    """What an annotation tool wrote; nothing if these are not its files."""
    rows = as_standoff(path) or ()
    return [
        replace(
            _gold(row, f"{path} ({row.get('document')})"), has_statements="tier_statements" in row
        )
        for row in rows
    ]


def _own(path: Path) -> list[Gold]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return [_load(file) for file in files]


def _load(file: Path) -> Gold:
    relations = file.with_name(file.stem + _RELATIONS)
    data = _read(file, json.loads)
    return _gold(data, str(file), _read(relations, _lines) if relations.exists() else None)


def _read(file: Path, parse: Callable[[str], Any]) -> Any:
    """What a file holds; editors on Windows begin it with a byte order mark."""
    try:
        return parse(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{file} is no gold file: {error}") from error


def _lines(text: str) -> list[dict[str, Any]]:
    """The placements of a file, one a line."""
    return [shaped("ranking", json.loads(line)) for line in text.split("\n") if line.strip()]


def _gold(data: Any, name: str, rankings: Sequence[dict[str, Any]] | None = None) -> Gold:
    """Gold of one document.

    Args:
        name: Of the file, for messages.
        rankings: None where nobody looked for any.
    """
    try:
        document = data["document"]
        if not isinstance(document, str):
            raise ValueError(f"{document!r} is no name of a document")
        mentions, segments, statements = (
            [shaped(kind, row) for row in data.get(key, ())] for kind, key in _ROWS.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"{error} is missing" if isinstance(error, KeyError) else error
        raise ValueError(f"{name} is no gold file: {why}") from error
    marks = {(m["start"], m["end"], m["label"]): m for m in mentions}
    return Gold(
        document=document,
        mentions=frozenset(marks),
        entities={
            mark: (m.get("country"), m["canonical"])
            for mark, m in marks.items()
            if m["label"] != "YEAR" and m.get("canonical")
        },
        segments=tuple(segments),
        statements=tuple(statements),
        rankings=tuple(rankings or ()),
        has_mentions="mentions" in data,
        has_rankings=rankings is not None,
        quotes={mark: m["text"] for mark, m in marks.items() if m.get("text")},
        text_sha256=data.get("text_sha256"),
    )


def _stretches(gold: Gold) -> list[tuple[int, int]]:
    rows = (*gold.segments, *gold.statements)
    return [(start, end) for start, end, _ in gold.mentions] + [
        (r["start"], r["end"]) for r in rows
    ]


def checked(gold: Gold, text: str) -> Gold:
    """The gold itself, if it belongs to this text.

    Raises:
        ValueError: If it reaches beyond the text, or quotes other words than stand there: offsets
            of another version of the report would make every figure wrong.
    """
    for start, end in sorted(_stretches(gold)):
        if end > len(text):
            raise ValueError(
                f"gold of {gold.document} has {start}:{end}, but the report has"
                f" {len(text)} characters: it was made for another text"
            )
    for (start, end, _), words in sorted(gold.quotes.items()):
        if text[start:end] != words:
            raise ValueError(
                f"gold of {gold.document} has {words[:_SHOWN]!r} at {start}:{end}, the report"
                f" {text[start:end][:_SHOWN]!r}: it was made for another text"
            )
    if gold.text_sha256 not in (None, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()):
        raise ValueError(f"gold of {gold.document} was made for another text of that report")
    return gold
