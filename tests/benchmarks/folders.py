"""Folders of reports in a wanted state, and datasets brought up to them."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet as pq

from tests import many
from tests.benchmarks import command
from tests.benchmarks.results import Figures

_NUMBER = re.compile(r"report-(\d+)-")
_CHANGE = "\n\nThis page was corrected in October 2024, when office {i} moved to another floor.\n"


@dataclass(slots=True)
class Dataset:
    """A folder of reports and the dataset made of them.

    Attributes:
        options: Of the command, besides RAW and OUT.
        also: Processes whose memory counts, too.
    """

    raw: Path
    out: Path
    options: Sequence[str] = ("--direct",)
    also: Sequence[int] = ()
    _settled: object = None

    def arrange(self, numbers: Collection[int], changed: Collection[int] = ()) -> None:
        """Let the folder hold exactly these reports, some of them changed."""
        self.raw.mkdir(parents=True, exist_ok=True)
        there = {int(m[1]): p for p in self.raw.iterdir() if (m := _NUMBER.match(p.name))}
        for i in there.keys() - set(numbers) | self._changed():
            there.pop(i).unlink()
        many.write([i for i in sorted(numbers) if i not in there], self.raw)
        for i in changed:
            made = many.report(i)
            text = made.text + _CHANGE.format(i=i)
            (self.raw / made.name).write_text(text, encoding="utf-8")
        self._notes.write_text(json.dumps(sorted(changed)), encoding="utf-8")

    @property
    def _notes(self) -> Path:
        """Where the numbers of the changed reports are noted."""
        return self.raw.with_name(f"{self.raw.name}-changed.json")

    def _changed(self) -> set[int]:
        return set(json.loads(self._notes.read_text("utf-8"))) if self._notes.exists() else set()

    def settle(self, numbers: Collection[int], changed: Collection[int] = ()) -> None:
        """Bring folder and dataset into a state, unmeasured, if they are not in it."""
        state = (frozenset(numbers), frozenset(changed))
        if self._settled != state:
            self.arrange(numbers, changed)
            self.update()
            self._settled = state

    def measured(self, numbers: Collection[int], changed: Collection[int] = ()) -> Figures:
        """Change the folder, then measure the run that brings the dataset up to it."""
        self.arrange(numbers, changed)
        figures = asdict(self.update())
        self._settled = (frozenset(numbers), frozenset(changed))
        return figures

    def first(self, numbers: Collection[int]) -> Figures:
        """Measure a run into an empty folder, and what came out."""
        shutil.rmtree(self.out, ignore_errors=True)
        return self.measured(numbers) | counted(self.out) | {"dataset": digest(self.out)}

    def update(self) -> command.Measured:
        """Run the command."""
        return command.run(["run", self.raw, "--out", self.out, *self.options], self.also)


def counted(out: Path) -> Figures:
    """Documents, words and mentions of a dataset, and the size of it and of its cache in MB."""
    files = list(_files(out))
    texts = [path for path in files if path.suffix == ".txt"]
    documents = _parquet(files, "documents").column("status").to_pylist()
    return {
        "documents": documents.count("ok"),
        "quarantined": len(documents) - documents.count("ok"),
        "words": sum(len(path.read_text(encoding="utf-8").split()) for path in texts),
        "mentions": _parquet(files, "mentions").num_rows,
        "entities": _parquet(files, "entities").num_rows,
        "dataset_mb": _size(files),
        "code": _parquet(files, "runs").column("code_hash")[0].as_py(),
        "cache_mb": _size(p for p in (out / ".cache").rglob("*") if p.is_file()),
    }


def digest(out: Path) -> str:
    """A hash of all bytes of a dataset and their paths."""
    found = hashlib.sha256()
    for path in sorted(_files(out)):
        found.update(f"{path.relative_to(out)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _files(out: Path) -> Iterator[Path]:
    """What belongs to a dataset: everything that does not start with a dot."""
    for folder, folders, names in os.walk(out, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _parquet(files: list[Path], table: str):  # type: ignore[no-untyped-def]
    return pq.read_table(next(path for path in files if path.name == f"{table}.parquet"))


def _size(files: Collection[Path] | Iterator[Path]) -> float:
    return round(sum(path.stat().st_size for path in files) / 1e6, 2)
