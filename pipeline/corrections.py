"""The corrections that a researcher keeps beside RAW, in `corrections.csv`.

One row a correction: `document`, `quote`, `nth`, `action`, `value`, `was`, `note`; further columns
are for people and left alone. `pipeline.correcting` applies them at every run.
"""

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.place import Place, answering
from pipeline.records import ACTIONS, FORMULA, LABELS, Action, Correction

NAME = "corrections.csv"
COLUMNS = ("document", "quote", "nth", "action", "value", "was", "note")
ALL = "*"
NONE = "none"  # a value for "there is none"
_NEEDED = ("document", "quote", "action")
_DIGITS = 12  # of a hash, at least
_DELIMITERS = ",;\t"  # as spreadsheets write them
_TOO_MANY = "more"
_DOCUMENT = re.compile(r"[0-9a-f]{12,64}|doc-[0-9a-f]{12}|\*")
_YEAR, _COUNT = r"(?:1\d|2[0-9])\d\d", r"[1-9]\d{0,4}"
_COUNTRY = rf"[A-Z]{{3}}|{NONE}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What an action is about.

    Attributes:
        about: What it says, for people.
        quote: What its quote is.
        value: What its value has to look like; None where it has none.
        hint: The value in words.
    """

    about: str
    quote: str
    value: str | None
    hint: str


_MENTION, _SECTION, _SENTENCE = (
    "the words of the mention",
    "words that stand in the section",
    "words of its sentence",
)
KINDS: dict[Action, Kind] = {
    "not_a_mention": Kind("this is no name", _MENTION, None, ""),
    "mention": Kind("this is a name, of this label", _MENTION, "|".join(LABELS), ", ".join(LABELS)),
    "entity": Kind("this names …", _MENTION, r".*\S.*", "the full name"),
    "same_entity": Kind(
        "two entities are one", "the name of one", r".*\S.*", "the name of the other"
    ),
    "belongs_to": Kind(
        "the thing belongs to …", _MENTION, _COUNTRY, f"an ISO 3166-1 alpha-3 code, or {NONE}"
    ),
    "country": Kind(
        "this section is about …", _SECTION, _COUNTRY, f"an ISO 3166-1 alpha-3 code, or {NONE}"
    ),
    "tier": Kind("the section has this tier", _SECTION, rf"[1-4]|{NONE}", f"1 to 4, or {NONE}"),
    "score": Kind(
        "the section has this score",
        _SECTION,
        r"(?:10|[1-9])(?:\s*[-–]\s*(?:10|[1-9]))?",
        "1 to 10, or an interval such as 6-8",
    ),
    "not_a_ranking": Kind("this is no placement", _SENTENCE, None, ""),
    "rank": Kind("the rank is …", _SENTENCE, rf"{_COUNT}|{NONE}", f"a number, or {NONE}"),
    "out_of": Kind(
        "so many countries are ranked", _SENTENCE, rf"{_COUNT}|{NONE}", f"a number, or {NONE}"
    ),
    "edition": Kind("the edition is …", _SENTENCE, rf"{_YEAR}|{NONE}", f"a year, or {NONE}"),
    "dimension": Kind("the dimension is …", _SENTENCE, r".*\S.*", f"its name, or {NONE}"),
    "value": Kind(
        "the value is …", _SENTENCE, rf"-?\d{{1,12}}(?:\.\d{{1,9}})?|{NONE}", f"a number, or {NONE}"
    ),
    "index": Kind("the index is …", _SENTENCE, rf"(?!{NONE}$).+", "its name"),
    "ranked_country": Kind(
        "the ranked country is …", _SENTENCE, r"[A-Z]{3}", "an ISO 3166-1 alpha-3 code"
    ),
}


def beside(raw: Place) -> Place | None:
    """Where the corrections for the reports in `raw` are kept; None at the root of a store."""
    whole = raw.absolute() if isinstance(raw, Path) else raw
    return whole.parent / NAME if whole.parent != whole else None


def load(path: Place | None) -> tuple[Correction, ...]:
    """The corrections in a file, in order, each once; none if there is no such file.

    Rows that differ in their notes alone are one, with the last note.

    Raises:
        ValueError: If the file cannot be understood; the message names the line.
        OSError: If it cannot be read.
    """
    if path is None:
        return ()
    try:
        with answering():
            data = path.read_bytes()
    except FileNotFoundError:
        return ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error}") from error
    found = tuple({c.correction_id: c for c in _read(text, str(path))}.values())
    if circle := _circle(found):
        raise ValueError(f"{path}: {circle!r} is said to be another entity that is said to be it")
    return found


def _circle(corrections: Iterable[Correction]) -> str | None:
    """A name that is another's and that other's is it, if there is one."""
    same: dict[str, dict[str, str]] = defaultdict(dict)
    for c in corrections:
        if c.action == "same_entity":
            same[c.document][c.quote.casefold()] = (c.value or "").casefold()
    for names in same.values():
        for first in names:
            seen, name = {first}, names[first]
            while name in names and name not in seen:
                seen.add(name)
                name = names[name]
            if name in seen:
                return first
    return None


class Given:
    """Corrections, to be asked for those of a report."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        """Sort them by the reports that they are meant for."""
        self._by_report: dict[str, list[tuple[int, Correction]]] = defaultdict(list)
        for i, c in enumerate(corrections):
            key = c.document if c.document.startswith("doc-") else c.document[:_DIGITS]
            self._by_report[key].append((i, c))

    def of(self, document_id: str, sha256: str) -> tuple[Correction, ...]:
        """Those that are meant for a report, in their order."""
        keys = (ALL, document_id, sha256[:_DIGITS])
        found = sorted(
            (pair for key in keys for pair in self._by_report.get(key, ())),
            key=lambda pair: pair[0],
        )
        return tuple(
            c for _, c in found if c.document in (ALL, document_id) or sha256.startswith(c.document)
        )


def digest(corrections: Sequence[Correction]) -> str:
    """A hash of some corrections and their order; empty for none."""
    if not corrections:
        return ""
    return hashlib.sha256("|".join(map(repr, corrections)).encode()).hexdigest()[:16]


def write(corrections: Iterable[Correction]) -> str:
    """Corrections as the text of a file, the reverse of `load`."""
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    table.writeheader()
    for c in corrections:
        table.writerow({name: getattr(c, name) for name in COLUMNS})
    return lines.getvalue()


def correction(
    document: str,
    quote: str,
    action: str,
    value: str | None = None,
    *,
    nth: int | None = None,
    was: str | None = None,
    note: str | None = None,
) -> Correction:
    """A correction that has been checked.

    Raises:
        ValueError: If document, action or value are not what they have to be.
    """
    if not _DOCUMENT.fullmatch(document):
        raise ValueError(
            f"document is {document!r}; it has to be the report's sha256 (or twelve digits of it or"
            " more), its document_id, or *"
        )
    if not quote.strip(FORMULA + " "):
        raise ValueError("the quote is empty, or nothing but a sign")
    if action not in ACTIONS:
        raise ValueError(f"there is no action {action!r}; there are {', '.join(ACTIONS)}")
    if document == ALL and action != "same_entity":
        raise ValueError(f"{action} needs the sha256 of a report; only same_entity goes for all")
    value, was = (_plain(action, text) for text in (value, was))
    _check_value(action, value)
    _check_was(action, was)
    key = repr((document, quote, action, value, nth, was))
    return Correction(
        correction_id=f"cor-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        document=document,
        quote=quote,
        nth=nth,
        action=action,
        value=value,
        was=was,
        note=note,
    )


def _plain(action: Action, value: str | None) -> str | None:
    """A value in the one form in which values are compared."""
    if value is None:
        return None
    words = " ".join(value.split())
    if action in ("entity", "same_entity", "index", "dimension"):
        return words.lstrip(FORMULA + " ") or None
    if action == "score":
        bounds = re.split(r"\s*[-–]\s*", words)
        return bounds[0] if len(set(bounds)) == 1 else "-".join(bounds)
    if action == "value" and re.fullmatch(r"-?\d+(?:\.\d+)?", words):
        return f"{float(words):.12g}"
    return words


def _check_was(action: Action, was: str | None) -> None:
    kind = KINDS[action]
    pattern = {"not_a_mention": "|".join(LABELS), "not_a_ranking": rf"{_COUNT}|{NONE}"}.get(
        action, kind.value or ""
    )
    if action in ("mention", "score"):
        pattern += f"|{NONE}"
    if was is not None and not re.fullmatch(pattern, was):
        raise ValueError(f"was is {was!r}, which {action} can never find")


def _check_value(action: Action, value: str | None) -> None:
    kind = KINDS[action]
    if kind.value is None:
        if value is not None:
            raise ValueError(f"{action} takes no value, but there is {value!r}")
        return
    if value is None or not re.fullmatch(kind.value, value):
        raise ValueError(f"{action} needs a value ({kind.hint}), not {value or 'nothing'!r}")
    codes = action in ("belongs_to", "country", "ranked_country")
    if codes and value not in (NONE, *_codes()):
        raise ValueError(f"{value!r} is no country; it has to be {kind.hint}")
    if action == "score":
        low, high = (int(part) for part in (re.findall(r"\d+", value) * 2)[:2])
        if low > high:
            raise ValueError(f"{value!r} ends before it begins")


def _codes() -> list[str]:
    from pipeline.knowledge import countries  # late: most runs have no corrections

    return [country.country_iso3 for country in countries()]


def _read(text: str, name: str) -> Iterator[Correction]:
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    lines = io.StringIO(text, newline="")
    rows = csv.DictReader(lines, strict=True, restkey=_TOO_MANY, delimiter=delimiter)
    try:
        rows.fieldnames = names = [column.strip().lower() for column in rows.fieldnames or ()]
        if twice := [column for column in COLUMNS if names.count(column) > 1]:
            raise ValueError(f"{name} has the column {twice[0]!r} twice")
        missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"{name} has no column {missing[0]!r}; it needs {', '.join(_NEEDED)}")
        for row in rows:
            if _TOO_MANY in row:
                raise ValueError(
                    f"{name} line {rows.line_num}: more cells than columns; put quotes around a"
                    f" cell that holds {delimiter!r}"
                )
            cells = {column: _cell(row.get(column)) for column in COLUMNS}
            if not any(cells.values()):
                continue
            try:
                yield _row(cells)
            except ValueError as error:
                raise ValueError(f"{name} line {rows.line_num}: {error}") from error
    except csv.Error as error:
        raise ValueError(f"{name} line {rows.line_num}: {error}") from error


def _cell(value: str | None) -> str | None:
    return (value or "").strip() or None


def _row(cells: dict[str, str | None]) -> Correction:
    nth = cells["nth"]
    if nth is not None and not re.fullmatch(_COUNT, nth):
        raise ValueError(f"nth is {nth!r}; it has to be 1, 2, …, or empty for every occurrence")
    document = cells["document"] or ""
    return correction(
        document if document.startswith("doc-") else document.lower(),
        cells["quote"] or "",
        cells["action"] or "",
        cells["value"],
        nth=int(nth) if nth else None,
        was=cells["was"],
        note=cells["note"],
    )
