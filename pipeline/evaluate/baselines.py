"""What simple programs reach: known names only; the most named country of each stretch.

Sections are also cut by TextTiling (Hearst 1997, through NLTK) and named by the package
country-named-entity-recognition, where these are installed: `pip install "govtable[baselines]"`.
"""

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.evaluate.scores import Spans
from pipeline.evidence import hits, tally
from pipeline.extract.classifier import pipeline
from pipeline.extract.found import without_overlaps
from pipeline.extract.reference import known_names
from pipeline.records import Block, Result, Segment
from pipeline.years import find_years


def names(result: Result) -> Spans:
    """Names of `reference/` and four-digit years, nothing learned."""
    text = result.report.text
    spans: set[tuple[int, int, str]] = set()
    for block in result.outline.blocks:
        doc = pipeline().make_doc(block.of(text).replace("\n", " "))
        found = without_overlaps(known_names(doc, block.start, None))
        spans |= {(f.start, f.end, f.label) for f in found}
        spans |= {
            (block.start + y.start, block.start + y.end, "YEAR") for y in find_years(doc.text)
        }
    return spans


Name = Callable[[str], str | None]


def segmenters() -> dict[str, Callable[[Result], list[Segment]]]:
    """The baselines for country sections whose packages are installed, by name."""
    found: dict[str, Callable[[Result], list[Segment]]] = {"most named": segments}
    if importlib.util.find_spec("nltk"):
        found["TextTiling"] = _tiled
    if importlib.util.find_spec("country_named_entity_recognition"):
        found["country-ner"] = _packaged
    return found


def segments(result: Result) -> list[Segment]:
    """Paragraphs joined while the country that each names most stays the same."""
    text = result.report.text
    return _joined([(b.start, b.end) for b in _body(result)], text, _most_named)


def _packaged(result: Result) -> list[Segment]:
    """… with the countries that country-named-entity-recognition finds."""
    text = result.report.text
    return _joined([(b.start, b.end) for b in _body(result)], text, _finder())


def _tiled(result: Result) -> list[Segment]:
    """Paragraphs joined by TextTiling, each stretch with the country that it names most."""
    from nltk.tokenize import TextTilingTokenizer

    text = result.report.text
    blocks = _body(result)
    paragraphs = "\n\n".join(b.of(text).replace("\n", " ") for b in blocks)
    tiler = TextTilingTokenizer(stopwords=sorted(STOP_WORDS))
    try:
        tiles = tiler.tokenize(paragraphs)
    except ValueError:  # too short to tile
        tiles = [paragraphs]
    spans, at = [], 0
    for tile in tiles:
        size = sum(1 for part in tile.split("\n\n") if part.strip())
        if size and at < len(blocks):
            last = min(at + size, len(blocks)) - 1
            spans.append((blocks[at].start, blocks[last].end))
            at = last + 1
    return _joined(spans, text, _most_named)


def _body(result: Result) -> list[Block]:
    skipped = ("title", "question", "tier_statement", "score", "scale", "boilerplate")
    return [b for b in result.outline.blocks if b.role not in skipped]


def _most_named(words: str) -> str | None:
    named = tally(h for h in hits(words) if h.kind in ("name", "adjective"))
    return max(sorted(named), key=lambda iso3: named[iso3], default=None)


def _finder() -> Name:
    from country_named_entity_recognition import find_countries

    def most_named(words: str) -> str | None:
        counted: Counter[str] = Counter(c.alpha_3 for c, _ in find_countries(words))
        return max(sorted(counted), key=lambda iso3: counted[iso3], default=None)

    return most_named


def _joined(spans: Iterable[tuple[int, int]], text: str, name: Name) -> list[Segment]:
    """Stretches joined while the country stays the same; one that names none goes on."""
    found: list[Segment] = []
    for start, end in spans:
        country = name(text[start:end]) or (found[-1].country if found else None)
        if found and found[-1].country == country:
            start = found.pop().start
        found.append(
            Segment(
                start=start,
                end=end,
                country=country,
                country_method="evidence",
                country_confidence=0.0,
            )
        )
    return found
