"""What a correction may say: its actions, and what their values have to look like."""

import hashlib
import re
from dataclasses import dataclass

from pipeline.records import ACTIONS, FORMULA, LABELS, Action, Correction
from pipeline.words import NONE, word

COLUMNS = ("document", "quote", "nth", "action", "value", "was", "note")
ALL = "*"
_DOCUMENT = re.compile(r"[0-9a-f]{12,64}|doc-[0-9a-f]{12}|\*")
_YEAR, COUNT = r"(?:1\d|2[0-9])\d\d", r"[1-9]\d{0,4}"
_COUNTRY = rf"[A-Z]{{3}}|{NONE}"
_LABEL = "|".join(LABELS)


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
    "mention": Kind("this is a name, of this label", _MENTION, _LABEL, ", ".join(LABELS)),
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
    "rank": Kind("the rank is …", _SENTENCE, rf"{COUNT}|{NONE}", f"a number, or {NONE}"),
    "out_of": Kind(
        "so many countries are ranked", _SENTENCE, rf"{COUNT}|{NONE}", f"a number, or {NONE}"
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
_NO_VALUE = {"not_a_mention": _LABEL, "not_a_ranking": rf"{COUNT}|{NONE}"}  # what they were
_WAS_NONE = ("mention", "score", "ranked_country")  # what was missing is given


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
    if action == "value" and re.fullmatch(r"-?\d{1,12}(?:\.\d+)?", words):
        return word(float(words))
    return words


def _check_was(action: Action, was: str | None) -> None:
    pattern = _NO_VALUE.get(action) or KINDS[action].value or ""
    if action in _WAS_NONE:
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
