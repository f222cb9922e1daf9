"""A dataset as a release that can be cited: data, codebook, citation, accuracy, checksums.

The folder is written whole beside its place, checked there by other tools (`gate`), and only then
renamed. The same dataset and the same words give the same bytes.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline import codebook
from pipeline.commit import locked, recover, unfinished
from pipeline.release import accuracy, changes, citation, croissant, manifest, package, pages
from pipeline.release.about import About
from pipeline.release.accuracy import Accuracy
from pipeline.release.changes import Since
from pipeline.release.data import tables, write
from pipeline.release.gate import check_release, check_tools, is_release
from pipeline.validate import check_place
from pipeline.write import DATABASE

__all__ = ["About", "Accuracy", "check_release", "is_release", "release"]


def release(
    out: Path,
    folder: Path,
    about: About,
    *,
    figures: Accuracy | None = None,
    since: Path | None = None,
) -> dict[str, int]:
    """Make a release of the dataset `out` in `folder`, all or none.

    Args:
        figures: Its accuracy, where it was measured.
        since: An earlier release, or dataset, to compare with.

    Returns:
        Rows a table.

    Raises:
        Broken: If the dataset, or the release made of it, is not sound.
        Busy: If a run is writing to the dataset.
        ValueError: If `out` is no dataset, `folder` holds something else, `since` is no release, or
            a tool is missing.
        OSError: If files cannot be read or written.
    """
    check_tools()
    if not out.is_dir():
        raise ValueError(f"{out} is not a folder")
    if is_release(out):
        raise ValueError(f"{out} is a release already; name the dataset that it was made of")
    earlier = changes.since(since) if since else None
    with _draft(folder) as draft:
        with _held(out):
            check_place(out)
            write(out, draft, texts=about.texts)
        n_rows = _describe(draft, about, figures or Accuracy(), earlier)
        check_release(draft)
        _put(draft, folder)
    return n_rows


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """An empty folder beside the release's place, on the same disk, which is gone afterwards."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.parent / f".{folder.name}.draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _held(out: Path) -> Iterator[None]:
    """Keep runs from changing the dataset; where nobody may write to it, none will."""
    with locked(out) if os.access(out, os.W_OK | os.X_OK) else nullcontext():
        if unfinished(out):
            recover(out)
        yield


def _describe(
    draft: Path, about: About, figures: Accuracy, earlier: Since | None
) -> dict[str, int]:
    """Write everything that is not data."""
    kept = tables(texts=about.texts)
    n_rows = {t.name: pq.read_metadata(draft / f"{t.name}.parquet").num_rows for t in kept}
    names = [t.name + suffix for t in kept for suffix in (".csv", ".parquet")]
    hashes = manifest.hashes(draft, [*names, DATABASE])
    _json(draft / package.NAME, package.datapackage(about, draft, kept, n_rows, hashes))
    _json(draft / croissant.NAME, croissant.croissant(about, draft, kept, hashes))
    _json(draft / accuracy.NAME, figures.as_dict())
    _text(draft / citation.NAME, citation.citation(about))
    _text(draft / "CODEBOOK.md", pages.codebook_page(about, kept))
    _text(draft / "codebook.csv", codebook.lines(kept))
    _text(draft / "LICENSE.md", pages.license_notes(about))
    _text(draft / "README.md", pages.readme(about, n_rows, figures))
    _text(draft / changes.NAME, changes.changelog(about, draft, n_rows, earlier))
    manifest.write(draft)
    return n_rows


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _json(path: Path, value: dict[str, Any]) -> None:
    _text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _put(draft: Path, folder: Path) -> None:
    """Rename the draft into place, unless the same release is there."""
    if folder.exists():
        if not folder.is_dir() or any(folder.iterdir()):
            _same(draft, folder)
            return
        folder.rmdir()
    draft.rename(folder)


def _same(draft: Path, folder: Path) -> None:
    """Make sure that a release is there to the last byte.

    Raises:
        ValueError: If something else is there.
    """
    if not folder.is_dir() or not is_release(folder):
        raise ValueError(f"{folder} is there and is no release; name another place with --to")
    differs = manifest.read(folder) != manifest.read(draft)
    if differs or any(manifest.problems(folder)):
        raise ValueError(
            f"{folder} is another release already; give this one a new --version or place (--to)"
        )
