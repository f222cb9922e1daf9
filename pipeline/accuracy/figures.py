"""Gold -> all that is kept of it: counts, how much cells differ, ranges of agencies, checks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.accuracy.agencies import ranges, seen
from pipeline.accuracy.counts import Counts
from pipeline.accuracy.estimate import learned
from pipeline.accuracy.held_out import checks
from pipeline.accuracy.measure import counted, measured
from pipeline.accuracy.pooling import Pooled
from pipeline.place import Place
from pipeline.provenance import parts
from pipeline.settings import DEFAULT
from pipeline.stages import STAGES


def figures(
    golds: Sequence[Path], raw: Place, samples: Iterable[tuple[Path, Place]] = ()
) -> Counts:
    """Measure the journey on all reports that have gold, and learn from what comes out.

    Args:
        golds: Gold of real reports, folders or files.
        raw: The folder of these reports.
        samples: Gold and reports that were written for this project; they help to tell how kinds
            of cells differ, but not how good the program is.

    Raises:
        ValueError: If there is no gold, or a report is missing or cannot be read.
    """
    found = measured(golds, raw)
    for gold, folder in samples:
        found += measured([gold], folder, sample=True)
    return replace(completed(counted(found)), models=finders())


def finders() -> dict[str, str]:
    """The models of names and the threshold, each with its hash or value."""
    (names,) = (stage for stage in STAGES if stage.name == "names")
    found = parts(names, DEFAULT)
    return {name: found[name] for name in sorted(found) if name.startswith(("model ", "setting "))}


def completed(counts: Counts) -> Counts:
    """The counts with what is learned from them."""
    models = learned(counts, "mentions")
    scales = {"precision": _scales(models.precision)}
    if models.recall is not None:
        scales["recall"] = _scales(models.recall)
    if counts.segments:
        scales["segments"] = _scales(learned(counts, "segments").precision)
    known = replace(counts, scales=scales, ranges=ranges(seen(counts)))
    return replace(known, checks=checks(known))


def _scales(pooled: Pooled) -> dict[str, float]:
    return {"kinds": pooled.scales.kinds, "sections": pooled.scales.sections}
