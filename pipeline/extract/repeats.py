"""What a document has named once, it may name again, or by its acronym."""

import re
from collections import defaultdict

from spacy.tokens import Doc

from pipeline.extract.acronyms import definitions, is_acronym
from pipeline.extract.found import Found
from pipeline.extract.rules import appositions
from pipeline.languages import phrase_language
from pipeline.records import Label

_SURE = 0.6
_DEFINED = 0.95
_REPEATED = 0.85


def acronyms_of(doc: Doc, offset: int, names: list[Found]) -> list[Found]:
    """Acronyms defined in a block take their long form's label; the same the other way round."""
    found = _renamed(doc, offset, names)
    by_end = {name.end: name for name in names}
    by_start = {name.start: name for name in names}
    for start, end, at in definitions(doc):
        long_end = offset + doc[end - 1].idx + len(doc[end - 1])
        acronym = (offset + doc[at].idx, offset + doc[at].idx + len(doc[at]))
        if long := by_end.get(long_end):
            found.append(Found(*acronym, long.label, _DEFINED, "acronym"))
        elif short := by_start.get(acronym[0]):
            found.append(Found(offset + doc[start].idx, long_end, short.label, _SURE, "acronym"))
    return found


def _renamed(doc: Doc, offset: int, names: list[Found]) -> list[Found]:
    """What a bracket says instead of a name has its label: '(Eelnõude infosüsteem, EIS)'."""
    by_end = {name.end - offset: name for name in names}
    found = []
    for (at, _), (start, end) in appositions(doc):
        long = by_end.get(doc[at - 1].idx + len(doc[at - 1]))
        part = doc[start:end]
        if long and len(part) <= 8 and (is_acronym(part.text) or not _is_english(part.text)):
            found.append(
                Found(
                    offset + part.start_char, offset + part.end_char, long.label, _SURE, "acronym"
                )
            )
    return found


def _is_english(words: str) -> bool:
    code, probability = phrase_language(words)
    return code == "en" or probability < _SURE


def repeated(docs: dict[int, Doc], names: dict[int, list[Found]]) -> dict[int, list[Found]]:
    """Further occurrences of the names that are sure, by the start of their block."""
    labels = _labels(docs, names)
    if not labels:
        return {}
    longest_first = sorted(labels, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return {
        start: [
            Found(start + m.start(), start + m.end(), labels[m.group()], _REPEATED, "repeat")
            for m in pattern.finditer(doc.text)
        ]
        for start, doc in docs.items()
    }


def _labels(docs: dict[int, Doc], names: dict[int, list[Found]]) -> dict[str, Label]:
    """The label of each sure name that is distinctive enough to be searched for."""
    votes: dict[str, dict[Label, float]] = defaultdict(lambda: defaultdict(float))
    for start, found in names.items():
        text = docs[start].text
        for name in found:
            form = text[name.start - start : name.end - start]
            if name.confidence >= _SURE and _distinctive(form):
                votes[form][name.label] += name.confidence
    return {form: max(sorted(v), key=lambda label: v[label]) for form, v in votes.items()}


def _distinctive(form: str) -> bool:
    if " " in form:
        return any(c.isupper() for c in form)
    return len(form) >= 3 and (is_acronym(form) or any(c.isupper() for c in form[1:]))
