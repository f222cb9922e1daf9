"""Gold annotations: from a tool's export to the stand-off format, and back."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.corrections import NONE
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.reading import read
from pipeline.records import LABELS


def as_standoff(path: Path) -> list[dict[str, Any]] | None:
    """The gold documents in a Label Studio export, a CAS, or a folder of such files.

    Offsets are code points of the canonical text: a byte order mark is dropped, CRLF and CR count
    as one character.

    Returns:
        One dictionary a document, by name: `document`, `text_sha256` (of the canonical text as
        UTF-8), `mentions` (start, end, label; canonical and country where they are told) and
        `segments` (start, end, country, tier), each only where the file has such annotations.
        None if the path is of neither format.

    Raises:
        ValueError: If a file cannot be understood, two are the same document, or nothing in them
            was annotated.
    """
    found = read(path)
    if found is None:
        return None
    if not found.documents:
        raise ValueError(f"nobody annotated the {len(found.left_out)} tasks in {path}")
    gold: dict[str, dict[str, Any]] = {}
    for document in found.documents:
        name = document.source or document.document_id
        if not name:
            raise ValueError(f"{document.name} does not say which report it is (data.source)")
        if name in gold:
            raise ValueError(f"{document.name}: {name} was annotated twice; leave one of them")
        gold[name] = _gold(name, canonical(document))
    return [gold[name] for name in sorted(gold)]


def from_standoff(gold: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> list[Annotated]:
    """Gold documents, to be written for a tool with `finished=True` and continued there.

    Args:
        texts: The canonical text of each document, by its name in the gold.

    Raises:
        ValueError: If a text is missing or an annotation ends outside it.
    """
    return [_annotated(document, texts) for document in gold]


def canonical(document: Annotated) -> Annotated:
    """A document with the text as reports are read: no byte order mark, LF at the end of lines."""
    text = document.text
    if "\r" not in text and not text.startswith("\ufeff"):
        return document
    dropped = [
        c == "\r" and text[i + 1 : i + 2] == "\n" or (i == 0 and c == "\ufeff")
        for i, c in enumerate(text)
    ]
    before = [0, *accumulate(dropped)]  # characters dropped before each offset
    plain = "".join(c for c, gone in zip(text, dropped, strict=True) if not gone)
    annotations = tuple(
        replace(a, start=a.start - before[a.start], end=a.end - before[a.end])
        for a in document.annotations
        if a.end - before[a.end] > a.start - before[a.start]
    )
    return replace(document, text=plain.replace("\r", "\n"), annotations=annotations)


def _gold(name: str, document: Annotated) -> dict[str, Any]:
    hashed = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    gold: dict[str, Any] = {"document": name, "text_sha256": hashed}
    if "mention" in document.kinds:
        gold["mentions"] = _distinct(_mention(a, document) for a in document.of_kind("mention"))
    if segments := document.of_kind("segment"):
        gold["segments"] = [_segment(s, document) for s in segments]
    return gold


def _distinct(mentions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_place = {(m["start"], m["end"], m["label"]): m for m in mentions}
    return [by_place[key] for key in sorted(by_place)]


def _mention(a: Annotation, document: Annotated) -> dict[str, Any]:
    if a.label not in LABELS:
        raise ValueError(
            f"{document.name}: {a.label!r} at {a.start}:{a.end} is no label; there are"
            f" {', '.join(LABELS)}"
        )
    said = {**a.notes, **a.told}
    more = {"canonical": said.get("entity"), "country": _value(said.get("country"))}
    found: dict[str, Any] = {"start": a.start, "end": a.end, "label": a.label}
    return found | (more if said.get("entity") else {})


def _segment(a: Annotation, document: Annotated) -> dict[str, Any]:
    tier = _value(a.told.get("tier"))
    if tier not in (None, "1", "2", "3", "4"):
        raise ValueError(f"{document.name}: tier {tier!r} at {a.start}:{a.end}; there are 1 to 4")
    return {
        "start": a.start,
        "end": a.end,
        "country": _value(a.told.get("country")),
        "tier": int(tier) if tier else None,
    }


def _value(word: str | None) -> str | None:
    return None if word in (None, NONE) else word


def _annotated(gold: Mapping[str, Any], texts: Mapping[str, str]) -> Annotated:
    name = str(gold["document"])
    if name not in texts:
        raise ValueError(f"there is no text of {name}")
    mentions = (_from_mention(m) for m in gold.get("mentions", ()))
    segments = (_from_segment(s) for s in gold.get("segments", ()))
    return Annotated(name=name, text=texts[name], annotations=(*segments, *mentions), source=name)


def _from_mention(m: Mapping[str, Any]) -> Annotation:
    entity = m.get("canonical") if m["label"] != "YEAR" else None
    told = {"entity": entity, "country": m.get("country") or NONE} if entity else {}
    return Annotation(kind="mention", start=m["start"], end=m["end"], label=m["label"], told=told)


def _from_segment(s: Mapping[str, Any]) -> Annotation:
    said = {name: s.get(name) for name in ("country", "tier")}
    told = {name: NONE if value is None else str(value) for name, value in said.items()}
    return Annotation(kind="segment", start=s["start"], end=s["end"], told=told)
