"""Reports before and after a change: one comes, one goes, one is changed, one is renamed."""

from pathlib import Path

Reports = dict[str, bytes]

_TEXT = """{title}

Overview

The Ministry of {field} of {country} has led digital government since {year}. The Digital Agenda
{year} is its main strategy, and the Public Information Act was adopted in {before}.

Comparison

In {year}, {country} ranked {rank}th of 28 in the Digital Economy and Society Index. The
Information System Authority runs the platform e-Services.
"""
_ADDED = b"\nAn amendment of the Public Information Act followed in 2020.\n"


def short() -> tuple[Reports, Reports]:
    """A few very short reports, before and after."""
    texts = [
        _text("Finance", "Estonia", 2015, 4),
        _text("Justice", "Latvia", 2016, 7),
        _text("Transport", "Norway", 2017, 9),
        _text("Education", "Austria", 2018, 12),
        _text("Health", "Portugal", 2019, 15),
    ]
    names = ("finance.txt", "justice.txt", "north/transport.txt", "education.txt", "health.txt")
    return changed(dict(zip(names, texts, strict=True)))


def of_folder(raw: Path) -> tuple[Reports, Reports]:
    """The reports of a folder, before and after.

    Raises:
        ValueError: If there are fewer than five.
    """
    files = [path for path in sorted(raw.rglob("*")) if path.is_file()]
    if len(files) < 5:
        raise ValueError(f"{raw} holds {len(files)} reports; five are needed")
    return changed({path.relative_to(raw).as_posix(): path.read_bytes() for path in files})


def changed(reports: Reports) -> tuple[Reports, Reports]:
    """The reports without their last one, and with it and three other changes."""
    *names, last = reports
    before = {name: reports[name] for name in names}
    after = dict(reports)
    edited, removed, renamed = names[:3]
    after[edited] += _ADDED
    del after[removed]
    after[f"moved-{Path(renamed).name}"] = after.pop(renamed)
    return before, after


def one_more(reports: Reports) -> Reports:
    """The same with a new report."""
    return reports | {"one-more.txt": _text("Labour", "Slovenia", 2020, 20)}


def _text(field: str, country: str, year: int, rank: int) -> bytes:
    title = f"Digital Government in {country}"
    text = _TEXT.format(
        title=title, field=field, country=country, year=year, before=year - 8, rank=rank
    )
    return text.encode()
