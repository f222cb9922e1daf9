"""One run over a folder, without orchestration: process in batches, assemble, publish.

`pipeline.flow` puts these very functions under Prefect; `pipeline.plan` decides what is to do.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from pipeline import __version__, journey, provenance, read, tables, write
from pipeline.check import check
from pipeline.files import Source
from pipeline.plan import Batch, Plan, Summary, remember
from pipeline.records import Failure, Result
from pipeline.schema import TABLE
from pipeline.settings import Settings
from pipeline.shards import Shards


def process_batch(batch: Batch, out: Path, settings: Settings) -> int:
    """Process a batch and keep each result.

    Returns:
        Number of documents.
    """
    kept = Shards(out, settings)
    for source in batch:
        _travel(source, kept, settings)
    return len(batch)


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Worker processes that load the models once each; None for one worker."""
    if workers <= 1:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        yield executor


def process(
    todo: Plan, out: Path, settings: Settings, workers: int, done: Callable[[int], None]
) -> None:
    """Process all batches; `done` is told the number of documents as they are finished."""
    with pool(workers) as executor:
        if executor is None:
            for batch in todo.batches:
                for source in batch:
                    done(process_batch([source], out, settings))
            return
        small = [[source] for batch in todo.batches for source in batch]
        futures = [executor.submit(process_batch, batch, out, settings) for batch in small]
        for future in as_completed(futures):
            done(future.result())


def publish(todo: Plan, out: Path, settings: Settings) -> Summary:
    """Assemble the dataset from the kept results, check it, put it in the earlier one's place."""
    kept = Shards(out, settings)
    outcomes = [_outcome(source, kept, settings) for source in todo.sources]
    try:
        frames, texts = _checked(outcomes, settings)
    except Exception:  # noqa: BLE001 - find the documents at fault, publish the others
        sound = [
            _sound(o, source, settings) for o, source in zip(outcomes, todo.sources, strict=True)
        ]
        frames, texts = _checked(sound, settings)
    write.write(frames, texts, out)
    kept.prune(todo.sources)
    result = summary(frames, out, todo.n_new)
    remember(todo, out, result)
    return result


def _outcome(source: Source, kept: Shards, settings: Settings) -> Result | Failure:
    """The kept result; one that is missing or damaged is made again."""
    return kept.load(source) or _travel(source, kept, settings)


def _travel(source: Source, kept: Shards, settings: Settings) -> Result | Failure:
    """Process one file and keep the outcome, unless it may be another one next time."""
    outcome = journey.travel(source, settings)
    if not (isinstance(outcome, Failure) and outcome.passing):
        kept.save(source, outcome)
    return outcome


def _checked(
    outcomes: list[Result | Failure], settings: Settings
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """All tables and texts, checked against the contract."""
    frames = tables.assemble(outcomes)
    frames["runs"] = _runs(frames, settings)
    texts = {o.report.document_id: o.report.text for o in outcomes if isinstance(o, Result)}
    check(frames, texts)
    return frames, texts


def _sound(outcome: Result | Failure, source: Source, settings: Settings) -> Result | Failure:
    """The outcome, or a quarantine where its own tables break the contract."""
    try:
        _checked([outcome], settings)
    except Exception as error:  # noqa: BLE001 - whatever it is, only this document is lost
        problem = " ".join(str(error).split())
        return read.failure(source, f"An internal error: its rows break the contract ({problem}).")
    return outcome


def _runs(frames: dict[str, pd.DataFrame], settings: Settings) -> pd.DataFrame:
    documents = frames["documents"]
    row = {
        "code_version": __version__,
        "code_hash": provenance.code_hash(),
        "model_versions": json.dumps(provenance.model_hashes(), sort_keys=True),
        "configuration_hash": provenance.configuration_hash(settings),
        "n_documents": int((documents["status"] == "ok").sum()),
        "n_quarantined": int((documents["status"] == "quarantined").sum()),
        "n_segments": len(frames["segments"]),
        "n_mentions": len(frames["mentions"]),
        "n_entities": len(frames["entities"]),
        "n_rankings": len(frames["rankings"]),
    }
    seed = json.dumps(row, sort_keys=True) + "|".join(documents["document_id"])
    row["run_id"] = f"run-{hashlib.sha256(seed.encode()).hexdigest()[:12]}"
    return tables.frame(TABLE["runs"], [row])


def summary(frames: dict[str, pd.DataFrame], out: Path, n_new: int) -> Summary:
    """The counts a person wants to see after a run."""
    documents = frames["documents"]
    bad = documents[documents["status"] == "quarantined"]
    return Summary(
        out=str(out),
        n_documents=int((documents["status"] == "ok").sum()),
        n_quarantined=len(bad),
        n_new=n_new,
        n_countries=int(frames["segments"]["country_iso3"].nunique()),
        n_segments=len(frames["segments"]),
        n_mentions=len(frames["mentions"]),
        n_entities=len(frames["entities"]),
        n_rankings=len(frames["rankings"]),
        n_impossible=int((frames["rankings"]["check"] == "impossible").sum()),
        n_contradicted=int((frames["rankings"]["check"] == "contradicted").sum()),
        quarantined=tuple(zip(bad["source"], bad["reason"], strict=True)),
    )
