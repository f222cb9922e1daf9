"""Results kept between runs, one file a document, addressed by all that they depend on.

A shard is valid for one content under one path, one state of code, models and settings; whatever
changes, the key changes with it, so a stale shard is never read.
"""

import os
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.files import Source
from pipeline.plan import CACHE, shard_path
from pipeline.provenance import fingerprint
from pipeline.records import Failure, Result
from pipeline.settings import Settings


@cache
def _adapter() -> TypeAdapter[Result | Failure]:
    return TypeAdapter(Result | Failure)


class Shards:
    """The results kept for one dataset."""

    def __init__(self, out: Path, settings: Settings) -> None:
        """Keep results under `out`, which must exist."""
        self.out = out
        self._fingerprint = fingerprint(settings)

    def path(self, source: Source) -> Path:
        """Where the shard of a file is or would be."""
        return shard_path(self.out, source, self._fingerprint)

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
        except (OSError, ValidationError, RecursionError):
            return None

    def prune(self, sources: list[Source]) -> None:
        """Drop the shards that none of `sources` uses."""
        wanted = {self.path(source) for source in sources}
        for path in (self.out / CACHE).glob("*/*"):
            if path not in wanted:
                path.unlink(missing_ok=True)
