"""Names that `reference/` knows, where they stand in a text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import knowledge
from pipeline.extract.words import Sentence, opening, straight
from pipeline.knowledge import Name, names_of
from pipeline.records import Label


@dataclass(frozen=True, slots=True)
class Known:
    """A known name at `words[start:end]`.

    Attributes:
        whose: 'own' of the section's country, 'none' of no country, 'other' of another.
    """

    start: int
    end: int
    label: str
    whose: str


def known(sentence: Sentence) -> Iterator[Known]:
    """Names of `reference/` in the sentence, those inside others too."""
    names, others, longest = _names(), _others(), _longest()
    for start, word in enumerate(sentence.words):
        most = longest.get(word.opening, 0)
        for end in range(start + 1, len(sentence) + 1):
            if sentence.ends[end - 1] - sentence.starts[start] > most:
                break
            form = straight(sentence.form(start, end))
            for kind in others.get(form, ()):
                yield Known(start, end, "not", kind)
            if form in names:
                yield from _known(form, start, end, sentence.country)


def _known(form: str, start: int, end: int, country: str | None) -> Iterator[Known]:
    whose: dict[Label, str] = {}
    for name in names_of(form):
        relation = _relation(name, country)
        best = whose.get(name.label)
        if best is None or _ORDER[relation] < _ORDER[best]:
            whose[name.label] = relation
    for label, relation in whose.items():
        yield Known(start, end, label, relation)


_ORDER = {"own": 0, "none": 1, "other": 2}


def _relation(name: Name, country: str | None) -> str:
    if name.country_iso3 is None:
        return "none"
    return "own" if name.country_iso3 == country else "other"


@cache
def _names() -> frozenset[str]:
    return frozenset(straight(form) for name in knowledge.names() for form in name.forms)


@cache
def _longest() -> dict[str, int]:
    """For the letters that a form opens with, the length of the longest such form."""
    found: dict[str, int] = defaultdict(int)
    for form in (*_names(), *_others()):
        key = opening(form)
        found[key] = max(found[key], len(form))
    return dict(found)


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Kinds of the names that are none of ours."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in knowledge.lookalikes():
        if row.kind != "given-name":
            found[straight(row.term)].add(row.kind)
    return {term: tuple(sorted(kinds)) for term, kinds in found.items()}
