"""Label Studio's tasks: JSON as it imports and exports it.

Label Studio counts code points, as we do. Early versions counted UTF-16 code units; a task
whose quoted words fit only those is read so.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

from pipeline.corrections import NONE
from pipeline.exchange.annotated import Annotated, Annotation, Kind, span
from pipeline.normalise import country
from pipeline.records import LABELS

Task = dict[str, Any]
TEXT, NAME, PART = "text", "name", "part"  # names of the tags
PARTS: dict[str, Kind] = {"SECTION": "segment", "RANKING": "ranking"}
_SPACES = re.compile(r"(?:\\n|\s)+")  # some versions write a line's end as two characters


def tasks(documents: Iterable[Annotated], *, finished: bool = False) -> list[Task]:
    """A task a document.

    Args:
        finished: Whether the annotations are a person's own; else they are predictions, which a
            person is to correct.
    """
    return [_task(document, finished) for document in documents]


def _task(document: Annotated, finished: bool) -> Task:
    known = {"document_id": document.document_id, "sha256": document.sha256}
    told = {name: value for name, value in known.items() if value is not None}
    results = [part for i, a in enumerate(_marks(document)) for part in _results(a, i, document)]
    data = {"text": document.text, "source": document.source} | told
    if finished:
        return {"data": data, "annotations": [{"result": results}]}
    return {"data": data, "predictions": [{"model_version": "govtable", "result": results}]}


def _marks(document: Annotated) -> Iterator[Annotation]:
    """What is marked; the placements of a sentence are one mark."""
    yield from document.of_kind("segment")
    yield from document.of_kind("mention")
    sentences: dict[tuple[int, int], list[Annotation]] = {}
    for ranking in document.of_kind("ranking"):
        sentences.setdefault((ranking.start, ranking.end), []).append(ranking)
    for (start, end), group in sentences.items():
        said = {str(i): _said(ranking) for i, ranking in enumerate(group, start=1)}
        yield Annotation(kind="ranking", start=start, end=end, notes=said)


def _said(a: Annotation) -> str:
    words = {**a.told, **a.notes}
    return ", ".join(f"{name} {value}" for name, value in words.items() if value != NONE)


def _results(a: Annotation, number: int, document: Annotated) -> Iterator[Task]:
    place: Task = {"start": a.start, "end": a.end}
    common: Task = {"id": f"{a.kind}{number}", "to_name": TEXT}
    label = a.label or next(name for name, kind in PARTS.items() if kind == a.kind)
    said = list(a.notes.values()) if a.kind == "ranking" else [_said(a)]
    found: Task = common | {
        "from_name": NAME if a.kind == "mention" else PART,
        "type": "labels",
        "value": place | {"labels": [label]},
        "meta": {"text": said},
    }
    if a.kind == "mention":
        found["value"]["text"] = a.of(document.text)
        found["meta"] |= a.told
    if "confidence" in a.notes:
        found["score"] = float(a.notes["confidence"])
    yield found
    for name in ("country", "tier"):
        if a.kind == "segment" and a.told.get(name, NONE) != NONE:
            value = place | {"choices": [a.told[name]]}
            yield common | {"from_name": name, "type": "choices", "value": value}


def read(found: Iterable[Any], name: str) -> tuple[list[Annotated], list[str]]:
    """The documents that a person annotated, and the names of the tasks that nobody did.

    Raises:
        ValueError: If a task cannot be understood; the message names it.
    """
    documents: list[Annotated] = []
    left_out: list[str] = []
    for number, task in enumerate(found, start=1):
        place = f"{name}, task {task.get('id', number) if isinstance(task, dict) else number}"
        results = _annotated(task, place)
        if results is None:
            left_out.append(place)
        else:
            documents.append(_document(task["data"], results, place))
    return documents, left_out


def _annotated(task: Any, name: str) -> list[Task] | None:
    """The results that one person left; None if nobody annotated the task."""
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        raise ValueError(f"{name} has no data; export the project as JSON, not as JSON-MIN")
    told = task.get("annotations")
    given = [a for a in told if isinstance(a, dict)] if isinstance(told, list) else []
    done = [a for a in given if not a.get("was_cancelled")]
    chosen = [a for a in done if a.get("ground_truth")] or done
    if len(chosen) > 1:
        raise ValueError(
            f"{name} has {len(chosen)} annotations; delete all but one, or mark one as ground truth"
        )
    if not chosen:
        return None
    results = chosen[0].get("result")
    if not isinstance(results, list) or not all(isinstance(r, dict) for r in results):
        raise ValueError(f"{name}: its annotation has no list of results")
    for result in results:
        _check(result, name)
    return results


def _check(result: Task, name: str) -> None:
    """Whether a result has what its type has: a value with the words that were chosen."""
    kind, value = result.get("type"), result.get("value")
    if kind == "relation":
        return
    if kind not in ("labels", "choices"):
        raise ValueError(f"{name}: results of type {kind!r} mean nothing here")
    if not isinstance(value, dict):
        raise ValueError(f"{name}: a result has no value")
    chosen = value.get(kind, [])
    if not isinstance(chosen, list) or not all(isinstance(word, str) for word in chosen):
        raise ValueError(f"{name}: {chosen!r} is no list of {kind}")


def _document(data: Task, results: list[Task], name: str) -> Annotated:
    text = data.get(TEXT)
    if not isinstance(text, str):
        raise ValueError(f"{name} has no text in data.{TEXT}")
    marks = [r for r in results if r.get("type") == "labels"]
    choices = _choices(results, name)
    at = _offsets(text, marks, name)
    return Annotated(
        name=name,
        text=text,
        annotations=tuple(_annotation(mark, choices, at, name) for mark in marks),
        document_id=_string(data.get("document_id")),
        source=_string(data.get("source")),
        sha256=_string(data.get("sha256")),
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _choices(results: list[Task], name: str) -> dict[tuple[str, str], str]:
    """What was chosen for a mark, by its id and the name of the choice."""
    found = {}
    for result in results:
        if result.get("type") == "choices":
            chosen = result["value"].get("choices") or [NONE]
            if len(chosen) > 1:
                raise ValueError(f"{name}: {' and '.join(chosen)} are chosen for one section")
            found[str(result.get("id")), str(result.get("from_name"))] = chosen[0]
    return found


def _annotation(
    mark: Task,
    choices: dict[tuple[str, str], str],
    at: Callable[[int], int],
    name: str,
) -> Annotation:
    value = mark["value"]
    labels = value.get("labels") or ["nothing"]
    label = labels[0]
    if len(labels) > 1 or (label not in LABELS and label not in PARTS):
        raise ValueError(
            f"{name}: {' and '.join(map(str, labels))!r} at {value['start']}:{value['end']} is no"
            f" label; there are {', '.join((*LABELS, *PARTS))}"
        )
    start, end = at(value["start"]), at(value["end"])
    kind = PARTS.get(label, "mention")
    if kind == "mention":
        meta = mark.get("meta")
        said = meta if isinstance(meta, dict) else {}
        told = {k: said[k] for k in ("entity", "country") if isinstance(said.get(k), str)}
        return Annotation(kind=kind, start=start, end=end, label=label, notes=told)
    if kind == "ranking":
        return Annotation(kind=kind, start=start, end=end)
    chosen = choices.get((str(mark.get("id")), "country"), NONE)
    told = {
        "country": country(chosen) or chosen,
        "tier": choices.get((str(mark.get("id")), "tier"), NONE),
    }
    return Annotation(kind=kind, start=start, end=end, told=told)


def _offsets(text: str, marks: list[Task], name: str) -> Callable[[int], int]:
    """What turns the offsets of a task into code points; the quoted words say which they are."""
    for mark in marks:
        value = mark["value"]
        span(name, value.get("start"), value.get("end"))
    units = [0, *accumulate(2 if c > "\uffff" else 1 for c in text)]

    def code_point(offset: int) -> int:
        return min(bisect_left(units, offset), len(text))

    first = _misfit(text, marks, lambda offset: offset)
    if first is None:
        return lambda offset: offset
    if units[-1] > len(text) and _misfit(text, marks, code_point) is None:
        return code_point
    value = first["value"]
    there = text[value["start"] : value["end"]]
    raise ValueError(
        f"{name}: {value['start']}:{value['end']} is {there!r} in the text, not {value['text']!r};"
        " import the task into the tool anew and annotate it there"
    )


def _misfit(text: str, marks: list[Task], at: Callable[[int], int]) -> Task | None:
    """The first name that does not stand where it quotes from; tools shorten longer quotes."""
    for mark in marks:
        value = mark["value"]
        quote = value.get("text")
        there = text[at(value["start"]) : at(value["end"])]
        name = set(value.get("labels") or ()) & set(LABELS)
        if name and isinstance(quote, str) and _plain(there) != _plain(quote):
            return mark
    return None


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip()
