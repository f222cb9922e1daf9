"""What a person wants to see of a run in Prefect's own pages."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.logging import get_run_logger

from pipeline.plan import Summary

_MOST_ROWS = 1_000  # of the quarantine table; all are in documents.csv
_FILES = ("dataset.sqlite", "datapackage.json", "documents.csv", "panel.csv")


class Laps:
    """How long the stages of a run took."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Measure the block."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - start


def after_run(result: Summary, laps: Laps) -> None:
    """The summary, the quarantine list and a link to the dataset."""
    name = slug(result.out)
    _create(create_markdown_artifact, key=f"summary-{name}", markdown=summary(result, laps))
    _create(
        create_link_artifact,
        key=f"dataset-{name}",
        link=url(result.out, "dataset.sqlite"),
        link_text=f"Dataset in {result.out}",
    )
    if result.quarantined:
        rows = [{"source": source, "reason": why} for source, why in result.quarantined]
        _create(
            create_table_artifact,
            key=f"quarantine-{name}",
            table=rows[:_MOST_ROWS],
            description=f"{len(rows)} documents could not be read.",
        )


def after_evaluation(text: str, gold: str) -> None:
    """The figures as they are printed."""
    markdown = f"# Accuracy on `{gold}`\n\n```\n{text}\n```\n"
    _create(create_markdown_artifact, key="accuracy", markdown=markdown)


def summary(result: Summary, laps: Laps) -> str:
    """What a run found and how long it took, in Markdown."""
    counts = {
        "documents": f"{result.n_documents:,}",
        "new or changed": f"{result.n_new:,}",
        "quarantined": f"{result.n_quarantined:,}",
        "countries": f"{result.n_countries:,}",
        "segments": f"{result.n_segments:,}",
        "mentions": f"{result.n_mentions:,} of {result.n_entities:,} entities",
        "rankings": (
            f"{result.n_rankings:,} ({result.n_impossible:,} impossible,"
            f" {result.n_contradicted:,} contradicted)"
        ),
    }
    if result.n_beside:
        counts["not in panel"] = f"{result.n_beside:,}"
    if result.n_corrected or result.not_corrected:
        skipped = len(result.not_corrected)
        counts["corrections"] = f"{result.n_corrected:,} applied, {skipped:,} not"
    rows = [f"| {name} | {value} |" for name, value in counts.items()]
    rows += [f"| seconds to {name} | {spent:.1f} |" for name, spent in laps.seconds.items()]
    links = [f"- [{name}]({url(result.out, name)})" for name in _FILES]
    return "\n".join([f"# Dataset in `{result.out}`", "", "| | |", "|---|---|", *rows, "", *links])


def url(out: str, name: str) -> str:
    """Where a file of the dataset is."""
    if "://" in out:
        return f"{out.rstrip('/')}/{name}"
    return Path(out, name).absolute().as_uri()


def slug(out: str) -> str:
    """The last part of a dataset's place, as keys of artifacts may be written."""
    last = out.rstrip("/").rpartition("/")[2]
    return re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-") or "dataset"


def _create(create: Callable[..., object], **told: object) -> None:
    """Create an artifact; the dataset is written, so nothing that happens here fails the run."""
    try:
        create(**told)
    except Exception as error:  # noqa: BLE001 - whatever it is
        get_run_logger().warning("No artifact %s: %s", told["key"], error)
