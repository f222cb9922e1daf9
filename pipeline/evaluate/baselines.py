"""What simple programs reach: known names only; the most named country of each stretch.

Sections are also cut by TextTiling (Hearst 1997, through NLTK) and named by the package
country-named-entity-recognition, where these are installed: the extra `baselines`.
"""

import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Iterable

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language

from pipeline.evaluate.scores import Spans
from pipeline.evidence import hits, tally
from pipeline.extract.reading import tokenizer
from pipeline.extract.reference import known
from pipeline.extract.words import Sentence
from pipeline.records import Block, Result, Segment
from pipeline.years import find_years


def names(result: Result) -> Spans:
    """Names of `reference/` and four-digit years, nothing learned."""
    text = result.report.text
    spans: set[tuple[int, int, str]] = set()
    for block in result.outline.blocks:
        sentence = Sentence(tokenizer().make_doc(block.of(text).replace("\n", " ")))
        taken = 0
        found = [k for k in known(sentence) if k.label != "not"]
        for name in sorted(found, key=lambda k: (k.start, -k.end)):
            if name.start >= taken:
                start, end = sentence.starts[name.start], sentence.ends[name.end - 1]
                spans.add((block.start + start, block.start + end, name.label))
                taken = name.end
        spans |= {
            (block.start + y.start, block.start + y.end, "YEAR") for y in find_years(sentence.text)
        }
    return spans


# What the entity types of spaCy's English models (OntoNotes 5) come nearest to.
_TYPES = {"ORG": "AGENCY", "LAW": "LAW", "PRODUCT": "PLATFORM", "WORK_OF_ART": "STRATEGY"}
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def off_the_shelf(nlp: Language, result: Result) -> Spans:
    """The entities of a spaCy model under our labels, articles cut, years out of dates."""
    text = result.report.text
    spans: set[tuple[int, int, str]] = set()
    blocks = result.outline.blocks
    docs = nlp.pipe(block.of(text).replace("\n", " ") for block in blocks)
    for block, doc in zip(blocks, docs, strict=True):
        for entity in doc.ents:
            start = block.start + entity.start_char
            if label := _TYPES.get(entity.label_):
                article = _ARTICLE.match(entity.text)
                cut = article.end() if article else 0
                spans.add((start + cut, block.start + entity.end_char, label))
            elif entity.label_ == "DATE":
                for year in _YEAR.finditer(entity.text):
                    spans.add((start + year.start(), start + year.end(), "YEAR"))
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
