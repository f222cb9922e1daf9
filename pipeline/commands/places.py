"""Whether RAW, OUT and the runner of a command fit."""

from pathlib import Path

from pipeline.commands.options import Values
from pipeline.place import Place


def misplaced(options: Values) -> str:
    """What is wrong with RAW, OUT and the runner; empty if nothing is."""
    if not options.raw.is_dir():
        return f"{options.raw} is not a folder"
    if _entangled(options.raw, options.out):
        return f"{options.out} lies among the reports; choose another --out"
    if options.corrections is not None and not options.corrections.exists():
        return f"there is no {options.corrections}"
    if options.runner == "dask" and not options.address:
        return "--runner dask needs the --address of the scheduler, as in tcp://host:8786"
    if options.runner == "dask" and getattr(options, "direct", False):
        return "--direct is without Prefect, and Dask works through it; leave one of them out"
    return ""


def _entangled(raw: Place, out: Place) -> bool:
    """Whether a run would read what it has written."""
    if isinstance(raw, Path) != isinstance(out, Path):
        return False
    raw, out = (p.resolve() if isinstance(p, Path) else p for p in (raw, out))
    inside = [out, *out.parents]
    return raw in inside or out / "text" in [raw, *raw.parents]


def text(place: Place | None) -> str | None:
    """A place as Prefect takes it."""
    return None if place is None else str(place)
