"""What the dataset in OUT was made from, noted after every run."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pipeline.provenance import Parts
from pipeline.store import Store

_FOLDER = "state"
_KEY, _TIDY = f"{_FOLDER}/published", f"{_FOLDER}/tidy"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the dataset: bytes, time of its last change (ns), SHA-256."""

    size: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, for people.

    Attributes:
        n_new: Documents that were processed.
        n_corrected: Corrections that were applied, in each document where they were.
        not_corrected: Corrections that could not be applied, and why.
        n_beside: Sections that are not in the panel, because another of the same country,
            indicator and edition is.
    """

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
    n_corrected: int = 0
    not_corrected: tuple[tuple[str, str], ...] = ()
    n_beside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A note on the dataset.

    Attributes:
        key: Stands for all that the dataset depends on (`pipeline.plan.Plan.key`).
        seen: Stamp and SHA-256 of each report, by its path as the file system has it.
        stages: What each stage depended on.
        files: The files of the dataset.
        parts: Keys of the parts that it was put together from, by prefix; empty for one that
            was made only for that run.
        n_passing: Documents that could not be read this time and may be another time.
        pace: Bytes of reports a second, in one process.
        corrections: Digest of the corrections that were applied.
    """

    key: str
    seen: Mapping[str, tuple[str, str]]
    stages: Mapping[str, Parts]
    files: Mapping[str, File]
    parts: Mapping[str, str]
    summary: Summary
    n_passing: int = 0
    pace: float | None = None
    corrections: str = ""
    version: int = field(default=1)


def remember(store: Store, state: State) -> None:
    """Note what the dataset was made from."""
    stored = {f.name: getattr(state, f.name) for f in fields(State)}
    stored["summary"] = asdict(state.summary)
    stored["files"] = {name: (f.size, f.changed, f.sha256) for name, f in state.files.items()}
    store.put(_KEY, json.dumps(stored).encode())


def recall(store: Store) -> State | None:
    """The note of the last run, None where there is none or it is damaged."""
    data = store.get(_KEY)
    if data is None:
        return None
    try:
        return _state(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def begin(store: Store) -> None:
    """Note that a run is at work: if it is cut off, the next one has to tidy up."""
    store.drop([_TIDY])


def tidy(store: Store, state: State) -> None:
    """Note that nothing is kept any more that the dataset does not need."""
    store.sweep(_FOLDER, {_KEY, _TIDY})
    store.put(_TIDY, state.key.encode())


def is_tidy(store: Store, state: State) -> bool:
    """Whether the run that made the dataset came to its end."""
    return store.get(_TIDY) == state.key.encode()


def _state(stored: dict[str, Any]) -> State:
    if set(stored) != {f.name for f in fields(State)}:
        raise ValueError("a note of another version")
    summary = stored["summary"]
    for name in ("quarantined", "not_corrected"):
        summary[name] = tuple((what, reason) for what, reason in summary[name])
    return State(
        **stored
        | {
            "summary": Summary(**summary),
            "files": {name: File(*file) for name, file in stored["files"].items()},
            "seen": {name: (stamp, sha256) for name, (stamp, sha256) in stored["seen"].items()},
        }
    )
