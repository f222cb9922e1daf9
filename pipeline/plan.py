"""What a run has to do, decided before anything heavy is imported."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import provenance
from pipeline.files import Source, discover
from pipeline.settings import Settings

CACHE = ".cache"
_PUBLISHED = "published.json"

Batch = list[Source]


@dataclass(frozen=True, slots=True)
class Plan:
    """All files, and those without a valid result, in batches."""

    sources: list[Source]
    batches: list[Batch]
    key: str

    @property
    def n_new(self) -> int:
        """Files that are new or changed."""
        return sum(map(len, self.batches))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, for people."""

    out: str
    n_documents: int
    n_quarantined: int
    n_new: int
    n_countries: int
    n_segments: int
    n_mentions: int
    n_entities: int
    n_rankings: int
    n_impossible: int
    n_contradicted: int
    quarantined: tuple[tuple[str, str], ...]


def plan(raw: Path, out: Path, settings: Settings) -> Plan:
    """Find the files and batch those that are new or changed.

    Raises:
        NotADirectoryError: If `raw` is not a folder.
    """
    sources = discover(raw)
    print_ = provenance.fingerprint(settings)
    new = [s for s in sources if not shard_path(out, s, print_).exists()]
    text = "|".join([print_, *(s.document_id for s in sources)])
    key = hashlib.sha256(text.encode()).hexdigest()
    return Plan(sources, list(batches(new, settings.batch_bytes)), key)


def shard_path(out: Path, source: Source, fingerprint: str) -> Path:
    """Where the result of a file is or would be kept."""
    key = f"{fingerprint}|{source.document_id}|{source.sha256}"
    name = hashlib.sha256(key.encode()).hexdigest()
    return out / CACHE / name[:2] / f"{name}.json"


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


def published(todo: Plan, out: Path) -> Summary | None:
    """The summary of the dataset in `out`, if it is exactly what this plan would make."""
    try:
        stored = json.loads((out / CACHE / _PUBLISHED).read_text(encoding="utf-8"))
        if stored["key"] != todo.key or not _whole(out, stored["sizes"]):
            return None
        rows = tuple((source, reason) for source, reason in stored["summary"]["quarantined"])
        return Summary(**{**stored["summary"], "quarantined": rows, "n_new": 0, "out": str(out)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(todo: Plan, out: Path, summary: Summary) -> None:
    """Note what the dataset in `out` was made from."""
    paths = [*out.glob("*.*"), *(out / "text").glob("*.txt")]
    sizes = {p.relative_to(out).as_posix(): p.stat().st_size for p in paths if p.is_file()}
    counts = asdict(summary) | {"out": "", "n_new": 0}
    stored = {"key": todo.key, "sizes": dict(sorted(sizes.items())), "summary": counts}
    (out / CACHE).mkdir(exist_ok=True)
    (out / CACHE / _PUBLISHED).write_text(json.dumps(stored, indent=1), encoding="utf-8")


def _whole(out: Path, sizes: dict[str, int]) -> bool:
    return all(
        (out / name).is_file() and (out / name).stat().st_size == n for name, n in sizes.items()
    )
