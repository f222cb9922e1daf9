"""Indicator page with its headings: statement, score, country, prose, over and over."""

from dataclasses import dataclass, field

from pipeline import normalise
from pipeline.layout.citations import LIST_MARKER, is_citation
from pipeline.layout.headless import question
from pipeline.layout.lines import Line
from pipeline.records import Outline, Role

# The greatest score of each tier: its statement stands on the line before.
TIER_TOPS = ("10", "8", "5", "2")
_MIN_COUNTRIES = 1
_MAX_STATEMENT = 60  # words


def fits(lines: list[Line]) -> bool:
    """Whether scores and countries stand alone on their lines below a question."""
    if question(lines) is None:
        return False
    scored = sum(
        line.is_number and (_is_country(after) or after.is_rule)
        for line, after in zip(lines, lines[1:], strict=False)
    )
    return scored >= 1 and sum(map(_is_country, lines)) >= _MIN_COUNTRIES


def outline(lines: list[Line]) -> Outline:
    """Read the page line by line."""
    at = question(lines)
    assert at is not None
    head = [line.block("title" if i == 0 else "heading") for i, line in enumerate(lines[:at])]
    reader = _Reader(lines)
    body = [line.block(reader.role(i)) for i, line in enumerate(lines) if i > at]
    return Outline(
        layout="indicator",
        blocks=(*head, lines[at].block("question"), *body),
        title=lines[0].text if at else None,
        question=lines[at].text,
        indicator=lines[at].text,
    )


def _is_country(line: Line) -> bool:
    return line.n_words <= 5 and normalise.country(line.text) is not None


@dataclass
class _Reader:
    """Remembers what the section so far allows: references after a marker, repeats."""

    lines: list[Line]
    citing: bool = False
    after_citation: bool = False
    seen: set[str] = field(default_factory=set)

    def role(self, i: int) -> Role:
        line = self.lines[i]
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if line.is_furniture or line.is_rule:
            return "boilerplate"
        if self._is_statement(i):
            return "tier_statement"
        if line.is_number and after and (after.is_rule or _is_country(after) or after.is_number):
            return "score"
        if _is_country(line):
            self._new_section()
            return "country_heading"
        return self._paragraph(line)

    def _is_statement(self, i: int) -> bool:
        """Whether the next line opens the band of a tier."""
        after = self.lines[i + 1 : i + 3]
        return (
            len(after) == 2
            and after[0].text in TIER_TOPS
            and (after[1].is_rule or _is_country(after[1]) or after[1].is_number)
            and 4 <= self.lines[i].n_words <= _MAX_STATEMENT
        )

    def _new_section(self) -> None:
        self.citing = self.after_citation = False
        self.seen = set()

    def _paragraph(self, line: Line) -> Role:
        if line.text in self.seen and line.n_words > 3:
            return "boilerplate"
        self.seen.add(line.text)
        self.citing = self.citing or LIST_MARKER.fullmatch(line.text) is not None
        self.after_citation = self.citing or is_citation(
            line.text, after_citation=self.after_citation
        )
        return "citation" if self.after_citation else "prose"
