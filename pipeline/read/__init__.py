"""bytes -> Report: tell the type of a file, read it, fix the canonical text and its marks.

Plain text is the decoded file itself; of all other formats the canonical text is what a reader
finds, one part a line.
"""

import hashlib
from collections.abc import Sequence
from itertools import islice

from pipeline import languages
from pipeline.files import Source
from pipeline.read.guard import GUARD
from pipeline.read.markdown import is_markdown
from pipeline.read.media import MARKDOWN, TEXT, UNKNOWN, advice, media_type
from pipeline.read.parse import READERS, too_long
from pipeline.read.parts import Content, assemble
from pipeline.read.text import decode
from pipeline.records import Failure, Mark, Report, Unavailable, Unreadable
from pipeline.settings import Settings

_HEAD = 1_000_000  # bytes by which the type of a quarantined file is told
_SURE = 0.25  # probability from which on a language is told at all


def read(source: Source, settings: Settings) -> Report:
    """Read one file.

    Raises:
        Unreadable: If it cannot be read, with the reason.
    """
    if source.size > settings.max_bytes:
        raise Unreadable(
            f"The file has {source.size / 1e6:.1f} MB,"
            f" the limit is {settings.max_bytes / 1e6:.1f} MB;"
            " split it or raise the limit (--set max_bytes=…)."
        )
    data = _bytes(source)
    kind = media_type(data)
    try:
        return _report(source, kind, data, settings)
    except Unreadable as error:
        error.media_type = error.media_type or kind
        raise


def _report(source: Source, kind: str, data: bytes, settings: Settings) -> Report:
    text = decode(data) if kind == TEXT else ""
    if text:
        _check(text, settings)
        kind = MARKDOWN if is_markdown(text) else TEXT
    content, marks = Content(()), tuple[Mark, ...]()
    if kind != TEXT:
        content = _content(kind, data, settings)
        text, marks = assemble(content.parts)
    _check(text, settings)
    return Report(
        document_id=source.document_id,
        source=source.name,
        sha256=source.sha256,
        media_type=kind,
        text=text,
        language=_english(_said(text, marks), settings),
        n_pages=content.n_pages,
        n_empty_pages=content.n_empty_pages,
        slides=content.slides,
        marks=marks,
    )


def _said(text: str, marks: Sequence[Mark]) -> str:
    """What the report itself says; menus and notices may be in the language of the site."""
    kept = [text[m.start : m.end] for m in marks if m.kind != "boilerplate"]
    return "\n".join(kept) or text


def _bytes(source: Source) -> bytes:
    try:
        with source.path.open("rb") as file:
            data = file.read(source.size + 1)  # a file that has grown is not read whole
    except OSError as error:
        raise Unavailable(f"The file cannot be opened: {error.strerror}.") from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise Unavailable("The file changed while it was read; run again.")
    return data


def _content(kind: str, data: bytes, settings: Settings) -> Content:
    if kind not in READERS:
        raise Unreadable(f"The content is {kind}, which is not read; {advice(kind)}.")
    return GUARD.parse(kind, data, settings)


def failure(
    source: Source, reason: str, *, error: Unreadable | None = None, passing: bool = False
) -> Failure:
    """The quarantine record of a file, which may be gone or unreadable by now.

    Args:
        error: What was raised, if it knows more than the reason.
        passing: Whether another time it may be read.
    """
    return Failure(
        document_id=source.document_id,
        source=source.name,
        sha256=source.sha256,
        media_type=(error and error.media_type) or _type_on_disk(source),
        reason=reason,
        language=getattr(error, "language", None),
        passing=passing or isinstance(error, Unavailable),
    )


def _type_on_disk(source: Source) -> str:
    try:
        with source.path.open("rb") as file:
            return media_type(file.read(_HEAD))
    except OSError:
        return UNKNOWN


class Foreign(Unreadable):
    """A text in another language than English."""

    def __init__(self, reason: str, language: str) -> None:
        """Keep the ISO 639-1 code of the language beside the reason."""
        super().__init__(reason)
        self.language = language


def _check(text: str, settings: Settings) -> None:
    letters = islice(filter(str.isalpha, text), settings.min_letters)
    if sum(1 for _ in letters) < settings.min_letters:
        raise Unreadable("The file holds no text, or hardly any.")
    if len(text) > settings.max_chars:
        raise Unreadable(too_long(len(text), settings))
    longest = max(map(len, text.split("\n")))
    if longest > settings.max_line_chars:
        raise Unreadable(
            f"A line has {longest:,} characters, the limit is {settings.max_line_chars:,}; the line"
            " breaks seem lost: save the report again with its paragraphs."
        )


def _english(text: str, settings: Settings) -> str:
    code, probability, english = languages.language(text)
    if probability >= _SURE and english < settings.min_english:
        raise Foreign(f"The language looks like {code!r}, only English is read.", code)
    return "en"
