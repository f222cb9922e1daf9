"""The reports that gold annotates, as the journey or a reader makes them."""

from collections.abc import Sequence

from pipeline import journey
from pipeline.evaluate.gold import Gold
from pipeline.files import Source, discover
from pipeline.place import Place
from pipeline.read import read
from pipeline.records import Failure, Result, Unreadable
from pipeline.settings import DEFAULT


def results(annotated: Sequence[Gold], raw: Place) -> dict[str, Result]:
    """What the journey makes of the report of each gold, by the gold's name for it.

    Raises:
        ValueError: If a report is missing or cannot be read, or may be one of several.
    """
    found = {}
    for name, source in _sources(annotated, raw).items():
        outcome = journey.travel(source)
        if isinstance(outcome, Failure):
            raise ValueError(f"{source.name} cannot be read: {outcome.reason}")
        found[name] = outcome
    return found


def texts(annotated: Sequence[Gold], raw: Place) -> dict[str, str]:
    """The canonical texts alone.

    Raises:
        ValueError: As `results`.
    """
    found = {}
    for name, source in _sources(annotated, raw).items():
        try:
            found[name] = read(source, DEFAULT).text
        except Unreadable as error:
            raise ValueError(f"{source.name} cannot be read: {error}") from error
    return found


def _sources(annotated: Sequence[Gold], raw: Place) -> dict[str, Source]:
    """The report of each gold: that of its path under `raw`, else the one of its name."""
    sources = discover(raw)
    found = {s.name: s for s in sources}
    named: dict[str, list[Source]] = {}
    for s in sources:
        named.setdefault(s.path.name, []).append(s)
    wanted = sorted({g.document for g in annotated})
    if missing := [name for name in wanted if name not in found and name not in named]:
        raise ValueError(f"gold names reports that are not under {raw}: {', '.join(missing)}")
    for name in wanted:
        if name not in found and len(named[name]) > 1:
            paths = ", ".join(s.name for s in named[name])
            raise ValueError(f"{name} may be any of {paths}; give the gold its path under {raw}")
    return {name: found.get(name) or named[name][0] for name in wanted}
