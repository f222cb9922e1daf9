"""What names refer to, and whose it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import normalise
from pipeline.correcting.ledger import METHOD, Ledger, judged, same, seen
from pipeline.corrections import ALL, NONE
from pipeline.knowledge import Name
from pipeline.link import known
from pipeline.records import Correction, CorrectionStatus, Label, Mention
from pipeline.words import word

_Countries = Mapping[tuple[Label, str], frozenset[str | None]]


def corrected(ledger: Ledger, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the right entity and country."""
    found = _named(ledger, list(mentions))  # first, because a known thing brings its own country
    found = _owned(ledger, found)
    found = _merged(ledger, found)
    for c, places in ledger.of("belongs_to"):
        there = [m for m in found if m.label != "YEAR" and any(same(m, p) for p in places)]
        if ledger.status(c) == "applied" and c.value not in {word(m.country) for m in there}:
            ledger.note(c, "overridden")
    return found


def _named(ledger: Ledger, found: list[Mention]) -> list[Mention]:
    done: list[tuple[Correction, int, str]] = []
    for c, places in ledger.of("entity"):
        ledger.note(c, "nothing_there")
        for i, m in enumerate(found):
            if m.label != "YEAR" and any(same(m, place) for place in places):
                status = judged(c, m.canonical)
                ledger.add(c, status)
                if status == "applied":
                    found[i] = _as(m, c.value or "", found)
                    done.append((c, i, found[i].canonical))
    kept = {c.correction_id for c, i, name in done if found[i].canonical == name}
    for c, _, _ in done:
        if c.correction_id not in kept:
            ledger.note(c, "overridden")
    return found


def _owned(ledger: Ledger, found: list[Mention]) -> list[Mention]:
    for c, places in ledger.of("belongs_to"):
        ledger.note(c, "nothing_there")
        for i, m in enumerate(found):
            if m.label != "YEAR" and any(same(m, place) for place in places):
                status = judged(c, m.country)
                ledger.add(c, status)
                if status == "applied":
                    country = None if c.value == NONE else c.value
                    found[i] = replace(
                        m, country=country, international=country is None, method=METHOD
                    )
    return found


def _as(m: Mention, value: str, others: Sequence[Mention]) -> Mention:
    """A mention that names another thing: a known one, or one that the report names elsewhere."""
    name = known(value, m.label, m.country)
    if name is not None:
        return _known(m, name)
    there = [o.country for o in others if o.label == m.label and o.canonical == value]
    country = m.country if m.country in there or not there else there[0]
    return replace(m, canonical=value, country=country, method=METHOD)


def _known(m: Mention, name: Name) -> Mention:
    country = name.country_iso3
    return replace(
        m, canonical=name.name, country=country, international=country is None, method=METHOD
    )


@dataclass(frozen=True, slots=True)
class _Merging:
    """Entities that are one.

    Attributes:
        same: By the name of one, the correction that says so; the last one counts.
        countries: Those of the things of each label and name in the report.
    """

    ledger: Ledger
    same: Mapping[str, Correction]
    countries: _Countries

    def of(self, m: Mention) -> Mention:
        """A mention under the last name of its entity: A is B, and B is C."""
        names = () if m.label == "YEAR" else (m.canonical, m.text)
        key = next((key for name in names if (key := normalise.key(name)) in self.same), None)
        passed: set[str] = set()
        while key is not None and key in self.same and key not in passed:
            passed.add(key)
            c = self.same[key]
            there = self.countries.get((m.label, normalise.key(c.value or "")), frozenset())
            here = self.countries.get((m.label, key), frozenset([m.country]))
            m, status = self._one(m, c, here, there)
            key = normalise.key(c.value or "") if status in ("applied", "no_change") else None
        return m

    def _one(
        self,
        m: Mention,
        c: Correction,
        here: frozenset[str | None],
        there: frozenset[str | None],
    ) -> tuple[Mention, CorrectionStatus]:
        """A mention of the one as one of the other.

        A page on many countries may name a Ministry of Justice in each: only that of the country
        whose ministry has the other name is meant.
        """
        status = judged(c, m.canonical)
        name = known(c.value or "", m.label, m.country)
        many = max(len(here - {None}), len(there - {None})) > 1
        if status == "applied" and name is None and many and m.country not in there:
            status = "ambiguous"
        if not (status == "ambiguous" and self.ledger.status(c) == "no_change"):
            self.ledger.add(c, status)
        if status != "applied":
            return m, status
        if name is not None:
            return _known(m, name), status
        own = m.country in there or not there
        country = m.country if own else next(iter(there - {None}), None)
        return replace(m, canonical=c.value or "", country=country, method=METHOD), status


def _merged(ledger: Ledger, mentions: list[Mention]) -> list[Mention]:
    told = [c for c in ledger.corrections if c.action == "same_entity"]
    if not told:
        return mentions
    same = {normalise.key(seen(c.quote)): c for c in told}
    merging = _Merging(ledger, same, _countries(mentions))
    found = [merging.of(m) for m in mentions]
    for c in told:
        last = same[normalise.key(seen(c.quote))]
        if last is not c and ledger.status(last):
            ledger.note(c, "overridden")
        elif c.document != ALL and ledger.places(c) and ledger.status(c) is None:
            ledger.note(c, "nothing_there")
    return found


def _countries(mentions: Sequence[Mention]) -> _Countries:
    found: dict[tuple[Label, str], set[str | None]] = defaultdict(set)
    for m in mentions:
        for name in {m.canonical, m.text} if m.label != "YEAR" else ():
            found[m.label, normalise.key(name)].add(m.country)
    return {key: frozenset(countries) for key, countries in found.items()}
