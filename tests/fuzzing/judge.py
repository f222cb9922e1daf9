"""What may become of any file: sound records with a full ledger, or a reason for a person."""

import hashlib
import re
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from pipeline import journey, layout, read, tables, visible
from pipeline.check import check
from pipeline.files import Source
from pipeline.records import Failure, Quote, Report, Result, Span, Unreadable
from pipeline.settings import DEFAULT

# Small files: what takes longer than this is a finding.
SETTINGS = replace(DEFAULT, max_read_seconds=20, max_seconds=60)
_SENTENCE = re.compile(r"[A-Z].*[^\W_].*\.", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST = 500  # characters of a reason
# Quarantined in words that hide a defect, or that the file took too much time or memory.
_SUSPECT = re.compile(
    r"cannot be read \(\w*(?:Error|Exception|Warning|Interrupt|Iteration)\b|broke down|takes longer"
)

Status = Literal["ok", "quarantined", "failed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one input.

    Attributes:
        words: The reason of a quarantine, the problem of a failure.
        seconds: For the whole.
        suspect: Whether a quarantine looks like a defect of a reader.
    """

    status: Status
    words: str
    seconds: float
    suspect: bool = False


def judge(data: bytes, name: str, *, whole: bool) -> Verdict:
    """Take a file through reading and layout, or through the whole journey, and look at it."""
    begin = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        source = Source(path, name, hashlib.sha256(data).hexdigest(), len(data))
        status, words = _judged(source, whole=whole)
    suspect = status == "quarantined" and _SUSPECT.search(words) is not None
    return Verdict(status, words, perf_counter() - begin, suspect)


def _judged(source: Source, *, whole: bool) -> tuple[Status, str]:
    try:
        outcome = _travelled(source) if whole else _outlined(source)
    except Unreadable as error:
        outcome = read.failure(source, str(error))
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        return "failed", traceback.format_exc()
    if isinstance(outcome, Failure):
        problem = reason_problem(outcome.reason)
        return ("failed", problem) if problem else ("quarantined", outcome.reason)
    problems = list(result_problems(outcome))
    return ("failed", "\n".join(problems)) if problems else ("ok", "")


def _travelled(source: Source) -> Result | Failure:
    """The whole journey, and the contract of its tables."""
    outcome = journey.travel(source, SETTINGS)
    if isinstance(outcome, Result):
        frames = tables.unpublished(tables.assemble([outcome]))
        check(frames, {outcome.report.document_id: outcome.report.text})
    return outcome


def _outlined(source: Source) -> Result:
    """Reading and layout alone, which is fast."""
    return outlined(read.read(source, SETTINGS))


def outlined(report: Report) -> Result:
    """The blocks of a report, and nothing else."""
    seen = visible.view(report.text)
    if seen is None:
        return _blocks(report)
    shown = replace(report, text=seen.text, marks=tuple(seen.marks(report.marks)))
    return visible.restore(_blocks(shown), seen)


def _blocks(report: Report) -> Result:
    found = layout.outline(report.text, report.source, report.marks, slides=report.slides)
    return Result(report=report, outline=found)


def reason_problem(reason: str) -> str:
    """What is wrong with the words of a quarantine; nothing if they are a sentence."""
    if "internal error" in reason.lower():
        return f"a defect became a quarantine: {reason}"
    if not _SENTENCE.fullmatch(reason) or len(reason.split()) < 4:
        return f"the reason is no sentence: {reason!r}"
    if len(reason) > _LONGEST:
        return f"the reason has {len(reason)} characters: {reason[:200]!r}"
    if odd := _CONTROL.search(reason):
        return f"the reason holds {odd[0]!r}: {reason!r}"
    return ""


def result_problems(result: Result) -> Iterator[str]:
    """What breaks the ledger: lost characters, offsets outside, quotes that do not quote."""
    text = result.report.text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        yield f"the text cannot be written: {error}"
    try:
        layout.check_tiling(text, result.outline.blocks)
    except AssertionError as error:
        yield str(error)
    for span in _spans(replace(result, report=replace(result.report, marks=()))):
        if span.end > len(text):
            yield f"outside of the text: {span}"
        elif isinstance(span, Quote) and span.of(text) != span.text:
            yield f"does not quote {span.of(text)!r}: {span}"


def _spans(record: Any) -> Iterator[Span]:
    """All spans in a record."""
    if isinstance(record, Span):
        yield record
    if isinstance(record, tuple):
        for each in record:
            yield from _spans(each)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from _spans(getattr(record, field.name))
