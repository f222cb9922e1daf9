"""A dataset as documents to be annotated: its mentions, sections and placements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.commit import locked, recover, unfinished
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.validate import read_tables
from pipeline.words import NONE, word

Row = dict[str, Any]


class Dataset:
    """A dataset that was read; documents are put together when they are asked for."""

    def __init__(self, out: Path) -> None:
        """Read it; a commit that was cut off is finished before.

        Raises:
            Broken: If files are missing or cannot be read.
            Busy: If a run is writing to it.
        """
        if unfinished(out):
            with locked(out):
                recover(out)
        frames, self.texts = read_tables(out)
        self.documents = {row["document_id"]: row for row in _rows(frames["documents"])}
        self._entities = {row["entity_id"]: row["name"] for row in _rows(frames["entities"])}
        kinds = ("mentions", "segments", "rankings")
        self._rows = {name: _grouped(frames[name]) for name in kinds}
        self.n_corrections = len(frames["corrections"])
        self._by_source = {row["source"]: key for key, row in self.documents.items()}
        self._times = Counter(row["sha256"] for row in self.documents.values())
        self._by_sha = {self.documents[key]["sha256"]: key for key in self.texts}
        self._by_text = {text: key for key, text in self.texts.items()}

    def chosen(self, names: Sequence[str] = ()) -> list[str]:
        """Ids of the documents with these ids or sources, else of all that were read.

        Raises:
            ValueError: If there is no such document, or it was not read.
        """
        if not names:
            return sorted(self.texts, key=lambda key: str(self.documents[key]["source"]))
        by_source = {row["source"]: key for key, row in self.documents.items()}
        return list(
            dict.fromkeys(self._readable(name, by_source.get(name, name)) for name in names)
        )

    def _readable(self, name: str, document_id: str) -> str:
        if document_id not in self.documents:
            raise ValueError(
                f"no document {name!r}; it has to be a document_id or source of the table documents"
            )
        if document_id not in self.texts:
            raise ValueError(f"{name} was quarantined: {self.documents[document_id]['reason']}")
        return document_id

    def find(self, document: Annotated) -> str:
        """The document_id of a document that came back from a tool.

        Raises:
            ValueError: If the dataset has no such document, or its text is another now.
        """
        again = "export the documents of this dataset again and annotate those"
        name = document.source or ""
        options = (
            document.document_id,
            self._by_source.get(name),
            name.removesuffix(".json"),  # as a tool calls what was exported
            self._by_sha.get(document.sha256 or ""),
            self._by_text.get(document.text),
        )
        document_id = next((key for key in options if key in self.texts), None)
        if document_id is None:
            raise ValueError(f"{document.name}: no document of the dataset has its text; {again}")
        row = self.documents[document_id]
        if document.sha256 not in (None, row["sha256"]):
            raise ValueError(
                f"{document.name}: {row['source']} has changed, its sha256 differs; {again}"
            )
        if document.text != self.texts[document_id]:
            raise ValueError(f"{document.name}: its text is not that of {row['source']}; {again}")
        return document_id

    def key(self, document_id: str) -> str:
        """What a correction calls the document: its sha256, or its id where others share that."""
        sha256: str = self.documents[document_id]["sha256"]
        return sha256 if self._times[sha256] == 1 else document_id

    def annotated(self, document_id: str) -> Annotated:
        """A document with what the dataset says of it."""
        row = self.documents[document_id]
        return Annotated(
            name=row["source"],
            text=self.texts[document_id],
            annotations=tuple(self._annotations(document_id)),
            document_id=document_id,
            source=row["source"],
            sha256=row["sha256"],
        )

    def _annotations(self, document_id: str) -> Iterator[Annotation]:
        yield from map(_segment, self._rows["segments"][document_id])
        for row in self._rows["mentions"][document_id]:
            yield _mention(row, self._entities.get(row["entity_id"]))
        yield from map(_ranking, self._rows["rankings"][document_id])


def _mention(row: Row, entity: str | None) -> Annotation:
    told = {"entity": entity, "country": row["country_iso3"] or NONE} if entity else {}
    return Annotation(
        kind="mention",
        start=row["start"],
        end=row["end"],
        label=row["label"],
        told=told,
        notes=_words(row, ("entity_id", "confidence", "method")),
    )


def _segment(row: Row) -> Annotation:
    return Annotation(
        kind="segment",
        start=row["start"],
        end=row["end"],
        told={"country": row["country_iso3"] or NONE, "tier": word(row["tier"])},
        notes=_words(row, ("score_min", "score_max", "country_confidence", "runner_up_iso3")),
    )


def _ranking(row: Row) -> Annotation:
    same = ("edition", "dimension", "rank", "out_of", "value")
    told = {"index": row["index_name"], "country": row["country_iso3"] or NONE}
    return Annotation(
        kind="ranking",
        start=row["start"],
        end=row["end"],
        told=told | {name: word(row[name]) for name in same},
        notes=_words(row, ("qualifier", "check")),
        ref=row["ranking_id"],
    )


def _words(row: Row, names: Iterable[str]) -> dict[str, str]:
    return {name: word(row[name]) for name in names if row[name] is not None}


def _rows(data: pd.DataFrame) -> list[Row]:
    """The rows with plain values, None for null."""
    cells = data.astype(object)
    rows = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(data.columns, row, strict=True)) for row in rows]


def _grouped(data: pd.DataFrame) -> dict[str, list[Row]]:
    """The rows of each document."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(data):
        found[row["document_id"]].append(row)
    return found
