"""What a run has to do, decided before anything heavy is imported."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__, corrections, provenance
from pipeline.files import Seen, Source, discover
from pipeline.place import Place, listing
from pipeline.records import Correction
from pipeline.settings import Settings
from pipeline.state import File, State, Summary, is_tidy, recall
from pipeline.store import Store

CACHE = ".cache"
_PACE = 20_000.0  # bytes of reports a second, before it has been measured
_LEAST_SECONDS = 5.0  # a task costs Prefect some tenths of a second of computing
_MOST_SECONDS = 60.0
_MOST_BATCHES = 150

Batch = list[Source]
__all__ = ["Batch", "Plan", "Summary", "batches", "plan", "published"]


@dataclass(frozen=True, slots=True)
class Plan:
    """All files, and those without a valid result, in batches.

    Attributes:
        key: Stands for all that the dataset will depend on.
        corrections: All that are kept beside RAW.
    """

    sources: list[Source]
    batches: list[Batch]
    key: str
    corrections: tuple[Correction, ...] = ()

    @property
    def n_new(self) -> int:
        """Files that have to be processed."""
        return sum(map(len, self.batches))


def plan(raw: Place, out: Place, settings: Settings, corrected: Place | None = None) -> Plan:
    """Find the files and batch those that have to be processed.

    Args:
        corrected: The file of corrections, if it is not beside `raw`.

    Raises:
        ValueError: If the file of corrections cannot be understood.
        NotADirectoryError: If `raw` is not a folder.
        FileNotFoundError: If it holds no report any more, while the dataset has some.
    """
    store = Store(out / CACHE)
    state = recall(store)
    seen = {name: Seen(*found) for name, found in state.seen.items()} if state else {}
    given = corrections.load(corrected or corrections.beside(raw))
    meant = corrections.Given(given)
    sources = [_corrected(source, meant) for source in discover(raw, seen)]
    if not sources and (seen or any((out / "text").glob("doc-*.txt"))):
        raise FileNotFoundError(
            f"{raw} holds no report, but the dataset in {out} has some: is the right folder"
            f" mounted there? To empty the dataset, delete {out}"
        )
    keys = {source.written: rows_key(source, settings) for source in sources}
    kept = store.names("rows")
    new = [source for source in sources if keys[source.written] not in kept]
    marks = provenance.fingerprints(settings)["tables"], provenance.configuration_hash(settings)
    text = "|".join([__version__, *marks, corrections.digest(given), *keys.values()])
    size = batch_bytes(new, state.pace if state else None)
    key = hashlib.sha256(text.encode()).hexdigest()
    return Plan(sources, list(batches(new, size)), key, given)


def _corrected(source: Source, given: corrections.Given) -> Source:
    """The file with the corrections that are meant for it."""
    own = given.of(source.document_id, source.sha256)
    return replace(source, corrections=own) if own else source


def rows_key(source: Source, settings: Settings) -> str:
    """Where the rows of a file are kept; depends on the stages, not on how tables are written."""
    prints = provenance.fingerprints(settings)
    stages = "|".join(mark for name, mark in prints.items() if name != "tables")
    own = corrections.digest(source.corrections)
    return _key("rows", f"{stages}|{source.document_id}|{source.sha256}|{own}")


def work_key(source: Source) -> str:
    """Where is kept what the stages came to for the content of a file."""
    return f"work/{source.sha256[:2]}/{source.sha256}"


def _key(folder: str, text: str) -> str:
    name = hashlib.sha256(text.encode()).hexdigest()
    return f"{folder}/{name[:2]}/{name}"


def batch_bytes(new: Iterable[Source], pace: float | None) -> int:
    """How large a batch is to be, by what the last runs cost a byte."""
    pace = pace or _PACE
    seconds = sum(source.size for source in new) / pace / _MOST_BATCHES
    return int(pace * min(max(seconds, _LEAST_SECONDS), _MOST_SECONDS))


def batches(sources: Iterable[Source], size: int) -> Iterator[Batch]:
    """Sources in batches of about `size` bytes, in order."""
    batch: Batch = []
    total = 0
    for source in sources:
        batch.append(source)
        total += source.size
        if total >= size:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def published(todo: Plan, out: Place) -> Summary | None:
    """The summary of the dataset in `out`, if it is exactly what this plan would make."""
    store = Store(out / CACHE)
    state = recall(store)
    if state is None or state.key != todo.key or todo.n_new:
        return None
    if state.n_passing or not is_tidy(store, state) or broken(state, out):
        return None
    return replace(state.summary, n_new=0, out=str(out))


def broken(state: State, out: Place) -> list[str]:
    """The files of the dataset that are missing or not as they were written."""
    if isinstance(out, Path):
        return [name for name, file in state.files.items() if not intact(out / name, file)]
    there = {name: told.get("size") for name, told in listing(out).items()}
    return [name for name, file in state.files.items() if there.get(name) != file.size]


def intact(path: Path, file: File) -> bool:
    """Whether a file is as it was; it is read only if the time of its last change is another."""
    try:
        stat = os.stat(path)
        if stat.st_size != file.size:
            return False
        return stat.st_mtime_ns == file.changed or sha256(path) == file.sha256
    except OSError:
        return False


def sha256(path: Path) -> str:
    """Hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
