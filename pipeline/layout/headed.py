"""Indicator page with its headings: statement, score, country, prose, over and over."""

from dataclasses import dataclass, field

from pipeline import grades
from pipeline.grades import NONE, n_sentences, probabilities
from pipeline.layout.citations import LIST_MARKER, is_citation
from pipeline.layout.headings import MAX_WORDS, MIN_PROSE, names_country, resembles_country
from pipeline.layout.headless import question
from pipeline.layout.lines import Line
from pipeline.likeness import content
from pipeline.records import Outline, Role
from pipeline.tiers import tier_of

_MIN_COUNTRIES = 1
_NO_GRADE = 0.5  # probability
_HARDLY = 0.9  # of several sentences that speak of the question
_ON_THE_QUESTION = 0.25  # share of words that a grade has in common with the question


def fits(lines: list[Line]) -> bool:
    """Whether scores and countries stand alone on their lines below a question."""
    if question(lines) is None:
        return False
    scored = _n_above(lines) or _n_below(lines)
    return scored >= 1 and sum(map(names_country, lines)) >= _MIN_COUNTRIES


def _n_above(lines: list[Line]) -> int:
    """Scores that stand above a country's name, or where a country is missing."""
    return sum(
        line.is_number and (names_country(after) or after.is_rule)
        for line, after in zip(lines, lines[1:], strict=False)
    )


def _n_below(lines: list[Line]) -> int:
    """Scores that stand below a country's name."""
    return sum(_has_own_score(lines, i) for i in range(len(lines)))


def _has_own_score(lines: list[Line], i: int) -> bool:
    """Whether a country's score stands below its name, above its text."""
    name, *below = lines[i : i + 3]
    return (
        len(below) == 2
        and names_country(name)
        and below[0].is_number
        and (below[1].n_words >= MIN_PROSE or below[0].says_score)
    )


def outline(lines: list[Line]) -> Outline:
    """Read the page line by line."""
    at = question(lines)
    assert at is not None
    head = [line.block("title" if i == 0 else "heading") for i, line in enumerate(lines[:at])]
    body = zip(lines[at + 1 :], roles(lines[at + 1 :], lines[at].text), strict=True)
    return Outline(
        layout="indicator",
        blocks=(*head, lines[at].block("question"), *(line.block(role) for line, role in body)),
        title=lines[0].text if at else None,
        question=lines[at].text,
        indicator=lines[at].text,
    )


def roles(lines: list[Line], asked: str, *, graded: bool = True) -> list[Role]:
    """The role of each line below a question.

    Args:
        asked: The question.
        graded: Whether statements may stand among the sections, not only above all of them.
    """
    own = _n_below(lines) > _n_above(lines)
    reader = _Reader(lines, asked, own=own, graded=graded)
    return [reader.role(i) for i in range(len(lines))]


@dataclass
class _Reader:
    """Remembers what the page so far allows: its score, references after a marker, repeats."""

    lines: list[Line]
    asked: str
    own: bool  # whether scores stand below their countries' names
    graded: bool
    score: int | None = None
    citing: bool = False
    after_citation: bool = False
    seen: set[str] = field(default_factory=set)

    def role(self, i: int) -> Role:
        line = self.lines[i]
        after = self._at(i + 1)
        if line.is_furniture or line.is_rule:
            return "boilerplate"
        if self.graded and self._is_statement(i):
            return "tier_statement"
        if line.is_number and after and (after.is_rule or after.is_number or self._heads(i + 1)):
            self.score = line.number
            return "score"
        if i and self.own and _has_own_score(self.lines, i - 1):
            self.score = line.number
            return "score"
        if self._heads(i):
            self._new_section()
            return "country_heading"
        if self._is_title(i):
            return "heading"
        return self._paragraph(line)

    def _is_statement(self, i: int) -> bool:
        """Whether the score on the next line is the first of another tier's band."""
        after = self.lines[i + 1 : i + 3]
        if len(after) == 2 and self.own and _has_own_score(self.lines, i + 1):
            after.reverse()
        return (
            len(after) == 2
            and after[0].number is not None
            and self._opens_tier(after[0].number)
            and (
                after[1].is_rule
                or after[1].is_number
                or resembles_country(after[1], None)
                or self._heads(i + 2)
            )
            and 4 <= self.lines[i].n_words <= grades.MAX_WORDS
            and not (i and self._heads(i - 1))
            and n_sentences(self.lines[i].text) <= grades.MAX_SENTENCES
            and (self.score is None or self._grades(self.lines[i].text))
        )

    def _grades(self, sentence: str) -> bool:
        """Whether a sentence between sections may be a grade, not the end of the section above."""
        if is_citation(sentence):
            return False
        asked, words = content(self.asked), content(sentence)
        shared = len(words & asked) / max(1, min(len(words), len(asked)))
        on_it = shared >= _ON_THE_QUESTION
        if on_it and n_sentences(sentence) == 1:
            return True
        return probabilities([sentence])[0][NONE] < (_HARDLY if on_it else _NO_GRADE)

    def _opens_tier(self, score: int) -> bool:
        return self.score is None or tier_of(score) != tier_of(self.score)

    def _falls(self, score: int | None) -> bool:
        """Whether a number can be the next score; the numbers of a section's parts rise."""
        return self.score is not None and score is not None and score <= self.score

    def _at(self, i: int) -> Line | None:
        return self.lines[i] if 0 <= i < len(self.lines) else None

    def _heads(self, i: int) -> bool:
        """Whether a country's section starts here; right below a score anything short does."""
        before = self._at(i - 1)
        below_score = before is not None and self._falls(before.number)
        return resembles_country(self.lines[i], self._at(i + 1)) or (
            below_score and self._is_title(i)
        )

    def _is_title(self, i: int) -> bool:
        """Whether a few words stand on top of a paragraph without being a sentence."""
        line, after = self.lines[i], self._at(i + 1)
        return (
            after is not None
            and after.n_words >= MIN_PROSE
            and not is_citation(after.text)
            and line.n_words <= MAX_WORDS
            and line.text[0].isupper()
            and line.is_short_title
            and not (line.is_number or line.is_rule or line.is_sentence or line.is_furniture)
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
