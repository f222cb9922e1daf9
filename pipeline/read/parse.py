"""Media type and bytes -> parts: the readers of all formats but plain text."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.read import media
from pipeline.read.contents import contents_apart
from pipeline.read.parts import Content
from pipeline.records import Unreadable
from pipeline.settings import Settings

Reader = Callable[[bytes, Settings], Content]


def parse(kind: str, data: bytes, settings: Settings) -> Content:
    """The parts of a file of the media type `kind`.

    Raises:
        Unreadable: If it cannot be read, with the reason.
    """
    content = READERS[kind](data, settings)
    content = replace(content, parts=contents_apart(content.parts))
    n_chars = sum(len(part.text) for part in content.parts)
    if n_chars > settings.max_chars:
        raise Unreadable(too_long(n_chars, settings))
    return content


def too_long(n_chars: int, settings: Settings) -> str:
    """Why a text is not read."""
    return (
        f"The text has {n_chars:,} characters, the limit is {settings.max_chars:,};"
        " split it or raise the limit (--set max_chars=…)."
    )


def _html(data: bytes, _: Settings) -> Content:
    from pipeline.read.web import decode_html, html

    return html(decode_html(data))


def _mhtml(data: bytes, _: Settings) -> Content:
    from pipeline.read.archive import mhtml
    from pipeline.read.web import decode_html, html

    page, charset = mhtml(data)
    return html(decode_html(page, charset))


def _markdown(data: bytes, _: Settings) -> Content:
    from pipeline.read.markdown import markdown
    from pipeline.read.text import decode
    from pipeline.read.web import html

    return html(markdown(decode(data)))


def _pdf(data: bytes, settings: Settings) -> Content:
    from pipeline.read.pdf import pdf

    return pdf(data, max_pages=settings.max_pages)


def _word(data: bytes, settings: Settings) -> Content:
    from pipeline.read.word import word

    return word(data, max_expanded_bytes=settings.max_expanded_bytes)


READERS: dict[str, Reader] = {
    media.HTML: _html,
    media.MHTML: _mhtml,
    media.MARKDOWN: _markdown,
    media.PDF: _pdf,
    media.WORD: _word,
}
