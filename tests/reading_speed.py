"""How fast the readers are: `python -m tests.reading_speed [FOLDER]`.

Each plain-text report of FOLDER (default `raw`) is rendered in every style and read in this
process, one at a time; computing time counts. A page is that of the file for PDF, for the others
3,000 characters of canonical text.
"""

import sys
import time
from collections import defaultdict
from pathlib import Path

from pipeline.read.media import HTML, PDF, WORD
from pipeline.read.parse import parse
from pipeline.read.parts import assemble
from pipeline.settings import DEFAULT
from tests.formats import document, html, pdf, word
from tests.formats.readings import fits, layout_of, samples

PAGE = 3_000  # characters
ROUNDS = 3
FORMATS = {
    "html": (HTML, html.html, ("plain", "accordion", "divs", "word", "table", "details")),
    "pdf": (PDF, pdf.pdf, ("column", "two_columns", "tight", "fpdf", "slides")),
    "docx": (WORD, word.docx, ("styles", "manual")),
}


def measure(kind: str, data: bytes) -> tuple[float, float]:
    """Pages, and the least seconds of several rounds."""
    seconds, pages = float("inf"), 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        content = parse(kind, data, DEFAULT)
        text, _marks = assemble(content.parts)
        seconds = min(seconds, time.process_time() - began)
        pages = content.n_pages or len(text) / PAGE
    return pages, seconds


def main(folder: Path) -> None:
    """Print pages a second for each format."""
    for name, (kind, render, styles) in FORMATS.items():
        total: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for sample in samples(folder):
            text = sample.read_text(encoding="utf-8-sig")
            for style in styles:
                if not fits(layout_of(sample), name, style):
                    continue
                written = pdf.printable(text, style) if name == "pdf" else text
                data = render(document.elements(written, sample.name), style)
                for i, value in enumerate(measure(kind, data)):
                    total[style][i] += value
        for style, (pages, seconds) in total.items():
            print(f"{name:<5} {style:<12} {pages:7.0f} pages {pages / seconds:8,.0f} pages/s")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "raw"))
