"""What the stages hand to each other: frozen records whose offsets are checked at birth.

Offsets are code point indexes, half open, into `Report.text`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

Layout = Literal["indicator", "chapter", "webpage", "deck", "strategy", "report"]
Role = Literal[
    "title", "question", "tier_statement", "scale", "score", "country_heading",
    "heading", "prose", "list_item", "citation", "boilerplate",
]  # fmt: skip
Label = Literal["AGENCY", "STRATEGY", "LAW", "PLATFORM", "INDEX", "YEAR"]
Section = Literal["body", "citation", "boilerplate"]
CountryMethod = Literal["heading", "evidence", "order", "document"]
TierStatus = Literal["stated", "inferred", "absent"]
Check = Literal["ok", "impossible", "contradicted"]
YearMeaning = Literal[
    "adopted", "in_force", "amended", "repealed", "period_start", "period_end", "target"
]

Kind = Literal["heading", "paragraph", "list_item", "row", "note", "boilerplate"]
Coverage = Literal["found", "not_mentioned", "section_missing", "unreadable"]
TierReason = Literal["no_scale", "above_scale", "no_score", "unclear"]
Action = Literal[
    "not_a_mention", "mention", "entity", "same_entity", "belongs_to",
    "country", "tier", "score",
    "not_a_ranking", "rank", "out_of", "edition", "dimension", "value", "index", "ranked_country",
]  # fmt: skip
CorrectionStatus = Literal[
    "applied", "overridden", "no_change", "was_differs", "nothing_there", "ambiguous",
    "quote_missing", "document_missing",
]  # fmt: skip

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
ROLES: tuple[Role, ...] = get_args(Role)
LABELS: tuple[Label, ...] = get_args(Label)
SECTIONS: tuple[Section, ...] = get_args(Section)
COUNTRY_METHODS: tuple[CountryMethod, ...] = get_args(CountryMethod)
TIER_STATUSES: tuple[TierStatus, ...] = get_args(TierStatus)
CHECKS: tuple[Check, ...] = get_args(Check)
COVERAGES: tuple[Coverage, ...] = get_args(Coverage)
TIER_REASONS: tuple[TierReason, ...] = get_args(TierReason)
YEAR_MEANINGS: tuple[YearMeaning, ...] = get_args(YearMeaning)
ACTIONS: tuple[Action, ...] = get_args(Action)
CORRECTION_STATUSES: tuple[CorrectionStatus, ...] = get_args(CorrectionStatus)
# Lowest and highest score of each tier.
BANDS: dict[int, tuple[int, int]] = {1: (9, 10), 2: (6, 8), 3: (3, 5), 4: (1, 2)}


# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA = "=+-@\t\r\n＝＋－＠"


_LONGEST_REASON = 400  # characters


class Unreadable(Exception):
    """A document that cannot be processed; the message is a sentence a person can act on."""

    media_type: str | None = None  # of the document, once it is known

    def __init__(self, reason: str) -> None:
        """Keep the reason on one line; what a library adds to it may be long."""
        words = " ".join(reason.split())
        cut = f"{words[:_LONGEST_REASON]} … (shortened)."
        super().__init__(words if len(words) <= _LONGEST_REASON else cut)


class Unavailable(Unreadable):
    """… at the moment: the file is gone, locked or changing, and may be read another time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the canonical text.

    Raises:
        ValueError: If the offsets are negative or the stretch is empty.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"impossible offsets {self.start}:{self.end}")

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies within this stretch."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Span):
    """A stretch that carries its own text.

    Raises:
        ValueError: If the text does not have the length that the offsets say.
    """

    text: str

    def __post_init__(self) -> None:
        Span.__post_init__(self)
        if len(self.text) != self.end - self.start:
            raise ValueError(f"{self.start}:{self.end} does not fit {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Span):
    """What the file's own markup says of one line of the canonical text.

    Attributes:
        kind: What the line is; `row` is a row of a table, `note` a footnote or endnote,
            `boilerplate` belongs to the page or site and not to the report (navigation, running
            heads, page numbers).
        level: Of a heading, 1 the highest; else 0.
        page: Page number in the file, from 1; None for formats without pages.
    """

    kind: Kind
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document after reading.

    Attributes:
        source: Path relative to RAW, `/` separators.
        sha256: Hash of the file's bytes, hexadecimal.
        text: The canonical text.
        language: ISO 639-1 code.
        n_pages: Pages, for formats that have them.
        n_empty_pages: Pages without any text, which are scans or pictures.
        slides: Whether the pages are slides.
        marks: What the markup says of the lines, in order; empty for plain text.
    """

    document_id: str
    source: str
    sha256: str
    media_type: str
    text: str
    language: str
    n_pages: int | None = None
    n_empty_pages: int | None = None
    slides: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Span):
    """A paragraph, heading, list item … with its role in the document.

    Attributes:
        level: Of a heading, as the file says it, 1 the highest; 0 where it says nothing.
        aside: Whether it stands beside the flow of the text: a note, a page's head or foot.
    """

    role: Role
    page: int | None = None
    level: int = 0
    aside: bool = False


def section_of(role: Role) -> Section:
    """The part of the document that blocks of a role are."""
    if role == "citation":
        return "citation"
    return "boilerplate" if role == "boilerplate" else "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's layout: its kind, its blocks in order, and what its head says."""

    layout: Layout
    blocks: tuple[Block, ...]
    title: str | None = None
    question: str | None = None
    indicator: str | None = None
    edition: int | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierStatement(Quote):
    """A grade of an answer scale. Tier 1 is best, 4 worst; scores are on the scale 1–10."""

    tier: int
    score_min: int
    score_max: int
    confidence: float
    runner_up_tier: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Span):
    """A country section, an indicator section of a chapter, or a single-country document.

    Attributes:
        tier_reason: Why the tier is absent; None where it is not.
        corrected: Whether a researcher set country, tier or score.
    """

    country: str | None
    country_method: CountryMethod
    country_confidence: float
    runner_up: str | None = None
    question: str | None = None
    indicator: str | None = None
    tier: int | None = None
    score_min: int | None = None
    score_max: int | None = None
    tier_status: TierStatus = "absent"
    tier_reason: TierReason | None = None
    corrected: bool = False


Q = TypeVar("Q", bound=Quote)


def harmless(quote: Q) -> Q | None:
    """The quote without what a spreadsheet would take for the start of a formula; None if empty."""
    text = quote.text.lstrip(FORMULA + " ")
    if not text:
        return None
    return replace(quote, start=quote.end - len(text), text=text)


def segment_at(segments: Sequence[Segment], span: Span) -> Segment | None:
    """The segment that holds a span, None where it stands outside all of them."""
    return next((segment for segment in segments if segment.holds(span)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Quote):
    """A name or a year in the text.

    Attributes:
        canonical: The full name the mention refers to.
        country: ISO 3166-1 alpha-3 of the country the thing belongs to, or None.
        international: Whether the thing is known to belong to no single country.
    """

    label: Label
    section: Section
    confidence: float
    method: str
    canonical: str
    country: str | None = None
    international: bool = False
    year_start: int | None = None
    year_end: int | None = None


def mentions_in(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """The mentions within a span, of mentions sorted by where they start."""
    first = bisect_left(mentions, span.start, key=lambda m: m.start)
    last = bisect_left(mentions, span.end, key=lambda m: m.start)
    return [m for m in mentions[first:last] if m.end <= span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Span):
    """A country's placement in an index; the offsets are the sentence's."""

    country: str | None
    index_name: str
    edition: int | None = None
    dimension: str | None = None
    rank: int | None = None
    out_of: int | None = None
    value: float | None = None
    qualifier: str | None = None
    check: Check = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRole(Span):
    """What a year says about a strategy or a law; the offsets are the year's.

    Attributes:
        role: The event of that year.
        year: The year itself; of a span its first or its last.
        thing: The strategy or law.
    """

    role: YearMeaning
    year: int
    thing: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Quote):
    """A reference line. `accessed` is an ISO 8601 date, possibly year or month only."""

    year: int | None = None
    title: str | None = None
    url: str | None = None
    accessed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says is wrong, keyed to a report's content and words in it.

    Attributes:
        correction_id: Id, from everything else but the note.
        document: SHA-256 of the report or its first twelve digits or more, its document_id, or `*`
            for all reports.
        quote: Words of the report; runs of white space are alike.
        nth: Which occurrence of the quote, from 1; None for all.
        value: What is right, where the action needs that.
        was: What is wrong; the correction is applied only where this is so.
    """

    correction_id: str
    document: str
    quote: str
    nth: int | None
    action: Action
    value: str | None
    was: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What became of a correction in a report; `place` is where its quote stands first."""

    correction: Correction
    status: CorrectionStatus
    place: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that was quarantined, and why; `passing` if it may succeed another time."""

    document_id: str
    source: str
    sha256: str
    media_type: str
    reason: str
    language: str | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All that the journey found in one report."""

    report: Report
    outline: Outline
    tier_statements: tuple[TierStatement, ...] = ()
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Mention, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    year_roles: tuple[YearRole, ...] = ()
    citations: tuple[Citation, ...] = ()
    corrections: tuple[Corrected, ...] = ()
