"""The same report as text, HTML, PDF and DOCX gives the same sections, mentions and placements.

`python -m tests.format_invariance` prints the whole table; here are its floors. They are raised
when agreement rises, never lowered to let a change pass.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.format_invariance import row, total
from tests.formats import fonts, html, pdf
from tests.formats.agreement import Agreement, Facts, Named, agreement
from tests.formats.document import Element, elements, slides
from tests.formats.readings import FORMATS, Reading, fits, layout_of, reading, samples

RAW = Path(__file__).parents[1] / "raw"
MENTIONS, RANKINGS = 0.98, 0.95

# Two thirds of the time would go to the three long pages, of 30 and 41 countries each. Here they
# are read in these styles only, the other six samples in all; the command reads all in all.
STYLES_OF_LONG = {
    "impact-assessment.txt": (("html", "accordion"), ("pdf", "tight"), ("docx", "styles")),
    "open-data.txt": (("html", "divs"), ("pdf", "two_columns")),
    "open-data-saved.txt": (("html", "table"), ("pdf", "column"), ("docx", "manual")),
}

CASES = [
    (sample, kind, style)
    for sample in samples(RAW)
    for kind, style in FORMATS
    if fits("deck" if sample.name.startswith("deck-") else "", kind, style)
    and (kind, style) in STYLES_OF_LONG.get(sample.name, FORMATS)
]
Read = Callable[[Path, str, str], Reading]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Renders and reads each case once."""
    place = tmp_path_factory.mktemp("formats")
    return cache(lambda sample, kind, style: reading(sample, kind, style, place))


@pytest.mark.parametrize(
    ("sample", "kind", "style"), CASES, ids=[f"{s.stem}-{k}-{t}" for s, k, t in CASES]
)
def test_floors(read: Read, sample: Path, kind: str, style: str) -> None:
    one = read(sample, kind, style)
    assert one.agreed is not None, one.reason
    differences = "\n".join(one.agreed.differences)
    assert one.agreed.mentions >= MENTIONS, differences
    if one.layout != "deck":  # slides have no sections, and few sentences that place a country
        assert one.agreed.sections, differences
        assert one.agreed.rankings >= RANKINGS, differences


def test_all_nine_samples_are_read() -> None:
    assert len(samples(RAW)) == 9
    assert {sample for sample, _, _ in CASES} == set(samples(RAW))
    assert {case[1:] for case in CASES} == set(FORMATS)


def test_the_deck_is_the_one_that_is_printed_as_slides() -> None:
    decks = [sample.stem for sample in samples(RAW) if layout_of(sample) == "deck"]
    assert decks == ["deck-slovenia"]


@pytest.fixture(scope="module")
def page() -> list[Element]:
    """The elements of a page with headings."""
    return _elements("impact-assessment")


def _elements(stem: str) -> list[Element]:
    return elements((RAW / f"{stem}.txt").read_text("utf-8-sig"), f"{stem}.txt")


def test_no_word_of_a_sample_is_lost() -> None:
    for sample in samples(RAW):
        text = sample.read_text("utf-8-sig")
        words = [word for e in elements(text, sample.name) for word in e.text.split()]
        assert words == text.split()


def test_elements_of_a_page(page: list[Element]) -> None:
    kinds = [element.kind for element in page]
    assert kinds.count("statement") == 4
    assert kinds.count("country") == 30
    assert kinds[:4] == ["question", "furniture", "statement", "score"]


def test_each_slide_ends_with_its_foot() -> None:
    found = slides(_elements("deck-slovenia"))
    assert len(found) == 19
    assert all([e.kind for e in slide].index("foot") == len(slide) - 1 for slide in found)


@pytest.mark.parametrize("style", html.STYLES)
def test_pages_hold_every_country(page: list[Element], style: str) -> None:
    source = html.html(page, style)
    names = [e.text.encode() for e in page if e.kind == "country" and " " not in e.text]
    assert all(b">" + name + b"<" in source for name in names)


def test_a_page_saved_from_word_is_not_utf_8(page: list[Element]) -> None:
    source = html.html(page, "word")
    assert "Jahresbericht".encode("cp1252") in source
    assert "Lainsäädännön".encode("cp1252") in source
    assert b"&#945;" in source  # Greek alpha, which Windows-1252 lacks


@pytest.mark.parametrize("style", html.STYLES)
def test_equal_samples_give_equal_pages(style: str) -> None:
    short = _elements("agency-canada")[:4]
    assert html.html(short, style) == html.html(short, style)


@pytest.mark.parametrize("style", pdf.STYLES)
def test_equal_samples_give_equal_prints(style: str) -> None:
    short = _elements("agency-canada")[:4]
    assert pdf.pdf(short, style) == pdf.pdf(short, style)


def test_without_system_fonts_characters_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_DEJAVU", Path("/nowhere"))
    fonts.family.cache_clear()
    try:
        text = pdf.printable("Hlídač státu, Rīga, ß and Αθήνα", "column")
        assert text == "Hlídač státu, Riga, ß and Xxxxx"
        short = [Element("paragraph", text, (text,))]
        assert pdf.pdf(short, "column").startswith(b"%PDF")
        assert pdf.pdf(short, "fpdf").startswith(b"%PDF")
    finally:
        fonts.family.cache_clear()


def test_the_fonts_of_every_pdf_reader_know_western_letters_only() -> None:
    assert pdf.printable("Łódź – Órgão", "tight") == "Lódz – Órgão"


def test_agreement_counts_multisets() -> None:
    a = Facts((("FIN", 1, 10, 10),), _mentions("RIA", "RIA", "RIK"), Counter())
    b = Facts((("FIN", 1, 9, 10),), _mentions("RIA", "RIK"), Counter())
    found = agreement(a, b)
    assert found == Agreement(
        sections=False,
        mentions=0.8,
        rankings=1.0,
        differences=(
            "- section ('FIN', 1, 10, 10)",
            "+ section ('FIN', 1, 9, 10)",
            "- mention ('EST', 'AGENCY', 'RIA')",
        ),
    )


def _mentions(*texts: str) -> Counter[Named]:
    return Counter(("EST", "AGENCY", text) for text in texts)


def test_rows_say_what_was_not_read() -> None:
    one = Reading("a.txt", "pdf", "tight", "webpage", 1, 2, 3, None, "It is a scan.")
    assert row(one).endswith("quarantined: It is a scan.")
    assert total("pdf", [one]).endswith("none of 1 was read")
