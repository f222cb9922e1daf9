"""Renders a sample in a format and style, reads it back, and compares with the plain text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline import journey, read
from pipeline.files import discover
from pipeline.records import Failure, Result
from pipeline.settings import DEFAULT
from tests.formats import html, pdf, word
from tests.formats.agreement import Agreement, Facts, agreement, facts
from tests.formats.document import Element, elements

_RENDER: dict[str, Callable[[list[Element], str], bytes]] = {
    "html": html.html,
    "pdf": pdf.pdf,
    "docx": word.docx,
}
_MARKER = re.compile(r"^(?:(?:[•·▪>*–-]|\d{1,2}[.)]?) )?(?=\S)")
FORMATS = (
    *(("html", style) for style in html.STYLES),
    *(("pdf", style) for style in pdf.STYLES),
    *(("docx", style) for style in word.STYLES),
)


@dataclass(frozen=True)
class Reading:
    """A sample in one format and style, beside its plain text.

    Attributes:
        sample: The report's file name.
        kind: 'html', 'pdf' or 'docx'.
        agreed: None if the rendering was not read.
        reason: Why it was not.
        lines: Share of the sample's elements that came out whole, one a line.
        broken: Those that did not.
    """

    sample: str
    kind: str
    style: str
    layout: str
    n_sections: int
    n_mentions: int
    n_rankings: int
    agreed: Agreement | None
    reason: str = ""
    lines: float = 0.0
    broken: tuple[str, ...] = ()


def samples(folder: Path) -> list[Path]:
    """The plain-text reports of a folder."""
    return sorted(folder.glob("*.txt"))


def fits(layout: str, kind: str, style: str) -> bool:
    """Whether a style is meant for a layout: decks are printed as slides, and nothing else is."""
    return kind != "pdf" or (layout == "deck") == (style == "slides")


def layout_of(sample: Path) -> str:
    """The layout that the journey sees in the plain text."""
    return _reference(sample, _text(sample))[1]


def reading(sample: Path, kind: str, style: str, folder: Path) -> Reading:
    """Write the rendering to `folder`, read it, compare it with the sample's plain text."""
    text = _text(sample)
    if kind == "pdf":
        text = pdf.printable(text, style)
    wanted, layout = _reference(sample, text)
    place = folder / f"{kind}-{style}-{sample.stem}"
    place.mkdir(parents=True, exist_ok=True)
    rendered = _elements(text, sample.name)
    (place / f"{sample.stem}.{kind}").write_bytes(_RENDER[kind](rendered, style))
    found = _read(place)
    counts = (len(wanted.sections), wanted.mentions.total(), wanted.rankings.total())
    if isinstance(found, Failure):
        return Reading(sample.name, kind, style, layout, *counts, None, found.reason)
    broken = _broken(rendered, found.report.text)
    whole = 1 - len(broken) / len(rendered)
    agreed = agreement(wanted, facts(found))
    return Reading(sample.name, kind, style, layout, *counts, agreed, "", whole, broken)


def readings(folder: Path, place: Path) -> Iterator[Reading]:
    """Every sample of `folder` in every style that fits it; renderings go to `place`."""
    for sample in samples(folder):
        for kind, style in FORMATS:
            if fits(layout_of(sample), kind, style):
                yield reading(sample, kind, style, place)


def _broken(rendered: list[Element], text: str) -> tuple[str, ...]:
    """The elements that are no line of their own in the canonical text."""
    left = Counter(map(_bare, text.split("\n")))
    broken = []
    for element in rendered:
        words = _bare(element.text)
        if left[words] <= 0:
            broken.append(words)
        left[words] -= 1
    return tuple(broken)


def _bare(line: str) -> str:
    """Without bullet or number, white space as one blank, apostrophes alike."""
    words = " ".join(line.replace("’", "'").split())
    return _MARKER.sub("", words) or words


def _text(sample: Path) -> str:
    return sample.read_text("utf-8-sig")


@cache
def _elements(text: str, name: str) -> list[Element]:
    return elements(text, name)


def _read(place: Path) -> Result | Failure:
    """The journey of the only file in a folder."""
    (source,) = discover(place)
    return journey.travel(source)


@cache
def _reference(sample: Path, text: str) -> tuple[Facts, str]:
    """What the journey finds in the plain text, and the layout it sees."""
    source = next(s for s in discover(sample.parent) if s.path == sample)
    result = journey.process(replace(read.read(source, DEFAULT), text=text))
    return facts(result), result.outline.layout
