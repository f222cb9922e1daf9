"""Lines that stand as headings of country sections, also where the name is misspelt."""

from pipeline import normalise
from pipeline.layout.lines import Line

MAX_WORDS = 5
MIN_PROSE = 12  # words of the paragraph below a heading that is not spelt as it should


def names_country(line: Line) -> bool:
    """Whether a line is nothing but a country's name."""
    return line.n_words <= MAX_WORDS and normalise.heading_country(line.text) is not None


def resembles_country(line: Line, after: Line | None) -> bool:
    """Whether a line is a country's name, or almost one and stands on top of a paragraph."""
    if names_country(line):
        return True
    return (
        after is not None
        and line.n_words <= MAX_WORDS
        and after.n_words >= MIN_PROSE
        and line.text[0].isupper()
        and not line.is_sentence
        and bool(normalise.similar_countries(line.text))
    )
