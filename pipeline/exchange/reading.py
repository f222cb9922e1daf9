"""Which format a file has, and the documents in it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.exchange import cas, label_studio
from pipeline.exchange.annotated import Annotated

_SUFFIXES = (".json", ".xmi")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: documents, and the names of tasks that nobody annotated."""

    documents: tuple[Annotated, ...]
    left_out: tuple[str, ...] = ()


def read(path: Path) -> Found | None:
    """The documents of a file, or of all files in a folder and the folders in it.

    Returns:
        None if no file is of a format that is known here.

    Raises:
        ValueError: If one cannot be understood, or some files are of these formats and others not.
        OSError: If one cannot be read.
    """
    if not path.is_dir():
        return _file(path, path.name)
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    found = {file: _file(file, file.relative_to(path).as_posix()) for file in files}
    known = [each for each in found.values() if each is not None]
    if not known:
        return None
    for file, each in found.items():
        if each is None:
            raise ValueError(
                f"{file} is neither Label Studio's nor a CAS, as others there are; move it away"
            )
    return Found(
        tuple(document for each in known for document in each.documents),
        tuple(name for each in known for name in each.left_out),
    )


def _file(path: Path, name: str) -> Found | None:
    if path.suffix.lower() == ".xmi":
        return Found((cas.from_xmi(path, name),))
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = json.loads(text)
    except (
        ValueError,
        RecursionError,
    ):  # whoever reads the format that it has, says what is wrong with it
        return None
    if isinstance(data, dict) and "%FEATURE_STRUCTURES" in data:
        return Found((cas.from_json(text, name),))
    found = data if isinstance(data, list) else [data]
    if found and all(map(_is_task, found)):
        documents, left_out = label_studio.read(found, name)
        return Found(tuple(documents), tuple(left_out))
    return None


def _is_task(data: Any) -> bool:
    """Whether it is a task of Label Studio, if only a damaged one or of JSON-MIN."""
    return isinstance(data, dict) and bool(
        data.keys() >= {"data", "annotations"}
        or data.keys() >= {"data", "predictions"}
        or data.keys() >= {"id", "text", "annotator"}
    )
