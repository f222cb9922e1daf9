"""The journey of one report, stage by stage. No orchestration here: see `pipeline.flow`."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline import (
    citations,
    extract,
    layout,
    lifecycle,
    link,
    rankings,
    read,
    segment,
    tiers,
    visible,
)
from pipeline.files import Source
from pipeline.limits import Overtime, time_limit
from pipeline.records import (
    Failure,
    Q,
    Report,
    Result,
    Segment,
    Unreadable,
    harmless,
)
from pipeline.settings import DEFAULT, Settings


def travel(source: Source, settings: Settings = DEFAULT) -> Result | Failure:
    """Take one file from bytes to records; a file that cannot be read comes back as Failure.

    Any other error is a defect of ours; it is quarantined too, with its name, so that the other
    documents of a run are not lost.
    """
    try:
        with time_limit(settings.max_seconds):
            return process(read.read(source, settings))
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


def process(report: Report) -> Result:
    """From the canonical text to all records of one report."""
    seen = visible.view(report.text)
    if seen is None:
        return _process(report)
    shown = replace(report, text=seen.text, marks=tuple(seen.marks(report.marks)))
    return visible.restore(_process(shown), seen)


def _process(report: Report) -> Result:
    text = report.text
    outline = layout.outline(text, report.source, report.marks, slides=report.slides)
    statements = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, statements, report.marks)
    if outline.layout not in ("indicator", "chapter"):
        statements = []
    segments = segment.segments(outline, text, statements, report.source)
    found = list(_harmless(extract.mentions(outline, text, segments)))
    mentions = link.resolve(found, text, segments, whole_country(segments))
    return Result(
        report=report,
        outline=outline,
        tier_statements=_harmless(statements),
        segments=tuple(segments),
        mentions=tuple(mentions),
        rankings=tuple(rankings.find(outline, text, segments, mentions)),
        year_roles=tuple(lifecycle.year_roles(outline, text, mentions)),
        citations=_harmless(citations.citations(outline, text)),
    )


def _harmless(quotes: Iterable[Q]) -> tuple[Q, ...]:
    """Quotes that do no harm in a spreadsheet; the blocks still hold what is cut off."""
    return tuple(kept for quote in quotes if (kept := harmless(quote)))


def whole_country(segments: list[Segment] | tuple[Segment, ...]) -> str | None:
    """The country of the whole document, if all its segments are about the same one."""
    countries = {s.country for s in segments}
    return countries.pop() if len(countries) == 1 else None
