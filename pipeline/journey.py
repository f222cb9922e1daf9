"""The journey of one report, stage by stage. No orchestration here: see `pipeline.flow`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline import (
    citations,
    extract,
    layout,
    lifecycle,
    link,
    read,
    segment,
    tiers,
    visible,
)
from pipeline.correcting import Correcting
from pipeline.files import Source
from pipeline.limits import Overtime, time_limit
from pipeline.rankings import finder
from pipeline.records import (
    Block,
    Correction,
    Failure,
    Mention,
    Outline,
    Q,
    Report,
    Result,
    Segment,
    TierStatement,
    Unreadable,
    harmless,
)
from pipeline.settings import DEFAULT, Settings
from pipeline.steps import Steps


def travel(
    source: Source, settings: Settings = DEFAULT, steps: Steps | None = None
) -> Result | Failure:
    """Take one file from bytes to records; a file that cannot be read comes back as Failure.

    Any other error is a defect of ours; it is quarantined too, with its name, so that the other
    documents of a run are not lost.

    Args:
        steps: What the file's stages came to at an earlier run.
    """
    steps = steps or Steps(settings)
    try:
        with time_limit(settings.max_seconds):
            report = _read(source, settings, steps)
            return process(report, settings, steps, source.corrections)
    except Overtime:
        reason = (
            f"The document takes longer than {settings.max_seconds} seconds;"
            " split it or raise the limit (--set max_seconds=…)."
        )
        return read.failure(source, reason)
    except Unreadable as error:
        return read.failure(source, str(error), error=error)
    except MemoryError:
        return read.failure(
            source, "The document does not fit into memory; split it.", passing=True
        )
    except Exception as error:  # noqa: BLE001 - one document must not take the run down
        kind = type(error).__name__
        reason = f"An internal error stopped the reading ({kind}: {error})."
        return read.failure(source, reason, passing=True)


def _read(source: Source, settings: Settings, steps: Steps) -> Report:
    """The report; what is kept of it knows the content, not the place."""

    def bare() -> Report:
        return replace(read.read(source, settings), document_id="", source="")

    found = steps.take("read", Report, bare, source.sha256)
    return replace(found, document_id=source.document_id, source=source.name)


def process(
    report: Report,
    settings: Settings = DEFAULT,
    steps: Steps | None = None,
    corrections: Sequence[Correction] = (),
) -> Result:
    """From the canonical text to all records of one report."""
    steps = steps or Steps(settings)
    seen = visible.view(report.text)
    if seen is None:
        return _process(report, steps, corrections)
    shown = replace(report, text=seen.text, marks=tuple(seen.marks(report.marks)))
    return visible.restore(_process(shown, steps, corrections), seen)


def _process(report: Report, steps: Steps, corrections: Sequence[Correction]) -> Result:
    text = report.text
    right = Correcting(text, corrections)
    outline, statements = _graded(report, steps)
    where = "" if outline.layout == "indicator" else report.source  # a country in the path
    segments = steps.take(
        "segments",
        tuple[Segment, ...],
        lambda: tuple(segment.segments(outline, text, list(statements), where)),
        *(text, outline, statements, where),
    )
    segments = right.segments(segments)
    found = right.mentions(_named(text, outline, segments, steps), outline.blocks)
    linked = link.resolve(found, text, list(segments), whole_country(segments))
    mentions = right.entities(linked)
    return Result(
        report=report,
        outline=outline,
        tier_statements=_harmless(statements),
        segments=segments,
        mentions=tuple(mentions),
        rankings=right.rankings(finder.find(outline, text, list(segments), mentions)),
        year_roles=tuple(lifecycle.year_roles(outline, text, mentions)),
        citations=_harmless(citations.citations(outline, text)),
        corrections=right.outcome(),
    )


def _graded(report: Report, steps: Steps) -> tuple[Outline, tuple[TierStatement, ...]]:
    """The layout, and the grades of the answer scale where there is one."""
    text, marks = report.text, report.marks
    path = " ".join(layout.years_in(report.source))  # the edition

    def find() -> tuple[Outline, tuple[TierStatement, ...]]:
        outline = layout.outline(text, path, marks, slides=report.slides)
        statements = tiers.find(outline, text)
        outline = layout.with_statements(outline, text, statements, marks)
        graded = outline.layout in ("indicator", "chapter")
        return outline, tuple(statements if graded else ())

    kind = tuple[Outline, tuple[TierStatement, ...]]
    return steps.take("tiers", kind, find, text, marks, report.slides, path)


def _named(text: str, outline: Outline, segments: Sequence[Segment], steps: Steps) -> list[Mention]:
    """Names and years. They depend on where sections are, not on how they are graded."""
    blocks = tuple(Block(start=b.start, end=b.end, role=b.role) for b in outline.blocks)
    places = [
        Segment(
            start=s.start,
            end=s.end,
            country=s.country,
            country_method="document",
            country_confidence=1.0,
        )
        for s in segments
    ]
    bare = Outline(layout="report", blocks=blocks)

    def find() -> tuple[Mention, ...]:
        return _harmless(extract.mentions(bare, text, places, steps.settings.mention_threshold))

    return list(steps.take("names", tuple[Mention, ...], find, text, bare, places))


def _harmless(quotes: Iterable[Q]) -> tuple[Q, ...]:
    """Quotes that do no harm in a spreadsheet; the blocks still hold what is cut off."""
    return tuple(kept for quote in quotes if (kept := harmless(quote)))


def whole_country(segments: Sequence[Segment]) -> str | None:
    """The country of the whole document, if all its segments are about the same one."""
    countries = {s.country for s in segments}
    return countries.pop() if len(countries) == 1 else None
