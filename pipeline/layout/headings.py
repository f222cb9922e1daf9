"""Lines that stand as headings of country sections, also where the name is misspelt."""

import re
from dataclasses import replace

from pipeline import normalise
from pipeline.layout.lines import Line

MAX_WORDS = 5
_BEHIND = re.compile(
    r"(?P<name>\D{2,60}?)[\s:,–—|·(\[.…-]+"
    r"(?P<score>(?:(?:score|rating)\s*:?\s*)?\d\S*(?: (?:out|of|points?|10))*)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<score>(?:10|[1-9])(?:/10)?)\s*[\s:–—|·-]\s*(?P<name>\D{2,60})")
_LONGEST = 80  # characters
_MIN_SCORED = 2  # countries
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


def scores_apart(lines: list[Line]) -> list[Line]:
    """The lines, with 'Finland – 9/10' and '9 Finland' cut in two where several lines are so.

    Numbers before names that rise down the page count the countries and are no scores.
    """
    behind = {i: cut for i, line in enumerate(lines) if (cut := _cut(line, _BEHIND))}
    before = {i: cut for i, line in enumerate(lines) if (cut := _cut(line, _BEFORE))}
    scores = [cut[0].number or 0 for cut in before.values()]
    if sum(b > a for a, b in zip(scores, scores[1:], strict=False)) > len(scores) / 3:
        before = {}
    cuts = max(behind, before, key=len)
    if len(cuts) < _MIN_SCORED:
        return lines
    return [piece for i, line in enumerate(lines) for piece in cuts.get(i, (line,))]


def _cut(line: Line, form: re.Pattern[str]) -> tuple[Line, Line] | None:
    """The line in two, a country's name and its score in the order in which they stand."""
    found = form.fullmatch(line.text) if len(line.text) <= _LONGEST else None
    if not found or normalise.score(found["score"]) is None:
        return None
    if normalise.heading_country(found["name"]) is None:
        return None
    leads = found.start("score") < found.start("name")
    at = found.end("score") if leads else found.start("score")
    first, second = line.text[:at].rstrip(), line.text[at:].lstrip()
    return (
        replace(line, end=line.start + len(first), text=first),
        replace(line, start=line.end - len(second), text=second, gap=0),
    )
