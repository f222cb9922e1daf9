"""What a command demands of RAW, OUT and the runner."""

from pathlib import Path

from pipeline.commands.exits import WrongUsage
from pipeline.commands.options import Values
from pipeline.place import Place


def require_folder(place: Place) -> None:
    """See that there is a folder.

    Raises:
        WrongUsage: If there is none.
    """
    if not place.is_dir():
        raise WrongUsage(f"{place} is not a folder")


def require_fitting(options: Values) -> None:
    """See that RAW, OUT and the runner fit.

    Raises:
        WrongUsage: If they do not.
    """
    require_folder(options.raw)
    if _entangled(options.raw, options.out):
        raise WrongUsage(f"{options.out} lies among the reports; choose another --out")
    if options.corrections is not None and not options.corrections.exists():
        raise WrongUsage(f"there is no {options.corrections}")
    if options.runner == "dask" and not options.address:
        text = "--runner dask needs the --address of the scheduler, as in tcp://host:8786"
        raise WrongUsage(text)
    if options.runner == "dask" and getattr(options, "direct", False):
        text = "--direct is without Prefect, and Dask works through it; leave one of them out"
        raise WrongUsage(text)


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
