"""Documents as the files that a tool imports."""

import json
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Literal, get_args

from pipeline.exchange import cas, label_studio, labelling
from pipeline.exchange.annotated import Annotated

Format = Literal["label-studio", "cas"]
FORMATS: tuple[Format, ...] = get_args(Format)
_TASKS_A_FILE = 200  # Label Studio refuses large files


def write(
    documents: Iterable[Annotated], folder: Path, form: Format, *, finished: bool = False
) -> int:
    """Write documents, and what tells the tool of our labels, into an empty or new folder.

    Args:
        finished: Whether the annotations are a person's own, not to be corrected (Label Studio).

    Returns:
        Number of documents.

    Raises:
        ValueError: If the folder has files in it, or a library is missing.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty; choose another folder or empty it")
    n = 0
    for name, text, held in _cas(documents) if form == "cas" else _tasks(documents, finished):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        n += held
    return n


def _tasks(documents: Iterable[Annotated], finished: bool) -> Iterator[tuple[str, str, int]]:
    """Names and contents of Label Studio's files, and the number of documents in each."""
    yield "labelling.xml", labelling.configuration(), 0
    left = iter(documents)
    for number in count(1):
        tasks = label_studio.tasks(islice(left, _TASKS_A_FILE), finished=finished)
        if not tasks:
            break
        text = json.dumps(tasks, ensure_ascii=False, indent=1)
        yield f"tasks-{number:04d}.json", f"{text}\n", len(tasks)


def _cas(documents: Iterable[Annotated]) -> Iterator[tuple[str, str, int]]:
    yield "typesystem.xml", cas.type_system_xml(), 0
    for number, document in enumerate(documents, start=1):
        name = document.document_id or f"document-{number:04d}"
        yield f"{name}.json", cas.to_json(document), 1
