"""Whether rows stand where they say: offsets, quotes, the ledger of characters, overlaps.

Documents come by the ten thousand and rows by the million, so a table is looked at as a whole
wherever that is possible, and no document's rows are searched for one by one.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.columns import Table
from pipeline.records import FORMULA
from pipeline.visible import view
from pipeline.words import typed

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_NOWHERE = ("document_missing", "quote_missing")
_EVERYWHERE = "same_entity"  # it is about a thing, and its words need not stand in the text


@dataclass(frozen=True, slots=True)
class Spans:
    """Where the rows of a table stand.

    Attributes:
        ids: The documents.
        document: For each row where its document is in `ids`.
        start: Its first offset (code points).
        end: The offset after its last.
    """

    ids: list[str]
    document: Integers
    start: Integers
    end: Integers

    @classmethod
    def of(cls, data: pd.DataFrame) -> "Spans":
        """Those of a table without nulls in `document_id`, `start` and `end`."""
        document, ids = pd.factorize(data["document_id"])
        return cls(list(ids), document, whole(data["start"]), whole(data["end"]))

    def __getitem__(self, rows: NDArray[np.intp] | Flags) -> "Spans":
        return Spans(self.ids, self.document[rows], self.start[rows], self.end[rows])

    def firsts(self) -> Flags:
        """Which rows are the first of their document; rows of a document stand together."""
        found: Flags = np.diff(self.document, prepend=-1) != 0
        return found

    def words(self, texts: Mapping[str, str]) -> Iterator[str]:
        """The words that each row stands for."""
        own = [texts.get(document_id, "") for document_id in self.ids]
        columns = (self.document.tolist(), self.start.tolist(), self.end.tolist())
        return (own[i][start:end] for i, start, end in zip(*columns, strict=True))


def whole(column: "pd.Series[int]") -> Integers:
    """A column of whole numbers without null."""
    return np.asarray(column.to_numpy(dtype=np.int64), dtype=np.int64)


def strings(column: "pd.Series[str]") -> list[str]:
    """A column of strings without null."""
    return column.to_numpy(dtype=object).tolist()


def offsets(table: Table, data: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    """Offsets lie within the text; a column `text` holds the words between them."""
    spans = Spans.of(data)
    if lost := [document_id for document_id in spans.ids if document_id not in texts]:
        yield from (f"{table.name}: the text of {document_id} is missing" for document_id in lost)
        return
    lengths = np.array([len(texts[document_id]) for document_id in spans.ids], np.int64)
    possible = (spans.start < spans.end) & (spans.end <= lengths[spans.document])
    keys = data[table.key]
    for i in np.flatnonzero(~possible):
        yield f"{table.name}: {keys.iloc[i]} has impossible offsets {spans.start[i]}:{spans.end[i]}"
    if "text" in table.names:
        pairs = zip(spans.words(texts), strings(data["text"]), strict=True)
        quoted = np.fromiter((said == words for said, words in pairs), bool, len(data))
        for key in keys[possible & ~quoted]:
            yield f"{table.name}: {key} does not quote its text"


def ledger(blocks: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    """Between the blocks of a document, and around them, there is only white space."""
    spans = Spans.of(blocks)
    spans = spans[np.lexsort((whole(blocks["ordinal"]), spans.document))]
    first = spans.firsts()
    before = np.where(first, 0, np.roll(spans.end, 1))
    gaps = Spans(spans.ids, spans.document, before, spans.start)
    lost = np.fromiter((bool(words.strip()) for words in gaps.words(texts)), bool, len(blocks))
    for i in np.flatnonzero(lost | (gaps.start > gaps.end)):
        place = f"{gaps.start[i]}:{gaps.end[i]}"
        yield f"blocks: {spans.ids[spans.document[i]]} loses or repeats characters at {place}"
    last = spans[np.roll(first, -1)]
    ends = dict(zip((last.ids[i] for i in last.document), last.end.tolist(), strict=True))
    for document_id, text in texts.items():
        at = ends.get(document_id, 0)
        if text[at:].strip():
            yield f"blocks: {document_id} loses the characters from {at} on"


def overlapping(data: pd.DataFrame) -> NDArray[np.intp]:
    """The rows that begin before the one before them in their document has ended."""
    spans = Spans.of(data)
    order = np.lexsort((spans.start, spans.document))
    spans = spans[order]
    wrong = ~spans.firsts()
    wrong &= spans.start < np.roll(spans.end, 1)
    found: NDArray[np.intp] = order[wrong]
    return found


def corrected(corrections: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    """What became of a correction fits its place, and its quote stands there."""
    cells = corrections.astype(object)
    for row in cells.where(cells.notna(), None).to_dict("records"):
        key, document_id, start, end = (
            row[name] for name in ("corrected_id", "document_id", "start", "end")
        )
        if not _fits(row):
            yield f"corrections: document, place and status of {key} do not fit"
        elif start is None:
            continue
        elif document_id not in texts:
            yield f"corrections: the text of {document_id} is missing"
        elif not start < end <= len(texts[document_id]):
            yield f"corrections: {key} has impossible offsets {start}:{end}"
        elif not _says(texts[document_id][start:end], row["quote"]):
            yield f"corrections: {key} does not quote its text"


def _fits(row: Mapping[Hashable, object]) -> bool:
    """Whether document, place and status of a correction go together."""
    known = row["document_id"] is not None
    placed = row["start"] is not None
    everywhere = row["action"] == _EVERYWHERE
    if placed != (row["end"] is not None):
        return False
    if row["status"] not in _NOWHERE:
        return known and (placed or everywhere)
    if placed:
        return False
    return not known if row["status"] == "document_missing" else known or everywhere


def _says(words: str, quote: str) -> bool:
    """Whether words are those of a quote, as `correcting.places` compares them."""
    seen = view(words)
    said = " ".join((seen.text if seen else words).split())
    harmless = said.lstrip(FORMULA + " ") if said[:1] in FORMULA else said  # as in `rows.cells`
    return typed(harmless) == typed(" ".join(quote.split()))
