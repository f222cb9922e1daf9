"""Results kept between runs, one file a document, addressed by all that they depend on.

A shard is valid for one content under one path, one state of code, models and settings; whatever
changes, the key changes with it, so a stale shard is never read.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.provenance import fingerprint
from pipeline.read import Source
from pipeline.records import Failure, Result
from pipeline.settings import Settings


@cache
def _adapter() -> TypeAdapter[Result | Failure]:
    return TypeAdapter(Result | Failure)


class Shards:
    """The shards under one folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Use `folder`, which need not exist yet."""
        self.folder = folder
        self._fingerprint = fingerprint(settings)

    def path(self, source: Source) -> Path:
        """Where the shard of a file is or would be."""
        key = f"{self._fingerprint}|{source.document_id}|{source.sha256}"
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.json"

    def has(self, source: Source) -> bool:
        """Whether the file need not be processed."""
        return self.path(source).exists()

    def save(self, source: Source, outcome: Result | Failure) -> None:
        """Keep an outcome; the file appears whole or not at all."""
        path = self.path(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(_adapter().dump_json(outcome))
        draft.replace(path)

    def load(self, source: Source) -> Result | Failure | None:
        """The outcome that was kept, None where there is none or it is damaged."""
        path = self.path(source)
        try:
            return _adapter().validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            path.unlink(missing_ok=True)
            return None

    def prune(self, sources: list[Source]) -> None:
        """Drop the shards that none of `sources` uses."""
        wanted = {self.path(source) for source in sources}
        for path in self.folder.glob("*/*"):
            if path not in wanted:
                path.unlink(missing_ok=True)
