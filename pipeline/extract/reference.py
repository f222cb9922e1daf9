"""Names that `reference/` knows, where they stand in a text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.matcher import PhraseMatcher
from spacy.vocab import Vocab

from pipeline import knowledge
from pipeline.extract.words import Sentence
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
    matcher = _matcher(sentence.doc.vocab)
    matches = {(start, end) for _, start, end in matcher(sentence.doc)}
    for start, end in sorted(matches):
        form = sentence.form(start, end)
        for kind in _others().get(form.replace("’", "'"), ()):
            yield Known(start, end, "not", kind)
        whose: dict[Label, str] = {}
        for name in names_of(form):
            relation = _relation(name, sentence.country)
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
def _matcher(vocab: Vocab) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab)
    nlp = spacy.blank("en", vocab=vocab)
    forms = {form for name in knowledge.names() for form in name.forms}
    forms |= set(_others())
    forms |= {form.replace("'", "’") for form in forms}
    matcher.add("known", [nlp.make_doc(form) for form in sorted(forms)])
    return matcher


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Kinds of the names that are none of ours."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in knowledge.lookalikes():
        if row.kind != "given-name":
            found[row.term.replace("’", "'")].add(row.kind)
    return {term: tuple(sorted(kinds)) for term, kinds in found.items()}
