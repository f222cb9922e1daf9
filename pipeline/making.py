"""Kept rows of a group of documents -> parts and texts. In any process that sees OUT."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline import parts, read
from pipeline.files import Source
from pipeline.parts import Share
from pipeline.place import Place
from pipeline.settings import Settings
from pipeline.shards import Shards


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a group, but for the parts that are kept now.

    Attributes:
        passing: Ids of the documents that may have other rows another time.
        loose: The parts with such documents, by key; they are not kept.
    """

    passing: frozenset[str]
    loose: dict[str, bytes]


def make(group: Sequence[Share], out: Place, settings: Settings, texts: Path) -> Made:
    """Make the parts of a group and keep them in `out`; stage the texts of its documents.

    Args:
        texts: Folder that the texts are written to.

    Raises:
        OSError: If something cannot be kept or written.
    """
    shards = Shards.of(out, settings)
    rows, passing = load([source for share in group for source in share.sources], out, settings)
    stage(rows.values(), texts)
    loose = {}
    found = parts.made(group, rows, read.failure)
    for share in group:
        if passing.intersection(source.document_id for source in share.sources):
            loose[share.key] = found[share.key]
        else:
            shards.store.put(share.key, found[share.key])
    return Made(frozenset(passing), loose)


def load(
    sources: list[Source], out: Place, settings: Settings
) -> tuple[dict[str, pa.Table], set[str]]:
    """The rows of documents, made again where they were lost.

    Returns:
        Also the ids of those that may have other rows another time.

    Raises:
        OSError: If `out` does not keep what is written to it.
    """
    shards = Shards.of(out, settings)
    rows = shards.load_many(sources)
    lost = [source for source in sources if source.document_id not in rows]
    passing = shards.load_many(lost, passing=True)
    for source in lost:
        if source.document_id not in passing:
            _process(source, out, settings)
    rows |= shards.load_many(lost)
    passing = shards.load_many([s for s in lost if s.document_id not in rows], passing=True)
    rows |= passing
    if unkept := [source for source in lost if source.document_id not in rows]:
        raise OSError(f"{out} does not keep what is written to it ({unkept[0].name})")
    return rows, set(passing)


def stage(rows: Iterable[pa.Table], folder: Path) -> None:
    """Write the canonical texts of documents, each to a file of its own."""
    for each in rows:
        for document_id, text in parts.texts(each):
            (folder / f"{document_id}.txt").write_bytes(text.encode())


def _process(source: Source, out: Place, settings: Settings) -> None:
    from pipeline.processing import process_batch  # models and all: as good as never needed here

    process_batch([source], out, settings)
