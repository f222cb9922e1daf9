"""Words a second of the journey, the share of each stage, and how segmentation grows.

`make bench`: each report is processed once to load models, then three times with no sentence
remembered; the medians are summed. Where the spaCy model en_core_web_md is installed, its full
pipeline reads the same texts. Then a second edition of a page, in which a sentence of every third
paragraph is new, is read after the first. Then pages of 25 to 200 sections without headings are
segmented, each section about another country.
"""

import resource
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import median

from pipeline import citations, extract, knowledge, layout, link, read, segment, tiers
from pipeline.evidence import hits
from pipeline.extract import reading
from pipeline.files import Source, discover
from pipeline.generator import ComparativePage, Section, corpus, ordered, statements
from pipeline.journey import whole_country
from pipeline.models import off_the_shelf as model_named
from pipeline.rankings import finder
from pipeline.records import Unreadable
from pipeline.settings import DEFAULT

ROUNDS = 3


def stages(source: Source) -> tuple[int, dict[str, float]]:
    """Number of words of a report, and seconds spent in each stage."""
    seconds: dict[str, float] = {}
    at = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal at
        now = time.perf_counter()
        seconds[name] = now - at
        at = now

    reading.read.cache_clear()
    report = read.read(source, DEFAULT)
    lap("read")
    text = report.text
    outline = layout.outline(text, report.source)
    lap("layout")
    statements = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, statements)
    lap("tiers")
    segments = segment.segments(outline, text, statements, report.source)
    lap("segment")
    mentions = extract.mentions(outline, text, segments)
    lap("extract")
    mentions = link.resolve(mentions, text, segments, whole_country(segments))
    lap("link")
    finder.find(outline, text, segments, mentions)
    lap("rankings")
    citations.citations(outline, text)
    lap("citations")
    return len(text.split()), seconds


def page_of(size: int) -> ComparativePage:
    """A page of `size` countries: a sentence that names one, then the corpus' neutral sentences."""
    page = next(corpus())
    neutral = [
        sentence
        for section in page.sections
        for sentence in section.text.split("\n")[0].split(". ")
        if not hits(sentence)
    ]
    countries = sorted(knowledge.countries(), key=lambda c: -c.sgi41)[:size]
    made = []
    for i, country in enumerate(countries):
        words = [neutral[(5 * i + k) % len(neutral)].rstrip(".") for k in range(5)]
        text = f"{country.name} has gone its own way. {'. '.join(words)}."
        made.append(Section(country.country_iso3, page.sections[i % 41].score, text))
    return ordered(replace(page, sections=tuple(made)))


def growth(sizes: tuple[int, ...] = (25, 50, 100, 200)) -> None:
    """Print seconds a section of pages of growing size."""
    for size in sizes:
        page = page_of(size)
        text, gold = page.written()
        graded = statements(text, gold)
        outline = layout.with_statements(layout.outline(text, ""), text, graded)
        seconds = []
        for _ in range(ROUNDS):
            at = time.perf_counter()
            found = segment.segments(outline, text, graded, "")
            seconds.append(time.perf_counter() - at)
        right = {(s["start"], s["country"]) for s in gold["segments"]}
        right &= {(s.start, s.country) for s in found}
        cost = median(seconds)
        print(
            f"{size:>4} sections {cost:7.3f} s, {1000 * cost / size:6.2f} ms each, "
            f"{len(right)} of {size} right"
        )


def off_the_shelf(raw: Path, model: str = "en_core_web_md") -> None:
    """Print words a second of a spaCy model's full pipeline, paragraph by paragraph."""
    try:
        nlp = model_named(model)
    except ValueError as reason:
        print(reason)
        return
    texts = []
    for source in discover(raw):
        try:
            texts.append(read.read(source, DEFAULT).text)
        except Unreadable:
            continue
    paragraphs = [p for text in texts for p in text.split("\n") if p.strip()]
    words = sum(len(p.split()) for p in paragraphs)
    seconds = []
    for _ in range(ROUNDS + 1):
        at = time.perf_counter()
        for _ in nlp.pipe(paragraphs):
            pass
        seconds.append(time.perf_counter() - at)
    cost = median(seconds[1:])
    print(f"{model:<14} {cost:4.3f} s        {words / cost:,.0f} words/s")


def editions(path: Path = Path("raw/impact-assessment.txt")) -> None:
    """Print how long names take in a page, and in its next edition."""
    first = path.read_text(encoding="utf-8")
    lines = first.split("\n")
    prose = [i for i, line in enumerate(lines) if len(line) > 200]
    for i in prose[::3]:
        lines[i] = lines[i].replace(". ", ". Meanwhile, little has changed: ", 1)
    following = "\n".join(lines)
    for name, text, fresh in (("first edition", first, True), ("next edition", following, False)):
        seconds = []
        for _ in range(ROUNDS):
            reading.read.cache_clear()
            for written in (text,) if fresh else (first, text):
                outline = layout.outline(written, "")
                statements = tiers.find(outline, written)
                outline = layout.with_statements(outline, written, statements)
                segments = segment.segments(outline, written, statements, "")
                at = time.perf_counter()
                extract.mentions(outline, written, segments)
            seconds.append(time.perf_counter() - at)
        print(f"names of the {name:<14} {median(seconds):7.3f} s")


def main(raw: Path) -> None:
    """Print the figures for all reports under `raw`."""
    words, total = 0, defaultdict(float)
    for source in discover(raw):
        try:
            stages(source)
        except Unreadable as reason:
            print(f"{source.name}: {reason}")
            continue
        runs = [stages(source) for _ in range(ROUNDS)]
        words += runs[0][0]
        for name in runs[0][1]:
            total[name] += median(seconds[name] for _, seconds in runs)
    whole = sum(total.values())
    for name, seconds in total.items():
        print(f"{name:<10} {seconds:8.3f} s {seconds / whole:6.1%}")
    print(f"{'all':<10} {whole:8.3f} s        {words / whole:,.0f} words/s ({words:,} words)")


if __name__ == "__main__":
    reports = Path(sys.argv[1] if len(sys.argv) > 1 else "raw")
    main(reports)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    off_the_shelf(reports)
    editions()
    growth()
